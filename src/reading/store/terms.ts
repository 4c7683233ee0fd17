// Contracts, their terms and the sites of clients, held in memory by every node: a change is in force here when its promise
// resolves, and on other nodes as soon as they hear the notice.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import { type HeldRows, holdRows } from '../../storage/held-rows.ts';
import type { Site } from '../gate/site.ts';
import { holdsAt } from '../readers/period.ts';
import { matchTerm, type TermMatch, type UnassignedFacts } from '../terms/match-term.ts';
import type { NewContract, NewTerm } from '../terms/read-term.ts';
import type { ServiceTerm, TermReference } from '../terms/service-term.ts';
import { type Contract, readContracts, readTerms, TERMS_CHANNEL, writeContract, writeTerm } from './contracts.ts';
import { type ClientSite, readSites, SITES_CHANNEL, writeSite } from './sites.ts';

interface HeldContract extends Contract {
  /** All versions, the newest of each term first. */
  terms: ServiceTerm[];
}

export class Terms {
  readonly #database: Database;
  readonly #contracts: HeldRows<HeldContract>;
  readonly #sites: HeldRows<ClientSite>;

  private constructor(database: Database, contracts: HeldRows<HeldContract>, sites: HeldRows<ClientSite>) {
    this.#database = database;
    this.#contracts = contracts;
    this.#sites = sites;
  }

  /** `changed` is called after each later reading of contracts. */
  static async open(database: Database, changed: () => void = () => undefined): Promise<Terms> {
    const read = async () => {
      const terms = Map.groupBy(await readTerms(database), ({ contract }) => contract);
      return (await readContracts(database)).map((each) => ({ ...each, terms: terms.get(each.id) ?? [] }));
    };
    const contracts = await holdRows<HeldContract>(database, TERMS_CHANNEL, { read, changed });
    const sites = await holdRows(database, SITES_CHANNEL, { read: () => readSites(database) });
    return new Terms(database, contracts, sites);
  }

  /** Under which term a case of a client, by its name, is taken in. `at`: ms since the epoch. */
  termFor(client: string, facts: UnassignedFacts, at: number): TermMatch {
    const contracts = this.#contracts.rows.filter(
      (each) => each.client === client && each.status === 'executed' && holdsAt(each, at),
    );
    return matchTerm(
      contracts.flatMap(({ terms }) => heldAt(terms, at)),
      facts,
      at,
    );
  }

  /** The version that a case was taken in under; versions are never taken away. */
  term({ id, version }: TermReference): ServiceTerm | undefined {
    const contract = this.contract(id.slice(0, id.indexOf('/')));
    return contract?.terms.find((term) => term.id === id && term.version === version);
  }

  contract(id: string): (Contract & { terms: readonly ServiceTerm[] }) | undefined {
    return this.#contracts.rows.find((each) => each.id === id);
  }

  contracts(): readonly (Contract & { terms: readonly ServiceTerm[] })[] {
    return this.#contracts.rows;
  }

  /** Of a client, by its name. */
  sites(client: string): Site[] {
    return this.#sites.rows.filter((row) => row.client === client).map(({ site }) => site);
  }

  /** Rejects with auth/forbidden where its parties would be others. */
  async putContract(contract: NewContract & { client: string }, by: { author: string; at: number }): Promise<void> {
    await writeContract(this.#database, contract, by);
    await this.#contracts.refresh();
  }

  /** Resolves to the version it is now. Rejects with catalogue/not-found. */
  async putTerm(term: NewTerm, author: string): Promise<ServiceTerm> {
    const version = await writeTerm(this.#database, term, author);
    await this.#contracts.refresh();
    const written = this.term({ id: term.id, version });
    if (written === undefined) throw new Problem('catalogue/not-found', { what: 'term' });
    return written;
  }

  async putSite(tenant: number, site: Site): Promise<void> {
    await writeSite(this.#database, tenant, site);
    await this.#sites.refresh();
  }

  close(): void {
    this.#contracts.close();
    this.#sites.close();
  }
}

/** Of each term the newest version that holds: one that is for later leaves the one before in force until then. */
export function heldAt(terms: readonly ServiceTerm[], at: number): ServiceTerm[] {
  const held = new Map<string, ServiceTerm>();
  for (const term of terms) {
    const { validFrom: from, validTo: to } = term;
    if (!held.has(term.id) && holdsAt(to === undefined ? { from } : { from, to }, at)) held.set(term.id, term);
  }
  return [...held.values()];
}
