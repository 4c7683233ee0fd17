// The names of a transaction's entries: conditions are asked, new ids given, and every reference to what had no id yet, or
// was named by criteria, is a reference to a resource (R4 http.html#trules).

import type { Resource } from '@medplum/fhirtypes';
import { parseQueryString, type QueryParameter } from '../../../base/http/query-string.ts';
import { Problem } from '../../../base/problem.ts';
import { referencesIn, withRenamed } from '../../bundle-references.ts';
import type { Exchange } from '../exchange.ts';
import type { ResourceHandlers } from '../resource-handlers.ts';
import { ifNoneExistOf } from '../resources/conditions.ts';
import { type Method, routeOf } from '../route.ts';
import type { EntryRequest } from './entry.ts';
import { atEntry } from './entry-refused.ts';

/** The requests with every name resolved, in their order. */
export async function resolveEntries(
  requests: readonly EntryRequest[],
  around: Exchange,
  resources: ResourceHandlers,
): Promise<EntryRequest[]> {
  const names = new Names(around, resources);
  const named: EntryRequest[] = [];
  for (const each of requests) named.push(await atEntry(each.at, () => names.give(each)));
  const renamed: EntryRequest[] = [];
  for (const each of named) renamed.push(await atEntry(each.at, () => names.rename(each)));
  return renamed;
}

class Names {
  /** What the resource of each fullUrl is called, and what criteria name. */
  readonly #names = new Map<string, string>();
  readonly #around: Exchange;
  readonly #resources: ResourceHandlers;

  constructor(around: Exchange, resources: ResourceHandlers) {
    this.#around = around;
    this.#resources = resources;
  }

  async give(entry: EntryRequest): Promise<EntryRequest> {
    const { method, type, path, resource, route } = entry;
    if (type === undefined || resource === undefined || route.operation !== undefined) return entry;
    if (method === 'POST') return this.#created(entry, type);
    if (method !== 'PUT') return entry;
    const id = path.id ?? (await this.#updated(entry, type));
    this.#note(entry, type, id);
    return this.#under(entry, 'PUT', type, { ...resource, id });
  }

  /** A conditional create that finds something is a read of it. */
  async #created(entry: EntryRequest, type: string): Promise<EntryRequest> {
    const { headers, resource } = entry;
    const criteria = ifNoneExistOf(headers);
    const found = criteria && (await this.#only(type, criteria));
    const id = found ?? (await this.#resources.newIdOf(this.#around.request, resource!));
    this.#note(entry, type, id);
    if (found !== undefined) return this.#under({ ...entry, headers: {} }, 'GET', type, { id });
    const { 'if-none-exist': _, ...others } = headers;
    return { ...entry, headers: others, newId: id };
  }

  async #updated({ query, resource }: EntryRequest, type: string): Promise<string> {
    const found = await this.#only(type, query);
    if (found !== undefined && resource!.id !== undefined && resource!.id !== found) {
      throw new Problem('request/malformed', { reason: 'the id is not the one of the resource that was found' });
    }
    return found ?? resource!.id ?? this.#resources.newIdOf(this.#around.request, resource!);
  }

  async rename(entry: EntryRequest): Promise<EntryRequest> {
    const { resource, fullUrl } = entry;
    if (resource === undefined) return entry;
    for (const reference of referencesIn(resource)) await this.#find(reference);
    const base = /^(https?:\/\/.+\/)[A-Z]\w+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl ?? '')?.[1];
    const rename = (reference: string): string | undefined =>
      this.#names.get(reference) ?? (base === undefined ? undefined : this.#names.get(base + reference));
    return { ...entry, resource: withRenamed(resource, rename) };
  }

  /** A conditional reference names exactly one resource. */
  async #find(reference: string): Promise<void> {
    const [, type, criteria] = /^([A-Z][A-Za-z]+)\?(.+)$/s.exec(reference) ?? [];
    if (type === undefined || this.#names.has(reference)) return;
    const id = await this.#only(type, parseQueryString(criteria!));
    if (id === undefined) throw new Problem('fhir/unprocessable', { reason: `a reference to a ${type} finds none` });
    this.#names.set(reference, `${type}/${id}`);
  }

  async #only(type: string, query: readonly QueryParameter[]): Promise<string | undefined> {
    const [id, ...others] = await this.#resources.matching(this.#around.request, { type, query }, 2);
    if (others.length > 0) throw new Problem('fhir/several-matches', { what: type });
    return id;
  }

  #note({ fullUrl }: EntryRequest, type: string, id: string): void {
    if (fullUrl !== undefined) this.#names.set(fullUrl, `${type}/${id}`);
  }

  /** The entry as a request to one resource. */
  #under(entry: EntryRequest, method: Method, type: string, named: Resource | { id: string }): EntryRequest {
    const match = this.#around.match(`/${type}/${named.id}`);
    const { resource: _, ...rest } = entry;
    const route = routeOf(match, method);
    return { ...rest, method, route, path: match.path, query: [], ...('resourceType' in named && { resource: named }) };
  }
}
