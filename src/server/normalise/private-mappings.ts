// What private elements mean, on a running node: looked for when a person asks, in what the tenant has; accepted, refused and
// taken back by people. What is accepted is a version, and decides what is found of studies from then on.

import type { ApiPrivateMappings, FoundMappings, PrivateMappingStanding } from '../../api/normalise-mappings.ts';
import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { printPrivateTag } from '../../normalize/acquisition/private-tag.ts';
import { type AcceptedMapping, accept, type MappingSet, withdraw } from '../../normalize/discovery/mapping-set.ts';
import { type Proposal, trusted } from '../../normalize/discovery/propose.ts';
import type { Database } from '../../storage/database.ts';
import { askNewestAgain } from '../../storage/facts-again.ts';
import {
  keepMappingSet,
  keepProposals,
  type MappingKey,
  mappingSet,
  mappingSetVersion,
  mappingSetVersions,
  proposalOf,
  proposalsOf,
  refuseProposal,
  reopenProposal,
  sampledMetadata,
  whileLooking,
} from '../../storage/private-mappings.ts';
import { runApart } from '../run-apart.ts';
import { withinAnswer } from '../within-answer.ts';
import type { FoundMapping, LookTask } from './find-mappings.ts';

export const limits = {
  /** Of the newest series this many instances are looked at. */
  sample: { series: 300, perSeries: 4, longest: 64 * 1024 },
  /** Studies that are read again by another version, the newest. */
  again: 5_000,
  /** Times that the next version is made anew, because another became it meanwhile. */
  turns: 5,
} as const;

export interface PrivateMappingsOptions {
  database: Database;
  log: Log;
  /** In a process of its own when absent. */
  find?: (task: LookTask, signal: AbortSignal) => Promise<FoundMapping[]>;
}

const findApart = (task: LookTask, signal: AbortSignal): Promise<FoundMapping[]> =>
  runApart<FoundMapping[]>(new URL('./find-mappings-process.ts', import.meta.url), { ...task }, signal);

export class PrivateMappings implements ApiPrivateMappings {
  readonly #database: Database;
  readonly #log: Log;
  readonly #find: NonNullable<PrivateMappingsOptions['find']>;
  readonly #closing = new AbortController();
  readonly #looking = new Map<number, Promise<FoundMappings>>();

  constructor({ database, log, find = findApart }: PrivateMappingsOptions) {
    this.#database = database;
    this.#log = log;
    this.#find = find;
  }

  async standing(tenant: number): Promise<PrivateMappingStanding> {
    const { version, mappings } = await this.#inForce(tenant);
    const proposals = await proposalsOf(this.#database, tenant);
    return {
      version,
      mappings: mappings.map(({ from, ...mapping }) => ({ element: printPrivateTag(from), ...mapping })),
      proposals: proposals.map(({ proposal, ...kept }) => {
        const { conversion, confidence, evidence } = proposal as Proposal;
        return { ...kept, conversion, confidence, evidence, trusted: confidence >= trusted };
      }),
      versions: await mappingSetVersions(this.#database, tenant),
      looking: this.#looking.has(tenant),
    };
  }

  /** undefined where it takes longer than an answer may: it goes on. Rejects with request/overloaded where another node is at it. */
  async look(tenant: number): Promise<FoundMappings | undefined> {
    const looking = this.#looking.get(tenant) ?? this.#look(tenant).finally(() => this.#looking.delete(tenant));
    this.#looking.set(tenant, looking);
    looking.catch((thrown) => this.#log.warn({ tenant, code: asProblem(thrown).code }, 'no mappings were looked for'));
    return withinAnswer(looking, this.#closing.signal);
  }

  /** Rejects with catalogue/not-found, and with normalise/decided where it was refused. */
  async accept(tenant: number, key: MappingKey, by: string): Promise<number> {
    const kept = await proposalOf(this.#database, tenant, key);
    if (kept === undefined) throw new Problem('catalogue/not-found', { what: 'proposal' });
    if (kept.state === 'refused') throw new Problem('normalise/decided', { state: kept.state });
    const proposal = kept.proposal as Proposal;
    const at = dicomNow();
    return this.#next(tenant, { ...key, kind: 'accepted', by }, (set) => accept(set, proposal, by, at));
  }

  /** Rejects with catalogue/not-found. */
  async withdraw(tenant: number, key: MappingKey, by: string): Promise<number> {
    return this.#next(tenant, { ...key, kind: 'withdrawn', by }, (set) => {
      const mapping = set.mappings.find(
        ({ from, attribute }) => attribute === key.attribute && printPrivateTag(from) === key.element,
      );
      if (mapping === undefined) throw new Problem('catalogue/not-found', { what: 'mapping' });
      return withdraw(set, mapping.from, key.attribute);
    });
  }

  /** Rejects with catalogue/not-found, and with normalise/decided where it was accepted or refused before. */
  async refuse(tenant: number, key: MappingKey, refusal: { by: string; reason?: string | undefined }): Promise<void> {
    if (await refuseProposal(this.#database, tenant, key, refusal)) return;
    const kept = await proposalOf(this.#database, tenant, key);
    if (kept === undefined) throw new Problem('catalogue/not-found', { what: 'proposal' });
    throw new Problem('normalise/decided', { state: kept.state });
  }

  /** Rejects with catalogue/not-found where nothing was refused. */
  async reopen(tenant: number, key: MappingKey): Promise<void> {
    if (!(await reopenProposal(this.#database, tenant, key)))
      throw new Problem('catalogue/not-found', { what: 'refusal' });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#looking.values());
  }

  async #look(tenant: number): Promise<FoundMappings> {
    const found = await whileLooking(this.#database, tenant, async () => {
      const sample = await sampledMetadata(this.#database, tenant, limits.sample);
      const instances = sample.map((metadata) => metadata.toString('base64'));
      const mappings = instances.length === 0 ? [] : await this.#find({ instances }, this.#closing.signal);
      await keepProposals(this.#database, tenant, mappings);
      return { instances: instances.length, proposals: mappings.length };
    });
    if (found === undefined) throw new Problem('request/overloaded', { limit: 'looks for mappings at once' });
    return found;
  }

  async #inForce(tenant: number): Promise<MappingSet> {
    const set = await mappingSet(this.#database, tenant, await mappingSetVersion(this.#database, tenant));
    return { version: set.version, mappings: set.mappings as AcceptedMapping[] };
  }

  async #next(
    tenant: number,
    change: MappingKey & { kind: 'accepted' | 'withdrawn'; by: string },
    make: (set: MappingSet) => MappingSet,
  ): Promise<number> {
    for (let turn = 0; turn < limits.turns; turn++) {
      const next = make(await this.#inForce(tenant));
      if (!(await keepMappingSet(this.#database, tenant, next, change))) continue;
      await askNewestAgain(this.#database, tenant, limits.again);
      return next.version;
    }
    throw new Problem('request/overloaded', { limit: 'changes of mappings at once' });
  }
}

/** DT in UTC, to the second. */
const dicomNow = (): string => `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}+0000`;
