// C-FIND, our SCU against our SCP. PS3.4 C.4.1, PS3.7 9.1.2.

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  associated,
  filled,
  identifier,
  PATIENT_FIND,
  plain,
  STUDY_FIND,
  STUDY_GET,
  serving,
  traced,
} from '../../test/support/dimse-door.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { characterSet } from '../dicom/character-set.ts';
import { DataSet } from '../dicom/dataset.ts';
import { jsonText } from '../dicom/json.ts';
import { commands } from './command-set.ts';
import { writePlainDataSet } from './plain-data-set.ts';
import { echo, find, get } from './scu.ts';

test('C-FIND: an answer holds the keys asked for, the level and where to retrieve it, and nothing else', async (t) => {
  const archive = new MemoryArchive();
  const [made] = filled(archive, [makeInstance(), makeInstance({ attributes: { PatientID: 'P-2' } })]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const keys = { PatientID: 'P-1', StudyInstanceUID: null, PatientName: null, InstitutionName: null };
  const [match, ...others] = await Array.fromAsync(find(association, STUDY_FIND, identifier('STUDY', keys)));
  assert.equal(others.length, 0);
  assert.deepEqual(Object.fromEntries([...match!.elements.keys()].map((tag) => [tag.toString(16), match!.text(tag)])), {
    80052: 'STUDY',
    80054: 'FASCIA',
    80080: undefined,
    100010: 'Test^Patient',
    100020: 'P-1',
    '20000d': made!.studyInstanceUid,
  });
  assert.deepEqual(
    await Array.fromAsync(find(association, STUDY_FIND, identifier('STUDY', { PatientID: 'NOBODY' }))),
    [],
  );
});

test('PS3.4 C.4.1.1.3.3: how soon the instances can be retrieved is said where it is asked for', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance()]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const keys = { StudyInstanceUID: null, InstanceAvailability: null };
  const [match] = await Array.fromAsync(find(association, STUDY_FIND, identifier('STUDY', keys)));
  assert.equal(match!.text('InstanceAvailability'), 'ONLINE');
});

test('C-FIND: keys are read in the character set of the asker, and answered in it where it has the characters', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [
    makeInstance({ attributes: { PatientName: 'Müller^Jürgen', PatientID: 'A' } }),
    makeInstance({ attributes: { PatientName: '山田^太郎', PatientID: 'B' } }),
  ]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const asked = new DataSet();
  asked.set('SpecificCharacterSet', 'ISO_IR 100').set('QueryRetrieveLevel', 'STUDY');
  asked.set('PatientName', 'Müller*').set('StudyInstanceUID', null);
  const [latin] = await Array.fromAsync(find(association, STUDY_FIND, asked));
  assert.equal(latin?.text('SpecificCharacterSet'), 'ISO_IR 100');
  assert.equal(latin?.text('PatientName'), 'Müller^Jürgen');
  assert.ok(Buffer.from(latin!.bytes('PatientName')!).equals(Buffer.from('M\xfcller^J\xfcrgen ', 'latin1')));
  const [japanese] = await Array.fromAsync(
    find(association, STUDY_FIND, asked.set('PatientName', null).set('PatientID', 'B')),
  );
  assert.equal(japanese?.text('SpecificCharacterSet'), 'ISO_IR 192');
  assert.equal(japanese?.text('PatientName'), '山田^太郎');
  assert.equal(japanese?.characterSet, characterSet(['ISO_IR 192']));
});

test('PS3.4 C.4.1: an identifier that does not fit its information model is refused with A900', async (t) => {
  const archive = new MemoryArchive();
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND), plain(PATIENT_FIND), plain(STUDY_GET)]);
  const refused = (sopClassUid: string, keys: DataSet) =>
    assert.rejects(Array.fromAsync(find(association, sopClassUid, keys)), {
      details: { operation: 'C-FIND-RSP', status: 'A900H' },
    });
  await refused(STUDY_FIND, new DataSet().set('PatientID', 'P'));
  await refused(STUDY_FIND, identifier('PATIENT', { PatientID: 'P' }));
  await refused(STUDY_FIND, identifier('ROOM', {}));
  await refused(STUDY_FIND, identifier('SERIES', { StudyInstanceUID: ['1.2', '1.3'] }));
  await refused(STUDY_FIND, identifier('SERIES', { StudyInstanceUID: '1.*' }));
  await refused(PATIENT_FIND, identifier('STUDY', { PatientID: 'P*', StudyInstanceUID: '1.2' }));
  assert.equal(archive.queries.length, 0);
  const everything = await get(association, STUDY_GET, identifier('STUDY', { StudyInstanceUID: null }), () =>
    assert.fail(),
  );
  assert.equal(everything.command.status, 0xa900);
});

