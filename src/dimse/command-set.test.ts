import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { CommandSet } from './command-set.ts';
import { commands, describeCommand, readCommandSet, writeCommandSet } from './command-set.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const us = fc.nat(0xffff);
const uid = fc.array(fc.nat(9999), { minLength: 2, maxLength: 8 }).map((parts) => `1.${parts.join('.')}`);
const aeTitle = fc.stringMatching(/^[A-Z0-9_]{1,16}$/);
const command: fc.Arbitrary<CommandSet> = fc.record({
  commandField: fc.constantFrom(...Object.values(commands)),
  hasDataSet: fc.boolean(),
  messageId: maybe(us),
  messageIdBeingRespondedTo: maybe(us),
  affectedSopClassUid: maybe(uid),
  affectedSopInstanceUid: maybe(uid),
  requestedSopClassUid: maybe(uid),
  requestedSopInstanceUid: maybe(uid),
  moveDestination: maybe(aeTitle),
  moveOriginatorAeTitle: maybe(aeTitle),
  moveOriginatorMessageId: maybe(us),
  priority: maybe(us),
  status: maybe(us),
  errorComment: maybe(fc.stringMatching(/^[a-z]{1,64}$/)),
  errorId: maybe(us),
  eventTypeId: maybe(us),
  actionTypeId: maybe(us),
  remainingSubOperations: maybe(us),
  completedSubOperations: maybe(us),
  failedSubOperations: maybe(us),
  warningSubOperations: maybe(us),
});
const withoutUndefined = (value: object): object => JSON.parse(JSON.stringify(value));

test('whatever command set is written is read again equal, and its group length counts what follows it', () => {
  fc.assert(
    fc.property(command, (value) => {
      const written = writeCommandSet(value);
      assert.deepEqual(withoutUndefined(readCommandSet(written)), withoutUndefined(value));
      assert.equal(Buffer.from(written).readUInt32LE(8), written.length - 12);
    }),
  );
});

test('mutated command sets are read or refused with a PduError, nothing else', () => {
  fc.assert(
    fc.property(command, fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 5 }), (value, changes) => {
      const written = writeCommandSet(value).slice();
      for (const [at, to] of changes) if (at < written.length) written[at] = to;
      try {
        assert.equal(typeof describeCommand(readCommandSet(written), (name) => name), 'string');
      } catch (error) {
        assert.equal((error as Error).name, 'PduError');
      }
    }),
    { numRuns: 1000 },
  );
});

test('PS3.7 9.3.5: a C-ECHO request is byte for byte what the standard prints', () => {
  const written = writeCommandSet({
    commandField: commands['C-ECHO-RQ'],
    hasDataSet: false,
    messageId: 7,
    affectedSopClassUid: '1.2.840.10008.1.1',
  });
  const expected =
    '0000000004000000 38000000' +
    '0000020012000000 312e322e3834302e31303030382e312e3100' +
    '0000000102000000 3000 0000100102000000 0700 0000000802000000 0101';
  assert.equal(Buffer.from(written).toString('hex'), expected.replaceAll(' ', ''));
});
