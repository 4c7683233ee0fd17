// What was found of the series of a study, with what persons decided of those that say the same.

import { decidedFacts, type SeriesDecisions } from '../normalize/series/series-answers.ts';
import type { Database } from '../storage/database.ts';
import { seriesAnswers } from '../storage/series-answers.ts';
import type { FoundOfStudy } from './normalise-worker.ts';

export async function decidedSeries(
  database: Database,
  tenant: number,
  { series, seriesSaid }: Pick<FoundOfStudy, 'series' | 'seriesSaid'>,
): Promise<FoundOfStudy['series']> {
  const answers = await seriesAnswers(database, tenant, [...new Set(seriesSaid.values())]);
  if (answers.size === 0) return series;
  const decided = new Map(series);
  for (const [uid, said] of seriesSaid) {
    const decisions = answers.get(said) as SeriesDecisions | undefined;
    if (decisions !== undefined) decided.set(uid, decidedFacts(series.get(uid) ?? [], decisions));
  }
  return decided;
}
