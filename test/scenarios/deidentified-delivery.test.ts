// A rule de-identifies what leaves for a destination: the receiver has the study under pseudonyms, every reference in it holds,
// the ledger knows both names of each object, and nothing of the patient is in what was sent. PS3.15 Annex E.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataSet } from '../../src/dicom/dataset.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { call, ledgerOnce, putRules } from '../support/delivery.ts';
import { stow } from '../support/dicomweb.ts';
import { freshUid, makeInstance } from '../support/instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';

const startNode = (t: TestContext): Promise<NodeProcess> =>
  startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });

const abroad = (send: string) => ({
  name: send,
  after: 'instance',
  do: { transform: [{ deidentify: { profile: 'R-read', domain: 'clinic to reader' } }], send },
});

const canary = { PatientName: 'Kanarienvogel^Rosa', PatientID: 'KNRY-7788', StudyDate: '20260131' };

/** Two images of one study, the second of which names the first. */
function study() {
  const studyInstanceUid = freshUid();
  const first = makeInstance({ studyInstanceUid, attributes: canary });
  const reference = new DataSet()
    .set('ReferencedSOPClassUID', first.sopClassUid)
    .set('ReferencedSOPInstanceUID', first.sopInstanceUid);
  const attributes = {
    ...canary,
    InstanceNumber: 2,
    StudyDescription: 'CT Kanarienvogel',
    ReferencedImageSequence: [reference],
  };
  const { seriesInstanceUid } = first;
  return [first, makeInstance({ studyInstanceUid, seriesInstanceUid, attributes })] as const;
}

test('the receiver has a study under pseudonyms that hold together, and is asked for it by them', async (t) => {
  const [clinic, reader] = [await startNode(t), await startNode(t)];
  await addPeer(clinic, 'FASCIA', reader.dicomPort);
  const settings = { verify: true, verifyAfter: '0.5s' };
  await call(clinic, 'PUT', '/destinations/FASCIA', { kind: 'dimse', settings });
  await putRules(clinic, [abroad('FASCIA')]);
  const [first, second] = study();
  await stow(clinic.url, [first.file, second.file]);
  const rows = await ledgerOnce(clinic, (all) => all.length === 2 && all.every(({ state }) => state === 'verified'));
  const sentAs = new Map(rows.map((row) => [row.sopInstanceUid, row.sentAs!]));
  const [study1, series1, sop1] = sentAs.get(first.sopInstanceUid)!;
  assert.deepEqual(sentAs.get(second.sopInstanceUid)!.slice(0, 2), [study1, series1]);
  assert.notEqual(study1, first.studyInstanceUid);

  const metadata = await fetch(`${reader.url}/dicomweb/studies/${study1}/metadata`);
  const text = await metadata.text();
  assert.equal(/Kanarienvogel|KNRY|20260131/i.test(text), false);
  const instances = JSON.parse(text) as Record<string, { Value?: unknown[] }>[];
  const references = instances.flatMap(
    (one) => (one['00081140']?.Value ?? []) as Record<string, { Value?: unknown[] }>[],
  );
  assert.deepEqual(
    references.map((one) => one['00081155']!.Value![0]),
    [sop1],
  );
  assert.equal((await fetch(`${reader.url}/dicomweb/studies/${first.studyInstanceUid}/metadata`)).status, 404);
});

test('a resend has the same pseudonyms; a profile that nobody knows is refused before anything is sent', async (t) => {
  const clinic = await startNode(t);
  const folders = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'fascia-folder-'));
      t.after(() => rm(folder, { recursive: true, force: true }));
      await call(clinic, 'PUT', `/destinations/${name}`, { kind: 'folder', settings: { path: folder } });
      return folder;
    }),
  );
  const unknown = { ...abroad('one'), do: { transform: [{ deidentify: { profile: 'R-raed' } }], send: 'one' } };
  const refused = await call(clinic, 'PUT', '/rules', { rules: [unknown] });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /no profile R-raed; did you mean R-read\?/);

  await putRules(clinic, [abroad('one'), abroad('two')]);
  const [image] = study();
  await stow(clinic.url, [image.file]);
  await ledgerOnce(clinic, (all) => all.length === 2 && all.every(({ state }) => state !== 'queued'));
  const sent = await Promise.all(
    folders.map(async (folder) => {
      const [name] = (await readdir(folder, { recursive: true })).filter((each) => each.endsWith('.dcm'));
      const bytes = await readFile(path.join(folder, name!));
      assert.equal(/Kanarienvogel|KNRY|20260131/i.test(`${name} ${bytes.toString('latin1')}`), false);
      return readDicom(bytes).dataset;
    }),
  );
  for (const keyword of ['PatientID', 'StudyInstanceUID', 'SOPInstanceUID', 'StudyDate']) {
    assert.equal(sent[0]!.text(keyword), sent[1]!.text(keyword), keyword);
  }
  assert.equal(sent[0]!.text('PatientIdentityRemoved'), 'YES');
});
