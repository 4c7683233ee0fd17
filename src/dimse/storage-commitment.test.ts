// Storage commitment, push model, our SCU against our SCP. PS3.4 J, PS3.7 10.1.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { associated, filled, plain, serving } from '../../test/support/dimse-door.ts';
import { CT_IMAGE_STORAGE as CT, type MadeInstance, makeInstance } from '../../test/support/instances.ts';
import { ManualTimers } from '../../test/support/manual-timers.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import type { DataSet } from '../dicom/dataset.ts';
import { commands } from './command-set.ts';
import { listenDimse } from './listener.ts';
import { commit, onCommitmentResult } from './scu.ts';
import { STORAGE_COMMITMENT_PUSH } from './services.ts';

const references = (made: readonly MadeInstance[]) =>
  made.map(({ sopClassUid, sopInstanceUid }) => ({ sopClassUid, sopInstanceUid }));

test('PS3.4 J.3: a requestor that stays hears the result of storage commitment on its association', async (t) => {
  const archive = new MemoryArchive();
  const made = filled(archive, [makeInstance(), makeInstance()]);
  const { port } = await serving(t, archive, { limits: { commitGraceMs: 0 } });
  const association = await associated(t, port, [plain(STORAGE_COMMITMENT_PUSH)]);
  const result = async (uid: string, asked: Parameters<typeof commit>[2]) => {
    const reported = Promise.withResolvers<DataSet>();
    onCommitmentResult(association, reported.resolve);
    assert.equal(await commit(association, uid, asked), 0);
    return reported.promise;
  };
  const good = await result('1.2.3.4', references(made));
  assert.equal(good.text('TransactionUID'), '1.2.3.4');
  assert.deepEqual([good.items('ReferencedSOPSequence').length, good.has('FailedSOPSequence')], [2, false]);
  const wrongClass = { sopClassUid: '1.2.840.10008.5.1.4.1.1.4', sopInstanceUid: made[1]!.sopInstanceUid };
  const unknown = { sopClassUid: CT, sopInstanceUid: '1.2.3' };
  const bad = await result('1.2.3.5', [...references(made.slice(0, 1)), unknown, wrongClass]);
  assert.equal(bad.items('ReferencedSOPSequence').length, 1);
  assert.deepEqual(
    bad.items('FailedSOPSequence').map((item) => item.number('FailureReason')),
    [0x0112, 0x0119],
  );
  const again = await result('1.2.3.4', references(made));
  assert.deepEqual(
    again.items('FailedSOPSequence').map((item) => item.number('FailureReason')),
    [0x0131, 0x0131],
  );
});

test('PS3.4 J.3: a requestor that released hears the result on an association of ours, also when it was down at first', async (t) => {
  const archive = new MemoryArchive();
  const made = filled(archive, [makeInstance()]);
  const timers = new ManualTimers();
  const down = await listenDimse({ host: '127.0.0.1', port: 0, aeTitle: 'X', handlers: archive });
  const { port: reportPort } = down;
  await down.close();
  archive.destinations.set('WORKSTATION', { aeTitle: 'WORKSTATION', host: '127.0.0.1', port: reportPort });
  const waiting: (() => void)[] = [];
  const failure = () => new Promise<void>((resolve) => waiting.push(resolve));
  const log = {
    debug() {},
    info: () => waiting.shift()?.(),
    warn: (_: object, event: string) => event.includes('commitment') && waiting.shift()?.(),
    error() {},
  };
  const { port } = await serving(t, archive, { timers, log });
  const association = await associated(t, port, [plain(STORAGE_COMMITMENT_PUSH)]);
  assert.equal(await commit(association, '1.2.3.6', references(made)), 0);
  await association.release();
  const failed = failure();
  timers.advance(500);
  await failed;

  const { createServer } = await import('node:net');
  const reports = createServer();
  reports.listen(reportPort, '127.0.0.1');
  await once(reports, 'listening');
  t.after(() => reports.close());
  const called = once(reports, 'connection');
  timers.advance(1_000);
  const [socket] = await called;
  socket.destroy();
});

test('PS3.4 J.3.3: a result of storage commitment that we asked for is taken on an association of the peer', async (t) => {
  const workstation = Object.assign(new MemoryArchive(), { committed: async (_: unknown, it: DataSet) => heard(it) });
  let heard: (information: DataSet) => void = () => {};
  const result = new Promise<DataSet>((resolve) => {
    heard = resolve;
  });
  const asker = await serving(t, workstation, { aeTitle: 'WORKSTATION' });
  const archive = new MemoryArchive();
  const made = filled(archive, [makeInstance(), makeInstance()]);
  archive.destinations.set('WORKSTATION', { aeTitle: 'WORKSTATION', host: '127.0.0.1', port: asker.port });
  const { port } = await serving(t, archive, { limits: { commitGraceMs: 0 } });
  const association = await associated(t, port, [plain(STORAGE_COMMITMENT_PUSH)]);
  assert.equal(await commit(association, '1.2.3.7', references(made)), 0);
  await association.release();
  const information = await result;
  assert.equal(information.text('TransactionUID'), '1.2.3.7');
  assert.equal(information.items('ReferencedSOPSequence').length, 2);
});

test('an N-ACTION that names another instance or action is refused as PS3.7 Annex C says', async (t) => {
  const { port } = await serving(t, new MemoryArchive());
  const association = await associated(t, port, [plain(STORAGE_COMMITMENT_PUSH)]);
  const { id } = association.contextOf(STORAGE_COMMITMENT_PUSH);
  const ask = async (requestedSopInstanceUid: string, actionTypeId: number): Promise<number | undefined> => {
    const command = { commandField: commands['N-ACTION-RQ'], requestedSopClassUid: STORAGE_COMMITMENT_PUSH };
    return (await association.messages.invoke(id, { ...command, requestedSopInstanceUid, actionTypeId })).command
      .status;
  };
  assert.equal(await ask('1.2.3', 1), 0x0112);
  assert.equal(await ask('1.2.840.10008.1.20.1.1', 7), 0x0123);
  assert.equal(await ask('1.2.840.10008.1.20.1.1', 1), 0x0115);
});
