// The services, our SCU against our SCP, on an archive in memory.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import test, { type TestContext } from 'node:test';
import { CT_IMAGE_STORAGE as CT, type MadeInstance, makeInstance } from '../../test/support/instances.ts';
import { ManualTimers } from '../../test/support/manual-timers.ts';
import { MemoryArchive, newTestUid } from '../../test/support/memory-archive.ts';
import { Problem } from '../base/problem.ts';
import { characterSet } from '../dicom/character-set.ts';
import { DataSet } from '../dicom/dataset.ts';
import { readDicom } from '../dicom/reader.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT,
  EXPLICIT_VR_BIG_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN as IMPLICIT,
} from '../dicom/transfer-syntax.ts';
import { commands } from './command-set.ts';
import { type DimseListenerOptions, listenDimse } from './listener.ts';
import { writePlainDataSet } from './plain-data-set.ts';
import { type AssociationRequest, openAssociation, type RequestedAssociation } from './requested-association.ts';
import { commit, echo, find, get, move, onCommitmentResult } from './scu.ts';
import { STORAGE_COMMITMENT_PUSH } from './services.ts';
import type { ContextProposal } from './store-contexts.ts';
import { sendInstance } from './store-scu.ts';
import { dimseChannel, type TraceEvent } from './trace.ts';

const PATIENT_FIND = '1.2.840.10008.5.1.4.1.2.1.1';
const STUDY_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const STUDY_MOVE = '1.2.840.10008.5.1.4.1.2.2.2';
const STUDY_GET = '1.2.840.10008.5.1.4.1.2.2.3';

async function serving(t: TestContext, archive: MemoryArchive, options: Partial<DimseListenerOptions> = {}) {
  const defaults = { host: '127.0.0.1', port: 0, aeTitle: 'FASCIA', handlers: archive };
  const listener = await listenDimse({ ...defaults, ...options, limits: { closeMs: 20, ...options.limits } });
  t.after(() => {
    const closed = listener.close();
    if (options.timers instanceof ManualTimers) options.timers.advance(20);
    return closed;
  });
  return listener;
}

const plain = (abstractSyntax: string): ContextProposal => ({ abstractSyntax, transferSyntaxes: [EXPLICIT, IMPLICIT] });

async function associated(
  t: TestContext,
  port: number,
  contexts: readonly ContextProposal[],
  more: Partial<AssociationRequest> = {},
): Promise<RequestedAssociation> {
  const called = { host: '127.0.0.1', port, calledAeTitle: 'FASCIA', callingAeTitle: 'WORKSTATION' };
  const association = await openAssociation({ ...called, contexts, ...more });
  t.after(() => association.abort());
  return association;
}

function sendable(made: MadeInstance, chunkBytes = 1000) {
  const { bytes } = made;
  const open = async function* () {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield new Uint8Array(bytes.subarray(at, at + chunkBytes));
  };
  return { ...made, sizeBytes: bytes.length, open };
}

function filled(archive: MemoryArchive, made: readonly MadeInstance[]): MadeInstance[] {
  for (const each of made) archive.keep(each, each.bytes);
  return [...made];
}

const identifier = (level: string, keys: Record<string, string | readonly string[] | null>): DataSet => {
  const dataset = new DataSet().set('QueryRetrieveLevel', level);
  for (const [key, value] of Object.entries(keys)) dataset.set(key, value);
  return dataset;
};

/** What the trace says from now on, a line each. */
function traced(t: TestContext): string[] {
  const lines: string[] = [];
  const listen = (event: unknown): void => {
    const { direction, text } = event as TraceEvent;
    lines.push(`${direction} ${text}`);
  };
  dimseChannel.subscribe(listen);
  t.after(() => dimseChannel.unsubscribe(listen));
  return lines;
}

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = [];
  for await (const each of from) got.push(each);
  return got;
}

test('C-STORE: what is sent is what is kept, byte for byte, whatever the sizes of PDUs and chunks', async (t) => {
  const archive = new MemoryArchive();
  for (const [pduLength, chunkBytes] of [
    [100, 33],
    [4_096, 5_000],
    [131_072, 1_000_000],
  ] as const) {
    const { port } = await serving(t, archive, { limits: { pduLength } });
    const association = await associated(t, port, [plain(CT)]);
    const made = makeInstance({ rows: 128, columns: 128 });
    const response = await sendInstance(
      association.messages,
      association.contexts.values(),
      sendable(made, chunkBytes),
    );
    assert.equal(response.status, 0);
    assert.equal(response.affectedSopInstanceUid, made.sopInstanceUid);
    assert.ok(Buffer.from(made.bytes).equals(archive.instances.get(made.sopInstanceUid)!.bytes));
    await association.release();
  }
});

