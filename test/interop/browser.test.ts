// The format folder in a real browser, as the viewer will use it: `src/dicom` as it is but for its types, served from
// loopback, reads objects of every kind, says them as JSON, and writes them as they were.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { jsonText } from '../../src/dicom/json.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { objectsOfEveryKind } from '../../src/dicom/testing/objects.ts';
import { emptyFolder } from '../support/folder.ts';
import { findProgram, without } from '../support/needs.ts';

const root = join(import.meta.dirname, '../..');
const modules = globSync('src/dicom/*.ts', { cwd: root }).filter((path) => !/\.(test|fuzz)\.ts$/.test(path));
const objects = objectsOfEveryKind();

const page = `<!doctype html>
<script type="importmap">{"imports": {"fflate": "/node_modules/fflate/esm/browser.js"}}</script>
<script type="module">
  const say = (said) => fetch('/said', { method: 'POST', body: JSON.stringify(said) });
  try {
    for (const path of ${JSON.stringify(modules)}) await import('/' + path);
    const { readDicom } = await import('/src/dicom/reader.ts');
    const { jsonText } = await import('/src/dicom/json.ts');
    const { writePart10 } = await import('/src/dicom/writer.ts');
    const bytesOf = async (body) => new Uint8Array(await body.arrayBuffer());
    const read = [];
    for (let at = 0; at < ${objects.length}; at++) {
      const bytes = await bytesOf(await fetch('/objects/' + at));
      const object = readDicom(bytes);
      const written = await bytesOf(new Blob(writePart10(object)));
      const same = written.length === bytes.length && written.every((byte, place) => byte === bytes[place]);
      read.push({ json: jsonText(object.dataset), same });
    }
    await say({ read });
  } catch (error) {
    await say({ error: String(error) });
  }
</script>`;

interface Said {
  error?: string;
  read?: { json: string; same: boolean }[];
}

test('a browser reads and writes objects of every kind as Node does', {
  skip: without('chromium', 'chromium'),
}, async (t) => {
  const { promise: said, resolve: hear } = Promise.withResolvers<Said>();
  const closing = new AsyncDisposableStack();
  t.after(() => closing.disposeAsync());
  const url = await serve(closing, async (request, response) => {
    if (request.method === 'POST') hear(JSON.parse(await text(request)));
    const [type, body] = contentOf(request.url!);
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  const { error, read } = await Promise.race([said, browse(closing, url)]);
  assert.equal(error, undefined);
  assert.equal(read!.length, objects.length);
  for (const [at, { json, same }] of read!.entries()) {
    assert.ok(same, `object ${at} is written as it was`);
    assert.equal(json, jsonText(readDicom(objects[at]!).dataset));
  }
});

function contentOf(path: string): [type: string, body: string | Uint8Array] {
  if (path.startsWith('/objects/')) return ['application/dicom', objects[Number(path.slice('/objects/'.length))]!];
  if (path.endsWith('.ts')) return ['text/javascript', stripTypeScriptTypes(readFileSync(join(root, path), 'utf8'))];
  if (path.endsWith('.js')) return ['text/javascript', readFileSync(join(root, path))];
  return ['text/html', page];
}

async function serve(
  closing: AsyncDisposableStack,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Opens a page without a window. Resolves only when the browser ends by itself, which it should not. */
async function browse(closing: AsyncDisposableStack, url: string): Promise<Said> {
  const profile = `--user-data-dir=${emptyFolder((cleanUp) => closing.defer(cleanUp))}`;
  // As root a browser has no sandbox of its own; it sees nothing but our page.
  const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
  const browser = spawn(findProgram('chromium')!, [...quiet, profile, url], { stdio: 'ignore' });
  const ended = once(browser, 'exit');
  closing.defer(async () => {
    browser.kill();
    await ended;
  });
  const [code] = await ended;
  return { error: `the browser ended with ${code}` };
}
