// A date and a time of DICOM as a dateTime of FHIR (R4 datatypes.html#dateTime), which with a time has a zone. Where nobody
// says the zone, the date alone is true: a time would be hours off.

/** Of (0008,0201) Timezone Offset From UTC, or an IANA name that somebody configured for the source. */
export type Zone = { offset: string } | { name: string };

/** undefined where `date` (DA) is none. `time` is TM. */
export function dateTimeOf(
  date: string | undefined,
  time: string | undefined,
  zone: Zone | undefined,
): string | undefined {
  const day = dayOf(date);
  const clock = clockOf(time);
  if (day === undefined || clock === undefined || zone === undefined) return day;
  const offset = 'offset' in zone ? writtenOffset(zone.offset) : offsetIn(zone.name, `${day}T${clock.slice(0, 8)}`);
  return offset === undefined ? day : `${day}T${clock}${offset}`;
}

function dayOf(date: string | undefined): string | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d\d)\.?(\d\d)$/.exec(date?.trim() ?? '') ?? [];
  if (year === undefined || year === '0000') return undefined;
  const written = `${year}-${month}-${day}`;
  const parsed = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(written) ? written : undefined;
}

/** undefined where minutes are not said: R4 has no hour alone. A leap second is the second before it. */
function clockOf(time: string | undefined): string | undefined {
  const parts = /^([01]\d|2[0-3]):?([0-5]\d)(?::?([0-5]\d|60)(\.\d{1,6})?)?$/.exec(time?.trim() ?? '');
  if (parts === null) return undefined;
  const [, hours, minutes, seconds = '00', fraction = ''] = parts;
  return `${hours}:${minutes}:${seconds === '60' ? '59' : seconds}${fraction}`;
}

/** PS3.3 C.12.1.1.8: `&ZZXX`, from -1200 to +1400. */
function writtenOffset(text: string): string | undefined {
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4])([0-5]\d)$/.exec(text.trim()) ?? [];
  return sign === undefined ? undefined : `${sign}${hours}:${minutes}`;
}

const MINUTE_MS = 60_000;

/** Where a clock was put back an hour is there twice: the first of them is meant. */
function offsetIn(zone: string, local: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  // What holds half a day before the moment also holds before a change on that day.
  const before = offsetMinutes(zone, wall - 12 * 60 * MINUTE_MS);
  const after = offsetMinutes(zone, wall + 12 * 60 * MINUTE_MS);
  if (before === undefined || after === undefined) return undefined;
  const holds = [before, after].find((offset) => offsetMinutes(zone, wall - offset * MINUTE_MS) === offset) ?? before;
  const [sign, size] = [holds < 0 ? '-' : '+', Math.abs(holds)];
  return `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

const two = (number: number): string => String(number).padStart(2, '0');

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC at a moment. */
function offsetMinutes(zone: string, at: number): number | undefined {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    try {
      clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      return undefined;
    }
    clocks.set(zone, clock);
  }
  const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value;
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
