// C-GET, our SCU against our SCP. PS3.4 C.4.3, PS3.7 9.1.3.

import assert from 'node:assert/strict';
import test from 'node:test';
import { associated, filled, identifier, plain, STUDY_GET, sendable, serving } from '../../test/support/dimse-door.ts';
import { CT_IMAGE_STORAGE as CT, makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive, newTestUid } from '../../test/support/memory-archive.ts';
import { readDicom } from '../dicom/reader.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN as EXPLICIT } from '../dicom/transfer-syntax.ts';
import { echo, get } from './scu.ts';

const JPEG_LS = '1.2.840.10008.1.2.4.80';
const JPEG_2000 = '1.2.840.10008.1.2.4.90';

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

test('C-GET: what the peer did not accept as stored is sent decoded, where its pixels can be', async (t) => {
  const archive = new MemoryArchive();
  const [made] = filled(archive, [makeInstance()]);
  /** As kept, and as if it were compressed. */
  archive.retrieve = async () => [
    {
      ...sendable(made!),
      transferSyntaxUid: JPEG_LS,
      open: async function* () {
        yield new Uint8Array(4);
      },
      transcodable: {
        transferSyntaxes: [JPEG_2000, EXPLICIT],
        async open(uid) {
          assert.equal(uid, EXPLICIT);
          return sendable(made!).open();
        },
      },
    },
  ];
  const { port } = await serving(t, archive);
  const role = { scuRole: false, scpRole: true };
  const association = await associated(t, port, [plain(STUDY_GET), { ...plain(CT), role }]);
  const chunks: Uint8Array[] = [];
  const { command } = await get(
    association,
    STUDY_GET,
    identifier('STUDY', { StudyInstanceUID: made!.studyInstanceUid }),
    ({ transferSyntaxUid }) => {
      assert.equal(transferSyntaxUid, EXPLICIT);
      return {
        write: (chunk) => void chunks.push(new Uint8Array(chunk)),
        finish: async () => 0,
        abort: () => {},
      };
    },
  );
  assert.deepEqual([command.status, command.completedSubOperations], [0, 1]);
  assert.ok(Buffer.concat(chunks).equals(made!.bytes));
});
