// What 200 clients cost that take their answers slowly: how much more memory the node has resident at once, for a frame, a
// list of 2,000 frames, a study of 200 files and the same as a ZIP archive. Each client reads the head of its answer and
// then nothing, until all have theirs.
//
//   node bench/slow-readers.ts [clients]

import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { stow } from '../test/support/dicomweb.ts';
import { makeInstance, makeStudy } from '../test/support/instances.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { watchMemory } from '../test/support/process-usage.ts';

const clients = Number(process.argv[2] ?? 200);
const closing = new AsyncDisposableStack();
const node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment: openDoors });
const study = makeStudy(4, 50, { rows: 256, columns: 256 });
for (let at = 0; at < study.length; at += 50)
  await stow(
    node.url,
    study.slice(at, at + 50).map(({ file }) => file),
  );
const frames = 2000;
const multiFrame = makeInstance({
  rows: 64,
  columns: 64,
  attributes: { NumberOfFrames: String(frames), PixelData: new Uint8Array(frames * 64 * 64 * 2) },
});
await stow(node.url, [multiFrame.file]);
const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = multiFrame;
const framesPath = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}/frames`;
const studyPath = `/studies/${study[0]!.studyInstanceUid}`;
const list = Array.from({ length: frames }, (_, at) => at + 1).join();

async function begun(path: string, Accept: string): Promise<IncomingMessage> {
  const request = get(`${node.url}/dicomweb${path}`, { headers: { Accept }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
  return response.pause();
}

for (const [what, path, accept] of [
  ['frame', `${framesPath}/1999`, 'application/octet-stream'],
  ['list of 2,000 frames', `${framesPath}/${list}`, 'multipart/related; type=application/octet-stream'],
  ['study of 200 files', studyPath, 'multipart/related; type="application/dicom"; transfer-syntax=*'],
  ['the same as ZIP', studyPath, 'application/zip'],
] as const) {
  // What is made once for all is not what a slow client costs.
  (await begun(path, accept)).destroy();
  const memory = watchMemory(node.process.pid!);
  const responses = await Promise.all(Array.from({ length: clients }, () => begun(path, accept)));
  console.log(`${clients} clients, ${what}: ${Math.round(memory.moreBytes() / 1e6)} MB more`);
  for (const response of responses) response.destroy();
}
await closing.disposeAsync();
