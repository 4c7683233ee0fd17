// Models of procedures of a tenant on a running node: trained when they are asked for, put in force where nothing speaks
// against it, chosen and let go of by people. What is in force is the last use that is noted; every node looks.

import type { ApiProcedureModels, ProcedureModelStanding } from '../../api/route.ts';
import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { Decisions, ProcedureInput } from '../../normalize/procedures/procedure.ts';
import { objectionsTo } from '../../normalize/procedures/training/objections.ts';
import type { Database } from '../../storage/database.ts';
import { askDoubtfulAgain } from '../../storage/facts-again.ts';
import { answersToLearn } from '../../storage/procedure-answers.ts';
import {
  keepProcedureModel,
  type ProcedureModelVersion,
  procedureModelInForce,
  procedureModelUses,
  procedureModelVersions,
  procedureModelWeights,
  putProcedureModelInForce,
  SHIPPED_VERSION,
  whileTraining,
} from '../../storage/procedure-models.ts';
import { runApart } from '../run-apart.ts';
import { withinAnswer } from '../within-answer.ts';
import type { TrainedModel, TrainingTask } from './train-procedure-model.ts';

export const limits = {
  /** From which a model says more than the one that is shipped. */
  leastAnswers: 4,
  /** Answers that are learned from, the newest. */
  answers: 2_000,
  /** Studies of whose procedure nobody is sure, that are read again by another model, the newest. */
  again: 5_000,
} as const;

export interface ProcedureModelsOptions {
  database: Database;
  log: Log;
  /** In a process of its own when absent. */
  train?: (task: TrainingTask, signal: AbortSignal) => Promise<TrainedModel>;
}

const trainApart = (task: TrainingTask, signal: AbortSignal): Promise<TrainedModel> =>
  runApart<TrainedModel>(new URL('./train-process.ts', import.meta.url), { ...task }, signal);

export class ProcedureModels implements ApiProcedureModels {
  readonly #database: Database;
  readonly #log: Log;
  readonly #trainOne: NonNullable<ProcedureModelsOptions['train']>;
  readonly #closing = new AbortController();
  readonly #training = new Map<number, Promise<ProcedureModelVersion>>();

  constructor({ database, log, train = trainApart }: ProcedureModelsOptions) {
    this.#database = database;
    this.#log = log;
    this.#trainOne = train;
  }

  async standing(tenant: number): Promise<ProcedureModelStanding> {
    const versions = await procedureModelVersions(this.#database, tenant);
    const uses = await procedureModelUses(this.#database, tenant);
    const [last] = uses;
    return {
      inForce: last?.version ?? SHIPPED_VERSION,
      pinned: last?.pinned ?? false,
      versions,
      uses,
      training: this.#training.has(tenant),
    };
  }

  /**
   * Trains a version with the answers that hold now, and puts it in force where nothing speaks against it and nobody has
   * chosen another. Rejects with normalise/too-few-answers, and with request/overloaded where another node is at it.
   */
  train(tenant: number): Promise<ProcedureModelVersion> {
    const training = this.#training.get(tenant) ?? this.#train(tenant).finally(() => this.#training.delete(tenant));
    this.#training.set(tenant, training);
    return training;
  }

  /** undefined where it takes longer than an answer may: it goes on. */
  async trainForAnswer(tenant: number): Promise<ProcedureModelVersion | undefined> {
    const training = this.train(tenant);
    training.catch((thrown) => this.#log.warn({ tenant, code: asProblem(thrown).code }, 'no model was trained'));
    return withinAnswer(training, this.#closing.signal);
  }

  /** Puts a version in force whatever speaks against it, and keeps it there. Rejects with catalogue/not-found. */
  async use(tenant: number, choice: { version: number; decidedBy: string; reason?: string }): Promise<void> {
    const kept = await procedureModelVersions(this.#database, tenant);
    if (choice.version !== SHIPPED_VERSION && kept.every(({ version }) => version !== choice.version))
      throw new Problem('catalogue/not-found', { what: 'model' });
    await this.#putInForce(tenant, { ...choice, pinned: true });
  }

  /** What is in force stays until a better one is trained. */
  async release(tenant: number, decidedBy: string): Promise<void> {
    const version = await procedureModelInForce(this.#database, tenant);
    await putProcedureModelInForce(this.#database, tenant, { version, pinned: false, decidedBy });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#training.values());
  }

  async #train(tenant: number): Promise<ProcedureModelVersion> {
    const kept = await whileTraining(this.#database, tenant, async () => {
      const rows = await answersToLearn(this.#database, tenant, limits.answers);
      if (rows.length < limits.leastAnswers)
        throw new Problem('normalise/too-few-answers', { answers: rows.length, limit: limits.leastAnswers });
      const answers = rows.map(({ input, procedure }) => ({
        input: input as ProcedureInput,
        decisions: procedure as Decisions,
      }));
      const { versions, inForce: beside } = await this.standing(tenant);
      const inForce = await procedureModelWeights(this.#database, tenant, beside);
      const seed = 100_000 + 1_000 * tenant + (versions[0]?.version ?? 0);
      const { weights, trial } = await this.#trainOne({ answers, inForce, seed }, this.#closing.signal);
      const basis = { beside, answers: answers.length };
      return keepProcedureModel(this.#database, tenant, { weights, basis, trial, objections: objectionsTo(trial) });
    });
    if (kept === undefined) throw new Problem('request/overloaded', { limit: 'models trained at once' });
    const { version, objections } = kept;
    this.#log.info({ tenant, version, reason: objections.join('; ') }, 'a model of procedures was trained');
    const { inForce, pinned } = await this.standing(tenant);
    if (objections.length === 0 && !pinned && inForce === kept.basis.beside)
      await this.#putInForce(tenant, { version, pinned: false });
    return kept;
  }

  async #putInForce(
    tenant: number,
    use: { version: number; pinned: boolean; decidedBy?: string; reason?: string },
  ): Promise<void> {
    await putProcedureModelInForce(this.#database, tenant, use);
    await askDoubtfulAgain(this.#database, tenant, limits.again);
  }
}