test('PS3.4 C.4.1.2.1: an upper key that is left out or empty asks for all of them', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance()]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const queries: Record<string, null>[] = [
    { SeriesInstanceUID: null },
    { StudyInstanceUID: null, SeriesInstanceUID: null },
  ];
  for (const keys of queries) {
    assert.equal((await Array.fromAsync(find(association, STUDY_FIND, identifier('SERIES', keys)))).length, 1);
  }
});

test('PS3.4 C.5: relational queries, combined ranges and fuzzy names are in force where they were negotiated', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance()]);
  const { port } = await serving(t, archive);
  const information = Uint8Array.of(1, 1, 1, 1, 1);
  const extendedNegotiations = [{ sopClassUid: STUDY_FIND, information }];
  const association = await associated(t, port, [plain(STUDY_FIND)], { extendedNegotiations });
  const [agreed] = association.answer!.userInformation.extendedNegotiations;
  assert.deepEqual([...agreed!.information], [1, 1, 1, 0, 0]);
  assert.equal(
    (await Array.fromAsync(find(association, STUDY_FIND, identifier('SERIES', { Modality: 'CT' })))).length,
    1,
  );
  const { fuzzy, combinedDateTime, level } = archive.queries.at(-1)!;
  assert.deepEqual([fuzzy, combinedDateTime, level], [true, true, 'SERIES']);
});

test('PS3.4 C.4.1.1.4: a key that is not supported makes the answers FF01, and no failure', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance()]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const lines = traced(t);
  await Array.fromAsync(find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null })));
  await Array.fromAsync(
    find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null, InstanceNumber: null })),
  );
  const sent = lines.filter((line) => line.startsWith('sent C-FIND-RSP'));
  assert.deepEqual(
    sent.map((line) => /status (\w+)/.exec(line)?.[1]),
    ['FF00H', '0000H', 'FF01H', '0000H'],
  );
});

test('PS3.7 9.3.2.3: C-CANCEL ends a C-FIND with FE00, and the association goes on', async (t) => {
  const archive = new MemoryArchive();
  let given = 0;
  archive.find = async function* ({ signal }, _query, form) {
    for (; !signal.aborted && given < 1_000_000; given++)
      yield [form.encode(jsonText(new DataSet().set('StudyInstanceUID', `1.2.${given}`)))];
  };
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND), plain('1.2.840.10008.1.1')]);
  for await (const _ of find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null }))) break;
  assert.equal(await echo(association), 0);
  assert.ok(given < 1_000_000);
});

test('PS3.7 9.3.2.3: C-CANCEL also stops answers that came from the catalogue together', async (t) => {
  const archive = new MemoryArchive();
  const together = 100_000;
  archive.find = async function* (_exchange, _query, form) {
    yield Array(together).fill(form.encode(jsonText(new DataSet().set('StudyInstanceUID', '1.2'))));
  };
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const { id, transferSyntax } = association.contextOf(STUDY_FIND);
  const keys = writePlainDataSet(identifier('STUDY', { StudyInstanceUID: null }), transferSyntax);
  const command = { commandField: commands['C-FIND-RQ'], messageId: 7, affectedSopClassUid: STUDY_FIND };
  const cancel = { commandField: commands['C-CANCEL-RQ'], messageIdBeingRespondedTo: 7 };
  let answers = 0;
  const { command: final } = await association.messages.invoke(id, command, keys, () => {
    if (++answers === 1) association.messages.send(id, cancel);
  });
  assert.equal(final.status, 0xfe00);
  assert.ok(answers < together);
});

test('a peer has so many operations under way and no more: the next is refused for now, and cancelling makes room', async (t) => {
  const archive = new MemoryArchive();
  archive.find = async function* ({ signal }) {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    yield* [];
  };
  const { port } = await serving(t, archive, { limits: { operationsInProgress: 2 } });
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const { id, transferSyntax } = association.contextOf(STUDY_FIND);
  const keys = writePlainDataSet(identifier('STUDY', { StudyInstanceUID: null }), transferSyntax);
  const ask = (messageId: number) => {
    const command = { commandField: commands['C-FIND-RQ'], messageId, affectedSopClassUid: STUDY_FIND };
    return association.messages.invoke(id, command, keys).then((response) => response.command.status);
  };
  const [first, second] = [ask(1), ask(2)];
  assert.equal(await ask(3), 0xa700);
  for (const messageIdBeingRespondedTo of [1, 2])
    association.messages.send(id, { commandField: commands['C-CANCEL-RQ'], messageIdBeingRespondedTo });
  assert.deepEqual(await Promise.all([first, second]), [0xfe00, 0xfe00]);
});
