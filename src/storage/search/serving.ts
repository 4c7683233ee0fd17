// Answers with demographics that are served in place of those received (served-demographics.ts): what is read of each row
// besides, and what of it is told.

import type { Database } from '../database.ts';
import type { ServedDemographics, StudyCoercion } from '../served-demographics.ts';
import { isOverPatient, membersComputed } from './answer-text.ts';
import { coerceMembers, demographicTags, ORIGINAL_ATTRIBUTES, orderTags } from './coerced-members.ts';
import { cutMembers, type Members } from './members.ts';
import type { Selection } from './selection.ts';
import { run } from './statement.ts';

/** What may be another in an answer. */
const servedTags: ReadonlySet<string> = demographicTags.union(orderTags).union(new Set([ORIGINAL_ATTRIBUTES]));

export class Serving {
  /** What of the rows has to be read, for what was received to be told. */
  readonly selection: Selection;
  readonly #coercions: (studyIds: readonly string[]) => ReturnType<ServedDemographics>;
  /** Of what may be served; undefined: everything. */
  readonly #told: ReadonlySet<string> | undefined;
  readonly #counted: readonly string[];

  /** undefined where an answer says nothing of patients: it is what the catalogue has. */
  static of(served: ServedDemographics | undefined, tenant: number, selection: Selection): Serving | undefined {
    const { ordinary, further } = selection;
    const names = ordinary.includes('study') || further === undefined || !further.isDisjointFrom(servedTags);
    const counts = [...(further ?? [])].some(isOverPatient);
    if (served === undefined || !(names || counts)) return undefined;
    return new Serving((studyIds) => served(tenant, studyIds), selection);
  }

  private constructor(coercions: Serving['coercionsOf'], selection: Selection) {
    const { ordinary, further } = selection;
    this.#coercions = coercions;
    const told = ordinary.includes('study') ? demographicTags.union(orderTags) : new Set<string>();
    this.#told = further === undefined ? undefined : further.union(told);
    this.#counted = [...(further ?? [])].filter(isOverPatient);
    this.selection = further === undefined ? selection : { ...selection, further: further.union(servedTags) };
  }

  coercionsOf(studyIds: readonly string[]): ReturnType<ServedDemographics> {
    return this.#coercions(studyIds);
  }

  /** Sets in `members`, those of an answer about something of the study, what is served instead. */
  async serve(database: Database, members: Members, coercion: StudyCoercion | undefined): Promise<void> {
    if (coercion !== undefined) {
      const before = new Set(members.keys());
      coerceMembers(members, coercion);
      const { studyIds } = coercion;
      if (this.#counted.length > 0 && studyIds !== undefined) await this.#count(database, members, studyIds);
      if (this.#told !== undefined)
        for (const tag of members.keys()) if (!before.has(tag) && !this.#told.has(tag)) members.delete(tag);
    }
    if (this.#told !== undefined) for (const tag of servedTags) if (!this.#told.has(tag)) members.delete(tag);
  }

  /** Counts over a patient are over all studies of the person. */
  async #count(database: Database, members: Members, studyIds: readonly string[]): Promise<void> {
    const [row] = await run<[string]>(database, {
      text: `select ${membersComputed(this.#counted, 'o.id = any($1::bigint[])')} from study s where s.id = $2`,
      values: [studyIds, studyIds[0]],
      steady: true,
    });
    if (row !== undefined) cutMembers(row[0], members);
  }
}
