// ADT messages over 16 MLLP connections into a node, each durable before it is acknowledged: messages a second, and how long
// one waits for its acknowledgement. `npm run bench mllp-receive [SECONDS]`.

import { MllpSender } from '../src/hl7v2/mllp/sender.ts';
import { readMessage } from '../src/hl7v2/reader.ts';
import { startNodeProcess } from '../test/support/node-process.ts';

const CONNECTIONS = 16;
const seconds = Number(process.argv[2] ?? 10);

const cleanUps: (() => Promise<void>)[] = [];
const node = await startNodeProcess((cleanUp) => cleanUps.push(cleanUp));
try {
  await run(2);
  const { count, waits } = await run(seconds);
  waits.sort((a, b) => a - b);
  const percentile = (part: number) => waits[Math.floor(part * (waits.length - 1))]!.toFixed(1);
  console.log(
    `${Math.round(count / seconds)} messages/s over ${CONNECTIONS} connections; acknowledged in p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`,
  );
} finally {
  for (const cleanUp of cleanUps) await cleanUp();
}

async function run(forSeconds: number): Promise<{ count: number; waits: number[] }> {
  const until = performance.now() + forSeconds * 1000;
  const waits: number[] = [];
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, connection) => {
      const sender = new MllpSender({ host: '127.0.0.1', port: node.mllpPort });
      for (let n = 0; performance.now() < until; n++) {
        const start = performance.now();
        await sender.send(adt(`${forSeconds}-${connection}-${n}`, connection * 1_000_000 + n));
        waits.push(performance.now() - start);
      }
      await sender.close();
    }),
  );
  return { count: waits.length, waits };
}

/** As large as most are. */
function adt(controlId: string, patientId: number) {
  const text = `MSH|^~\\&|BENCH|HOSP|FASCIA|HUB|20261123040506||ADT^A08^ADT_A01|${controlId}|P|2.5.1||||||UNICODE UTF-8
EVN|A08|20261123040506
PID|1||${patientId}^^^HOSP&1.2.3.4&ISO^MR||DOE^JANE^Q^^^^L||19700101|F|||12 Main St^^Boston^MA^02110^USA^H||(617)555-1234^PRN^PH
PV1|1|I|WARD^12^B^HOSP||||1234^ATTENDING^ADAM|||MED||||1|||||V${patientId}^^^HOSP^VN
OBX|1|NM|8302-2^Body height^LN||172|cm|||||F
AL1|1|DA|^Penicillin|MO|Rash
`;
  return readMessage(new TextEncoder().encode(text.replaceAll('\n', '\r')));
}