test('C-STORE: a refusal says why, without patient data, and the association goes on', async (t) => {
  const archive = new MemoryArchive();
  const keep = archive.store;
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)]);
  const send = () =>
    sendInstance(
      association.messages,
      association.contexts.values(),
      sendable(makeInstance({ rows: 64, columns: 64 })),
    );
  archive.store = () => {
    throw new Problem('storage/full', { sizeBytes: 5 });
  };
  assert.deepEqual(pick(await send()), [0xa700, 'no room for 5 bytes']);
  archive.store = (...request) => {
    const sink = keep(...request);
    return { ...sink, write: () => Promise.reject(new Problem('storage/unavailable')) };
  };
  assert.deepEqual(pick(await send()), [0xa700, 'the catalogue cannot be reached']);
  archive.store = (exchange, request) => keep(exchange, { ...request, sopInstanceUid: '1.2.3' });
  assert.deepEqual(pick(await send()), [0xa900, 'SOPInstanceUID of the data set is not the one announced']);
  archive.store = (...request) => ({ ...keep(...request), finish: () => Promise.reject(new TypeError('Doe^John')) });
  const [code, comment] = pick(await send());
  assert.equal(code, 0x0110);
  assert.doesNotMatch(String(comment), /Doe/);
  archive.store = keep;
  assert.equal((await send()).status, 0);
});

const pick = ({ status, errorComment }: { status?: number; errorComment?: string }) => [status, errorComment];

test('C-STORE: a sink that waits holds back its sender, and a sender that goes away is reported to it', async (t) => {
  const archive = new MemoryArchive();
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  let writtenBytes = 0;
  archive.store = () => ({
    write: (chunk) => {
      writtenBytes += chunk.length;
      entered.resolve();
      return release.promise;
    },
    finish: async () => ({ status: 0 }),
    abort: (reason) => void archive.aborted.push(reason),
  });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)]);
  const made = makeInstance({ rows: 1024, columns: 4096 });
  const sent = sendInstance(association.messages, association.contexts.values(), sendable(made, 65_536));
  sent.catch(() => {});
  await entered.promise;
  const held = writtenBytes;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(writtenBytes, held);
  release.resolve();
  association.abort();
  await assert.rejects(sent, { code: 'dimse/association-ended' });
  while (archive.aborted.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(archive.aborted.length, 1);
});

test('PS3.7 D.3.3.3: with a window, several stores are under way at once and are answered as they finish', async (t) => {
  const archive = new MemoryArchive();
  const finishing: (() => void)[] = [];
  const four = Promise.withResolvers<void>();
  archive.store = () => ({
    write: () => {},
    finish: () =>
      new Promise((resolve) => {
        finishing.push(() => resolve({ status: 0 }));
        if (finishing.length === 4) four.resolve();
      }),
    abort: () => {},
  });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(CT)], { operationsWindow: 4 });
  assert.equal(association.answer?.userInformation.asynchronousOperationsWindow?.invoked, 4);
  const answered: number[] = [];
  const sends = [0, 1, 2, 3].map(async (i) => {
    await sendInstance(association.messages, association.contexts.values(), sendable(makeInstance()));
    answered.push(i);
  });
  await four.promise;
  for (const finish of finishing.reverse()) {
    finish();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(sends);
  assert.deepEqual(answered, [3, 2, 1, 0]);
});

