// What a trace says of an association. PS3.8 9.3, PS3.7 E.

import assert from 'node:assert/strict';
import test from 'node:test';
import { associated, filled, identifier, plain, STUDY_FIND, serving, traced } from '../../test/support/dimse-door.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { find } from './scu.ts';

test('the trace tells each message in the words of the standard, without a value of an identifier', async (t) => {
  const archive = new MemoryArchive();
  filled(archive, [makeInstance({ attributes: { PatientName: 'Unmistakable^Name', PatientID: 'SECRET-7' } })]);
  const { port } = await serving(t, archive);
  const lines = traced(t);
  const association = await associated(t, port, [plain(STUDY_FIND)]);
  await Array.fromAsync(
    find(association, STUDY_FIND, identifier('STUDY', { PatientID: 'SECRET-7', PatientName: null })),
  );
  await association.release();
  const text = lines.join('\n');
  for (const words of ['A-ASSOCIATE-RQ WORKSTATION calls FASCIA', 'C-FIND-RQ, message 1', 'C-FIND-RSP', 'A-RELEASE-RP'])
    assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /Unmistakable|SECRET/);
});
