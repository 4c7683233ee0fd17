// The primitive types of R4 (datatypes.html 2.24.0.1): what each looks like, and what it is in JSON.

interface Primitive {
  /** What JSON writes it as. */
  json: 'string' | 'number' | 'boolean';
  form: RegExp;
  /** Bounds of a whole number. */
  least?: number;
  most?: number;
}

const wholeNumberMost = 2 ** 31 - 1;
const year = '([0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)';
const month = '(0[1-9]|1[0-2])';
const day = '(0[1-9]|[12][0-9]|3[01])';
const time = '([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?';
const zone = '(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))';
const form = (text: string): RegExp => new RegExp(`^${text}$`);
/** Not white space alone. */
const text = /\S/;
const uri = /^\S+$/;

export const primitives: Readonly<Record<string, Primitive>> = {
  base64Binary: { json: 'string', form: /^[0-9a-zA-Z+/\s]+(=\s*){0,2}$/ },
  boolean: { json: 'boolean', form: /^(true|false)$/ },
  canonical: { json: 'string', form: uri },
  code: { json: 'string', form: /^[^\s]+( [^\s]+)*$/ },
  date: { json: 'string', form: form(`${year}(-${month}(-${day})?)?`) },
  dateTime: { json: 'string', form: form(`${year}(-${month}(-${day}(T${time}${zone})?)?)?`) },
  decimal: { json: 'number', form: /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/ },
  id: { json: 'string', form: /^[A-Za-z0-9\-.]{1,64}$/ },
  instant: { json: 'string', form: form(`${year}-${month}-${day}T${time}${zone}`) },
  integer: { json: 'number', form: /^(0|-?[1-9][0-9]*)$/, least: -(2 ** 31), most: wholeNumberMost },
  markdown: { json: 'string', form: text },
  oid: { json: 'string', form: /^urn:oid:[0-2](\.(0|[1-9][0-9]*))+$/ },
  positiveInt: { json: 'number', form: /^[1-9][0-9]*$/, least: 1, most: wholeNumberMost },
  string: { json: 'string', form: text },
  time: { json: 'string', form: form(time) },
  unsignedInt: { json: 'number', form: /^(0|[1-9][0-9]*)$/, least: 0, most: wholeNumberMost },
  uri: { json: 'string', form: uri },
  url: { json: 'string', form: uri },
  uuid: { json: 'string', form: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/ },
  xhtml: { json: 'string', form: /^\s*<div[\s>/]/ },
};

export const isPrimitive = (type: string): boolean => Object.hasOwn(primitives, type);

/** Whether `written` (the value as XML has it) is one of `type`. */
export function isOfForm(type: string, written: string): boolean {
  const { form: pattern, least, most } = primitives[type]!;
  if (!pattern.test(written) || !isText(written)) return false;
  if (least !== undefined && !(Number(written) >= least && Number(written) <= most!)) return false;
  return !(type in datesOf) || isDay(written);
}

/** What both forms can hold (XML 1.0 2.2; R4 string): no control characters but white space, no half of a surrogate pair. */
const isText = (written: string): boolean =>
  written.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(written);

const datesOf: Readonly<Record<string, true>> = { date: true, dateTime: true, instant: true };

/** Whether the calendar has the day of a date that has one. */
function isDay(written: string): boolean {
  const [years, months, days] = written.slice(0, 10).split('-').map(Number) as [number, number?, number?];
  if (days === undefined || months === undefined) return true;
  const leap = (years % 4 === 0 && years % 100 !== 0) || years % 400 === 0;
  return days <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][months - 1]!;
}