test('C-FIND: an answer holds the keys asked for, the level and where to retrieve it, and nothing else', async (t) => {
  const archive = new MemoryArchive();
  const [made] = filled(archive, [makeInstance(), makeInstance({ attributes: { PatientID: 'P-2' } })]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const keys = { PatientID: 'P-1', StudyInstanceUID: null, PatientName: null, InstitutionName: null };
  const [match, ...others] = await all(find(association, STUDY_FIND, identifier('STUDY', keys)));
  assert.equal(others.length, 0);
  assert.deepEqual(Object.fromEntries([...match!.elements.keys()].map((tag) => [tag.toString(16), match!.text(tag)])), {
    80052: 'STUDY',
    80054: 'FASCIA',
    80080: undefined,
    100010: 'Test^Patient',
    100020: 'P-1',
    '20000d': made!.studyInstanceUid,
  });
  assert.deepEqual(await all(find(association, STUDY_FIND, identifier('STUDY', { PatientID: 'NOBODY' }))), []);
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
  const [latin] = await all(find(association, STUDY_FIND, asked));
  assert.equal(latin?.text('SpecificCharacterSet'), 'ISO_IR 100');
  assert.equal(latin?.text('PatientName'), 'Müller^Jürgen');
  assert.ok(Buffer.from(latin!.bytes('PatientName')!).equals(Buffer.from('M\xfcller^J\xfcrgen ', 'latin1')));
  const [japanese] = await all(find(association, STUDY_FIND, asked.set('PatientName', null).set('PatientID', 'B')));
  assert.equal(japanese?.text('SpecificCharacterSet'), 'ISO_IR 192');
  assert.equal(japanese?.text('PatientName'), '山田^太郎');
  assert.equal(japanese?.characterSet, characterSet(['ISO_IR 192']));
});

test('PS3.4 C.4.1: an identifier that does not fit its information model is refused with A900', async (t) => {
  const archive = new MemoryArchive();
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND), plain(PATIENT_FIND), plain(STUDY_GET)]);
  const refused = (sopClassUid: string, keys: DataSet) =>
    assert.rejects(all(find(association, sopClassUid, keys)), {
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
    assert.equal((await all(find(association, STUDY_FIND, identifier('SERIES', keys)))).length, 1);
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
  assert.equal((await all(find(association, STUDY_FIND, identifier('SERIES', { Modality: 'CT' })))).length, 1);
  const { fuzzy, combinedDateTime, level } = archive.queries.at(-1)!;
  assert.deepEqual([fuzzy, combinedDateTime, level], [true, true, 'SERIES']);
});

test('PS3.4 C.4.1.1.4: a key that is not supported makes the answers FF01, and no failure', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance()]);
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  const lines = traced(t);
  await all(find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null })));
  await all(find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null, InstanceNumber: null })));
  const sent = lines.filter((line) => line.startsWith('sent C-FIND-RSP'));
  assert.deepEqual(
    sent.map((line) => /status (\w+)/.exec(line)?.[1]),
    ['FF00H', '0000H', 'FF01H', '0000H'],
  );
});

test('PS3.7 9.3.2.3: C-CANCEL ends a C-FIND with FE00, and the association goes on', async (t) => {
  const archive = new MemoryArchive();
  let given = 0;
  archive.find = async function* (exchange) {
    for (; !exchange.signal.aborted && given < 1_000_000; given++)
      yield new DataSet().set('StudyInstanceUID', `1.2.${given}`);
  };
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_FIND), plain('1.2.840.10008.1.1')]);
  for await (const _ of find(association, STUDY_FIND, identifier('STUDY', { StudyInstanceUID: null }))) break;
  assert.equal(await echo(association), 0);
  assert.ok(given < 1_000_000);
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

test('C-GET: instances come back byte for byte on the same association, and are counted', async (t) => {
  const archive = new MemoryArchive();
  const studyInstanceUid = newTestUid();
  const made = filled(
    archive,
    Array.from({ length: 5 }, () => makeInstance({ studyInstanceUid, rows: 200, columns: 200 })),
  );
  const { port } = await serving(t, archive);
  const role = { scuRole: false, scpRole: true };
  const association = await associated(t, port, [plain(STUDY_GET), { ...plain(CT), role }]);
  const got = new Map<string, Uint8Array>();
  const { command } = await get(
    association,
    STUDY_GET,
    identifier('STUDY', { StudyInstanceUID: studyInstanceUid }),
    ({ sopInstanceUid }) => {
      const chunks: Uint8Array[] = [];
      return {
        write: (chunk) => void chunks.push(new Uint8Array(chunk)),
        finish: async () => {
          got.set(sopInstanceUid, Buffer.concat(chunks));
          return 0;
        },
        abort: () => {},
      };
    },
  );
  const { status, completedSubOperations, failedSubOperations, warningSubOperations, remainingSubOperations } = command;
  assert.deepEqual([status, completedSubOperations, failedSubOperations, warningSubOperations], [0, 5, 0, 0]);
  assert.equal(remainingSubOperations, undefined);
  for (const { sopInstanceUid, bytes } of made) assert.ok(Buffer.from(bytes).equals(got.get(sopInstanceUid)!));
});

