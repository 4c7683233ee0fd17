// The clients that web viewers are built from, in a real browser, from another origin: dicomweb-client searches, reads and
// stores, and has the bytes that we have; cornerstone's image loader has the values.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { build, type Plugin } from 'vite';
import { readDicom } from '../../src/dicom/reader.ts';
import { encodeFrame } from '../../src/pixels/codecs/encode-frame.ts';
import { frameDescriptionOf } from '../../src/pixels/frame-description.ts';
import { openPage, startBrowser, withoutBrowser } from '../support/browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { type MadeInstance, makeInstance } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { type Later, shared } from '../support/shared.ts';

const study = '2.25.3001';

test('dicomweb-client in a browser searches, reads and stores', { skip: withoutBrowser }, async () => {
  const slices = [1, 2].map((instance) => ctSlice({ studyUid: study, instance, rows: 64, columns: 64 }));
  const { url, page } = await clients(slices.map(({ file }) => file));
  const ask = <T>(call: string) => page.evaluate<T>(`window.dicomweb(${JSON.stringify(`${url}/dicomweb`)}).${call}`);
  const [found] = await ask<Record<string, { Value: unknown[] }>[]>(
    `searchForStudies({ queryParams: { PatientName: '*doe*', fuzzymatching: false } })`,
  );
  assert.equal(found?.['0020000D']?.Value[0], study);
  const place = `studyInstanceUID: '${study}', seriesInstanceUID: '${slices[0]!.seriesInstanceUid}'`;
  assert.equal((await ask<unknown[]>(`retrieveSeriesMetadata({ ${place} })`)).length, 2);
  const instance = `${place}, sopInstanceUID: '${slices[0]!.sopInstanceUid}'`;
  const pixels = sha256(readDicom(slices[0]!.file).dataset.bytes('PixelData')!);
  for (const wish of ['', `, mediaTypes: [{ mediaType: 'application/octet-stream', transferSyntaxUID: '*' }]`]) {
    const frames = `retrieveInstanceFrames({ ${instance}, frameNumbers: [1]${wish} })`;
    assert.deepEqual(await ask(`${frames}.then(([frame]) => window.sha256(frame))`), pixels);
  }
  const part10 = await ask(`retrieveInstance({ ${instance} }).then(window.sha256)`);
  assert.deepEqual(part10, sha256(slices[0]!.file));
  const another = ctSlice({ studyUid: '2.25.3002', patientName: 'Roe^Ruth' }).file.toString('base64');
  const bytes = `Uint8Array.from(atob('${another}'), (letter) => letter.charCodeAt(0)).buffer`;
  await ask(`storeInstances({ datasets: [${bytes}] }).then(() => true)`);
  assert.equal(value((await getJson(url, '/studies?StudyInstanceUID=2.25.3002'))[0]!, '00100010'), 'Roe^Ruth');
});

const encapsulated = {
  'JPEG lossless': '1.2.840.10008.1.2.4.70',
  'JPEG-LS': '1.2.840.10008.1.2.4.80',
  'JPEG 2000': '1.2.840.10008.1.2.4.90',
  HTJ2K: '1.2.840.10008.1.2.4.201',
  RLE: '1.2.840.10008.1.2.5',
};

test("cornerstone's image loader has the values of frames in every syntax", { skip: withoutBrowser }, async () => {
  const side = 32;
  // 12 bits, neighbours far apart.
  const samples = Uint16Array.from({ length: side * side }, (_, at) => (at * 2_654_435) % 4096);
  const native = new Uint8Array(samples.buffer);
  const wanted = { rows: side, columns: side, attributes: { BitsStored: 12, HighBit: 11, PixelData: native } };
  const plain = makeInstance(wanted);
  const described = frameDescriptionOf(plain.dataset);
  const made: [name: string, instance: MadeInstance][] = [['native', plain]];
  for (const [name, transferSyntaxUid] of Object.entries(encapsulated)) {
    const codestreams = [await encodeFrame(transferSyntaxUid, native, described)];
    const attributes = { ...wanted.attributes, PixelData: undefined };
    made.push([name, makeInstance({ ...wanted, attributes, transferSyntaxUid, codestreams })]);
  }
  const { url, page } = await clients(made.map(([, { file }]) => file));
  for (const [name, { studyInstanceUid, seriesInstanceUid, sopInstanceUid }] of made) {
    const path = `/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
    const [metadata] = await getJson(url, `${path}/metadata`);
    const frame = JSON.stringify(`${url}/dicomweb${path}/frames/1`);
    const values = await page.evaluate<number[]>(`window.valuesOf(${frame}, ${JSON.stringify(metadata)})`);
    assert.deepEqual(
      values,
      Array.from(samples, (sample) => sample - 1024),
      name,
    );
  }
});

const sha256 = (bytes: Uint8Array): number[] => [...createHash('sha256').update(bytes).digest()];

const archive = shared(async (later) => {
  const origin = await servePage(later);
  const { url } = await startNodeProcess(later, { environment: { ...openDoors, FASCIA_CORS_ORIGINS: origin } });
  return { origin, url, browser: await startBrowser(later) };
});

/** A page with the clients in it, of another origin than the node, which lets it in. */
async function clients(files: readonly Uint8Array[]): Promise<{ url: string; page: Page }> {
  const { origin, url, browser } = await archive();
  assert.equal((await stow(url, files)).status, 200);
  const { page } = await openPage(browser, origin);
  const failed = new Promise<never>((_, reject) => page.on('pageerror', reject));
  await page.goto(origin);
  await Promise.race([page.waitForFunction('window.ready'), failed]);
  return { url, page };
}

/** A library of cornerstone's extends this class of Node's, which it never uses; a bundle for browsers has none. */
const withEvents: Plugin = {
  name: 'events',
  enforce: 'pre',
  resolveId: (id) => (id === 'events' ? '\0events' : undefined),
  load: (id) => (id === '\0events' ? 'export class EventEmitter {}' : undefined),
};

/** The folder of the page's files. */
async function bundle(later: Later): Promise<string> {
  const folder = emptyFolder(later);
  await build({
    root: join(import.meta.dirname, '../..'),
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    base: '/',
    // The loader's workers are modules of several files.
    worker: { format: 'es' },
    plugins: [withEvents],
    build: {
      outDir: folder,
      assetsDir: '',
      minify: false,
      target: 'es2022',
      rolldownOptions: {
        input: join(import.meta.dirname, 'viewer-clients-page.js'),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  return folder;
}

async function servePage(later: Later): Promise<string> {
  const folder = await bundle(later);
  const types: Record<string, string> = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
  const server = createServer(({ url = '/' }, response) => {
    const type = types[extname(url)];
    if (type === undefined)
      return response.setHeader('Content-Type', 'text/html').end('<script type="module" src="/page.js"></script>');
    response.setHeader('Content-Type', type).end(readFileSync(join(folder, url.replaceAll('..', ''))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  later(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
