// Prior prefetch: the archives that a rule names are asked for studies of the person, the rule chooses, and what is not here
// is pulled, a few at a time, the most urgent first. All of it is in the catalogue, so that a restart goes on.

import type { Log } from '../base/log.ts';
import { asProblem, Problem } from '../base/problem.ts';
import type { PriorFacts } from '../routing/facts.ts';
import { factsOfJson } from '../routing/facts-json.ts';
import { relevantPriors } from '../routing/priors.ts';
import type { RuleSet } from '../routing/rule.ts';
import type { Database } from '../storage/database.ts';
import {
  limits as hold,
  holdPull,
  instancesHere,
  PREFETCH_CHANNEL,
  type Prefetch,
  type Pull,
  releasePulls,
  settlePrefetch,
  settlePull,
  takePrefetch,
  takePull,
} from '../storage/prefetches.ts';
import type { Archive, AskedPatient } from './archive.ts';
import { limits as backOff, pauseMs } from './back-off.ts';

export const limits = {
  /** Studies that are pulled at once. */
  pulls: 2,
  /** Looks by itself so often: a pause is over, or another node is gone. */
  lookMs: 1_000,
} as const;

export interface PrefetcherOptions {
  database: Database;
  log: Log;
  /** The name of this node. */
  holder: string;
  rules(tenant: number, version: number): Promise<RuleSet | undefined>;
  /** Whose priors are wanted. */
  patient(prefetch: Prefetch): Promise<AskedPatient>;
  /** undefined where there is none of this name. */
  archive(tenant: number, name: string): Archive | undefined;
  /** What the studies show, as far as their descriptions say. Asked only where a rule asks. */
  normalised(priors: readonly PriorFacts[]): Promise<PriorFacts[]>;
}

export class Prefetcher {
  readonly #options: PrefetcherOptions;
  readonly #working = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #asking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stop: () => void = () => undefined;

  private constructor(options: PrefetcherOptions) {
    this.#options = options;
  }

  static async open(options: PrefetcherOptions): Promise<Prefetcher> {
    const prefetcher = new Prefetcher(options);
    await releasePulls(options.database, options.holder);
    prefetcher.#stop = await options.database.notices.on(PREFETCH_CHANNEL, () => prefetcher.look());
    prefetcher.#timer = setInterval(() => prefetcher.look(), limits.lookMs).unref();
    prefetcher.look();
    return prefetcher;
  }

  look(): void {
    if (this.#closing.signal.aborted) return;
    this.#asking ??= this.#until(() => this.#askNext()).finally(() => (this.#asking = undefined));
    if (this.#working.size < limits.pulls) this.#work();
  }

  /** What is being pulled is broken off, and pulled again by whoever comes next. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    this.#stop();
    await Promise.all([this.#asking, ...this.#working]);
  }

  #work(): void {
    const work = this.#until(() => this.#pullNext()).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  /** `next` resolves to whether there was something to do. */
  async #until(next: () => Promise<boolean>): Promise<void> {
    try {
      while (!this.#closing.signal.aborted && (await next()));
    } catch (thrown) {
      this.#options.log.warn({ code: asProblem(thrown).code }, 'priors cannot be looked for just now');
    }
  }

  async #askNext(): Promise<boolean> {
    const { database, holder } = this.#options;
    const prefetch = await takePrefetch(database, holder);
    if (prefetch === undefined) return false;
    const { priors, problem } = await this.#found(prefetch).catch((thrown) => ({
      priors: [],
      problem: asProblem(thrown).code,
    }));
    const isLast = prefetch.attempts >= backOff.attempts;
    await settlePrefetch(database, prefetch, holder, {
      priors: priors.map(({ uid, archive, instances }) => ({
        studyUid: uid,
        archive: archive!,
        ...(instances !== undefined && { instances }),
      })),
      ...(problem && { problem }),
      ...(problem && !isLast && { again: new Date(Date.now() + pauseMs(prefetch.attempts)) }),
      ...(problem && isLast && { failed: true }),
    });
    if (priors.length > 0) this.look();
    return true;
  }

  /** What the archives that answered have; `problem` is that of one that did not. */
  async #found(prefetch: Prefetch): Promise<{ priors: PriorFacts[]; problem?: string }> {
    const { tenant, rule, ruleSet, archives, facts } = prefetch;
    const rules = await this.#options.rules(tenant, ruleSet);
    if (rules === undefined) return { priors: [] };
    const patient = await this.#options.patient(prefetch);
    const answers = await Promise.allSettled(archives.map((name) => this.#ask(tenant, name, patient)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    const had = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const asksShown = /\bprior\.(bodyRegion|laterality)\b/.test(JSON.stringify(rules.document));
    const known = asksShown ? await this.#options.normalised(had) : had;
    const priors = relevantPriors(rules, rule, factsOfJson(facts), known, prefetch.plannedAt);
    return { priors, ...(failed && { problem: asProblem(failed.reason).code }) };
  }

  async #ask(tenant: number, name: string, patient: AskedPatient): Promise<PriorFacts[]> {
    const archive = this.#options.archive(tenant, name);
    if (archive === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: name });
    return (await archive.studiesOf(patient)).map((prior) => ({ ...prior, archive: name }));
  }

  async #pullNext(): Promise<boolean> {
    const { database, holder, log } = this.#options;
    const pull = await takePull(database, holder);
    if (pull === undefined) return false;
    // Another takes another study, if there is one.
    if (this.#working.size < limits.pulls) this.#work();
    const held = setInterval(
      () => void holdPull(database, pull, holder).catch(() => undefined),
      (hold.holdSeconds * 1000) / 3,
    );
    const problem = await this.#pull(pull).finally(() => clearInterval(held));
    if (problem !== undefined) log.warn({ destination: pull.archive, code: problem }, 'a prior did not come');
    // What was broken off because we stop is pulled at once by whoever comes next.
    const pause = this.#closing.signal.aborted ? 0 : pauseMs(pull.attempts);
    const isLast = pull.attempts >= backOff.attempts;
    await settlePull(database, pull, holder, {
      ...(problem && { problem }),
      ...(problem && !isLast && { retryAt: new Date(Date.now() + pause) }),
    });
    return true;
  }

  /** Resolves to why it is not all here. */
  async #pull(pull: Pull): Promise<string | undefined> {
    const { tenant, studyUid, archive: name, instances, listed } = pull;
    const archive = this.#options.archive(tenant, name);
    try {
      if (archive === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: name });
      await archive.pull(studyUid, this.#closing.signal, listed ?? undefined);
      const here = await instancesHere(this.#options.database, pull);
      return here === 0 || here < (instances ?? 0) ? 'delivery/incomplete' : undefined;
    } catch (thrown) {
      return asProblem(thrown).code;
    }
  }
}
