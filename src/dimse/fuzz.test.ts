// Thousands of broken conversations against one listener: it must answer, abort or close, and serve the next peer.
// The short form of the release's fuzzing; the seed is printed by fast-check when something breaks.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import test from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../test/support/fuzz-runs.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { commands, writeCommandSet } from './command-set.ts';
import { listenDimse } from './listener.ts';
import { writePdu } from './pdu/pdu.ts';
import { openAssociation } from './requested-association.ts';
import { echo } from './scu.ts';

const VERIFICATION = '1.2.840.10008.1.1';
const FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const EXPLICIT = '1.2.840.10008.1.2.1';
const made = makeInstance();

const request = writePdu({
  type: 'A-ASSOCIATE-RQ',
  protocolVersion: 1,
  calledAeTitle: 'FASCIA',
  callingAeTitle: 'FUZZER',
  applicationContextName: '1.2.840.10008.3.1.1.1',
  presentationContexts: [VERIFICATION, made.sopClassUid, FIND].map((abstractSyntax, i) => ({
    id: 2 * i + 1,
    abstractSyntax,
    transferSyntaxes: [EXPLICIT],
  })),
  userInformation: {
    maximumLength: 4096,
    roleSelections: [{ sopClassUid: made.sopClassUid, scuRole: true, scpRole: true }],
    extendedNegotiations: [{ sopClassUid: FIND, information: Uint8Array.of(1, 1, 1) }],
    commonExtendedNegotiations: [],
  },
});
const requestBytes = request.length;

/** An association request, a C-ECHO, a C-STORE, a C-FIND and a release, as bytes on the wire. */
const conversation = Buffer.concat([
  request,
  message(1, { commandField: commands['C-ECHO-RQ'], messageId: 1, affectedSopClassUid: VERIFICATION }),
  message(
    3,
    {
      commandField: commands['C-STORE-RQ'],
      messageId: 2,
      affectedSopClassUid: made.sopClassUid,
      affectedSopInstanceUid: made.sopInstanceUid,
    },
    made.bytes,
  ),
  message(
    5,
    { commandField: commands['C-FIND-RQ'], messageId: 3, affectedSopClassUid: FIND },
    made.bytes.subarray(0, 600),
  ),
  message(5, { commandField: commands['C-CANCEL-RQ'], messageIdBeingRespondedTo: 3 }),
  writePdu({ type: 'A-RELEASE-RQ' }),
]);

function message(contextId: number, command: Parameters<typeof completed>[0], dataset?: Uint8Array): Uint8Array {
  const data = writeCommandSet(completed(command, dataset !== undefined));
  const values = [{ contextId, command: true, last: true, data }];
  if (dataset) values.push({ contextId, command: false, last: true, data: dataset });
  return writePdu({ type: 'P-DATA-TF', values });
}

function completed(
  command: Omit<Parameters<typeof writeCommandSet>[0], 'hasDataSet'>,
  hasDataSet: boolean,
): Parameters<typeof writeCommandSet>[0] {
  return { ...command, hasDataSet };
}

/** Requests an association, says the rest when that is answered, and hangs up. Resolves when the listener has closed. */
function converse(port: number, bytes: Uint8Array, cuts: readonly number[]): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let answered = 0;
    let said = Math.min(bytes.length, requestBytes);
    socket.write(bytes.subarray(0, said));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answered));
    socket.on('data', (chunk) => {
      answered += chunk.length;
      if (said === bytes.length) return;
      for (const cut of [...cuts.filter((each) => each > said), bytes.length].sort((a, b) => a - b)) {
        socket.write(bytes.subarray(said, cut));
        said = cut;
      }
      socket.end();
    });
  });
}

const mutation = fc.record({
  at: fc.nat(conversation.length - 1),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  /** Overwrites, inserts, or leaves out as many. */
  how: fc.constantFrom('overwrite', 'insert', 'remove'),
});
type Mutation = { at: number; bytes: Uint8Array; how: string };

function mutated({ at, bytes, how }: Mutation, stream: Uint8Array): Uint8Array {
  const rest = stream.subarray(how === 'insert' ? at : at + bytes.length);
  return Buffer.concat([stream.subarray(0, at), how === 'remove' ? new Uint8Array(0) : bytes, rest]);
}

test('3,000 mutated conversations end, none takes the listener or the next peer with it', async (t) => {
  const limits = { artimMs: 200, closeMs: 50, stalledMessageMs: 200 };
  const archive = new MemoryArchive();
  const listener = await listenDimse({ host: '127.0.0.1', port: 0, aeTitle: 'FASCIA', handlers: archive, limits });
  t.after(() => listener.close());
  assert.ok((await converse(listener.port, conversation, [])) > 300);
  const batch = fc.array(
    fc.tuple(
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(conversation.length), { maxLength: 3 }),
    ),
    { minLength: 200, maxLength: 200 },
  );
  const conversations = fc.asyncProperty(batch, async (each) => {
    await Promise.all(
      each.map(([changes, cuts]) => {
        const stream = changes.reduce((bytes, change) => mutated(change, bytes), conversation as Uint8Array);
        return converse(listener.port, stream, cuts);
      }),
    );
  });
  await fc.assert(conversations, { numRuns: fuzzRuns(15), endOnFailure: true });
  const contexts = [{ abstractSyntax: VERIFICATION, transferSyntaxes: [EXPLICIT] }];
  const called = { host: '127.0.0.1', port: listener.port, calledAeTitle: 'FASCIA', callingAeTitle: 'NEXT', contexts };
  const association = await openAssociation(called);
  assert.equal(await echo(association), 0);
  await association.release();
  assert.equal(listener.associations, 0);
});
