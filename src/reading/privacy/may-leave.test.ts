import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Consent, ConsentProvision } from '@medplum/fhirtypes';
import { isDenied } from './consent.ts';
import { type LeaveRefusal, type Leaving, mayLeave } from './may-leave.ts';

const at = Date.parse('2026-11-23T12:00:00Z');

const leaving = (more: Partial<Leaving> = {}, jurisdictions: object = {}): Leaving => ({
  term: {
    disclosure: { mode: 'pseudonymised', profile: 'R-read' },
    jurisdictions: {
      patientAt: ['DE'],
      readerMayBeAt: ['AU'],
      dataMayRestAt: ['AU'],
      blocked: ['US-TX'],
      transfer: { mechanism: 'SCC', evidence: 'ab', validUntil: '2027-01-01T00:00:00Z' },
      personsPerRecipient: 100,
      ...jurisdictions,
    },
  },
  patientAt: 'DE-BE',
  roomAt: 'AU-NSW',
  isDenied: false,
  persons: 0,
  isAmongThem: false,
  at,
  ...more,
});

const rows: [string, Leaving, LeaveRefusal | undefined][] = [
  ['what is agreed leaves', leaving(), undefined],
  [
    'a contract without disclosure lets nothing leave',
    { ...leaving(), term: { ...leaving().term, disclosure: { mode: 'none' } } },
    'disclosure-none',
  ],
  ['images of a place that is not agreed', leaving({ patientAt: 'FR' }), 'patient-place-not-agreed'],
  ['a room where data may not rest', leaving({ roomAt: 'IN' }), 'data-may-not-rest-there'],
  ['a room in a place that is blocked', leaving({ roomAt: 'US-TX' }, { dataMayRestAt: ['US'] }), 'place-blocked'],
  [
    'a subdivision does not stand for its country',
    leaving({ roomAt: 'US' }, { dataMayRestAt: ['US-NY'] }),
    'data-may-not-rest-there',
  ],
  ['abroad without a mechanism of transfer', leaving({}, { transfer: undefined }), 'no-transfer-mechanism'],
  [
    'within the country none is needed',
    leaving({ roomAt: 'DE-BY' }, { transfer: undefined, dataMayRestAt: ['DE'] }),
    undefined,
  ],
  [
    'a mechanism at the first moment it no longer holds',
    leaving({ at: Date.parse('2027-01-01T00:00:00Z') }),
    'transfer-mechanism-expired',
  ],
  ['a patient who denied it', leaving({ isDenied: true }), 'consent-denied'],
  ['one person more than a recipient may have', leaving({ persons: 100 }), 'persons-exhausted'],
  ['a person whom the recipient was given already', leaving({ persons: 100, isAmongThem: true }), undefined],
];

for (const [name, asked, refusal] of rows)
  test(`${name}: ${refusal ?? 'may leave'}`, () => assert.equal(mayLeave(asked), refusal));

const consent = (provision: ConsentProvision, more: Partial<Consent> = {}): Consent => ({
  resourceType: 'Consent',
  status: 'active',
  scope: { coding: [{ code: 'patient-privacy' }] },
  category: [{ coding: [{ code: '59284-0' }] }],
  provision,
  ...more,
});

const actor = (name: string): ConsentProvision['actor'] => [
  { role: { text: 'recipient' }, reference: { reference: `Organization/${name}` } },
];

const denies = (...consents: Consent[]): boolean => isDenied(consents, { purpose: 'TREAT', recipient: ['readx'], at });

test('R4 Consent: a denial of this recipient denies, one of another does not', () => {
  assert.equal(denies(consent({ type: 'deny', actor: actor('readx') })), true);
  assert.equal(denies(consent({ type: 'deny', actor: actor('others') })), false);
});

test('R4 Consent: what is not active, not yet or no longer in its period, or for another purpose says nothing', () => {
  assert.equal(denies(consent({ type: 'deny' }, { status: 'rejected' })), false);
  assert.equal(denies(consent({ type: 'deny', period: { end: '2026-11-22' } })), false);
  assert.equal(denies(consent({ type: 'deny', period: { end: '2026-11-23' } })), true);
  assert.equal(denies(consent({ type: 'deny', period: { start: '2026-11-24' } })), false);
  assert.equal(denies(consent({ type: 'deny', purpose: [{ code: 'HRESCH' }] })), false);
  assert.equal(denies(consent({ type: 'deny', purpose: [{ code: 'TREAT' }] })), true);
});

test('R4 Consent: of provisions within one another the innermost that fits decides', () => {
  const except = (type: 'permit' | 'deny', inner: ConsentProvision): ConsentProvision => ({ type, provision: [inner] });
  assert.equal(denies(consent(except('deny', { type: 'permit', actor: actor('readx') }))), false);
  assert.equal(denies(consent(except('deny', { type: 'permit', actor: actor('others') }))), true);
  assert.equal(denies(consent(except('permit', { type: 'deny', actor: actor('readx') }))), true);
});

test('R4 Consent: one that denies is enough, whatever others permit; an opt-out without provisions denies', () => {
  assert.equal(denies(consent({ type: 'permit' }), consent({ type: 'deny' })), true);
  assert.equal(
    denies({ ...consent({}, { policyRule: { coding: [{ code: 'OPTOUT' }] } }), provision: undefined }),
    true,
  );
});
