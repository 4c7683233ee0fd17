// C-MOVE, our SCU against our SCP, with a destination. PS3.4 C.4.2, PS3.7 9.1.4.

import assert from 'node:assert/strict';
import test from 'node:test';
import { associated, filled, identifier, plain, STUDY_MOVE, serving, traced } from '../../test/support/dimse-door.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive, newTestUid } from '../../test/support/memory-archive.ts';
import { readDicom } from '../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT } from '../dicom/transfer-syntax.ts';
import { listenDimse } from './listener.ts';
import { move } from './scu.ts';

test('C-MOVE: instances reach the destination byte for byte, which learns who asked', async (t) => {
  const [archive, target] = [new MemoryArchive(), new MemoryArchive()];
  const studyInstanceUid = newTestUid();
  const made = filled(
    archive,
    Array.from({ length: 4 }, () => makeInstance({ studyInstanceUid })),
  );
  const destination = await serving(t, target, { aeTitle: 'TARGET' });
  archive.destinations.set('TARGET', { aeTitle: 'TARGET', host: '127.0.0.1', port: destination.port });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_MOVE)]);
  const keys = identifier('STUDY', { StudyInstanceUID: studyInstanceUid });
  const lines = traced(t);
  const { command } = await move(association, STUDY_MOVE, keys, 'TARGET');
  assert.deepEqual([command.status, command.completedSubOperations, command.failedSubOperations], [0, 4, 0]);
  const told = lines.filter((line) => /^received C-STORE-RQ.* for message 1 of WORKSTATION/.test(line));
  assert.equal(told.length, 4);
  for (const { sopInstanceUid, bytes } of made)
    assert.ok(Buffer.from(bytes).equals(target.instances.get(sopInstanceUid)!.bytes));
  const unknown = await move(association, STUDY_MOVE, keys, 'NOWHERE');
  assert.equal(unknown.command.status, 0xa801);
});

test('PS3.4 C.4.2: a destination that is down gives A702 with every instance in the failed list', async (t) => {
  const archive = new MemoryArchive();
  const made = filled(archive, [makeInstance()]);
  const down = await listenDimse({ host: '127.0.0.1', port: 0, aeTitle: 'DOWN', handlers: archive });
  archive.destinations.set('DOWN', { aeTitle: 'DOWN', host: '127.0.0.1', port: down.port });
  await down.close();
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_MOVE)]);
  const keys = identifier('STUDY', { StudyInstanceUID: made[0]!.studyInstanceUid });
  const { command, dataset } = await move(association, STUDY_MOVE, keys, 'DOWN');
  assert.deepEqual([command.status, command.failedSubOperations, command.completedSubOperations], [0xa702, 1, 0]);
  const list = readDicom(dataset!, { form: 'dataset', transferSyntaxUid: EXPLICIT }).dataset;
  assert.deepEqual(list.texts('FailedSOPInstanceUIDList'), [made[0]!.sopInstanceUid]);
});

test('C-MOVE: more than 128 presentation contexts go over several associations', async (t) => {
  const [archive, target] = [new MemoryArchive(), new MemoryArchive()];
  const studyInstanceUid = newTestUid();
  const made = Array.from({ length: 70 }, (_, i) => {
    const sopClassUid = `1.2.840.10008.5.1.4.1.1.9999.${i}`;
    const each = makeInstance({ studyInstanceUid, attributes: { SOPClassUID: sopClassUid } });
    archive.keep({ ...each, sopClassUid }, each.bytes);
    return each;
  });
  const destination = await serving(t, target, { aeTitle: 'TARGET' });
  archive.destinations.set('TARGET', { aeTitle: 'TARGET', host: '127.0.0.1', port: destination.port });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_MOVE)]);
  const keys = identifier('STUDY', { StudyInstanceUID: studyInstanceUid });
  const { command } = await move(association, STUDY_MOVE, keys, 'TARGET');
  assert.deepEqual([command.status, command.completedSubOperations], [0, 70]);
  assert.deepEqual([...target.instances.keys()].sort(), made.map((each) => each.sopInstanceUid).sort());
});
