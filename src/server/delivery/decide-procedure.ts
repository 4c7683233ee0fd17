// A person's answer about a procedure, or about what a series shows: what there is to answer, and that it latches; the facts of the study it was asked of
// follow at once.

import type { ApiProcedure, ApiSeries, ApiWeighedProcedure } from '../../api/route.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { factsOf } from '../../delivery/fact-keeper.ts';
import { bodyParts } from '../../normalize/procedures/anatomy.ts';
import { mrClasses } from '../../normalize/series/mr-header.ts';
import type { SeriesDecisions } from '../../normalize/series/series-answers.ts';
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
    await findAgain({ database, normalised }, study);
  }
  return { id: answer, studies: await studiesThatSay(database, tenant, answer) };
}

/** Resolves to the answer, and how many series say the same. Rejects with catalogue/not-found, request/malformed. */
export async function decideSeries(
  { database, normalised }: Core,
  { tenant, id }: Principal,
  { studyInstanceUid, seriesInstanceUid }: SeriesUids,
  decided: ApiSeries,
): Promise<{ id: string; series: number }> {
  if (decided.modality === 'MR' && !mrClasses.some((each) => each === decided.sequenceClass))
    throw new Problem('request/malformed', { reason: 'sequenceClass is no kind of MR image' });
  const studies = await studiesOf(database, tenant, studyInstanceUid);
  const study = studies.find(({ series }) => series.some((each) => each.seriesInstanceUid === seriesInstanceUid));
  if (study === undefined) throw new Problem('catalogue/not-found', { what: 'series' });
  const answer = await normalised.decideSeries(study, seriesInstanceUid, decided as SeriesDecisions, id);
  await findAgain({ database, normalised }, study);
  return answer;
}

interface SeriesUids {
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

/** At once: who decided looks at it. */
async function findAgain({ database, normalised }: Pick<Core, 'database' | 'normalised'>, study: StudyForRules) {
  const found = await normalised.of(study);
  const { said, seriesSaid, foundBy } = found;
  await database.kysely.transaction().execute((transaction) => {
    const facts = { tenant: study.tenant, study: study.id, facts: factsOf(found), said, seriesSaid };
    return replaceFacts(transaction, facts, foundBy);
  });
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
