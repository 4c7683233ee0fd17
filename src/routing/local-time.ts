// What the clock on the wall of a place shows. Zones are IANA names; their rules are the runtime's.

import type { Weekday } from './window.ts';

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** `HH:MM`, of 24 hours. */
  clock: string;
  weekday: Weekday;
  dayBefore: Weekday;
}

const days: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();

const MINUTE_MS = 60_000;
/** The last answer: many studies are decided upon within a minute. */
let last: { minute: number; zone: string; time: LocalTime } | undefined;

/** `zone` must be one that `isZone` knows (RangeError). */
export function localTime(at: Date, zone: string): LocalTime {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  if (last?.minute !== minute || last.zone !== zone) last = { minute, zone, time: read(at, zone) };
  return last.time;
}

function read(at: Date, zone: string): LocalTime {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) parts[type] = value;
  const weekday = parts.weekday as Weekday;
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    clock: `${parts.hour}:${parts.minute}`,
    weekday,
    dayBefore: days[(days.indexOf(weekday) + 6) % 7]!,
  };
}

export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return clock;
}
