// What the MLLP door asks of identity: what ADT says as entries of the log, and the answers to PIX and PDQ queries (IHE
// ITI-8, ITI-9, ITI-21).

import { Problem } from '../../base/problem.ts';
import type { Hd } from '../../hl7v2/identifiers.ts';
import { systemAnswering } from '../../hl7v2/mllp/served-connection.ts';
import { type PdqQuery, type PixQuery, readQuery } from '../../hl7v2/query.ts';
import { type AnsweredPatient, type QueryAnswer, respond } from '../../hl7v2/query-response.ts';
import { type KnownPerson, knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import type { IdentityEntry } from '../../storage/identity-log.ts';
import type { AdtStatements } from '../../translate/adt.ts';
import { issuerOf } from '../../translate/assigning-authority.ts';
import type { Core } from '../core.ts';
import type { Hl7Backend, ReceivedMessage } from '../doors/hl7-backend.ts';
import type { NodeIdentity } from './node-identity.ts';
import { answeredIdentifier, demographicsOf, fits } from './pdq-person.ts';

export function hl7Identity(core: Core): Hl7Backend {
  return {
    entriesOf: identityEntries,
    logged: core.logged,
    canonical: (tenant) => (issuer) => core.authorities.of(tenant).canonical(issuer),
    async answer(received) {
      const query = readQuery(received.message);
      const asked = new Asked(core, await core.identity(), received);
      const answer = query.kind === 'pix' ? await asked.pix(query) : await asked.pdq(query);
      return respond(received.message, answer, systemAnswering);
    },
  };
}

/** Each statement is an entry of its own, caused by it: told again, it is the same entry. */
export function identityEntries(tenant: number, { sightings, assertions }: AdtStatements): IdentityEntry[] {
  const entry = (kind: IdentityEntry['kind'], { id, ...payload }: { id: string }): IdentityEntry => ({
    tenant,
    kind,
    cause: id,
    payload,
  });
  return [
    ...sightings.map((sighting) => entry('sighting', sighting)),
    ...assertions.map((assertion) => entry('assertion', assertion)),
  ];
}

class Asked {
  readonly #core: Core;
  readonly #identity: NodeIdentity;
  readonly #from: ReceivedMessage;
  readonly #people: TenantPeople;

  constructor(core: Core, identity: NodeIdentity, from: ReceivedMessage) {
    this.#core = core;
    this.#identity = identity;
    this.#from = from;
    this.#people = identity.people.of(from.tenant);
  }

  /** ITI TF-2 3.9.4.2: the patient's identifiers in the domains asked for, the one asked with not among them. */
  async pix({ patient, domains }: PixQuery): Promise<QueryAnswer> {
    const issuer = this.#issuer(patient.assigningAuthority);
    if (!this.#people.knowsIssuer(issuer)) return { outcome: 'unknown', what: 'authority' };
    const unknown = this.#unknownDomain(domains);
    if (unknown !== undefined) return unknown;
    const person = await this.#person(this.#people.personOf({ issuer, id: patient.id }));
    if (person === undefined) return { outcome: 'unknown', what: 'patient' };
    const isAskedWith = (each: { issuer: string; id: string }) => each.issuer === issuer && each.id === patient.id;
    const identifiers = this.#identifiers(person, domains).filter((each) => !isAskedWith(each));
    if (identifiers.length === 0) return { outcome: 'found', patients: [] };
    return { outcome: 'found', patients: [{ identifiers: identifiers.map(answeredIdentifier) }] };
  }

  /** ITI TF-2 3.21.4.2: whoever fits all demographics asked for. */
  async pdq(query: PdqQuery): Promise<QueryAnswer> {
    const unknown = this.#unknownDomain(query.domains);
    if (unknown !== undefined) return unknown;
    const found: AnsweredPatient[] = [];
    for (const person of await knownPersons(this.#around, this.#candidates(query))) {
      if (!fits(person, query)) continue;
      const identifiers = this.#identifiers(person, query.domains);
      if (identifiers.length > 0)
        found.push({ ...demographicsOf(person), identifiers: identifiers.map(answeredIdentifier) });
    }
    const from = Number(query.continuation ?? 0);
    const patients = found.slice(from, from + query.quantity);
    const next = from + query.quantity;
    return { outcome: 'found', patients, ...(next < found.length && { continuation: String(next) }) };
  }

  #candidates({ parameters }: PdqQuery): string[] {
    const sets = parameters.flatMap(({ field, value }) => {
      const plain = value.replace(/\*$/, '');
      if (field === 'PID.5.1' || field === 'PID.5.2') return this.#people.personsNamed(plain, false) ?? [];
      if (field === 'PID.7' || field === 'PID.7.1')
        return /^\d{8}/.test(plain) ? this.#people.personsBornOn(plain.slice(0, 8)) : [];
      return [];
    });
    const [first, ...others] = sets.sort((a, b) => a.size - b.size);
    const all =
      first === undefined ? this.#people.allPersons() : [...first].filter((id) => others.every((set) => set.has(id)));
    if (all.length > limits.searchedPersons) throw new Problem('fhir/too-costly', { limit: limits.searchedPersons });
    return all.sort();
  }

  #unknownDomain(domains: readonly Hd[]): QueryAnswer | undefined {
    const at = domains.findIndex((domain) => !this.#people.knowsIssuer(this.#issuer(domain)));
    return at < 0 ? undefined : { outcome: 'unknown', what: 'domain', repetition: at + 1 };
  }

  #identifiers({ record }: KnownPerson, domains: readonly Hd[]): { issuer: string; id: string }[] {
    const wanted = new Set(domains.map((domain) => this.#issuer(domain)));
    return record.identifiers.filter(
      (identifier) => (wanted.size === 0 || wanted.has(identifier.issuer)) && !this.#people.isRemoved(identifier),
    );
  }

  #issuer(authority: Hd | undefined): string {
    const { tenant, interface: from } = this.#from;
    return this.#identity.authorities.of(tenant).canonical(issuerOf(authority, from.profile));
  }

  async #person(id: string | undefined): Promise<KnownPerson | undefined> {
    return id === undefined ? undefined : (await knownPersons(this.#around, [id]))[0];
  }

  get #around() {
    return { database: this.#core.database, tenant: this.#from.tenant, people: this.#people };
  }
}

const limits = {
  /** Persons whose records are read to answer one query. */
  searchedPersons: 2_000,
} as const;
