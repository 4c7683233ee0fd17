// Facts as conditions are evaluated over them: made once for a study, used by all rules. Text that is not known is empty,
// a list of it too, a yes-or-no is no; a number or a moment that is not known is absent, and what asks for it undecided.

import {
  type FactRow,
  factTable,
  type PriorFacts,
  priorTable,
  type SeriesFacts,
  type StudyFacts,
  seriesTable,
  type TimeFacts,
} from '../facts.ts';
import { localTime } from '../local-time.ts';

type Given = Readonly<Record<string, unknown>>;

/** The evaluator knows the type of a value by its class, so each group of facts has one. */
class Group {
  constructor(rows: Record<string, FactRow>, given: Given) {
    for (const name in rows) (this as Record<string, unknown>)[name] = prepared(rows[name]!.kind, given[name]);
  }
}

export class SeriesGroup extends Group {
  constructor(given: SeriesFacts) {
    super(seriesTable, given as Given);
  }
}

export class PriorGroup extends Group {
  constructor(given: PriorFacts) {
    super(priorTable, given as Given);
  }
}

class StudyGroup extends Group {
  readonly series: readonly SeriesGroup[];
  constructor(study: StudyFacts['study']) {
    super(factTable.study, study as Given);
    this.series = study.series.map((series) => new SeriesGroup(series));
  }
}

export const groupClasses = {
  study: StudyGroup,
  procedure: class extends Group {},
  person: class extends Group {},
  order: class extends Group {},
  appointment: class extends Group {},
  source: class extends Group {},
  time: class extends Group {},
} as const satisfies Record<keyof typeof factTable, unknown>;

/** By the names of the variables of conditions. */
export interface PreparedFacts {
  study: StudyGroup;
  tenant: string;
  [group: string]: unknown;
}

/** `zone` is that of the rules: `time` is told in it. */
export function prepareFacts(facts: StudyFacts, at: Date, zone: string): PreparedFacts {
  const { procedure, person, order, appointment, source, time } = groupClasses;
  const { date, clock, weekday } = localTime(at, zone);
  const now: TimeFacts = { now: at, date, clock, weekday };
  return {
    tenant: facts.tenant,
    study: new StudyGroup(facts.study),
    procedure: new procedure(factTable.procedure, (facts.procedure ?? {}) as Given),
    person: new person(factTable.person, (facts.person ?? {}) as Given),
    order: new order(factTable.order, (facts.order ?? {}) as Given),
    appointment: new appointment(factTable.appointment, (facts.appointment ?? {}) as Given),
    source: new source(factTable.source, (facts.source ?? {}) as Given),
    time: new time(factTable.time, now as Given),
  };
}

function prepared(kind: FactRow['kind'], value: unknown): unknown {
  if (kind === 'text') return value ?? '';
  if (kind === 'texts') return value ?? [];
  if (kind === 'yes') return value ?? false;
  return kind === 'integer' && value !== undefined ? BigInt(Math.trunc(value as number)) : value;
}
