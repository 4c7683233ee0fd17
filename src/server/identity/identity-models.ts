// Models of a tenant's patients on a running node: estimated when they are due or asked for, put in force where nothing
// speaks against it, chosen and let go of by people. What is in force is said by the identity log, and by nothing else.

import { randomUUID } from 'node:crypto';
import type { ApiModels, ModelStanding } from '../../api/route.ts';
import type { Log } from '../../base/log.ts';
import { Problem } from '../../base/problem.ts';
import { objectionsTo } from '../../identity/trial.ts';
import type { Database } from '../../storage/database.ts';
import { sizeOfLog } from '../../storage/identity-log.ts';
import {
  keepModel,
  type ModelEntry,
  type ModelUse,
  type ModelVersion,
  modelUses,
  modelVersions,
  SHIPPED_VERSION,
  whileEstimating,
} from '../../storage/identity-models.ts';
import { withinAnswer } from '../within-answer.ts';
import type { Estimated, EstimationTask } from './estimate-logged.ts';
import { estimateApart } from './model-estimation.ts';
import type { NodeIdentity } from './node-identity.ts';

export const limits = {
  /** From which a model says more than the one that is shipped. */
  leastSightings: 2_000,
} as const;

export interface IdentityModelsOptions {
  database: Database;
  log: Log;
  identity: () => Promise<Pick<NodeIdentity, 'people'>>;
  /** In a process of its own when absent. */
  estimate?: (database: Database, task: EstimationTask, signal: AbortSignal) => Promise<Estimated>;
}

export class IdentityModels implements ApiModels {
  readonly #database: Database;
  readonly #log: Log;
  readonly #identity: IdentityModelsOptions['identity'];
  readonly #estimateOne: NonNullable<IdentityModelsOptions['estimate']>;
  readonly #closing = new AbortController();
  readonly #estimating = new Map<number, Promise<ModelVersion>>();

  constructor({ database, log, identity, estimate = estimateApart }: IdentityModelsOptions) {
    this.#database = database;
    this.#log = log;
    this.#identity = identity;
    this.#estimateOne = estimate;
  }

  async standing(tenant: number): Promise<ModelStanding> {
    const [versions, uses] = [await modelVersions(this.#database, tenant), await modelUses(this.#database, tenant)];
    const { version: inForce, pinned } = inForceOf(uses);
    return { inForce, pinned, versions, uses, estimating: this.#estimating.has(tenant) };
  }

  /**
   * Estimates a version from what is logged now, and puts it in force where nothing speaks against it and nobody has chosen
   * another. Rejects with identity/too-few-sightings, and with request/overloaded where another node is at it.
   */
  estimate(tenant: number): Promise<ModelVersion> {
    const estimating =
      this.#estimating.get(tenant) ?? this.#estimate(tenant).finally(() => this.#estimating.delete(tenant));
    this.#estimating.set(tenant, estimating);
    return estimating;
  }

  estimateForAnswer(tenant: number): Promise<ModelVersion | undefined> {
    return withinAnswer(this.estimate(tenant), this.#closing.signal);
  }

  /** Puts a version in force whatever speaks against it, and keeps it there. Rejects with catalogue/not-found. */
  async use(tenant: number, choice: { version: number; decidedBy: string; reason?: string }): Promise<void> {
    const { version } = choice;
    const kept = await modelVersions(this.#database, tenant);
    if (version !== SHIPPED_VERSION && kept.every((each) => each.version !== version)) {
      throw new Problem('catalogue/not-found', { what: 'model' });
    }
    await this.#putInForce(tenant, { ...choice, pinned: true });
  }

  /** What is in force stays until a better one is estimated. */
  async release(tenant: number, decidedBy: string): Promise<void> {
    const { version } = inForceOf(await modelUses(this.#database, tenant));
    await this.#putInForce(tenant, { version, pinned: false, decidedBy });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#estimating.values());
  }

  async #estimate(tenant: number): Promise<ModelVersion> {
    const { sightings } = await sizeOfLog(this.#database, tenant);
    if (sightings < limits.leastSightings) {
      throw new Problem('identity/too-few-sightings', { sightings, limit: limits.leastSightings });
    }
    const kept = await whileEstimating(this.#database, tenant, async () => {
      const { version: beside } = inForceOf(await modelUses(this.#database, tenant));
      const task = { tenant, version: beside };
      const { model, trial, basis } = await this.#estimateOne(this.#database, task, this.#closing.signal);
      const objections = objectionsTo(trial, { isFirst: beside === SHIPPED_VERSION });
      return keepModel(this.#database, tenant, { model, trial, basis: { ...basis, beside }, objections });
    });
    if (kept === undefined) throw new Problem('request/overloaded', { limit: 'models estimated at once' });
    const reason = kept.objections.join('; ');
    this.#log.info({ tenant, version: kept.version, reason }, 'a model of identity was estimated');
    const { version, pinned } = inForceOf(await modelUses(this.#database, tenant));
    const isWanted = kept.objections.length === 0 && !pinned && version === kept.basis.beside;
    if (isWanted) await this.#putInForce(tenant, { version: kept.version, pinned: false });
    return kept;
  }

  /** Resolves once this node answers by it, or after a while. */
  async #putInForce(tenant: number, payload: ModelEntry): Promise<void> {
    const { people } = await this.#identity();
    await people.append([{ tenant, kind: 'model', cause: `model:${randomUUID()}`, payload }]);
    await withinAnswer(people.follow(), this.#closing.signal);
  }
}

/** The one that is shipped, where none was ever put in force. */
const inForceOf = ([last]: readonly ModelUse[]): Pick<ModelUse, 'version' | 'pinned'> =>
  last ?? { version: SHIPPED_VERSION, pinned: false };
