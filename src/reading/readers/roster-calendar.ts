// A roster as calendars export it (RFC 5545): each VEVENT a shift. What recurs is refused, since its end and its exceptions are
// the calendar's to know: they export what it comes to.

import { Problem } from '../../base/problem.ts';
import { dateTimeOf } from '../../translate/local-moment.ts';
import type { Shift } from './reader.ts';

export const limits = { events: 5000 } as const;

/** Shifts by reader; without `reader` the SUMMARY of each says whose it is. Throws request/malformed. */
export function rosterOfCalendar(text: string, reader?: string): Map<string, Shift[]> {
  const shifts = new Map<string, Shift[]>();
  const events = eventsOf(text);
  if (events.length > limits.events) refuse(`a calendar has at most ${limits.events} events`);
  for (const event of events) {
    const whose = reader ?? event.get('SUMMARY')?.value;
    const [from, to] = [momentOf(event.get('DTSTART')), momentOf(event.get('DTEND'))];
    if (whose === undefined) refuse('an event does not say in SUMMARY whose shift it is');
    if (event.has('RRULE')) refuse(`an event of ${whose} recurs: export each occurrence`);
    if (from === undefined || to === undefined)
      refuse(`an event of ${whose} has no DTSTART and DTEND with time and zone`);
    const id = event.get('UID')?.value ?? from;
    shifts.set(whose, [...(shifts.get(whose) ?? []), { id: `${id} ${from}`, from, to }]);
  }
  return shifts;
}

interface Property {
  value: string;
  zone?: string;
}

/** RFC 5545 3.1: a line that begins with white space goes on with the one before. Alarms within an event are passed over. */
function eventsOf(text: string): Map<string, Property>[] {
  const events: Map<string, Property>[] = [];
  const within: string[] = [];
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, name, parameters = '', value = ''] = /^([A-Za-z-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const word = name.toUpperCase();
    if (word === 'BEGIN') within.push(value.trim().toUpperCase());
    if (word === 'BEGIN' && within.at(-1) === 'VEVENT') events.push(new Map());
    if (word === 'END') within.pop();
    if (within.at(-1) !== 'VEVENT' || word === 'BEGIN') continue;
    const zone = /;TZID="?([^";:]+)/i.exec(parameters)?.[1];
    events.at(-1)!.set(word, { value: value.trim(), ...(zone !== undefined && { zone }) });
  }
  return events;
}

/** A moment in UTC, or on the clock of a zone; undefined for a day, and for a clock that says no zone. */
function momentOf(property: Property | undefined): string | undefined {
  const [, date, time, utc] = /^(\d{8})T(\d{6})(Z?)$/.exec(property?.value ?? '') ?? [];
  const zone = property?.zone;
  if (date === undefined || (utc === '' && zone === undefined)) return undefined;
  const said = dateTimeOf(date, time, utc === 'Z' ? { offset: '+0000' } : { name: zone! });
  return said?.includes('T') ? new Date(said).toISOString() : undefined;
}

function refuse(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
