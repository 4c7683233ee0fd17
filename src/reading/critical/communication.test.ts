import assert from 'node:assert/strict';
import { test } from 'node:test';
import { communicationOf } from './communication.ts';
import type { CriticalRecord } from './record.ts';

const flagged: CriticalRecord = {
  loop: '4KTM-9QX2.1',
  category: 1,
  finding: 'RID4710^RADLEX',
  foundAt: Date.UTC(2026, 10, 23, 3),
  toldBy: { kind: 'reader', id: 'ada' },
  told: [
    { recipient: 'referrer', channel: 'fhir', at: Date.UTC(2026, 10, 23, 3, 1) },
    { recipient: 'ward', channel: 'fhir', at: Date.UTC(2026, 10, 23, 3, 16) },
  ],
  isExhausted: false,
};
const context = { case: '4KTM-9QX2', provider: 'nightowl', about: { reference: 'ImagingStudy/1-2' } };

test('a critical result is a Communication in progress until somebody has received it', () => {
  const told = communicationOf(flagged, context);
  assert.deepEqual(
    [told.status, told.priority, told.sent, told.received, told.recipient?.map(({ display }) => display)],
    ['in-progress', 'stat', '2026-11-23T03:01:00.000Z', undefined, ['referrer', 'ward']],
  );
  const received = { by: 'ward', at: Date.UTC(2026, 10, 23, 3, 20), method: 'link', readBack: true };
  const done = communicationOf({ ...flagged, received }, context);
  assert.deepEqual(
    [done.status, done.received, done.note?.[0]?.text],
    ['completed', '2026-11-23T03:20:00.000Z', 'Received by ward (link), read back.'],
  );
});

test('its category and finding are coded in RadLex, and it speaks of the case by its code alone', () => {
  const told = communicationOf(flagged, context);
  assert.deepEqual(told.category?.[0]?.coding?.[0], {
    system: 'http://radlex.org',
    code: 'RID49480',
    display: 'critical result, category 1',
  });
  assert.deepEqual(told.reasonCode?.[0]?.coding?.[0], { system: 'http://radlex.org', code: 'RID4710' });
  assert.equal(told.payload?.[0]?.contentString, 'Critical result, to be answered within minutes. Case 4KTM-9QX2.');
});
