// How long a node goes on working for a client that has gone: 16 frames of 2048 by 2048 are asked for in JPEG 2000, the
// connection is cut while they are made, and the processor time of the node is watched until it takes no more. Prints the
// time after the cut of the last work that was seen. Run: npm run bench cancellation [rounds]

import { setTimeout as sleep } from 'node:timers/promises';
import { ctFrame, grayFrame } from '../src/pixels/testing/frames.ts';
import { stow } from '../test/support/dicomweb.ts';
import { makeInstance } from '../test/support/instances.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { processorMs } from '../test/support/process-usage.ts';

const rounds = Number(process.argv[2] ?? 5);
const FRAMES = 16;
const SIDE = 2048;
/** Processor time comes in ticks; a node at rest takes no more than one in the time that is called calm. */
const TICK_MS = 10;
const CALM_MS = 300;

await using closing = new AsyncDisposableStack();
const node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
const samples = ctFrame(grayFrame(SIDE, SIDE), 1, false);
const attributes = { NumberOfFrames: String(FRAMES), BitsStored: 12, HighBit: 11 };
const pixels = new Uint8Array(FRAMES * samples.length);
for (let frame = 0; frame < FRAMES; frame++) pixels.set(samples, frame * samples.length);
const made = makeInstance({ rows: SIDE, columns: SIDE, attributes: { ...attributes, PixelData: pixels } });
await stow(node.url, [made.file]);
const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = made;
const url = `${node.url}/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
const Accept = 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90';

/** Of all its threads. */
const worked = (): number => processorMs(node.process.pid!);

const lasts: number[] = [];
for (let round = 0; round < rounds; round++) {
  const client = new AbortController();
  const asked = fetch(url, { headers: { Accept }, signal: client.signal }).then((answer) => answer.arrayBuffer());
  asked.catch(() => {});
  const before = worked();
  while (worked() - before < 500) await sleep(20);
  const cut = performance.now();
  client.abort();
  let lastMs = 0;
  for (let seen = worked(); performance.now() - cut - lastMs < CALM_MS; await sleep(5)) {
    const now = worked();
    if (now <= seen + TICK_MS) continue;
    lastMs = performance.now() - cut;
    seen = now;
  }
  lasts.push(lastMs);
}
console.log(`work after the client had gone: ${lasts.map((ms) => ms.toFixed(0)).join(', ')} ms`);
