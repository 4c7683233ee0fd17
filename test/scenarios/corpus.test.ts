// The main job on real input: every storable file of the corpus goes in by C-STORE and by STOW-RS and comes back by C-GET,
// C-MOVE and WADO-RS byte for byte, and what is known of it is what QIDO-RS, C-FIND and /metadata answer. Every other file is
// refused with a reason, and none takes long or much memory.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Problem } from '../../src/base/problem.ts';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { isStorageSopClass } from '../../src/dicom/sop-class.ts';
import { type CorpusFile, corpus, type ExpectedFields, readCorpus, withoutCorpus } from '../support/corpus.ts';
import { getJson, type Json, retrieve, stow, value } from '../support/dicomweb.ts';
import { type NodeProcess, openDoors, sharedNode, startNodeProcess } from '../support/node-process.ts';
import { destination, find, get, move, type Sendable, storeAll } from '../support/peer.ts';
import { type Bearer, bearer } from '../support/token.ts';

const limits = { fileMs: 5000, moreMemoryBytes: 200 * 2 ** 20 };

/** One node for all rounds, as starting one takes longer than most of them. */
const archive = sharedNode();

/** An archive without anything in it: a tenant of its own. */
interface Place {
  node: NodeProcess;
  headers: Bearer;
  /** Who calls it by DIMSE. */
  as: { callingAeTitle: string };
}

async function place(name: string): Promise<Place> {
  const node = await archive();
  const headers = bearer(node, name, ['read', 'write', 'administer']);
  return { node, headers, as: { callingAeTitle: name } };
}

type Storable = CorpusFile & Sendable & { expected: ExpectedFields; whole: Uint8Array };

describe('the corpus', { skip: withoutCorpus, concurrency: false }, async () => {
  if (withoutCorpus) return;
  const files = corpus();
  const storable = files.filter(
    ({ ingestExpectation }) =>
      ingestExpectation.startsWith('store') && ingestExpectation !== 'store flagged or reject clearly',
  );
  // Files with one SOP Instance UID and different bytes are different files to the corpus and versions to an archive, so no
  // two of them go to the same tenant.
  for (const [index, round] of roundsOf(storable.map(asStorable)).entries()) {
    test(`round ${index + 1}, ${round.length} files: in by C-STORE, out by every door unchanged`, async (t) => {
      const at = await place(`ROUND${index + 1}`);
      // Private classes outside the storage root are stored from peers whose entry lists them.
      const listed = [...new Set(round.map(({ sopClassUid }) => sopClassUid))].filter((uid) => !isStorageSopClass(uid));
      await putPeer(at, { aeTitle: at.as.callingAeTitle, host: '127.0.0.1', port: 104, sopClasses: listed });
      const statuses = await storeAll(at.node.dicomPort, round, at.as);
      assert.deepEqual(
        round.filter(({ sopInstanceUid }) => statuses.get(sopInstanceUid) !== 0).map(({ file }) => file),
        [],
        'every file is stored',
      );
      await comesBackUnchanged(at, round, t);
      await isFoundAsItIs(at, round);
    });
    test(`round ${index + 1}, ${round.length} files: in by STOW-RS, out unchanged`, async () => {
      const at = await place(`STOW${index + 1}`);
      for (const one of round) {
        const { status, answer } = await stow(at.node.url, [one.whole], { headers: at.headers });
        assert.equal(status, 200, `${one.file}: ${JSON.stringify(answer['00081198'])}`);
      }
      // What the other doors make of these same bytes has been seen.
      assert.deepEqual(await changedOnRetrieve(at, round), []);
    });
  }

  test('every other file is refused with a reason or kept with a finding, soon and in little memory', async (t) => {
    const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
    const others = files.filter(
      (file) => !storable.includes(file) && /\.(dcm|pdf|jpe?g|tiff?|mp4|avi|hl7|json|xml)$/.test(file.file),
    );
    const wrong: string[] = [];
    const before = memoryOf(node);
    for (const other of others) {
      const start = performance.now();
      const { status, answer } = await stow(node.url, [readCorpus(other)]);
      const tookMs = performance.now() - start;
      const reason = value((answer['00081198']?.Value?.[0] ?? {}) as Json, '00081197');
      const refused = status === 409 && typeof reason === 'number' && reason > 0;
      const mayBeKept = /flagged|see handling_reason|store separately/.test(other.ingestExpectation);
      // 202: some have the UID of a file before them, and are kept beside it with a warning.
      const stored = (status === 200 || status === 202) && reason === undefined;
      if (!refused && !(mayBeKept && stored)) wrong.push(`${other.file}: ${status} ${reason}`);
      if (tookMs > limits.fileMs) wrong.push(`${other.file}: ${Math.round(tookMs)} ms`);
    }
    assert.deepEqual(wrong, []);
    const more = memoryOf(node) - before;
    assert.ok(more < limits.moreMemoryBytes, `${Math.round(more / 2 ** 20)} MiB more memory`);
  });
});

