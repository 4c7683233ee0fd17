import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { part10, smallImage } from './testing/objects.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN } from './transfer-syntax.ts';

/** Reads, edits, writes and makes JSON where nothing of Node is to be had but its module loader. */
const script = `
  const bytes = new Uint8Array(Buffer.from(process.argv[1], 'base64'));
  const say = console.log;
  const here = process.argv[2];
  const from = (name) => import(new URL(name, here));
  delete globalThis.Buffer;
  delete globalThis.process;
  const { readDicom } = await from('./reader.ts');
  const { writePart10 } = await from('./writer.ts');
  const { jsonText } = await from('./json.ts');
  const read = readDicom(bytes);
  read.dataset.set('PatientID', 'BROWSER');
  const again = readDicom(new Uint8Array(await new Blob(writePart10(read)).arrayBuffer()));
  say(JSON.parse(jsonText(again.dataset, { bulkDataUri: () => undefined }))['00100020'].Value[0]);
`;

test('the folder runs where there is no Buffer and no process, as in a browser', () => {
  const object = Buffer.from(part10(smallImage(), EXPLICIT_VR_LITTLE_ENDIAN)).toString('base64');
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script, object, import.meta.url], {
    encoding: 'utf8',
  });
  assert.equal(said.trim(), 'BROWSER');
});
