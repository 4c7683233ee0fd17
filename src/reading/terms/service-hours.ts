// Whether a term serves at a moment, by the clock on the wall where its hours are kept.

import { localTime } from '../../routing/local-time.ts';
import { isOpen, type Window, weekdays } from '../../routing/window.ts';
import type { ServiceHours, ServiceTerm } from './service-term.ts';

/** Without hours at all times; what begins on a holiday does not take place. `at`: ms since the epoch. */
export function isInHours({ hours, holidays }: Pick<ServiceTerm, 'hours' | 'holidays'>, at: number): boolean {
  return hours.length === 0 || hours.some((each) => isWithin(each, holidays, new Date(at)));
}

function isWithin({ days, from, to, zone }: ServiceHours, holidays: readonly string[], at: Date): boolean {
  const window: Window = { days: days.map(weekdayOf), from, to };
  if (!isOpen([window], at, zone)) return false;
  const { date, clock } = localTime(at, zone);
  // Past midnight it belongs to the day it began.
  return !holidays.includes(from > to && clock < to ? dayBefore(date) : date);
}

/** Of 0 for Sunday. */
const weekdayOf = (day: number) => weekdays[(day + 6) % 7]!;

function dayBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
