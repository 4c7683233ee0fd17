// Patients stay out of logs: a study with unmistakable values goes in by every door, in good and in bad shape, is searched,
// fetched, refused, dumped to metrics; then everything the node wrote is searched for it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { getJson, retrieve, stow } from '../support/dicomweb.ts';
import { makeInstance } from '../support/instances.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { find, get, storeAll } from '../support/peer.ts';

const attributes = {
  PatientName: 'UNMISTAKABLE^PATIENT',
  PatientID: 'UNMISTAKABLE-ID-4711',
  PatientBirthDate: '19010203',
  StudyDescription: 'UNMISTAKABLE STUDY',
};
const secrets = ['UNMISTAKABLE', '19010203'];

test('nothing that a node writes outside the catalogue names a patient', async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_PEERS: 'ANY', FASCIA_AUTH: 'off', FASCIA_LOG_LEVEL: 'debug' },
  });
  const good = makeInstance({ attributes });
  const other = makeInstance({ attributes });
  assert.deepEqual([...(await storeAll(node.dicomPort, [good])).values()], [0]);
  // The data set says another UID than the command: refused.
  await storeAll(node.dicomPort, [{ ...good, sopInstanceUid: '1.2.3.4.5' }]);
  const missing = makeInstance({ attributes: { ...attributes, SOPInstanceUID: undefined } });
  await storeAll(node.dicomPort, [missing]);
  assert.equal((await stow(node.url, [other.file])).status, 200);
  await stow(node.url, [missing.file, other.file.subarray(0, 400)]);
  await stow(node.url, [Buffer.from('UNMISTAKABLE^PATIENT is no DICOM')]);
  assert.equal(
    (await find(node.dicomPort, 'STUDY', { PatientName: 'UNMISTAKABLE*', StudyInstanceUID: null })).length,
    2,
  );
  assert.equal((await getJson(node.url, '/studies?PatientName=UNMISTAKABLE*')).length, 2);
  await fetch(`${node.url}/dicomweb/studies?StudyDate=UNMISTAKABLE&limit=abc`);
  await fetch(`${node.url}/dicomweb/studies/UNMISTAKABLE`);
  await fetch(`${node.url}/api/v1/explain/UNMISTAKABLE`);
  await get(node.dicomPort, { StudyInstanceUID: good.studyInstanceUid }, [good]);
  assert.equal((await retrieve(node.url, `/studies/${good.studyInstanceUid}`)).length, 1);
  await getJson(node.url, `/studies/${good.studyInstanceUid}/metadata`);
  const metrics = await (await fetch(`${node.url}/metrics`)).text();
  const explained = execFileSync('./fascia', ['explain', good.studyInstanceUid], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, FASCIA_DATA: node.data },
    encoding: 'utf8',
  });
  assert.equal(await node.stop(), 0);
  const written = { output: node.output(), metrics, explained, ...logFiles(node.data) };
  for (const [name, text] of Object.entries(written)) {
    for (const secret of secrets) assert.equal(text.includes(secret), false, `${secret} in ${name}`);
  }
  assert.match(written.output, /"door":"dicomweb"/, 'the search above looked at a log that has lines');
});

/** Every file of the data folder that is a log: not the objects, the quarantine, nor the database's own files. */
function logFiles(data: string): Record<string, string> {
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /log(s\/|$)|\.log/.test(path),
  );
  const logs = files.filter((path) => !/pg_wal|pg_logical/.test(path) && statSync(join(data, path)).isFile());
  return Object.fromEntries(logs.map((path) => [path, readFileSync(join(data, path), 'latin1')]));
}