async function comesBackUnchanged(at: Place, round: Storable[], t: { after(fn: () => unknown): void }) {
  const expected = new Map(round.map((one) => [one.sopInstanceUid, one]));
  const studies = [...new Set(round.map(({ expected: { StudyInstanceUID } }) => StudyInstanceUID!))];
  const wrong = await changedOnRetrieve(at, round);
  const byGet = (await Promise.all(chunks(studies, 4).map((some) => getStudies(at, some, round)))).flat();
  const { listener, received: byMove } = await destination('SINK');
  t.after(() => listener.close());
  await putPeer(at, { aeTitle: 'SINK', host: '127.0.0.1', port: listener.port });
  for (const study of studies) {
    assert.equal(await move(at.node.dicomPort, { StudyInstanceUID: study }, 'SINK', at.as), 0, `C-MOVE of ${study}`);
  }
  for (const [door, received] of [
    ['C-GET', byGet],
    ['C-MOVE', byMove],
  ] as const) {
    const seen = new Set(received.map(({ sopInstanceUid }) => sopInstanceUid));
    for (const [uid, { file }] of expected) if (!seen.has(uid)) wrong.push(`${door} did not bring ${file}`);
    for (const { sopInstanceUid, bytes } of received) {
      if (!same(bytes, expected.get(sopInstanceUid)!.bytes))
        wrong.push(`${door} ${expected.get(sopInstanceUid)!.file}`);
    }
  }
  assert.deepEqual(wrong, []);
}

/** By WADO-RS: those whose data set is not what was sent. */
async function changedOnRetrieve({ node, headers }: Place, round: Storable[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { expected, sopInstanceUid, bytes, file } of round) {
    const series = `/studies/${expected.StudyInstanceUID}/series/${expected.SeriesInstanceUID}`;
    const [retrieved] = await retrieve(node.url, `${series}/instances/${sopInstanceUid}`, headers);
    if (!same(datasetOf(retrieved!), bytes)) wrong.push(`WADO-RS ${file}`);
  }
  return wrong;
}

async function putPeer(
  { node, headers }: Place,
  peer: { aeTitle: string; host: string; port: number; sopClasses?: string[] },
) {
  const response = await fetch(`${node.url}/api/v1/peers/${peer.aeTitle}`, {
    method: 'PUT',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(peer),
  });
  assert.ok(response.ok, `PUT of peer ${peer.aeTitle}: ${response.status}`);
}

async function getStudies({ node, as }: Place, studies: string[], round: Storable[]) {
  const received = [];
  for (const study of studies) {
    const classes = round.filter(({ expected }) => expected.StudyInstanceUID === study);
    received.push(...(await get(node.dicomPort, { StudyInstanceUID: study }, classes, as)));
  }
  return received;
}

const tags = {
  PatientName: '00100010',
  PatientID: '00100020',
  StudyInstanceUID: '0020000D',
  SeriesInstanceUID: '0020000E',
  SOPInstanceUID: '00080018',
  SOPClassUID: '00080016',
  Modality: '00080060',
  Rows: '00280010',
  Columns: '00280011',
  NumberOfFrames: '00280008',
} as const;
type Field = keyof typeof tags;
const studyFields: Field[] = ['PatientName', 'PatientID', 'StudyInstanceUID'];
const seriesFields: Field[] = ['SeriesInstanceUID', 'Modality'];
const imageFields: Field[] = ['SOPInstanceUID', 'SOPClassUID', 'Rows', 'Columns', 'NumberOfFrames'];

