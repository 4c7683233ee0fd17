// The interactions of R4's RESTful API on what is kept (see fhir/rest/resource-handlers.ts), for every type alike; what a type
// does otherwise its kind knows (kinds.ts).

import type { Resource } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import type {
  Conditions,
  EverythingPage,
  EverythingQuery,
  History,
  HistoryEntry,
  HistoryPage,
  ResourceCriteria,
  ResourceName,
  ServedResource,
  Target,
  Written,
} from '../../fhir/rest/resource-handlers.ts';
import {
  currentVersion,
  isWithheld,
  readHistory,
  resourceOf,
  type StoredVersion,
  versionOf,
  type WriteMethod,
  writeVersion,
} from '../../storage/fhir-resources.ts';
import type { Transaction } from '../../storage/transaction.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import { everything } from './everything.ts';
import type { Kinds } from './kinds.ts';
import type { Scope } from './scope.ts';

export class Resources {
  readonly #scope: Scope;
  readonly #kinds: Kinds;

  constructor(scope: Scope, kinds: Kinds) {
    this.#scope = scope;
    this.#kinds = kinds;
  }

  async read(asker: Asker, name: ResourceName): Promise<ServedResource> {
    const stored = await currentVersion(this.#scope.queries, keyOf(asker, name));
    const shown = await this.#shown(asker, name, stored);
    if (shown !== undefined) return shown;
    throw new Problem(stored === undefined ? 'catalogue/not-found' : 'fhir/deleted', { what: name.type });
  }

  async version(asker: Asker, name: ResourceName, versionId: string): Promise<ServedResource> {
    const { queries } = this.#scope;
    const number = /^[1-9]\d{0,8}$/.test(versionId) ? Number(versionId) : undefined;
    const stored = number === undefined ? undefined : await versionOf(queries, keyOf(asker, name), number);
    if (stored?.text !== undefined) return resourceOf(stored) as ServedResource;
    if (stored !== undefined) throw new Problem('fhir/deleted', { what: name.type });
    // What others say of a person makes a version too, which is not kept beyond the next.
    const current = await this.#shown(asker, name, await currentVersion(queries, keyOf(asker, name)));
    if (current?.meta?.versionId === versionId) return current;
    throw new Problem('catalogue/not-found', { what: 'version' });
  }

  async history(asker: Asker, { cursor, ...page }: HistoryPage): Promise<History> {
    const { queries } = this.#scope;
    const asked = { ...page, tenant: asker.tenant, ...(cursor !== undefined && { before: cursor }) };
    const { versions, total } = await readHistory(queries, asked);
    const last = versions.length === page.count ? versions.at(-1) : undefined;
    const found: History = {
      entries: versions.map(entryOf),
      ...(total !== undefined && { total }),
      ...(last && { next: last.change }),
    };
    if (page.id === undefined || cursor !== undefined || page.since !== undefined) return found;
    const name = { type: page.type!, id: page.id };
    const shown = await this.#shown(asker, name, await currentVersion(queries, keyOf(asker, name)));
    if (shown === undefined && total === 0) throw new Problem('catalogue/not-found', { what: name.type });
    if (shown === undefined || shown.meta!.versionId === found.entries[0]?.versionId) return found;
    // What others say of a person is a version too.
    const entries = [shownEntry(name, shown), ...found.entries];
    return { ...found, entries, ...(total !== undefined && { total: total + 1 }) };
  }

  async create(
    asker: Asker,
    resource: Resource,
    { ifNoneExist, newId }: { ifNoneExist?: ResourceCriteria['query']; newId: string },
  ): Promise<Written> {
    const type = resource.resourceType;
    const done = await this.#scope.transact(async (transaction) => {
      const found = ifNoneExist && (await this.#only(transaction, asker, { type, query: ifNoneExist }));
      if (found !== undefined) return { id: found };
      const written = await this.#write(transaction, asker, { type, id: newId }, 'POST', () => resource);
      return { id: newId, written };
    });
    const { id, written } = done;
    if (written === undefined) return { resource: await this.read(asker, { type, id }), outcome: 'unchanged' };
    return { resource: (await this.#shown(asker, { type, id }, written))!, outcome: 'created' };
  }

  async update(asker: Asker, target: Target, resource: Resource, conditions: Conditions): Promise<Written> {
    const { type } = target;
    let outcome: Written['outcome'] = 'updated';
    const written = await this.#scope.transact(async (transaction) => {
      const id = await this.#idToUpdate(transaction, asker, target, resource, conditions);
      return this.#write(transaction, asker, { type, id }, 'PUT', (current) => {
        requireConditions(type, current, conditions);
        if (current === undefined) outcome = 'created';
        return { ...resource, id };
      });
    });
    return { resource: (await this.#shown(asker, { type, id: written.id }, written))!, outcome };
  }

  async #idToUpdate(
    transaction: Transaction,
    asker: Asker,
    target: Target,
    resource: Resource,
    { newId }: Conditions,
  ): Promise<string> {
    if ('id' in target) return target.id;
    const found = await this.#only(transaction, asker, target);
    if (found === undefined) return resource.id ?? newId ?? this.newIdOf(asker, resource);
    if (resource.id === undefined || resource.id === found) return found;
    throw new Problem('request/malformed', { reason: 'the id is not the one of the resource that was found' });
  }

  async patch(
    asker: Asker,
    target: Target,
    change: (resource: Resource) => Resource,
    conditions: Conditions,
  ): Promise<Written> {
    const { type } = target;
    const written = await this.#scope.transact(async (transaction) => {
      const id = 'id' in target ? target.id : await this.#only(transaction, asker, target);
      // Its answer would tell what is withheld.
      if (id === undefined || (await isWithheld(transaction, keyOf(asker, { type, id }))))
        throw new Problem('catalogue/not-found', { what: type });
      return this.#write(transaction, asker, { type, id }, 'PATCH', (current, stored) => {
        if (current === undefined) {
          throw new Problem(stored === undefined ? 'catalogue/not-found' : 'fhir/deleted', { what: type });
        }
        requireConditions(type, current, conditions);
        return change(current);
      });
    });
    return { resource: (await this.#shown(asker, { type, id: written.id }, written))!, outcome: 'updated' };
  }

  async remove(asker: Asker, target: Target, conditions: Conditions): Promise<void> {
    const { type } = target;
    await this.#scope.transact(async (transaction) => {
      const id = 'id' in target ? target.id : await this.#only(transaction, asker, target);
      if (id === undefined) return;
      const stored = await currentVersion(transaction, keyOf(asker, { type, id }));
      const current = await this.#shown(asker, { type, id }, stored);
      requireConditions(type, current, conditions);
      if (current === undefined) return;
      // What nobody wrote here is not deleted here.
      if (stored?.text === undefined) throw new Problem('fhir/not-ours', { what: type });
      await this.#write(transaction, asker, { type, id }, 'DELETE', (now) => {
        requireConditions(type, now, conditions);
        return undefined;
      });
    });
  }

  matching(asker: Asker, { type, query }: ResourceCriteria, limit: number): Promise<readonly string[]> {
    return this.#kinds.of(type).matching(this.#scope.queries, asker, query, limit);
  }

  newIdOf(asker: Asker, resource: Resource): Promise<string> {
    return this.#kinds.of(resource.resourceType).newIdOf(this.#scope.queries, asker, resource);
  }

  async everything(asker: Asker, patientId: string, query: EverythingQuery): Promise<EverythingPage> {
    const patient = await this.read(asker, { type: 'Patient', id: patientId });
    const ids = await this.#kinds.patientIds(this.#scope.queries, asker, patientId);
    return everything(this.#scope.queries, asker.tenant, { patient, ids }, query);
  }

  /** The one resource that meets criteria; whoever asks the same at the same time waits until we are done. */
  async #only(transaction: Transaction, asker: Asker, { type, query }: ResourceCriteria): Promise<string | undefined> {
    const asked = JSON.stringify([asker.tenant, type, query.map(({ name, value }) => [name, value]).sort()]);
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [asked]);
    const [id, ...others] = await this.#kinds.of(type).matching(transaction, asker, query, 2);
    if (others.length > 0) throw new Problem('fhir/several-matches', { what: type });
    return id;
  }

  /** `next`: of what is served now, and what is stored. */
  async #write(
    transaction: Transaction,
    asker: Asker,
    name: ResourceName,
    method: WriteMethod,
    next: (current: ServedResource | undefined, stored: StoredVersion | undefined) => Resource | undefined,
  ): Promise<StoredVersion> {
    const kind = this.#kinds.of(name.type);
    const key = { ...keyOf(asker, name), by: asker.id };
    let said: Resource | undefined;
    const written = await writeVersion(transaction, key, method, async (stored) => {
      said = next(await kind.shown(transaction, asker, name, stored), stored);
      return said && (kind.accepted?.(said) ?? said);
    });
    await kind.wrote(transaction, asker, written, said);
    return written;
  }

  #shown(asker: Asker, name: ResourceName, stored: StoredVersion | undefined): Promise<ServedResource | undefined> {
    return this.#kinds.of(name.type).shown(this.#scope.queries, asker, name, stored);
  }
}

const keyOf = ({ tenant }: Asker, name: ResourceName) => ({ ...name, tenant });

/** R4 http.html#concurrency. */
function requireConditions(type: string, current: ServedResource | undefined, { versions, isNew }: Conditions): void {
  const isExpected = versions === undefined || versions.includes(current?.meta?.versionId ?? '');
  if (!isExpected || (isNew && current !== undefined)) throw new Problem('fhir/version-conflict', { what: type });
}

function entryOf(stored: StoredVersion): HistoryEntry {
  const { type, id, version, lastUpdated, method } = stored;
  return {
    type,
    id,
    versionId: String(version),
    lastUpdated: lastUpdated.toISOString(),
    method,
    ...(stored.text !== undefined && { resource: resourceOf(stored) as ServedResource }),
  };
}

const shownEntry = (name: ResourceName, resource: ServedResource): HistoryEntry => ({
  ...name,
  versionId: resource.meta!.versionId!,
  lastUpdated: resource.meta!.lastUpdated!,
  method: 'PUT',
  resource,
});
