// C-FIND answers from the catalogue, in the form that the asker wants (PS3.4 C.4.1.1.3.2). From the same plan as QIDO-RS.

import type { AnswerForm, Query } from '../../dicom/query.ts';
import type { Database } from '../database.ts';
import { canBeHeld, descriptionOf, type HeldAnswers, heldOf } from './held.ts';
import { limits } from './limits.ts';
import { objectOf } from './members.ts';
import type { OfPerson } from './of-person.ts';
import { planOf } from './plan.ts';
import { matchingRows, type Row, readRows } from './rows.ts';
import { identifierSelection, type Wanted } from './selection.ts';

export interface FindRequest {
  tenant: number;
  query: Query;
  form: AnswerForm;
  /** Only what is this person's. */
  person?: OfPerson;
}

/** Matches as they come from the catalogue; ends early when the iteration is left. */
export async function* findAnswers(
  database: Database,
  { tenant, query, form, person }: FindRequest,
): AsyncGenerator<readonly Uint8Array[]> {
  const plan = planOf(tenant, query, person?.studyIds);
  const wanted = { tenant, query, plan, selection: identifierSelection(query, person), root: '', person };
  const writer = new AnswerWriter(database, wanted, form);
  for await (const rows of matchingRows(database, wanted, query.offset, query.limit)) {
    for (let from = 0; from < rows.length; from += limits.writtenTogether)
      yield await writer.answersOf(rows.slice(from, from + limits.writtenTogether));
  }
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
