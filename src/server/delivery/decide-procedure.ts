// A person's answer about a procedure: what there is to answer, and that it latches; the facts of the study it was asked of
// follow at once.

import type { ApiProcedure, ApiWeighedProcedure } from '../../api/route.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { factsOf } from '../../delivery/fact-keeper.ts';
import { bodyParts } from '../../normalize/procedures/anatomy.ts';
import type { Database } from '../../storage/database.ts';
import { replaceFacts } from '../../storage/facts.ts';
import { studiesThatSay } from '../../storage/procedure-answers.ts';
import { type StudyForRules, studiesForRules } from '../../storage/study-for-rules.ts';
import type { Core } from '../core.ts';

/** Resolves to the answer, and how many studies say the same. Rejects with catalogue/not-found, request/malformed. */
export async function decideProcedure(
  { database, normalised }: Core,
  { tenant, id }: Principal,
  studyInstanceUid: string,
  decided: ApiProcedure,
): Promise<{ id: string; studies: number }> {
  if (!bodyParts.has(decided.focus)) throw new Problem('request/malformed', { reason: 'focus is no part of the body' });
  let answer = '';
  for (const study of await studiesOf(database, tenant, studyInstanceUid)) {
    answer = await normalised.decide(study, decided, id);
    const found = await normalised.of(study);
    await database.kysely.transaction().execute((transaction) => {
      const facts = { tenant, study: study.id, facts: factsOf(found), said: found.said };
      return replaceFacts(transaction, facts, found.foundBy);
    });
  }
  return { id: answer, studies: await studiesThatSay(database, tenant, answer) };
}

/** Rejects with catalogue/not-found, request/malformed. */
export async function weighProcedure(
  { database, normalised }: Core,
  { tenant }: Principal,
  studyInstanceUid: string,
): Promise<ApiWeighedProcedure> {
  const [study] = await studiesOf(database, tenant, studyInstanceUid);
  return normalised.weigh(study);
}

/** One for each patient that the sources give to the study: one at least. */
async function studiesOf(
  database: Database,
  tenant: number,
  studyInstanceUid: string,
): Promise<[StudyForRules, ...StudyForRules[]]> {
  const rows = await database.query<{ id: string }>('select id from study where tenant = $1 and study_uid = $2', [
    tenant,
    studyInstanceUid,
  ]);
  const ids = rows.map(({ id }) => id);
  const [first, ...others] = await studiesForRules(database, ids);
  if (first === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
  return [first, ...others];
}
