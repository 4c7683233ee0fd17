// What of readers and terms ends soon, and what that costs: cases of late that somebody may read today and nobody could then.

import type { CaseFacts } from '../gate/asked.ts';
import type { GateName } from '../gate/gate.ts';
import { gates } from '../gate/gates.ts';
import type { ServiceTerm } from '../terms/service-term.ts';
import { endOf, holdsAt } from './period.ts';
import type { Period, Reader } from './reader.ts';

export const expiringKinds = ['licence', 'privilege', 'insurance', 'display', 'transfer'] as const satisfies GateName[];
export type ExpiringKind = (typeof expiringKinds)[number];

export interface Expiring {
  what: ExpiringKind;
  /** Absent of a transfer, which is of a term. */
  reader?: string;
  /** Of the row: its id, or its term. */
  row: string;
  /** ISO 8601. */
  until: string;
  /** Cases of late that this row lets somebody read, and that nobody could read at the end of the days looked ahead. */
  casesWithoutReader: number;
}

export interface PastCase {
  facts: CaseFacts;
  term: ServiceTerm;
}

export interface Forecast {
  expiring: Expiring[];
  /** Cases that were looked at, and those of them that nobody could read at the end. */
  cases: number;
  casesWithoutReader: number;
}

/** `now`, `until`: ms since the epoch. `terms`: those in force. */
export function forecast(
  { readers, terms, cases }: { readers: readonly Reader[]; terms: readonly ServiceTerm[]; cases: readonly PastCase[] },
  now: number,
  until: number,
): Forecast {
  const ending = [
    ...readers.filter(({ status }) => status === 'active').flatMap((reader) => endingOf(reader, now, until)),
    ...terms.flatMap((term) => endingTransfer(term, now, until)),
  ].map((row) => ({ ...row, casesWithoutReader: 0 }));
  let lost = 0;
  for (const { facts, term, count } of alike(cases)) {
    // What is signed is not asked for shifts, hours and what was given already: those do not end, they begin again.
    const able = readers.filter((reader) => gates(facts, term, reader, now, 'sign').open);
    const then = able.map((reader) => ({ reader, failed: gates(facts, term, reader, until, 'sign').failed }));
    if (able.length === 0 || then.some(({ failed }) => failed.length === 0)) continue;
    lost += count;
    for (const row of ending) {
      const isAtFault = then.some(
        ({ reader, failed }) =>
          (row.reader === undefined ? row.row === term.id : row.reader === reader.id) &&
          failed.some(({ gate }) => gate === row.what),
      );
      if (isAtFault) row.casesWithoutReader += count;
    }
  }
  const expiring = ending.toSorted(
    (a, b) => b.casesWithoutReader - a.casesWithoutReader || (a.until < b.until ? -1 : 1),
  );
  return { expiring, cases: cases.length, casesWithoutReader: lost };
}

type Ending = Omit<Expiring, 'casesWithoutReader'>;

/** Rows that hold now, end in time, and have no other in their place then. */
function endingOf(reader: Reader, now: number, until: number): Ending[] {
  const { licences, privileges, insurance, displayCalibratedUntil: display } = reader;
  const ends = (period: Period) => holdsAt(period, now) && !holdsAt(period, until);
  const of = (what: ExpiringKind, row: string, end: number): Ending => ({
    ...{ what, reader: reader.id, row },
    until: new Date(end).toISOString(),
  });
  const later = licences.filter(({ status, period }) => status === 'active' && holdsAt(period, until));
  const isLicensedThen = (places: readonly string[]) =>
    places.every((place) => later.some(({ validAt }) => validAt.includes(place)));
  const isPrivilegedThen = (client: string, site: string | undefined) =>
    privileges.some((each) => each.client === client && each.site === site && holdsAt(each.period, until));
  const isInsuredThen = insurance.some(({ period }) => holdsAt(period, until));
  const shown = display === undefined ? undefined : Date.parse(display);
  return [
    ...licences
      .filter(({ status, period, validAt }) => status === 'active' && ends(period) && !isLicensedThen(validAt))
      .map(({ id, period }) => of('licence', id, endOf(period))),
    ...privileges
      .filter(({ period, client, site }) => ends(period) && !isPrivilegedThen(client, site))
      .map(({ id, period }) => of('privilege', id, endOf(period))),
    ...insurance
      .filter(({ period }) => ends(period) && !isInsuredThen)
      .map(({ period, limit, currency }) => of('insurance', `${limit} ${currency}`, endOf(period))),
    ...(shown !== undefined && now < shown && shown <= until ? [of('display', reader.at, shown)] : []),
  ];
}

function endingTransfer({ id, jurisdictions: { transfer } }: ServiceTerm, now: number, until: number): Ending[] {
  const end = Date.parse(transfer?.validUntil ?? '');
  return now < end && end <= until ? [{ what: 'transfer', row: id, until: new Date(end).toISOString() }] : [];
}

/** Cases that no gate tells apart, counted. */
function alike(cases: readonly PastCase[]): (PastCase & { count: number })[] {
  const groups = Map.groupBy(cases, ({ facts, term }) => {
    const { instances: _, priors: __, priority: ___, ...told } = facts;
    return JSON.stringify([term.id, term.version, told]);
  });
  return [...groups.values()].map((same) => ({ ...same[0]!, count: same.length }));
}
