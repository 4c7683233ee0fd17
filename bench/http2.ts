// 150 CT frames of 0.5 MB asked for by Chromium, 25 at a time, over TLS: by HTTP/2 on its one connection and by HTTP/1.1 on its
// six. Then what 200 clients cost that ask for a study by HTTP/2, on four connections, and take nothing of it.
// Run: npm run bench http2

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowser } from '../test/support/browser.ts';
import { makeCertificate } from '../test/support/certificate.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { http2Client } from '../test/support/http2-client.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { watchMemory } from '../test/support/process-usage.ts';
import { ctSeries } from './support/ct-node.ts';

const FRAMES = 150;
const AT_ONCE = 25;
const ROUNDS = 3;
const SLOW = 200;

await using closing = new AsyncDisposableStack();
const after = (cleanUp: () => unknown) => closing.defer(async () => void (await cleanUp()));
const certificate = makeCertificate(after);
const file = join(emptyFolder(after), 'node.pem');
writeFileSync(file, certificate.key + certificate.cert);
const node = await startNodeProcess(after, { environment: { ...openDoors, FASCIA_HTTP_TLS: file } });
const { paths, study } = await keepSeries();
for (let round = 0; round < ROUNDS; round++) {
  await framesInBrowser([]);
  await framesInBrowser(['--disable-http2']);
}
await slowReaders();

async function framesInBrowser(flags: string[]): Promise<void> {
  const browser = await startBrowser(after, ['--ignore-certificate-errors', ...flags]);
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.goto(`${node.url}/healthz`);
  const ask = `async (paths) => {
    const left = paths.values();
    const headers = { Accept: 'multipart/related; type=application/octet-stream; transfer-syntax=*' };
    const start = performance.now();
    await Promise.all(Array.from({ length: ${AT_ONCE} }, async () => {
      for (const path of left) await (await fetch(path, { cache: 'no-store', headers })).arrayBuffer();
    }));
    const protocol = performance.getEntriesByType('resource').at(-1).nextHopProtocol;
    return protocol + ': ' + (performance.now() - start).toFixed(0) + ' ms';
  }`;
  const frames = paths.map((path) => `${path}/frames/1`);
  await page.evaluate(`(${ask})(${JSON.stringify(frames.slice(0, AT_ONCE))})`);
  console.log(await page.evaluate(`(${ask})(${JSON.stringify(frames)})`));
  await browser.close();
}

async function slowReaders(): Promise<void> {
  const memory = watchMemory(node.process.pid!);
  const clients = Array.from({ length: 4 }, () => http2Client(node.url, certificate.cert));
  const streams = Array.from({ length: SLOW }, (_, at) =>
    clients[at % clients.length]!.session.request({ ':path': `/dicomweb/studies/${study}` }).on('error', () => {}),
  );
  await Promise.all(streams.map((stream) => once(stream, 'response')));
  console.log(`${SLOW} clients that take nothing: ${Math.round(memory.moreBytes() / 1e6)} MB more`);
  for (const { session } of clients) session.destroy();
}

async function keepSeries(): Promise<{ paths: string[]; study: string }> {
  const client = http2Client(node.url, certificate.cert);
  const kept: string[] = [];
  let study = '';
  for (const { file: body, path, studyInstanceUid } of ctSeries(FRAMES)) {
    const headers = { 'Content-Type': 'application/dicom' };
    const answer = await client.fetch(`${node.url}/dicomweb/studies`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`a slice was not kept: ${answer.status}`);
    await answer.arrayBuffer();
    kept.push(path);
    study = studyInstanceUid;
  }
  client.close();
  return { paths: kept, study };
}
