// The commands that bring bytes in and out, with a node and without one.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { jpeg, withExif } from '../../src/translate/testing/files.ts';
import { layCluster } from '../support/cluster-template.ts';
import { getJson } from '../support/dicomweb.ts';
import { makeStudy } from '../support/instances.ts';
import { openDoors, sharedNode } from '../support/node-process.ts';
import { find } from '../support/peer.ts';

const fascia = join(import.meta.dirname, '../../fascia');
const shared = sharedNode({ environment: openDoors });

function folders(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'fascia-commands-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [data, input, output] = ['data', 'input', 'output'].map((name) => join(root, name));
  mkdirSync(join(input!, 'deeper'), { recursive: true });
  return { data: data!, input: input!, output: output! };
}

const cli = (data: string) => async (args: string[]) => {
  const options = { env: { ...process.env, FASCIA_DATA: data }, encoding: 'utf8' as const };
  const failed = (error: { code: number; stdout: string; stderr: string }) => error;
  return promisify(execFile)(fascia, args, options).then((output) => ({ code: 0, ...output }), failed);
};

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('a folder is imported once, told what was refused, verified, exported byte for byte', async (t) => {
  const { data, input, output } = folders(t);
  await layCluster(data);
  const run = cli(data);
  const study = makeStudy(2, 3);
  for (const [index, { file }] of study.entries()) {
    writeFileSync(join(input, index % 2 ? 'deeper' : '', `${index}.dcm`), file);
  }
  writeFileSync(join(input, 'letter.txt'), 'Dear colleague, the images are attached.');
  writeFileSync(join(input, 'DICOMDIR'), 'an index');

  const first = await run(['import', input]);
  assert.equal(first.code, 1, first.stderr);
  assert.match(first.stdout, /^kept +6 +new$/m);
  assert.match(first.stdout, /^passed over +1 +DICOMDIR$/m);
  assert.match(first.stdout, /^refused\n {2}1 {2}\S.*\n {4}letter\.txt$/m);
  const second = await run(['import', input]);
  assert.equal(second.code, 0);
  assert.match(second.stdout, /^done before +7 /m);

  assert.match((await run(['verify'])).stdout, /^6 good, 0 missing, 0 damaged, 0 unknown$/m);
  const exported = await run(['export', study[0]!.studyInstanceUid, output]);
  assert.equal(exported.code, 0, exported.stderr);
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  assert.deepEqual(
    filesBelow(output)
      .map((path) => hex(readFileSync(path)))
      .sort(),
    study.map(({ file }) => hex(file)).sort(),
  );
  assert.equal((await run(['export', '1.2.3', output])).code, 1);
});

test('verify tells a damaged, a missing and an unknown file from the good ones', async (t) => {
  const { data, input } = folders(t);
  await layCluster(data);
  const run = cli(data);
  for (const [index, { file }] of makeStudy(1, 3).entries()) writeFileSync(join(input, `${index}.dcm`), file);
  assert.equal((await run(['import', input])).code, 0);
  const [damaged, missing, good] = filesBelow(join(data, 'objects')).filter((path) => path.endsWith('.dcm'));
  appendFileSync(damaged!, 'x');
  writeFileSync(good!.replace(/[0-9a-f]{32}/, '0123456789abcdef'.repeat(2)), 'nobody knows me');
  rmSync(missing!);
  const { code, stdout } = await run(['verify']);
  assert.equal(code, 1);
  assert.match(stdout, /^damaged {2}\S/m);
  assert.match(stdout, /^missing {2}\S/m);
  assert.match(stdout, /^unknown {2}\S/m);
  assert.match(stdout, /^1 good, 1 missing, 1 damaged, 1 unknown$/m);
});

test('what is imported beside a running node is found by its doors at once, and explained', async (t) => {
  const { input } = folders(t);
  const node = await shared();
  const run = cli(node.data);
  const [instance] = makeStudy(1, 1);
  writeFileSync(join(input, 'one.dcm'), instance!.file);
  assert.equal((await run(['import', input])).code, 0);
  assert.equal((await getJson(node.url, `/studies?StudyInstanceUID=${instance!.studyInstanceUid}`)).length, 1);
  const keys = { StudyInstanceUID: instance!.studyInstanceUid };
  assert.equal((await find(node.dicomPort, 'STUDY', keys)).length, 1);
  const explained = await run(['explain', instance!.sopInstanceUid]);
  assert.match(explained.stdout, new RegExp(`^study ${instance!.studyInstanceUid}$`, 'm'));
  assert.match(explained.stdout, /import/);
});

