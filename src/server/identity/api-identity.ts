// What /api/v1 asks of identity, for one tenant and whoever asks.

import { randomUUID } from 'node:crypto';
import type { ApiIdentity, IdentifiedAs } from '../../api/route.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import type { Authority } from '../../identity/authorities.ts';
import type { Identifier } from '../../identity/sighting.ts';
import { knownPerson } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { appendWithin, entriesOf, type IdentityEntry } from '../../storage/identity-log.ts';
import { transact } from '../../storage/transaction.ts';
import type { Core } from '../core.ts';
import { ordersFollow } from '../orders/merged-orders.ts';
import type { NodeIdentity } from './node-identity.ts';
import { namedReviews, pairSides, personWithStudies } from './review-pairs.ts';

const limits = {
  /** Registrations of one person that are explained, each beside the first. */
  explained: 50,
} as const;

export async function apiIdentity(core: Core, principal: Principal): Promise<ApiIdentity> {
  return new PrincipalsIdentity(core, await core.identity(), principal);
}

class PrincipalsIdentity implements ApiIdentity {
  readonly #core: Core;
  readonly #identity: NodeIdentity;
  readonly #principal: Principal;
  readonly #people: TenantPeople;

  constructor(core: Core, identity: NodeIdentity, principal: Principal) {
    this.#core = core;
    this.#identity = identity;
    this.#principal = principal;
    this.#people = identity.people.of(principal.tenant);
  }

  async persons({
    issuer,
    id,
    study,
    name,
    birthDate,
    limit,
  }: Parameters<ApiIdentity['persons']>[0]): Promise<object[]> {
    const found: Set<string>[] = [];
    if (id !== undefined)
      found.push(new Set([this.#people.personOf({ issuer: issuer ?? '', id })].filter((each) => each !== undefined)));
    if (study !== undefined) found.push(await this.#personsOfStudy(study));
    if (name !== undefined) found.push(this.#people.personsNamed(name, false) ?? new Set());
    if (birthDate !== undefined) found.push(this.#people.personsBornOn(birthDate));
    const [first, ...others] = found;
    const ids = first === undefined ? this.#people.allPersons() : [...first];
    const wanted = ids.filter((each) => others.every((set) => set.has(each))).sort();
    const known = await Promise.all(wanted.slice(0, limit).map((each) => this.person(each)));
    return known.filter((person) => person !== undefined);
  }

  async person(id: string): Promise<object | undefined> {
    const known = await knownPerson(this.#around(), id);
    if (known === undefined) return undefined;
    const person = await personWithStudies(this.#around(), known);
    return { ...person, ...(known.id !== id && { replaces: id }) };
  }

  reviews(limit: number): Promise<object[]> {
    return namedReviews(this.#around(), this.#people.reviews().slice(0, limit));
  }

  async ofStudy(studyId: string): Promise<IdentifiedAs | undefined> {
    const [person, entry] = [this.#people.personOfStudy(studyId), this.#people.entryOfStudy(studyId)];
    const known = person === undefined ? undefined : await knownPerson(this.#around(), person);
    if (known === undefined || entry === undefined) return undefined;
    const { identifiers } = known.record;
    const statements = this.#people.statementsOf(identifiers).map(({ id, type }) => ({ entry: id, type }));
    return { person: known.id, entry, registrations: identifiers.length, sightings: known.sightings, statements };
  }

  async explain(id: string): Promise<object | undefined> {
    const known = await knownPerson(this.#around(), id);
    if (known === undefined) return undefined;
    const [first, ...others] = known.record.identifiers;
    const pairs = others.slice(0, limits.explained).map((other) => ({
      of: [first, other].map((each) => ({ issuer: each!.issuer, id: each!.id })),
      explanation: this.#people.explain(first!, other),
    }));
    return { id: known.id, pairs, statements: this.#people.statementsOf(known.record.identifiers) };
  }

  async explainPair(one: Identifier, other: Identifier): Promise<object | undefined> {
    const explanation = this.#people.explain(one, other);
    const sides = explanation && (await pairSides(this.#around(), [one, other]));
    return sides && { ...explanation, sides };
  }

  async decide(decision: Parameters<ApiIdentity['decide']>[0]): Promise<string> {
    const { tenant, id: decidedBy } = this.#principal;
    const entry: Omit<IdentityEntry, 'kind' | 'payload'> = { tenant, cause: `decision:${randomUUID()}` };
    if (decision.type === 'retract') {
      const [logged] = await entriesOf(this.#core.database, tenant, [decision.entry]);
      if (logged?.kind !== 'assertion' && logged?.kind !== 'decision') {
        throw new Problem('catalogue/not-found', { what: 'decision' });
      }
      return this.#append({ ...entry, kind: 'retraction', payload: { entry: decision.entry, decidedBy } });
    }
    for (const identifier of decision.of) {
      if (this.#people.personOf(identifier) === undefined) {
        throw new Problem('catalogue/not-found', { what: 'registration' });
      }
    }
    const payload = { ...decision, authoritative: true, timestamp: new Date().toISOString(), decidedBy };
    const decided: IdentityEntry = { ...entry, kind: 'decision', payload };
    return decision.type === 'same' ? this.#join(decided, decision.of) : this.#append(decided);
  }

  authorities(): readonly Authority[] {
    return this.#identity.authorities.of(this.#principal.tenant).all;
  }

  putAuthority(authority: Authority): Promise<void> {
    return this.#identity.authorities.put(this.#principal.tenant, authority);
  }

  removeAuthority(name: string): Promise<void> {
    return this.#identity.authorities.remove(this.#principal.tenant, name);
  }

  async #append(entry: IdentityEntry): Promise<string> {
    const [id] = await this.#identity.people.append([entry]);
    return id!;
  }

  /** Their orders with them. */
  async #join(entry: IdentityEntry, of: readonly [Identifier, Identifier]): Promise<string> {
    return transact(this.#core.database, async (transaction) => {
      const ids = await appendWithin(transaction, [entry]);
      await ordersFollow(this.#core, transaction, this.#principal.tenant, of);
      transaction.afterwards(() => this.#core.logged([entry], ids));
      return ids[0]!;
    });
  }

  async #personsOfStudy(studyInstanceUid: string): Promise<Set<string>> {
    const rows = await this.#core.database.query<{ id: string }>(
      'select id from study where tenant = $1 and study_uid = $2',
      [this.#principal.tenant, studyInstanceUid],
    );
    return new Set(rows.flatMap(({ id }) => this.#people.personOfStudy(id) ?? []));
  }

  #around() {
    return { database: this.#core.database, tenant: this.#principal.tenant, people: this.#people };
  }
}
