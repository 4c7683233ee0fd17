// One segment: its fields by their numbers in the standard. HL7 v2.8.2 2.5.2 and 2.5.3.

import { type Delimiters, usualDelimiters } from './delimiters.ts';
import { escapeText } from './escape.ts';
import { FieldValue } from './field-value.ts';

/** Whose first field is the field separator itself. */
const headerSegments: ReadonlySet<string> = new Set(['MSH', 'BHS', 'FHS']);

export class Segment {
  readonly name: string;
  /** As it stands in the message, without its end. */
  readonly raw: string;
  readonly delimiters: Delimiters;
  #fields: readonly string[] | undefined;

  constructor(raw: string, delimiters: Delimiters) {
    const end = raw.indexOf(delimiters.field);
    this.name = (end < 0 ? raw : raw.slice(0, end)).trim();
    this.raw = raw;
    this.delimiters = delimiters;
  }

  /** How many fields it has; MSH-1 counts. */
  get fieldCount(): number {
    return this.#split().length - 1;
  }

  /** Field `n` as it stands, all repetitions; '' where there is none. */
  field(n: number): string {
    return this.#split()[n] ?? '';
  }

  /** The repetitions that are not empty. */
  repetitions(n: number): FieldValue[] {
    const raw = this.field(n);
    if (raw === '') return [];
    return raw
      .split(this.delimiters.repetition)
      .map((each) => new FieldValue(each, this.delimiters))
      .filter((value) => !value.isEmpty);
  }

  /** The first repetition. */
  value(n: number): FieldValue {
    const raw = this.field(n);
    const end = raw.indexOf(this.delimiters.repetition);
    return new FieldValue(end < 0 ? raw : raw.slice(0, end), this.delimiters);
  }

  /** A component of the first repetition as text: `text(3)` is PID-3.1, `text(3, 4, 2)` its assigning authority's OID. */
  text(field: number, component = 1, subcomponent = 1): string {
    return this.value(field).subcomponent(component, subcomponent);
  }

  /** The same segment with another field `n`, given as it is to stand there. */
  with(n: number, raw: string): Segment {
    const fields = [...this.#split()];
    while (fields.length <= n) fields.push('');
    fields[n] = raw;
    return new Segment(joined(fields, this.delimiters), this.delimiters);
  }

  #split(): readonly string[] {
    if (this.#fields === undefined) {
      const fields = this.raw.split(this.delimiters.field);
      if (headerSegments.has(this.name)) fields.splice(1, 0, this.delimiters.field);
      this.#fields = fields;
    }
    return this.#fields;
  }
}

/** A segment of ours from its fields in order, each as it is to stand there; empty ones at the end are left out. */
export function segment(name: string, fields: readonly (string | undefined)[], delimiters = usualDelimiters): Segment {
  const all = [name, ...fields.map((field) => field ?? '')];
  while (all.length > 1 && all.at(-1) === '') all.pop();
  return new Segment(all.join(delimiters.field), delimiters);
}

/** Components joined; each is text and is escaped here. Empty ones at the end are left out. */
export function components(texts: readonly (string | undefined)[], delimiters = usualDelimiters): string {
  const all = texts.map((text) => escapeText(text ?? '', delimiters));
  while (all.at(-1) === '') all.pop();
  return all.join(delimiters.component);
}

function joined(fields: readonly string[], delimiters: Delimiters): string {
  const isHeader = headerSegments.has(fields[0]!);
  return [fields[0], ...fields.slice(isHeader ? 2 : 1)].join(delimiters.field);
}
