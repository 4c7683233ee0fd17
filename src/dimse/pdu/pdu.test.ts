import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts';
import { PduError } from './cursor.ts';
import { fragment, fragmentBytes } from './p-data-tf.ts';
import type { Pdu } from './pdu.ts';
import { describePdu, readPdu, writePdu } from './pdu.ts';

const uid = fc.array(fc.nat(9999), { minLength: 2, maxLength: 8 }).map((parts) => `1.${parts.join('.')}`);
const aeTitle = fc.stringMatching(/^[A-Z0-9_]{1,16}$/);
const bytes = fc.uint8Array({ maxLength: 60 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const oddId = fc.nat(127).map((n) => n * 2 + 1);

const userInformation = fc.record({
  maximumLength: maybe(fc.nat(0xffffffff)),
  implementationClassUid: maybe(uid),
  implementationVersionName: maybe(aeTitle),
  asynchronousOperationsWindow: maybe(fc.record({ invoked: fc.nat(0xffff), performed: fc.nat(0xffff) })),
  roleSelections: fc.array(fc.record({ sopClassUid: uid, scuRole: fc.boolean(), scpRole: fc.boolean() })),
  extendedNegotiations: fc.array(fc.record({ sopClassUid: uid, information: bytes })),
  commonExtendedNegotiations: fc.array(
    fc.record({ sopClassUid: uid, serviceClassUid: uid, relatedGeneralSopClassUids: fc.array(uid) }),
  ),
  userIdentity: maybe(
    fc.record({
      type: fc.integer({ min: 1, max: 5 }),
      responseRequested: fc.boolean(),
      primary: bytes,
      secondary: bytes,
    }),
  ),
  userIdentityResponse: maybe(bytes),
});
const associate = {
  protocolVersion: fc.nat(0xffff),
  calledAeTitle: aeTitle,
  callingAeTitle: aeTitle,
  applicationContextName: uid,
  userInformation,
};
const constant = <T extends string>(type: T) => fc.constant(type);
const octet = fc.nat(255);

const pdu: fc.Arbitrary<Pdu> = fc.oneof(
  fc.record({
    type: constant('A-ASSOCIATE-RQ'),
    ...associate,
    presentationContexts: fc.uniqueArray(
      fc.record({ id: oddId, abstractSyntax: uid, transferSyntaxes: fc.array(uid) }),
      { selector: (context) => context.id },
    ),
  }),
  fc.record({
    type: constant('A-ASSOCIATE-AC'),
    ...associate,
    presentationContexts: fc.array(fc.record({ id: octet, result: octet, transferSyntax: uid })),
  }),
  fc.record({ type: constant('A-ASSOCIATE-RJ'), result: octet, source: octet, reason: octet }),
  fc.record({
    type: constant('P-DATA-TF'),
    values: fc.array(fc.record({ contextId: octet, command: fc.boolean(), last: fc.boolean(), data: bytes }), {
      minLength: 1,
    }),
  }),
  fc.record({ type: constant('A-RELEASE-RQ') }),
  fc.record({ type: constant('A-RELEASE-RP') }),
  fc.record({ type: constant('A-ABORT'), source: octet, reason: octet }),
);

const reread = (written: Uint8Array): Pdu => readPdu(written[0]!, written.subarray(6));
/** Absent and undefined are one. */
const plain = (value: Pdu) =>
  structuredClone(JSON.parse(JSON.stringify(value, (_, v) => (v instanceof Uint8Array ? [...v] : v))));

test('whatever PDU is written is read again equal, and its length field counts what follows it', () => {
  fc.assert(
    fc.property(pdu, (value) => {
      const written = writePdu(value);
      assert.deepEqual(plain(reread(written)), plain(value));
      assert.equal(new DataView(written.buffer, written.byteOffset).getUint32(2), written.length - 6);
    }),
  );
});

test('whatever can be read of mutated bytes, written and read again is equal; all else is a PduError', () => {
  const mutations = fc.array(fc.record({ at: fc.nat(2000), to: octet }), { maxLength: 6 });
  fc.assert(
    fc.property(pdu, mutations, fc.nat(2000), (value, changes, cut) => {
      const written = writePdu(value).slice();
      for (const { at, to } of changes) if (at < written.length) written[at] = to;
      let first: Pdu;
      try {
        first = readPdu(written[0]!, written.subarray(6, cut > 1000 ? undefined : 6 + cut));
      } catch (error) {
        assert.ok(error instanceof PduError, String(error));
        return;
      }
      assert.deepEqual(plain(reread(writePdu(first))), plain(first));
      assert.equal(typeof describePdu(first), 'string');
    }),
    { numRuns: fuzzRuns(2000) },
  );
});

test('PS3.8 D.1: no P-DATA-TF is longer than the maximum, and the fragments put together are the data set', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4000 }), fc.integer({ min: 8, max: 1000 }), (data, maximumLength) => {
      const parts: Uint8Array[] = [];
      fragment((part) => parts.push(part), { contextId: 3, command: false, last: true }, data, maximumLength);
      const stream = Buffer.concat(parts);
      const got: Uint8Array[] = [];
      for (let at = 0; at < stream.length; ) {
        const length = stream.readUInt32BE(at + 2);
        assert.ok(length <= maximumLength);
        const [value] = (readPdu(4, stream.subarray(at + 6, at + 6 + length)) as Extract<Pdu, { type: 'P-DATA-TF' }>)
          .values;
        assert.equal(value!.last, at + 6 + length === stream.length);
        got.push(value!.data);
        at += 6 + length;
      }
      assert.deepEqual(new Uint8Array(Buffer.concat(got)), new Uint8Array(data));
    }),
  );
});

test('PS3.8 E.1: fragments have an even length, however odd the announced maximum is', () => {
  for (const maximum of [0, 1, 7, 16383, 131072]) assert.equal(fragmentBytes(maximum) % 2, 0);
});

test('PS3.8 9.3.2.2: an even or repeated presentation context ID is an invalid parameter value', () => {
  const request = (ids: number[]): Uint8Array =>
    writePdu({
      type: 'A-ASSOCIATE-RQ',
      protocolVersion: 1,
      calledAeTitle: 'FASCIA',
      callingAeTitle: 'CT1',
      applicationContextName: '1.2.840.10008.3.1.1.1',
      presentationContexts: ids.map((id) => ({ id, abstractSyntax: '1.2.3', transferSyntaxes: ['1.2.840.10008.1.2'] })),
      userInformation: { roleSelections: [], extendedNegotiations: [], commonExtendedNegotiations: [] },
    });
  assert.throws(() => reread(request([2])), { name: 'PduError', reason: 6 });
  assert.throws(() => reread(request([1, 1])), { name: 'PduError', reason: 6 });
});
