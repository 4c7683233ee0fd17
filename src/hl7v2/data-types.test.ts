import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dicomDate, readDateTime, writeDateTime } from './date-time.ts';
import { usualDelimiters } from './delimiters.ts';
import { FieldValue } from './field-value.ts';
import { cx, hd, writeCx } from './identifiers.ts';
import { xad, xpn, xtn } from './person.ts';

const value = (raw: string) => new FieldValue(raw, usualDelimiters);

test('2A.2.22: a date and time is as precise as it was written, with the zone that was written', () => {
  assert.deepEqual(readDateTime('1942'), { iso: '1942', precision: 'year' });
  assert.deepEqual(readDateTime('194208'), { iso: '1942-08', precision: 'month' });
  assert.deepEqual(readDateTime('19420815'), { iso: '1942-08-15', precision: 'day' });
  assert.deepEqual(readDateTime('200501100455'), { iso: '2005-01-10T04:55', precision: 'minute' });
  assert.deepEqual(readDateTime('20050110045504.25-0330'), {
    iso: '2005-01-10T04:55:04.25-03:30',
    precision: 'second',
    offsetMinutes: -210,
  });
});

test('what is no date is none; unknown months and days are not made up', () => {
  for (const text of ['Aug 15, 1942', '19421315', '19430229', '00000000', '1942081', '""', '', '20050110250000'])
    assert.equal(readDateTime(text), undefined, text);
  assert.equal(readDateTime('19420000')?.iso, '1942');
  assert.equal(readDateTime('19420800')?.precision, 'month');
  assert.equal(readDateTime('1942-08-15')?.iso, '1942-08-15');
  assert.equal(readDateTime('20000229')?.precision, 'day');
});

test('a birth date is a DICOM date where the day is known', () => {
  assert.equal(dicomDate(readDateTime('19420815120000')), '19420815');
  assert.equal(dicomDate(readDateTime('194208')), undefined);
  assert.equal(writeDateTime('2026-11-23T04:05:06.789Z'), '20261123040506.789+0000');
});

test('2A.2.14: an identifier with its authority by name, by OID, or both', () => {
  assert.deepEqual(cx(value('77^^^RIS&1.2.3&ISO^MR^HOSP'))?.assigningAuthority, {
    namespaceId: 'RIS',
    universalId: '1.2.3',
    universalIdType: 'ISO',
  });
  assert.equal(cx(value('77^^^&1.2.3&ISO'))?.assigningAuthority?.universalId, '1.2.3');
  assert.equal(cx(value('77'))?.assigningAuthority, undefined);
  assert.equal(cx(value('^^^RIS')), undefined);
  assert.equal(cx(value('""')), undefined);
  assert.equal(hd(value('')), undefined);
});

test('an identifier that is written reads the same', () => {
  const raw = writeCx({
    id: 'A|7^',
    assigningAuthority: { namespaceId: 'R&D', universalId: '1.2.3', universalIdType: 'ISO' },
    identifierTypeCode: 'MR',
  });
  const read = cx(value(raw))!;
  assert.equal(read.id, 'A|7^');
  assert.equal(read.assigningAuthority?.namespaceId, 'R&D');
  assert.equal(read.identifierTypeCode, 'MR');
});

test('2A.2.88: a name, whose family name may have parts, its type and its script', () => {
  const name = xpn(value('van den Berg&van den&Berg^Eva^Maria^III^Dr^PhD^L^A'))!;
  assert.deepEqual(
    [name.familyName, name.givenName, name.furtherGivenNames, name.suffix, name.prefix, name.nameTypeCode],
    ['van den Berg', 'Eva', 'Maria', 'III', 'Dr', 'L'],
  );
  assert.equal(xpn(value('^^^^^^L')), undefined);
  assert.equal(xpn(value('O\\T\\Neil^Pat'))?.familyName, 'O&Neil');
});

test('2A.2.87 and 2A.2.89: addresses and numbers', () => {
  const address = xad(value('12 Main St&Main St&12^Apt 3^Boston^MA^02110^USA^h'))!;
  assert.deepEqual([address.street, address.city, address.addressType], ['12 Main St', 'Boston', 'H']);
  assert.equal(xad(value('^^^^^^H')), undefined);
  assert.equal(xtn(value('(617)555-1234^PRN^PH'))?.number, '(617)555-1234');
  assert.equal(xtn(value('^PRN^PH^^1^617^5551234'))?.number, '+16175551234');
  assert.equal(xtn(value('^NET^Internet^eva@example.org'))?.emailAddress, 'eva@example.org');
  assert.equal(xtn(value('^PRN^PH')), undefined);
});
