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
const DAY_MINUTES = 24 * 60;
/** Clocks are changed by two hours at most. */
const CLOCK_CHANGE_MS = 2 * 3_600_000;

/** Whether `at` lies in one of the windows; with none of them, always. */
export function isOpen(windows: readonly Window[], at: Date, zone: string): boolean {
  return windows.length === 0 || windows.some((window) => contains(window, localTime(at, zone)));
}

/** The first moment not before `at`, or whole minute after it, at which `isOpen`; undefined where no window ever opens. */
export function opensAt(windows: readonly Window[], at: Date, zone: string): Date | undefined {
  if (isOpen(windows, at, zone)) return at;
  const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  for (const { clock, minutes } of beginningsAfter(windows, localTime(at, zone))) {
    const beginning = minute + minutes * MINUTE_MS;
    // Where clocks change in between, it begins earlier or later than reckoned.
    const spread = localTime(new Date(beginning), zone).clock === clock ? 0 : CLOCK_CHANGE_MS;
    for (let moment = Math.max(beginning - spread, minute); moment <= beginning + spread; moment += MINUTE_MS) {
      if (isOpen(windows, new Date(moment), zone)) return new Date(moment);
    }
  }
  return undefined;
}

/**
 * When windows begin in the next two weeks and a day, the soonest first, by the clock as it goes now: a window of one day a
 * week may lie in the hour that a change of clocks leaves out.
 */
function beginningsAfter(windows: readonly Window[], now: LocalTime): { clock: string; minutes: number }[] {
  const beginnings = windows.flatMap(({ days, from, to }) => {
    const clock = from === to ? '00:00' : from;
    return Array.from({ length: 16 }, (_, day) => ({
      day,
      weekday: weekdays[(weekdays.indexOf(now.weekday) + day) % 7]!,
    }))
      .filter(({ weekday }) => days === undefined || days.includes(weekday))
      .map(({ day }) => ({ clock, minutes: day * DAY_MINUTES + minutesOf(clock) - minutesOf(now.clock) }));
  });
  return beginnings.filter(({ minutes }) => minutes > 0).sort((a, b) => a.minutes - b.minutes);
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

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
