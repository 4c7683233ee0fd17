// Dates moved by whole days: intervals between any two of one patient stay, and so does the time of day; the day of the week
// does not. PS3.15 E.3.6, PS3.5 6.2 (DA, DT).

const DAY_MS = 86_400_000;

/** A DA, or a date of ACR-NEMA (YYYY.MM.DD), in the form it had; undefined where it is none. */
export function shiftedDate(text: string, days: number): string | undefined {
  const parts = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, point, month, day] = parts as unknown as [string, string, string, string, string];
  return shiftedDay(year, month, day, days)?.join(point);
}

/**
 * A DT with as much of it as there was; its time and offset from UTC stay. One without a day moves by whole months or years
 * where its first day leads: intervals of such are as rough as they were. undefined where it is no DT.
 */
export function shiftedDateTime(text: string, days: number): string | undefined {
  const parts = /^(\d{4})(\d{2})?(\d{2})?((?:\d{2}){0,3}(?:\.\d{1,6})?)([+-]\d{4})?$/.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, time, offset = ''] = parts as unknown as [
    string,
    string,
    string?,
    string?,
    string?,
    string?,
  ];
  if (day === undefined && time) return undefined;
  const moved = shiftedDay(year, month ?? '01', day ?? '01', days);
  if (moved === undefined) return undefined;
  const kept = moved.slice(0, day !== undefined ? 3 : month !== undefined ? 2 : 1);
  return `${kept.join('')}${time ?? ''}${offset}`;
}

/** Whether text is a TM: PS3.5 6.2, and HH:MM:SS of ACR-NEMA. */
export const isTime = (text: string): boolean => /^\d{2}(:?\d{2}(:?\d{2}(\.\d{1,6})?)?)?$/.test(text.trim());

function shiftedDay(year: string, month: string, day: string, days: number): [string, string, string] | undefined {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // 31 February is no date, and moved by its distance from the first it would be another patient's.
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  date.setTime(date.getTime() + days * DAY_MS);
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')];
}
