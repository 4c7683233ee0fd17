// A process that sends one large object by C-STORE and says how much memory it took: `large-object-sender.ts PORT BYTES`.

import { openAssociation } from '../../src/dimse/requested-association.ts';
import { sendInstance } from '../../src/dimse/store-scu.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const CHUNK_BYTES = 262_144;

const [port, sizeBytes] = process.argv.slice(2).map(Number) as [number, number];
const before = process.memoryUsage.rss();
let highest = before;

async function* open(): AsyncGenerator<Uint8Array> {
  for (let left = sizeBytes; left > 0; left -= CHUNK_BYTES) {
    highest = Math.max(highest, process.memoryUsage.rss());
    yield new Uint8Array(Math.min(left, CHUNK_BYTES));
  }
}

const contexts = [{ abstractSyntax: CT, transferSyntaxes: [EXPLICIT_VR_LITTLE_ENDIAN] }];
const called = { host: '127.0.0.1', port, calledAeTitle: 'FASCIA', callingAeTitle: 'LARGE', contexts };
const association = await openAssociation(called);
const instance = { sopClassUid: CT, sopInstanceUid: '1.2.3', transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN, open };
const { status } = await sendInstance(association.messages, association.contexts.values(), instance);
await association.release();
process.send!({ status, moreRssBytes: highest - before });