test('photographs and letters in a folder are the patient’s who is named, and how their camera was held is explained', async (t) => {
  const { data, input } = folders(t);
  await layCluster(data);
  const run = cli(data);
  writeFileSync(join(input, 'wound.jpg'), withExif(jpeg({}), { position: true, orientation: 6 }));
  writeFileSync(join(input, 'letter.pdf'), '%PDF-1.7');
  const nobodys = await run(['import', input]);
  assert.equal(nobodys.code, 1);
  assert.match(nobodys.stdout, /2 {2}.*--patient-id/);
  assert.equal((await run(['import', input, '--patient-name', 'A^B'])).code, 2);
  assert.equal((await run(['import', input, '--patient-id', 'P1', '--birth-date', 'May'])).code, 2);
  const patient = ['--patient-id', 'P1', '--patient-name', 'Müller^Jörg', '--birth-date', '1970-05-01', '--sex', 'M'];
  const imported = await run(['import', input, ...patient, '--study-uid', '2.25.77']);
  assert.equal(imported.code, 0, imported.stdout);
  assert.match(imported.stdout, /^translated +2 /m);
  assert.match(imported.stdout, /^ +1 +have EXIF/m);
  const again = await run(['import', input, ...patient, '--study-uid', '2.25.77']);
  assert.match(again.stdout, /^done before +2 /m);
  const explained = await run(['explain', '2.25.77']);
  assert.match(explained.stdout, /orientation 6 is not followed/);
  assert.doesNotMatch(explained.stdout, /where it was taken/);
});

test('dump shows every element with its name and value, and each finding with its place', async (t) => {
  const { data, input } = folders(t);
  const [instance] = makeStudy(1, 1, { attributes: { PatientName: 'Müller^Jörg' } });
  const path = join(input, 'one.dcm');
  writeFileSync(path, Buffer.concat([instance!.file, Buffer.from('junk')]));
  const { code, stdout } = await cli(data)(['dump', path]);
  assert.equal(code, 0);
  assert.match(stdout, /^\(0010,0010\) PN {2}PatientName {2}Müller\^Jörg$/m);
  assert.match(stdout, /^\(0008,0016\) UI {2}SOPClassUID {2}1\.2\.840\.10008\.5\.1\.4\.1\.1\.2 {2}CT Image Storage$/m);
  assert.match(stdout, /^! .* at byte \d+: bytes follow the end of the data set/m);
  assert.equal((await cli(data)(['dump', '--strict', path])).code, 1);
});

test('echo says in words whether a DICOM application answers', async () => {
  const node = await shared();
  const run = cli(node.data);
  assert.match(
    (await run(['echo', `127.0.0.1:${node.dicomPort}`, 'FASCIA'])).stdout,
    /^FASCIA at .* answered in \d+ ms$/m,
  );
  const wrong = await run(['echo', `127.0.0.1:${node.dicomPort}`, 'SOMEBODY']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /called-AE-title-not-recognized/);
  const nobody = await run(['echo', '127.0.0.1:1', 'FASCIA']);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /^\S.*\n$/, 'one sentence, no stack');
  assert.equal((await run(['echo', 'nowhere', 'FASCIA'])).code, 2);
});

test('trace shows each PDU of one application in the standard’s words, and no value of a data set', async () => {
  const node = await shared();
  const trace = spawn(fascia, ['trace', '--ae', 'TESTPEER'], { env: { ...process.env, FASCIA_DATA: node.data } });
  const ended = new Promise((resolve) => trace.on('close', resolve));
  await once(trace.stderr, 'data');
  let shown = '';
  const released = new Promise<void>((resolve) => {
    trace.stdout.on('data', (chunk) => {
      shown += chunk;
      if (shown.includes('A-RELEASE-RP')) resolve();
    });
  });
  await find(node.dicomPort, 'STUDY', { PatientName: 'UNMISTAKABLE*', StudyInstanceUID: null });
  await released;
  assert.match(shown, /TESTPEER\s+→ A-ASSOCIATE-RQ/);
  assert.match(shown, /← A-ASSOCIATE-AC/);
  assert.match(shown, /C-FIND-RQ/);
  assert.doesNotMatch(shown, /UNMISTAKABLE/);
  await node.stop();
  assert.equal(await ended, 0, 'it ends with the node');
});
