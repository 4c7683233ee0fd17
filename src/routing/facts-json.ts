// Facts of a study given as JSON, by a person or another program: checked against the table of facts, so that a misspelt
// one is refused instead of being taken for not known.

import { meant } from './document-faults.ts';
import { type FactRow, factTable, type StudyFacts, seriesTable } from './facts.ts';

/** The facts cannot be used: one sentence for each fault. */
export class FactsError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'FactsError';
    this.faults = faults;
  }
}

/** `time` is not given: it is that of the decision. Throws FactsError. */
export function factsOfJson(given: unknown): StudyFacts {
  const reading = new Reading();
  const { tenant = 'default', study, ...others } = reading.object(given, '');
  if (typeof tenant !== 'string') reading.faults.push('tenant must be text');
  const { series = [], ...ownFacts } = reading.object(study ?? {}, 'study');
  const list = Array.isArray(series) ? series : [];
  if (!Array.isArray(series)) reading.faults.push('study.series must be a list');
  const facts: Record<string, unknown> = {
    tenant,
    study: {
      ...reading.facts(ownFacts, factTable.study, 'study', ['series']),
      series: list.map((one, at) => reading.named(one, seriesTable, `study.series[${at}]`)),
    },
  };
  if (ownFacts.uid === undefined) reading.faults.push('study.uid is missing');
  const { study: _, time: __, ...groups } = factTable;
  for (const [group, values] of Object.entries(others)) {
    const rows = Object.hasOwn(groups, group) ? groups[group as keyof typeof groups] : undefined;
    if (rows === undefined)
      reading.faults.push(`no facts ${group}${meant(group, ['tenant', 'study', ...Object.keys(groups)])}`);
    else facts[group] = reading.facts(reading.object(values, group), rows, group);
  }
  if (reading.faults.length > 0) throw new FactsError(reading.faults);
  return facts as StudyFacts;
}

type Given = Record<string, unknown>;

class Reading {
  readonly faults: string[] = [];

  object(given: unknown, path: string): Given {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Given;
    this.faults.push(`${path || 'the facts'} must be an object`);
    return {};
  }

  named(given: unknown, rows: Record<string, FactRow>, path: string): Given {
    const facts = this.facts(this.object(given, path), rows, path);
    if (facts.uid === undefined) this.faults.push(`${path}.uid is missing`);
    return facts;
  }

  facts(given: Given, rows: Record<string, FactRow>, path: string, alsoKnown: readonly string[] = []): Given {
    const facts: Given = {};
    for (const [name, value] of Object.entries(given)) {
      const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
      if (row === undefined) {
        this.faults.push(`no fact ${path}.${name}${meant(name, [...Object.keys(rows), ...alsoKnown])}`);
      } else if (value !== null) {
        facts[name] = this.#value(value, row.kind, `${path}.${name}`);
      }
    }
    return facts;
  }

  #value(value: unknown, kind: FactRow['kind'], path: string): unknown {
    const { is, words } = kinds[kind];
    if (!is(value)) {
      this.faults.push(`${path} must be ${words}`);
      return undefined;
    }
    return kind === 'moment' ? new Date(value as string) : value;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';

const kinds: Record<FactRow['kind'], { words: string; is: (value: unknown) => boolean }> = {
  text: { words: 'text', is: isText },
  texts: { words: 'a list of texts', is: (value) => Array.isArray(value) && value.every(isText) },
  integer: { words: 'a whole number', is: Number.isSafeInteger },
  number: { words: 'a number', is: Number.isFinite },
  yes: { words: 'true or false', is: (value) => typeof value === 'boolean' },
  moment: {
    words: 'a moment with its offset, 2026-11-23T07:35:00Z',
    is: (value) => isText(value) && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)),
  },
};
