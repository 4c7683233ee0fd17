// C-FIND answers from the catalogue, in the form that the asker wants (PS3.4 C.4.1.1.3.2). From the same plan as QIDO-RS.

import type { AnswerForm, Query } from '../../dicom/query.ts';
import type { Database } from '../database.ts';
import type { ServedDemographics } from '../served-demographics.ts';
import { canBeHeld, descriptionOf, type HeldAnswers, heldOf } from './held.ts';
import { limits } from './limits.ts';
import { objectOf } from './members.ts';
import type { OfPerson } from './of-person.ts';
import { planOf, type ServedAs } from './plan.ts';
import { matchingRows, type Row, readRows } from './rows.ts';
import { identifierSelection, type Wanted } from './selection.ts';
import { Serving } from './serving.ts';

export interface FindRequest {
  tenant: number;
  query: Query;
  form: AnswerForm;
  /** Only what is this person's. */
  person?: OfPerson;
  served?: ServedDemographics | undefined;
  /** Studies that meet the query by what is served of them. */
  servedAs?: readonly ServedAs[] | undefined;
}

/** Matches as they come from the catalogue; ends early when the iteration is left. */
export async function* findAnswers(
  database: Database,
  { tenant, query, form, person, served, servedAs }: FindRequest,
): AsyncGenerator<readonly Uint8Array[]> {
  const plan = planOf(tenant, query, { of: person?.studyIds, or: servedAs });
  const asked = identifierSelection(query, person);
  const serving = Serving.of(served, tenant, asked);
  const wanted = { tenant, query, plan, selection: serving?.selection ?? asked, root: '', person, serving };
  const writer = new AnswerWriter(database, wanted, form);
  const isNew = serving && plan.grouped ? newPersons(serving) : undefined;
  for await (const rows of matchingRows(database, wanted, query.offset, query.limit)) {
    for (let from = 0; from < rows.length; from += limits.writtenTogether) {
      const together = rows.slice(from, from + limits.writtenTogether);
      yield await writer.answersOf(isNew === undefined ? together : await isNew(together));
    }
  }
}

/** At the PATIENT level a row is a study: of those of one person, served alike, only the first is an answer. */
function newPersons(serving: Serving): (rows: readonly Row[]) => Promise<Row[]> {
  const told = new Set<string>();
  return async (rows) => {
    const coercions = await serving.coercionsOf(rows.map(({ id }) => id));
    return rows.filter(({ id }) => {
      const person = coercions.get(id)?.personId;
      if (person === undefined) return true;
      const isNew = !told.has(person);
      told.add(person);
      return isNew;
    });
  };
}

class AnswerWriter {
  readonly #database: Database;
  readonly #wanted: Wanted;
  readonly #form: AnswerForm;
  /** Undefined where more than its own row decides what an answer says. */
  readonly #held: HeldAnswers | undefined;
  readonly #kind: string;

  constructor(database: Database, wanted: Wanted, form: AnswerForm) {
    this.#database = database;
    this.#wanted = wanted;
    this.#form = form;
    this.#held = canBeHeld(wanted) ? heldOf(database) : undefined;
    this.#kind = this.#held?.kindOf(JSON.stringify([form.key, ...descriptionOf(wanted.selection)])) ?? '';
  }

  /** In the order of the rows; of one that is gone meanwhile there is none. */
  async answersOf(rows: readonly Row[]): Promise<Uint8Array[]> {
    const answers = rows.map((row) => this.#held?.answers.get(this.#nameOf(row)));
    const missing = rows.filter(({ members }, at) => answers[at] === undefined && members === undefined);
    const ids = missing.map(({ id }) => id);
    const read = ids.length > 0 ? await readRows(this.#database, this.#wanted, ids) : [];
    const byId = new Map(read.map((row) => [row.id, row]));
    return rows.flatMap((row, at) => answers[at] ?? this.#write(byId.get(row.id) ?? row) ?? []);
  }

  #write(row: Row): Uint8Array | undefined {
    if (row.members === undefined) return undefined;
    const answer = this.#form.encode(objectOf(row.members));
    this.#held?.answers.set(this.#nameOf(row), answer);
    return answer;
  }

  #nameOf({ id, version }: Row): string {
    return `${this.#kind}:${id} ${version}`;
  }
}
