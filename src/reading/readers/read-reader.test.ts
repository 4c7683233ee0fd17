import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../base/problem.ts';
import { aReader } from '../gate/testing/rows.ts';
import { readPrivileges, readReader, readShifts } from './read-reader.ts';
import { poolsOf, practitionerOf, rosterOf } from './reader-resources.ts';
import { rosterOfCalendar } from './roster-calendar.ts';
import { rosterOfTable } from './roster-table.ts';

const at = Date.parse('2026-11-23T07:00:00Z');
const told = (work: () => unknown): string[] => {
  try {
    work();
  } catch (thrown) {
    assert.ok(thrown instanceof Problem && thrown.code === 'request/malformed');
    return thrown.message.split('\n');
  }
  return assert.fail('it was taken');
};

const period = { from: '2026-01-01', to: '2027-01-01' };
const licence = { id: 'L', number: '1', issuer: 'GMC', validAt: ['GB'], period };
const privilege = { id: 'P', client: 'north', level: 'report', period };

test('a reader says what is not usual; a licence is active, a privilege for every kind of reading, unless said otherwise', () => {
  const document = { id: 'ng', name: 'Ng^Ada', at: 'GB', licences: [licence], privileges: [privilege] };
  const reader = readReader(document, { provider: 'telerad', at });
  assert.deepEqual(
    [reader.provider, reader.status, reader.startedAt],
    ['telerad', 'active', '2026-11-23T07:00:00.000Z'],
  );
  assert.equal(reader.licences[0]?.status, 'active');
  assert.deepEqual(reader.privileges[0]?.readTypes, ['preliminary', 'final', 'second', 'consult', 'trial']);
});

test('all faults of a reader are named at once', () => {
  const faults = told(() =>
    readReader(
      {
        ...{ id: 'ng', name: 'Ng^Ada', at: 'GB', subspecialties: ['neura'] },
        licences: [licence, { ...licence, period: { from: '2027-01-01', to: '2026-01-01' } }],
        shifts: [{ from: '2026-11-23T08:00:00Z', to: '2026-11-23T07:00:00Z' }],
      },
      { provider: 'telerad', at },
    ),
  );
  assert.deepEqual(faults, [
    'licences[1].id: one before has the id L',
    'licences[1].period.to: 2026-01-01 is not after 2027-01-01',
    'shifts[0].to: 2026-11-23T07:00:00Z is not after 2026-11-23T08:00:00Z',
    'subspecialties[0]: no subspecialty neura; did you mean neuro?',
  ]);
  assert.deepEqual(
    told(() => readReader({ id: 'ng', name: 'Ng', at: 'GB' }, { at })),
    ['provider: provider is missing'],
  );
  assert.deepEqual(
    told(() => readReader({ id: 'ng', name: 'Ng', at: 'Britain' }, { provider: 'telerad', at })),
    ['at: at must be a country or subdivision of ISO 3166: DE, US-NY'],
  );
});

test('a client grants for itself alone', () => {
  assert.equal(readPrivileges([privilege], 'north').length, 1);
  assert.deepEqual(
    told(() => readPrivileges([privilege], 'south')),
    ['[0].client: south grants nothing for north'],
  );
});

test('RFC 5545: shifts of a calendar, by their zones, with folded lines and alarms', () => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1@roster',
    'SUMMARY:ng',
    'DTSTART;TZID=Europe/Berlin:20261123T200000',
    'DTEND;TZID="Europe/Ber',
    ' lin":20261124T080000',
    'BEGIN:VALARM',
    'TRIGGER:-PT15M',
    'UID:alarm',
    'END:VALARM',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:2@roster',
    'SUMMARY:kim',
    'DTSTART:20261123T080000Z',
    'DTEND:20261123T160000Z',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const shifts = rosterOfCalendar(calendar.join('\r\n'));
  assert.deepEqual(shifts.get('ng'), [
    { id: '1@roster 2026-11-23T19:00:00.000Z', from: '2026-11-23T19:00:00.000Z', to: '2026-11-24T07:00:00.000Z' },
  ]);
  assert.equal(readShifts(shifts.get('kim')).length, 1);
  const change = (from: string, to: string) => calendar.join('\n').replace(from, to);
  assert.deepEqual(
    told(() => rosterOfCalendar(change('UID:2', 'RRULE:FREQ=DAILY\nUID:2'))),
    ['an event of kim recurs: export each occurrence'],
  );
  assert.deepEqual(
    told(() => rosterOfCalendar(change('DTSTART:20261123T080000Z', 'DTSTART:20261123T080000'), 'ng')),
    ['an event of ng has no DTSTART and DTEND with time and zone'],
  );
});

test('a roster of several readers is a table', () => {
  const rows = [
    { reader: 'ng', from: '2026-11-23T08:00:00Z', to: '2026-11-23T16:00:00Z' },
    { reader: 'kim', from: '2026-11-23T08:00:00Z', to: '2026-11-23T16:00:00Z' },
  ];
  assert.deepEqual([...rosterOfTable(rows).keys()], ['ng', 'kim']);
  assert.deepEqual(
    told(() => rosterOfTable([{ ...rows[0]!, to: '' }])),
    ['row 2 lacks from or to'],
  );
});

test('Practitioner: where a licence is valid is said as Plan-Net does, and a slot belongs to the schedule of its reader', () => {
  const reader = aReader({ subspecialties: ['neuro'], team: 'night' });
  const { qualification, name } = practitionerOf(reader);
  assert.equal(name?.[0]?.family, 'Ng');
  assert.deepEqual(qualification?.[0]?.extension?.[0]?.extension, [
    { url: 'status', valueCode: 'active' },
    { url: 'whereValid', valueCodeableConcept: { coding: [{ system: 'urn:iso:std:iso:3166', code: 'US-NY' }] } },
  ]);
  const [schedule, slot] = rosterOf(reader);
  assert.equal(slot?.schedule?.reference, `Schedule/${schedule.id}`);
  assert.deepEqual(
    poolsOf('telerad', [reader]).map(({ name: pool, quantity }) => [pool, quantity]),
    [
      ['telerad: all', 1],
      ['telerad: neuro', 1],
      ['telerad: team night', 1],
    ],
  );
});
