// Studies are normalised in a thread of their own, begun when the first rule asks: vocabularies and models take half a
// second to read, and a study with many long descriptions a tenth, which no association should wait for.

import { Piscina } from 'piscina';
import type { Log } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import { type MappingSet, noMappings } from '../normalize/discovery/mapping-set.ts';
import { answered, answerKey } from '../normalize/procedures/answers.ts';
import type { Weighed } from '../normalize/procedures/normalise-procedure.ts';
import type { Decisions, Procedure, ProcedureInput } from '../normalize/procedures/procedure.ts';
import { procedureFacts } from '../normalize/procedures/procedure-facts.ts';
import type { SeriesDecisions } from '../normalize/series/series-answers.ts';
import type { Database } from '../storage/database.ts';
import { LeastRecentlyUsed } from '../storage/least-recently-used.ts';
import { mappingSet, mappingSetVersion } from '../storage/private-mappings.ts';
import { procedureAnswer, putProcedureAnswer } from '../storage/procedure-answers.ts';
import { procedureModelInForce, procedureModelWeights, SHIPPED_VERSION } from '../storage/procedure-models.ts';
import { putSeriesAnswer } from '../storage/series-answers.ts';
import { metadataOfInstances, type SeriesForRules, type StudyForRules } from '../storage/study-for-rules.ts';
import { decidedSeries } from './decided-series.ts';
import type { KeptFacts } from './fact-keeper.ts';
import type {
  DecidedProcedure,
  FoundOfStudy,
  NormaliseAnswer,
  NormaliseTask,
  ProcedureModel,
} from './normalise-worker.ts';

export const limits = {
  /** Series of a study that are looked at, those that came first. */
  series: 200,
  /** Of a header as JSON. Of a longer one, which few scanners and many attackers write, what the columns hold is read. */
  headerBytes: 4 * 2 ** 20,
  /** Studies that are remembered: one is asked about again with every batch of its instances. */
  remembered: 2000,
  /** Models of procedures whose weights are held. */
  models: 8,
  /** Tenants whose mappings of private elements are held. */
  mappingSets: 32,
  /** A thread that nobody asked for so long is let go, with its vocabularies. */
  idleMs: 600_000,
  /** What its young generation may take; it has much that stays and little that goes. */
  youngMegabytes: 6,
} as const;

const nothing: KeptFacts = { procedure: [], series: new Map(), headers: new Map(), seriesSaid: new Map(), foundBy: '' };

