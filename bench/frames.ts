// What a frame costs as its client sees it: frame 1,999 of a 2,000-frame object one after the other, and single CT slices
// over 16 connections.
//
//   node bench/frames.ts [requests]

import { Agent, get } from 'node:http';
import { stow } from '../test/support/dicomweb.ts';
import { type MadeInstance, makeInstance, makeStudy } from '../test/support/instances.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { watchMemory } from '../test/support/process-usage.ts';

const requests = Number(process.argv[2] ?? 2000);
const closing = new AsyncDisposableStack();
const node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
const frames = 2000;
const multiFrame = makeInstance({
  rows: 128,
  columns: 128,
  attributes: { NumberOfFrames: String(frames), PixelData: new Uint8Array(frames * 128 * 128 * 2) },
});
const slices = makeStudy(1, 32, { rows: 512, columns: 512 });
for (const { file } of [multiFrame, ...slices]) await stow(node.url, [file]);

const urlOf = ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: MadeInstance, frame: number): string =>
  `${node.url}/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}/frames/${frame}`;

/** Milliseconds to the last byte. */
function timed(url: string, agent: Agent): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { Accept: 'application/octet-stream' } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      response.resume().on('end', () => resolve(performance.now() - start));
    }).on('error', reject);
  });
}

async function run(what: string, connections: number, urlFor: (n: number) => string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  for (let n = 0; n < 100; n++) await timed(urlFor(n), agent);
  const memory = watchMemory(node.process.pid!);
  const took: number[] = [];
  let next = 0;
  const begin = performance.now();
  const client = async () => {
    while (next < requests) took.push(await timed(urlFor(next++), agent));
  };
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - begin) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)]!.toFixed(2);
  const more = Math.round(memory.moreBytes() / 1e6);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${Math.round(requests / seconds)}/s, ${more} MB more`);
  agent.destroy();
}

await run('frame 1,999 of 2,000, one connection', 1, () => urlOf(multiFrame, 1999));
await run('CT slices, 16 connections', 16, (n) => urlOf(slices[n % slices.length]!, 1));
await closing.disposeAsync();
