// Contracts and readers among the resources of FHIR: written when they change, in the tenant of each who has to do with them.
// A client sees its contracts and who may read for it, a provider's room its rosters and pools besides.

import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import { systemClock } from '../../base/clock.ts';
import { poolsOf, practitionerOf, roleOf, rosterOf, scheduleId } from '../../reading/readers/reader-resources.ts';
import type { Readers } from '../../reading/store/readers.ts';
import { heldAt, type Terms } from '../../reading/store/terms.ts';
import { contractResource } from '../../reading/terms/contract-resource.ts';
import type { Database } from '../../storage/database.ts';
import { currentVersions, resourceOf, writeVersion } from '../../storage/fhir-resources.ts';
import type { Transaction } from '../../storage/transaction.ts';
import { matchingResources } from '../fhir/matching.ts';
import { ownWriters } from '../fhir/own-writers.ts';
import { outside, type Scope } from '../fhir/scope.ts';

export const limits = {
  /** Slots of one reader that are looked at when a roster changes. */
  slots: 5000,
} as const;

interface Known {
  database: Database;
  terms: Terms;
  readers: Readers;
}

export class ReadingResources {
  readonly #known: Known;
  readonly #scope: Scope;

  constructor(known: Known) {
    this.#known = known;
    this.#scope = outside(known.database);
  }

  /** A contract, and for its client those who may read by it. */
  async keepContract(id: string): Promise<void> {
    const contract = this.#known.terms.contract(id);
    if (contract === undefined) return;
    const resource = contractResource(contract, heldAt(contract.terms, systemClock.now()));
    await this.#keep(contract.tenant, [resource]);
    await this.#keep(contract.room, [resource]);
    await this.keepProvider(contract.provider);
  }

  /** All readers of a provider. */
  async keepProvider(provider: string): Promise<void> {
    const { terms, readers } = this.#known;
    const own = readers.readersOf(provider);
    const told = own.flatMap((reader): Resource[] => [practitionerOf(reader), roleOf(reader)]);
    const room = own.map(({ id }) => readers.roomOf(id)!)[0];
    if (room !== undefined) {
      await this.#keep(room, [...told, ...own.flatMap(rosterOf), ...poolsOf(provider, own)]);
      for (const { id } of own) await this.#removeSlots(room, id);
    }
    const clients = terms.contracts().filter((each) => each.provider === provider);
    for (const tenant of new Set(clients.map((each) => each.tenant))) await this.#keep(tenant, told);
  }

  /** Those that say something else than they did. */
  async #keep(tenant: number, resources: readonly Resource[]): Promise<void> {
    const changed: Resource[] = [];
    for (const [type, same] of Map.groupBy(resources, ({ resourceType }) => resourceType)) {
      const ids = same.map(({ id }) => id!);
      const found = await currentVersions(this.#scope.queries, { tenant, type }, ids);
      const current = new Map(found.map((stored) => [stored.id, stored.text && said(resourceOf(stored))]));
      changed.push(...same.filter((each) => !isDeepStrictEqual(current.get(each.id!), said(each))));
    }
    if (changed.length === 0) return;
    await this.#scope.transact(async (transaction) => {
      for (const resource of changed) await write(transaction, tenant, resource.resourceType, resource.id!, resource);
    });
  }

  /** Slots of shifts that are no longer in the roster; those that are over stay. */
  async #removeSlots(room: number, reader: string): Promise<void> {
    const roster = new Set(rosterOf(this.#known.readers.reader(reader)!).map(({ id }) => id));
    const query = [
      { name: 'schedule', value: `Schedule/${scheduleId(reader)}` },
      { name: 'start', value: `ge${new Date(systemClock.now()).toISOString()}` },
    ];
    const asked = { tenant: room, type: 'Slot', query, limit: limits.slots };
    const gone = (await matchingResources(this.#scope.queries, asked)).filter((id) => !roster.has(id));
    if (gone.length === 0) return;
    await this.#scope.transact(async (transaction) => {
      for (const id of gone) await write(transaction, room, 'Slot', id, undefined);
    });
  }
}

const write = (transaction: Transaction, tenant: number, type: string, id: string, resource: Resource | undefined) =>
  writeVersion(transaction, { tenant, type, id, by: ownWriters.reading }, resource ? 'PUT' : 'DELETE', () => resource);

/** Without what the store sets. */
function said({ meta: _, ...content }: Resource): unknown {
  return JSON.parse(JSON.stringify(content));
}
