// What HL7 interfaces are to be told of persons (IHE ITI-10): follows the identity log with a durable position, and queues a
// notice for each person whose registrations belong together otherwise than the interface was told. Read twice, nothing is
// told twice.

import { createHash } from 'node:crypto';
import type { Interface } from '../../auth/interfaces.ts';
import type { Identifier } from '../../identity/sighting.ts';
import { knownPerson } from '../../ingest/identify/known-person.ts';
import { type LoggedEntry, type LogPosition, readIdentityLog } from '../../storage/identity-log.ts';
import { type NoticeIdentifier, readOn, type Told } from '../../storage/pix-notices.ts';
import type { Core } from '../core.ts';
import { personsIn } from './named-in-entry.ts';
import type { NodeIdentity } from './node-identity.ts';

export class PixChanges {
  readonly #core: Pick<Core, 'database' | 'interfaces'>;
  readonly #identity: Pick<NodeIdentity, 'people' | 'authorities'>;
  #position: LogPosition | undefined;

  constructor(core: Pick<Core, 'database' | 'interfaces'>, identity: Pick<NodeIdentity, 'people' | 'authorities'>) {
    this.#core = core;
    this.#identity = identity;
  }

  /** Resolves once everything that is logged is queued for whoever is to be told. */
  async queue(): Promise<void> {
    const { database, interfaces } = this.#core;
    if (interfaces.notified().length === 0) return;
    await readOn(database, async (cursor, told) => {
      // What was read beyond a cursor that is still the same need not be looked at again.
      let position = this.#position?.cursor === cursor ? this.#position : { cursor, ahead: new Set<string>() };
      for (;;) {
        const read = await readIdentityLog(database, position);
        position = read.position;
        if (read.entries.length === 0) break;
        await this.#tell(read.entries, told);
      }
      this.#position = position;
      return position.cursor;
    });
  }

  async #tell(entries: readonly LoggedEntry[], told: Told): Promise<void> {
    await this.#identity.people.follow();
    const touched = new Map<number, Set<string>>();
    for (const [tenant, ofTenant] of Map.groupBy(entries, (entry) => entry.tenant)) {
      touched.set(tenant, await personsIn(this.#core.database, ofTenant, this.#identity.people.of(tenant)));
    }
    for (const { tenant, interface: receiver } of this.#core.interfaces.notified()) {
      const persons = touched.get(tenant);
      if (persons !== undefined) await this.#tellOne(tenant, receiver, [...persons], told);
    }
  }

  /** Whoever had a registration together with one of these, and has it no longer, is looked at too. */
  async #tellOne(tenant: number, { name, profile }: Interface, persons: string[], told: Told): Promise<void> {
    const receiver = { tenant, interface: name };
    const people = this.#identity.people.of(tenant);
    const seen = new Set(persons);
    for (const person of persons) {
      const identifiers = await this.#identifiersOf(tenant, person, profile.notify?.domains ?? []);
      const registrations = identifiers.map(registrationOf).sort();
      const together = createHash('sha256').update(registrations.join('\n')).digest('base64url');
      const before = await told.of(receiver, registrations);
      // One registration alone is news only to whoever knew it with others.
      if (registrations.length < 2 && before.size === 0) continue;
      if (registrations.every((registration) => before.get(registration) === together)) continue;
      for (const former of await told.members(receiver, [...new Set(before.values())])) {
        const other = people.personOf(identifierOf(former));
        if (other === undefined || seen.has(other)) continue;
        seen.add(other);
        persons.push(other);
      }
      await told.tell(receiver, { identifiers, registrations, together });
    }
  }

  async #identifiersOf(tenant: number, id: string, domains: readonly string[]): Promise<NoticeIdentifier[]> {
    const people = this.#identity.people.of(tenant);
    const authorities = this.#identity.authorities.of(tenant);
    const wanted = new Set(domains.map((domain) => authorities.canonical(domain)));
    const person = await knownPerson({ database: this.#core.database, tenant, people }, id);
    return (person?.record.identifiers ?? [])
      .filter((each) => (wanted.size === 0 || wanted.has(each.issuer)) && !people.isRemoved(each))
      .map((each) => ({ issuer: each.issuer, id: each.id }));
  }
}

const registrationOf = ({ issuer, id }: Identifier): string => JSON.stringify([issuer, id]);

function identifierOf(registration: string): Identifier {
  const [issuer, id] = JSON.parse(registration) as [string, string];
  return { issuer, id };
}