async function isFoundAsItIs({ node, headers, as }: Place, round: Storable[]) {
  const wrong: string[] = [];
  const firstOfStudy = new Set<string>();
  for (const one of round) {
    const { StudyInstanceUID: study, SeriesInstanceUID: series } = one.expected;
    const path = `/studies/${study}/series/${series}`;
    const compare = (door: string, fields: Field[], got: (field: Field) => unknown) => {
      for (const field of fields) {
        if (one.expected.undecodable?.[field] !== undefined) continue;
        const [wanted, given] = [one.expected[field], got(field)].map((v) =>
          v === null || v === undefined ? '' : String(v),
        );
        if (wanted !== given)
          wrong.push(`${one.file} ${door} ${field}: ${JSON.stringify(given)} not ${JSON.stringify(wanted)}`);
      }
    };
    const [metadata] = await getJson(node.url, `${path}/instances/${one.sopInstanceUid}/metadata`, headers);
    compare('metadata', [...studyFields, ...seriesFields, ...imageFields], (field) => value(metadata!, tags[field]));
    const [image] = await getJson(node.url, `${path}/instances?SOPInstanceUID=${one.sopInstanceUid}`, headers);
    compare('QIDO-RS', imageFields, (field) => value(image!, tags[field]));
    const keys = { StudyInstanceUID: study, SeriesInstanceUID: series };
    const ofImage = { ...keys, SOPInstanceUID: one.sopInstanceUid, ...asked(imageFields.slice(1)) };
    const [found] = await find(node.dicomPort, 'IMAGE', ofImage, as);
    compare('C-FIND', imageFields, (field) => answer(found!, field));
    // Of a study the first instance decides; of studies with several source patients each has its own.
    if (
      firstOfStudy.has(study!) ||
      round.some(
        (other) =>
          other !== one &&
          other.expected.StudyInstanceUID === study &&
          other.expected.PatientName !== one.expected.PatientName,
      )
    )
      continue;
    firstOfStudy.add(study!);
    const [ofStudy] = await getJson(node.url, `/studies?StudyInstanceUID=${study}`, headers);
    compare('QIDO-RS', studyFields, (field) => value(ofStudy!, tags[field]));
    const ofIt = { StudyInstanceUID: study, ...asked(studyFields.slice(0, 2)) };
    const [foundStudy] = await find(node.dicomPort, 'STUDY', ofIt, as);
    compare('C-FIND', studyFields, (field) => answer(foundStudy!, field));
    const [ofSeries] = await getJson(node.url, `/studies/${study}/series?SeriesInstanceUID=${series}`, headers);
    compare('QIDO-RS', seriesFields, (field) => value(ofSeries!, tags[field]));
  }
  assert.deepEqual(wrong, []);
}

const asked = (fields: Field[]) => Object.fromEntries(fields.map((field) => [field, null]));
const answer = (dataset: DataSet, field: Field) => dataset.text(field)?.replace(/=+$/, '');

function asStorable(file: CorpusFile): Storable {
  const whole = readCorpus(file);
  try {
    const { dataset, datasetOffset, transferSyntax } = readDicom(whole);
    return {
      ...file,
      expected: file.expected!,
      whole,
      bytes: whole.subarray(datasetOffset),
      sopClassUid: dataset.text('SOPClassUID')!,
      sopInstanceUid: dataset.text('SOPInstanceUID')!,
      transferSyntaxUid: transferSyntax.uid,
    };
  } catch (thrown) {
    throw new Error(`${file.file} cannot be read`, { cause: thrown instanceof Problem ? thrown.message : thrown });
  }
}

/** As few rounds as there must be so that no SOP Instance UID occurs twice in one. */
function roundsOf(files: Storable[]): Storable[][] {
  const rounds: Storable[][] = [];
  for (const file of files) {
    const free = rounds.find((round) => round.every(({ sopInstanceUid }) => sopInstanceUid !== file.sopInstanceUid));
    if (free) free.push(file);
    else rounds.push([file]);
  }
  return rounds;
}

const datasetOf = (file: Uint8Array) => file.subarray(readDicom(file).datasetOffset);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

function chunks<T>(all: T[], count: number): T[][] {
  return Array.from({ length: count }, (_, k) => all.filter((_, index) => index % count === k));
}

/** The most memory the node has had resident at once, in bytes. */
function memoryOf(node: NodeProcess): number {
  const status = readFileSync(`/proc/${node.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) * 1024;
}