test('C-GET: a class without accepted context, and a refusal by the peer, count as failed and are listed', async (t) => {
  const archive = new MemoryArchive();
  const studyInstanceUid = newTestUid();
  const [taken, refused] = filled(archive, [makeInstance({ studyInstanceUid }), makeInstance({ studyInstanceUid })]);
  const other = makeInstance({ studyInstanceUid, attributes: { SOPClassUID: '1.2.840.10008.5.1.4.1.1.4' } });
  archive.keep({ ...other, sopClassUid: '1.2.840.10008.5.1.4.1.1.4' }, other.bytes);
  const { port } = await serving(t, archive);
  const role = { scuRole: false, scpRole: true };
  const association = await associated(t, port, [plain(STUDY_GET), { ...plain(CT), role }]);
  const { command, dataset } = await get(
    association,
    STUDY_GET,
    identifier('STUDY', { StudyInstanceUID: studyInstanceUid }),
    ({ sopInstanceUid }) => ({
      write: () => {},
      finish: async () => (sopInstanceUid === taken!.sopInstanceUid ? 0 : 0xa700),
      abort: () => {},
    }),
  );
  assert.deepEqual([command.status, command.completedSubOperations, command.failedSubOperations], [0xb000, 1, 2]);
  const list = readDicom(dataset!, { form: 'dataset', transferSyntaxUid: EXPLICIT }).dataset;
  assert.deepEqual(
    list.texts('FailedSOPInstanceUIDList').sort(),
    [refused!.sopInstanceUid, other.sopInstanceUid].sort(),
  );
});

test('C-GET: C-CANCEL stops between instances, says FE00 and what remained', async (t) => {
  const archive = new MemoryArchive();
  const studyInstanceUid = newTestUid();
  filled(
    archive,
    Array.from({ length: 20 }, () => makeInstance({ studyInstanceUid })),
  );
  const { port } = await serving(t, archive);
  const role = { scuRole: false, scpRole: true };
  const association = await associated(t, port, [plain(STUDY_GET), { ...plain(CT), role }, plain('1.2.840.10008.1.1')]);
  const cancelling = new AbortController();
  let got = 0;
  const keys = identifier('STUDY', { StudyInstanceUID: studyInstanceUid });
  const { command } = await get(
    association,
    STUDY_GET,
    keys,
    () => ({
      write: () => {},
      finish: async () => {
        if (++got === 3) cancelling.abort();
        return 0;
      },
      abort: () => {},
    }),
    cancelling.signal,
  );
  assert.equal(command.status, 0xfe00);
  assert.equal(command.completedSubOperations! + command.remainingSubOperations!, 20);
  assert.ok(command.remainingSubOperations! > 0);
  assert.equal(await echo(association), 0);
});

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

test('an uncompressed instance is re-encoded for a peer that takes it in another uncompressed transfer syntax', async (t) => {
  const archive = new MemoryArchive();
  const { port } = await serving(t, archive);
  for (const transferSyntaxUid of [EXPLICIT, EXPLICIT_VR_BIG_ENDIAN]) {
    const association = await associated(t, port, [{ abstractSyntax: CT, transferSyntaxes: [IMPLICIT] }]);
    const made = makeInstance({ transferSyntaxUid, rows: 300, columns: 300 });
    const { status } = await sendInstance(association.messages, association.contexts.values(), sendable(made, 7_777));
    assert.equal(status, 0);
    const kept = archive.instances.get(made.sopInstanceUid)!;
    assert.equal(kept.transferSyntaxUid, IMPLICIT);
    for (const [tag, { vr }] of made.dataset.elements)
      if (vr !== 'SQ') assert.deepEqual(kept.dataset.bytes(tag), made.dataset.bytes(tag), tag.toString(16));
  }
});

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

test('the trace tells each message in the words of the standard, without a value of an identifier', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance({ attributes: { PatientName: 'Unmistakable^Name', PatientID: 'SECRET-7' } })]);
  const { port } = await serving(t, archive);
  const lines = traced(t);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  await all(find(association, STUDY_FIND, identifier('STUDY', { PatientID: 'SECRET-7', PatientName: null })));
  await association.release();
  const text = lines.join('\n');
  for (const words of ['A-ASSOCIATE-RQ WORKSTATION calls FASCIA', 'C-FIND-RQ, message 1', 'C-FIND-RSP', 'A-RELEASE-RP'])
    assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /Unmistakable|SECRET/);
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
