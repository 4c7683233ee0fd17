// When a destination may be sent to, and how much of its line may be used: windows of the week, in the time of the clock
// on the wall of a place. A window that ends before it begins goes past midnight and belongs to the day it began.

import { type LocalTime, localTime } from './local-time.ts';

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface Window {
  /** On which it begins; absent: every day. */
  days?: readonly Weekday[];
  /** `HH:MM`; equal to `to`: the whole day. */
  from: string;
  to: string;
}

export interface BandwidthWindow extends Window {
  megabitsPerSecond: number;
}

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;

/** Whether `at` lies in one of the windows; with none of them, always. */
export function isOpen(windows: readonly Window[], at: Date, zone: string): boolean {
  return windows.length === 0 || windows.some((window) => contains(window, localTime(at, zone)));
}

/** The first moment not before `at`, whole minutes after it, at which `isOpen`; undefined where no window ever opens. */
export function opensAt(windows: readonly Window[], at: Date, zone: string): Date | undefined {
  if (isOpen(windows, at, zone)) return at;
  const nextMinute = Math.ceil((at.getTime() + 1) / MINUTE_MS) * MINUTE_MS;
  // An hour that the clock jumps over or repeats moves the opening, so the clock is asked rather than reckoned with.
  for (let minute = 0; minute <= WEEK_MINUTES; minute++) {
    const moment = new Date(nextMinute + minute * MINUTE_MS);
    if (windows.some((window) => contains(window, localTime(moment, zone)))) return moment;
  }
  return undefined;
}

/** The least of what the windows that hold `at` allow; undefined where none does: the whole line. */
export function megabitsPerSecondAt(windows: readonly BandwidthWindow[], at: Date, zone: string): number | undefined {
  const here = localTime(at, zone);
  const limits = windows.filter((window) => contains(window, here)).map((window) => window.megabitsPerSecond);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function contains({ days, from, to }: Window, { clock, weekday, dayBefore }: LocalTime): boolean {
  const began = (day: Weekday) => days === undefined || days.includes(day);
  if (from === to) return began(weekday);
  if (from < to) return clock >= from && clock < to && began(weekday);
  return (clock >= from && began(weekday)) || (clock < to && began(dayBefore));
}
