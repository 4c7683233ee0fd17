// A candidate model from one tenant's log, and its trial beside the model in force. Nothing is written.

import { Authorities } from '../../identity/authorities.ts';
import { makeCandidate } from '../../identity/candidate.ts';
import { type Model, priorModel } from '../../identity/model.ts';
import { makePopulation, type Population } from '../../identity/testing/population.ts';
import { type Trial, tryModels } from '../../identity/trial.ts';
import { copyFeed } from '../../ingest/identify/feed-copy.ts';
import { readAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { type ModelBasis, modelOf } from '../../storage/identity-models.ts';

export const limits = {
  /** Of each population whose truth is known. */
  persons: 1_500,
  /** How much is mistyped in each: at an average desk, and at a bad one. */
  hardness: [1, 2.5],
} as const;

export interface EstimationTask {
  tenant: number;
  /** In force now. */
  version: number;
}

export interface Estimated {
  model: Model;
  trial: Trial;
  basis: Omit<ModelBasis, 'beside'>;
}

/** `draws`: populations whose truth is known, other ones for each last entry of the log. */
export async function estimateLogged(
  database: Database,
  { tenant, version }: EstimationTask,
  draws: (upTo: string) => Population[] = strangers,
): Promise<Estimated> {
  const rows = await readAuthorities(database);
  const authorities = new Authorities(rows.filter((row) => row.tenant === tenant).map(({ authority }) => authority));
  const copy = await copyFeed(database, tenant, authorities);
  const inForce = (await modelOf(database, tenant, version)) ?? priorModel;
  const model = makeCandidate(copy);
  const trial = tryModels(copy, { inForce, candidate: model }, draws(copy.upTo));
  const decisions = copy.statements.filter(({ decidedBy }) => decidedBy !== undefined).length;
  return { model, trial, basis: { upTo: copy.upTo, sightings: copy.sightings.length, decisions } };
}

/** Other people each time, so that no model is ever fitted to them. */
const strangers = (upTo: string): Population[] =>
  limits.hardness.map((hardness, at) => {
    const seed = (Number(upTo) % 1_000_000) * limits.hardness.length + at;
    return makePopulation({ persons: limits.persons, seed, hardness });
  });
