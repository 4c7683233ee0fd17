import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { domainOf } from '../../test/support/pseudonym-domain.ts';
import { dateInterval, dateTimeInterval } from '../dicom/date-time.ts';
import { shiftedDate, shiftedDateTime } from './shift-dates.ts';

const two = (number: number): string => String(number).padStart(2, '0');
const days = fc.date({ min: new Date('1900-03-01'), max: new Date('2100-01-01'), noInvalidDate: true });
const da = (date: Date): string => `${date.getUTCFullYear()}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
const shift = fc.integer({ min: -365, max: -30 });
const at = (text: string): number => dateInterval(text)!.from;
const moment = (text: string): number => dateTimeInterval(text)!.from;

test('intervals between dates of one patient stay, in every order', () => {
  fc.assert(
    fc.property(days, days, shift, (a, b, by) => {
      const [from, to] = [shiftedDate(da(a), by)!, shiftedDate(da(b), by)!];
      assert.equal(at(to) - at(from), at(da(b)) - at(da(a)));
    }),
  );
});

test('a DT moves as its day does; time of day, fraction and offset from UTC stay', () => {
  fc.assert(
    fc.property(
      days,
      shift,
      fc.constantFrom('', '10', '101502', '235959.123456', '101502.5+0130', '0000-0800'),
      (day, by, time) => {
        const moved = shiftedDateTime(`${da(day)}${time}`, by)!;
        assert.equal(moved, `${shiftedDate(da(day), by)}${time}`);
        assert.equal(moment(moved) - moment(`${da(day)}${time}`), by * 86_400_000_000);
      },
    ),
  );
});

test('a DT without day or month stays as rough as it was', () => {
  assert.equal(shiftedDateTime('202503', -40), '202501');
  assert.equal(shiftedDateTime('2025', -40), '2024');
});

test('what is no date is none afterwards', () => {
  for (const text of ['20250231', '2025', 'KANARIE', '20251301', '']) assert.equal(shiftedDate(text, -30), undefined);
  assert.equal(shiftedDate('2025.03.01', -31), '2025.01.29');
});

test('every patient moves by 30 to 365 days into the past, by as many at any time', () => {
  const domain = domainOf('dates');
  const seen = new Set<number>();
  for (let i = 0; i < 3000; i++) {
    const { shiftDays } = domain.patient({ issuer: 'A', id: String(i) }, '');
    assert.equal(shiftDays, domainOf('dates').patient({ issuer: 'A', id: String(i) }, '').shiftDays);
    assert.ok(shiftDays >= -365 && shiftDays <= -30);
    seen.add(shiftDays);
  }
  assert.ok(seen.size > 330);
});
