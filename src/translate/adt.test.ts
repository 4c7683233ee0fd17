import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { readMessage } from '../hl7v2/reader.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import { readAdt } from './adt.ts';

const read = (event: string, segments: string[], profile: SenderProfile = {}, owned = /./) =>
  readAdt(
    readMessage(
      new TextEncoder().encode(
        [`MSH|^~\\&|RIS|RAD|||20261123040506+0100||ADT^${event}|1|P|2.5||||||UNICODE UTF-8`, ...segments].join('\r'),
      ),
    ),
    { id: 'm1', site: 'RIS@RAD', receivedAt: '2026-01-01T00:00:00Z', profile, owns: (issuer) => owned.test(issuer) },
  );
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    return thrown instanceof Problem ? `${thrown.code} ${thrown.details.field ?? ''}`.trim() : thrown;
  }
  return undefined;
};

test('3.4.2: PID as the sighting of a patient', () => {
  const pid =
    'PID|1||77^^^RIS&1.2.3&ISO^MR~999^^^GOV^SS~A1^^^ACC^AN~88^^^OTHER^PI||O\\T\\Neil^Pat^Q^Jr^Dr^^L~Smith^Pat^^^^^M||19420815|F|Paddy^Pat||12 Main St^Apt 3^Boston^MA^02110^USA^H||(617)555-1234^PRN^PH';
  assert.deepEqual(read('A08', ['EVN|A08|20261122', pid]).sightings, [
    {
      id: 'm1:1',
      site: 'RIS@RAD',
      timestamp: '2026-11-22',
      medium: 'hl7',
      issuer: '1.2.3&ISO',
      patientId: '77',
      name: 'O&Neil^Pat^Q^Dr^Jr',
      otherPatientIds: [{ issuer: 'OTHER', id: '88' }],
      otherNames: ['Paddy^Pat'],
      birthName: 'Smith^Pat',
      birthDate: '19420815',
      sex: 'F',
      address: '12 Main St, Apt 3, Boston, 02110',
      phone: '(617)555-1234',
      nationalId: '999',
    },
  ]);
});

test('a name in several scripts is one name with component groups', () => {
  const { sightings } = read('A04', ['PID|1||7^^^JP||山田^太郎^^^^^L^I~ﾔﾏﾀﾞ^ﾀﾛｳ^^^^^L^P~YAMADA^TARO^^^^^L^A']);
  assert.equal(sightings[0]!.name, 'YAMADA^TARO=山田^太郎=ﾔﾏﾀﾞ^ﾀﾛｳ');
  const withoutAlphabetic = read('A04', ['PID|1||7^^^JP||山田^太郎^^^^^L^I~ﾔﾏﾀﾞ^ﾀﾛｳ^^^^^L^P']);
  assert.equal(withoutAlphabetic.sightings[0]!.name, '=山田^太郎=ﾔﾏﾀﾞ^ﾀﾛｳ');
});

test('what is not known is not said: null values, part of a date, sexes of other tables', () => {
  const [sighting] = read('A04', ['PID|1||7^^^A||""||1942|U|||""']).sightings;
  assert.deepEqual(sighting, {
    id: 'm1:1',
    site: 'RIS@RAD',
    timestamp: '2026-11-23T04:05:06+01:00',
    medium: 'hl7',
    issuer: 'A',
    patientId: '7',
    name: '',
    birthDate: '1942',
  });
});

test('a sender’s profile says where identifiers are, who assigned them and how it spells that', () => {
  const profile: SenderProfile = {
    identifiers: ['PID-2', 'ZPI-1'],
    defaultIssuer: 'HOSPITAL',
    issuers: { KIS: 'HOSPITAL' },
  };
  const { sightings } = read('A08', ['PID|1|55|77^^^RIS||DOE^JANE', 'ZPI|66^^^KIS'], profile);
  assert.deepEqual([sightings[0]!.issuer, sightings[0]!.patientId], ['HOSPITAL', '55']);
  assert.deepEqual(sightings[0]!.otherPatientIds, [{ issuer: 'HOSPITAL', id: '66' }]);
});

test('v2.1 to v2.6: a patient is known by PID-2 where PID-3 is empty', () => {
  assert.equal(read('A01', ['PID|1|55^^^A|']).sightings[0]!.patientId, '55');
});

test('A40, A18, A34, A47 …: each prior identifier and the surviving one of the same authority are one person', () => {
  for (const event of ['A18', 'A34', 'A39', 'A40', 'A43', 'A47']) {
    const { assertions } = read(event, ['PID|1||7^^^A~70^^^B', 'MRG|8^^^A~80^^^B~9^^^C']);
    assert.deepEqual(
      assertions.map(({ id, type, of }) => [id, type, ...of.map(({ issuer, id: value }) => `${issuer} ${value}`)]),
      [
        ['m1:a1', 'same', 'A 7', 'A 8'],
        ['m1:a2', 'same', 'B 70', 'B 80'],
        ['m1:a3', 'same', 'A 7', 'C 9'],
      ],
    );
  }
});

test('A40 may hold several merges, each PID with its own MRG', () => {
  const { assertions, sightings } = read('A40', ['PID|1||1^^^A', 'MRG|2^^^A', 'PID|2||3^^^A', 'PD1|', 'MRG|4^^^A']);
  assert.deepEqual(
    assertions.map(({ of }) => of.map(({ id }) => id).join(' ')),
    ['1 2', '3 4'],
  );
  assert.equal(sightings.length, 2);
});

test('A24 links two patients, A37 says they are two', () => {
  const patients = ['PID|1||7^^^A', 'PV1|1|O', 'PID|2||8^^^B'];
  assert.equal(read('A24', patients).assertions[0]!.type, 'same');
  assert.equal(read('A37', patients).assertions[0]!.type, 'different');
});

test('a merge or link of identifiers that the sender does not own is refused', () => {
  assert.equal(
    refusal(() => read('A40', ['PID|1||7^^^A', 'MRG|8^^^A'], {}, /^B$/)),
    'identity/not-owner',
  );
  assert.equal(
    refusal(() => read('A24', ['PID|1||7^^^A', 'PID|2||8^^^B'], {}, /^A$/)),
    'identity/not-owner',
  );
  assert.equal(
    refusal(() => read('A08', ['PID|1||7^^^A'], {}, /^B$/)),
    undefined,
  );
});

test('a patient without an identifier, and a merge without a prior one, name the missing field', () => {
  assert.equal(
    refusal(() => read('A08', ['PID|1||^^^A||DOE^JANE'])),
    'hl7/missing-field PID-3',
  );
  assert.equal(
    refusal(() => read('A40', ['PID|1||7^^^A', 'MRG|'])),
    'hl7/missing-field MRG-1',
  );
  assert.deepEqual(read('A40', ['PID|1||7^^^A', 'MRG|7^^^A']).assertions, []);
});

test('visit events say where the patient is', () => {
  const { visit, assertions } = read('A02', ['PID|1||7^^^A', 'PV1|1|I|WARD^12^B^HOSP||||||||||||||||V99']);
  assert.deepEqual(visit, {
    event: 'A02',
    patientClass: 'I',
    assignedLocation: 'WARD, 12, B, HOSP',
    visitNumber: 'V99',
  });
  assert.deepEqual(assertions, []);
});
