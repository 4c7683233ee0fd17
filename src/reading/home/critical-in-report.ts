// What a report that a provider signed in its own system flags as critical: by the flags of its results (OBX-8, interpretation).
// A flag begins one loop, however often the report comes again, and another where something else is flagged in it.

import type { CodedObservation, Report, Section } from '../../translate/report/report.ts';
import { urgencyOfFlag } from '../../translate/report/result-flag.ts';
import type { CaseEvent, CaseHappening } from '../case/case-event.ts';
import type { ReadingCase } from '../case/reading-case.ts';
import { type CriticalCategory, categoryCodes, criticalCategories } from '../critical/policy.ts';

/** Of a flag at text: what was found only its words say. */
export const FLAGGED_IN_REPORT = 'flagged-in-report';

/** Vocabularies whose codes name a finding and nobody. */
const PUBLIC: ReadonlySet<string> = new Set(['RADLEX', 'SCT', 'LN', 'DCM', 'I10', 'ICD10']);

interface Flagged {
  category: CriticalCategory;
  finding: string;
  /** Absent of a coded result. */
  text?: string;
}

/**
 * The loop that this version of its report begins; undefined where nothing is flagged, or all that is was told before. `before`: the
 * log of its case, and the texts of the version before it, absent of the first.
 */
export function criticalOfReported(
  { id, critical }: Pick<ReadingCase, 'id' | 'critical'>,
  report: Pick<Report, 'sections' | 'observations'>,
  before: { events: readonly CaseEvent[]; texts?: readonly string[] | undefined },
): Extract<CaseHappening, { kind: 'critical-flagged' }> | undefined {
  const told = before.events.filter((event) => event.kind === 'critical-flagged');
  const isTold = ({ category, finding, text }: Flagged): boolean => {
    const isNew = text !== undefined && before.texts !== undefined && !before.texts.includes(text);
    const isOf = (one: { finding: string }) => text !== undefined || one.finding === finding;
    return !isNew && told.some((one) => one.category <= category && isOf(one));
  };
  const [first] = flaggedIn(report)
    .filter((each) => !isTold(each))
    .sort((one, other) => one.category - other.category);
  if (first === undefined) return undefined;
  const { category, finding } = first;
  return { kind: 'critical-flagged', loop: `${id}.${critical.length + 1}`, category, finding };
}

function flaggedIn({ sections, observations }: Pick<Report, 'sections' | 'observations'>): Flagged[] {
  const of = (result: Section | CodedObservation, what: Omit<Flagged, 'category'>): Flagged[] => {
    const category = categoryOf(result.interpretation);
    return category === undefined ? [] : [{ category, ...what }];
  };
  return [
    ...observations.flatMap((each) => of(each, { finding: findingOf(each) })),
    ...sections.flatMap((each) => of(each, { finding: FLAGGED_IN_REPORT, text: each.text })),
  ];
}

/** Some say in the place of a flag how soon it is to be acted upon, in RadLex. */
function categoryOf(flag: string | undefined): CriticalCategory | undefined {
  if (flag === undefined) return undefined;
  return urgencyOfFlag(flag) ?? criticalCategories.find((each) => categoryCodes[each].split('^')[0] === flag);
}

/** What was found; where that is a number, what was measured. */
function findingOf({ code, value }: CodedObservation): string {
  const { value: said, scheme } = 'code' in value ? value.code : code;
  return PUBLIC.has(scheme.toUpperCase()) && /^[A-Za-z0-9.-]{1,64}$/.test(said)
    ? `${said}^${scheme}`
    : FLAGGED_IN_REPORT;
}