export class NormalisePool {
  readonly #database: Database;
  readonly #log: Log;
  readonly #remembered = new LeastRecentlyUsed<string, FoundOfStudy>(limits.remembered);
  readonly #ofWords = new LeastRecentlyUsed<string, Procedure>(limits.remembered);
  readonly #mappings = new LeastRecentlyUsed<string, MappingSet>(limits.mappingSets);
  readonly #models = new LeastRecentlyUsed<string, ProcedureModel>(limits.models);
  #workers: Piscina<NormaliseTask, NormaliseAnswer> | undefined;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /**
   * What was found, or what a person decided of a study that says the same. What cannot be normalised has no facts, which
   * is told in the log.
   */
  async of(study: StudyForRules): Promise<KeptFacts> {
    const read = await this.#found(study);
    if (read === undefined) return nothing;
    const found = { ...read, series: await decidedSeries(this.#database, study.tenant, read) };
    const key = answerKey(found.input);
    const answer = (await procedureAnswer(this.#database, study.tenant, key)) as DecidedProcedure | undefined;
    if (answer === undefined) return { ...found, said: key };
    const decided = answered(new Map([[key, answer]]), found.input)!;
    return { ...found, said: key, procedure: procedureFacts(found.input, decided) };
  }

  /**
   * A person decided what a series shows; it holds for all that say the same. Resolves to the id of the answer and how many
   * these are. Rejects with catalogue/not-found where it is no series of MR or CT.
   */
  async decideSeries(
    study: StudyForRules,
    seriesInstanceUid: string,
    decisions: SeriesDecisions,
    author: string,
  ): Promise<{ id: string; series: number }> {
    const key = (await this.#found(study))?.seriesSaid.get(seriesInstanceUid);
    if (key === undefined || JSON.parse(key)[0] !== decisions.modality)
      throw new Problem('catalogue/not-found', { what: `series of ${decisions.modality}` });
    return putSeriesAnswer(this.#database, { tenant: study.tenant, key, decisions, author });
  }

  /** What a study says of its procedure, what is read from that, and what it may be. Rejects with request/malformed. */
  async weigh(study: StudyForRules): Promise<Weighed & { input: ProcedureInput }> {
    const input = await this.#inputOf(study);
    const model = await this.#modelOf(study.tenant);
    return { ...((await this.#threads().run({ weigh: input, model })) as Weighed), input };
  }

  /**
   * A person decided what was done in a study; it holds for all that say the same. Resolves to the id of the answer.
   * Rejects with request/malformed.
   */
  async decide(study: StudyForRules, decisions: Decisions, author: string): Promise<string> {
    const input = await this.#inputOf(study);
    const procedure = (await this.#threads().run({ input, decisions })) as DecidedProcedure;
    const { tenant } = study;
    return putProcedureAnswer(this.#database, { tenant, key: answerKey(input), input, procedure, author });
  }

  /** What was done in studies of which only this is known. Of the same words it is known at once. */
  async procedures(inputs: readonly ProcedureInput[]): Promise<Procedure[]> {
    const keys = inputs.map(answerKey);
    const found = new Map(keys.map((key) => [key, this.#ofWords.get(key)]));
    const unknown = inputs.filter((_, at) => found.get(keys[at]!) === undefined);
    const read = unknown.length === 0 ? [] : ((await this.#threads().run({ inputs: unknown })) as Procedure[]);
    for (const [at, procedure] of read.entries()) {
      const key = answerKey(unknown[at]!);
      this.#ofWords.set(key, procedure);
      found.set(key, procedure);
    }
    return keys.map((key) => found.get(key)!);
  }

  async #inputOf(study: StudyForRules): Promise<ProcedureInput> {
    const found = await this.#found(study);
    if (found === undefined) throw new Problem('request/malformed', { reason: 'the study cannot be normalised' });
    return found.input;
  }

  async #found(study: StudyForRules): Promise<FoundOfStudy | undefined> {
    const series = study.series.slice(0, limits.series);
    const ids = series.map(({ firstInstance }) => firstInstance);
    const model = await this.#modelOf(study.tenant);
    const mappings = await this.#mappingsOf(study.tenant);
    const key = [model?.name, mappings.version, study.id, ...ids].join(' ');
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined) return remembered;
    const metadata = await metadataOfInstances(this.#database, ids, limits.headerBytes);
    const firsts = series.map((each) => metadata.get(each.firstInstance) ?? columnsOf(study, each));
    try {
      const found = (await this.#threads().run({ firsts, mappings, model })) as FoundOfStudy;
      this.#remembered.set(key, found);
      return found;
    } catch (thrown) {
      this.#log.warn({ code: asProblem(thrown).code }, 'a study cannot be normalised');
      return undefined;
    }
  }

  /** undefined where the one that is shipped is in force. */
  async #modelOf(tenant: number): Promise<ProcedureModel | undefined> {
    const version = await procedureModelInForce(this.#database, tenant);
    if (version === SHIPPED_VERSION) return undefined;
    const name = `${tenant} v${version}`;
    const held = this.#models.get(name);
    if (held !== undefined) return held;
    const weights = await procedureModelWeights(this.#database, tenant, version);
    const model = weights === undefined ? undefined : { name, weights };
    if (model !== undefined) this.#models.set(name, model);
    return model;
  }

  async #mappingsOf(tenant: number): Promise<MappingSet> {
    const version = await mappingSetVersion(this.#database, tenant);
    if (version === noMappings.version) return noMappings;
    const name = `${tenant} v${version}`;
    const held = this.#mappings.get(name);
    if (held !== undefined) return held;
    const mappings = (await mappingSet(this.#database, tenant, version)) as MappingSet;
    this.#mappings.set(name, mappings);
    return mappings;
  }

  async close(): Promise<void> {
    await this.#workers?.destroy();
  }

  #threads(): Piscina<NormaliseTask, NormaliseAnswer> {
    this.#workers ??= new Piscina<NormaliseTask, NormaliseAnswer>({
      filename: new URL('./normalise-worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: limits.idleMs,
      resourceLimits: { maxYoungGenerationSizeMb: limits.youngMegabytes },
    });
    return this.#workers;
  }
}

/** As DICOM JSON, what the catalogue's columns hold of the first instance of a series. */
function columnsOf(study: StudyForRules, { attributes, seriesInstanceUid, sopClassUid }: SeriesForRules): string {
  const uid = (value: string) => ({ vr: 'UI', Value: [value] });
  return JSON.stringify({
    ...JSON.parse(study.attributes),
    ...JSON.parse(attributes),
    '00080016': uid(sopClassUid),
    '0020000D': uid(study.studyInstanceUid),
    '0020000E': uid(seriesInstanceUid),
  });
}
