// ADT messages over many MLLP connections into a node: each connection sends its next when the last one is acknowledged.

import type { Message } from '../../src/hl7v2/message.ts';
import { MllpSender } from '../../src/hl7v2/mllp/sender.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import type { LoggedSighting } from '../../src/ingest/identify/logged.ts';

/** Resolves to how long each acknowledgement took, in ms. */
export async function feed(
  port: number,
  { connections, seconds, patients }: { connections: number; seconds: number; patients: readonly LoggedSighting[] },
): Promise<number[]> {
  const run = Math.random().toString(36).slice(2, 8);
  const until = performance.now() + seconds * 1000;
  const waits: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const sender = new MllpSender({ host: '127.0.0.1', port });
      while (performance.now() < until) {
        const number = next++;
        const message = adt(`${run}${number}`, patients[number % patients.length]!);
        const start = performance.now();
        await sender.send(message);
        waits.push(performance.now() - start);
      }
      await sender.close();
    }),
  );
  return waits;
}

/** As large as most are. */
function adt(controlId: string, { patientId, issuer, name, birthDate, sex, address, phone }: LoggedSighting): Message {
  const [street = '', city = ''] = (address ?? '').split(', ');
  const text = `MSH|^~\\&|BENCH|HOSP|FASCIA|HUB|20261123040506||ADT^A08^ADT_A01|${controlId}|P|2.5.1||||||UNICODE UTF-8
EVN|A08|20261123040506
PID|1||${patientId}^^^${issuer}&1.2.3.4&ISO^MR||${name}^^^L||${birthDate}|${sex}|||${street}^^${city}^MA^02110^USA^H||${phone}^PRN^PH
PV1|1|I|WARD^12^B^HOSP||||1234^ATTENDING^ADAM|||MED||||1|||||V${patientId}^^^HOSP^VN
OBX|1|NM|8302-2^Body height^LN||172|cm|||||F
AL1|1|DA|^Penicillin|MO|Rash
`;
  return readMessage(new TextEncoder().encode(text.replaceAll('\n', '\r')));
}
