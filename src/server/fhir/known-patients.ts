// Persons as Patients: the one by which a person is shown is the oldest that was written of them, with what others say; where
// none was written, what identity makes of everything that was said.

import type { Patient, PatientLink } from '@medplum/fhirtypes';
import { knownPersons } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { type NamedIdentifier, writtenAbout, writtenAs, writtenUnderIds } from '../../storage/fhir-patients.ts';
import { currentVersions, resourceOf, type StoredVersion } from '../../storage/fhir-resources.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { IdentifierSystems } from '../../translate/identifier-systems.ts';
import { type PersonRecord, patientOfMergedPerson, patientOfPerson } from '../../translate/patient-of-person.ts';
import { patientWithOthers } from '../../translate/patient-with-others.ts';
import type { Core } from '../core.ts';
import { PatientReads } from './patient-reads.ts';

/** System of the identifier of a Patient that was written without any: its id. Nobody is told of it. */
export const OWN_SYSTEM = 'urn:fascia:patient';

export type ShownPatient = Patient & { id: string };

export interface PatientPerson extends PersonRecord {
  /** `identifiers`, and those of Patients that were written without any. */
  registrations: readonly NamedIdentifier[];
  /** Every source that spoke of this person has taken that back. */
  isGone: boolean;
}

export interface TenantPatients {
  people: TenantPeople;
  systems: IdentifierSystems;
}

export class KnownPatients {
  readonly #core: Core;
  readonly #reads: PatientReads;

  constructor(core: Core) {
    this.#core = core;
    this.#reads = new PatientReads(core.database);
  }

  async of(tenant: number): Promise<TenantPatients> {
    const { people, authorities } = await this.#core.identity();
    return { people: people.of(tenant), systems: authorities.of(tenant) };
  }

  /** Whether an HL7 sender owns a domain: then nobody else merges or removes its registrations. */
  isOwned(tenant: number, issuer: string): boolean {
    const authorities = this.#core.authorities.of(tenant);
    const isIt = (owner: string): boolean => authorities.canonical(owner) === issuer;
    return this.#core.interfaces.list(tenant).some(({ profile }) => profile.owns?.some(isIt));
  }

  /** In the order of `ids`, without those that nobody had. */
  async persons(tenant: number, ids: readonly string[]): Promise<PatientPerson[]> {
    const { people, systems } = await this.of(tenant);
    const own = systems.issuerOfSystem(OWN_SYSTEM);
    const entries = (own: readonly string[]) => this.#reads.entries(tenant, own);
    const known = await knownPersons({ database: this.#core.database, tenant, people, entries }, ids);
    return known.map(({ record, ...person }) => {
      const registrations = record.identifiers.filter((identifier) => !people.isRemoved(identifier));
      return {
        ...person,
        fields: record.fields,
        registrations,
        identifiers: registrations.filter(({ issuer }) => issuer !== own),
        isGone: record.identifiers.length > 0 && registrations.length === 0,
      };
    });
  }

  /**
   * As each person is shown, by the id that identity gave them; without whoever was only known by what a Patient said that
   * says something else now.
   */
  async shown(queries: Queries, tenant: number, persons: readonly PatientPerson[]): Promise<Map<string, ShownPatient>> {
    const { systems } = await this.of(tenant);
    const { ids, spoken } = await this.#shownIds(queries, tenant, persons);
    const written =
      ids.size === 0 ? [] : await currentVersions(queries, { tenant, type: 'Patient' }, [...ids.values()]);
    const byId = new Map(written.map((version) => [version.id, resourceOf(version) as ShownPatient]));
    const shown = new Map<string, ShownPatient>();
    for (const person of persons) {
      const patient = byId.get(ids.get(person.id) ?? '');
      if (patient !== undefined) shown.set(person.id, patientWithOthers(patient, person, systems, OWN_SYSTEM));
      else if (!isFormer(person, spoken)) shown.set(person.id, patientOfPerson(person, systems));
    }
    return shown;
  }

  /** Ids of the written Patients by which persons are shown, and of which registrations there are some. */
  async #shownIds(
    queries: Queries,
    tenant: number,
    persons: readonly PatientPerson[],
  ): Promise<{ ids: Map<string, string>; spoken: ReadonlySet<string> }> {
    const { people } = await this.of(tenant);
    const named = persons.flatMap(({ registrations }) => registrations);
    // A transaction sees what it wrote itself; everybody else asks together.
    const isShared = queries === this.#core.database;
    const written = await (isShared ? this.#reads.writtenAbout(tenant, named) : writtenAbout(queries, tenant, named));
    const ids = new Map<string, string>();
    for (const { id, sighting } of written) {
      const person = people.personOfEntry(sighting);
      // One under the person's own id goes before older ones.
      if (person !== undefined && (id === person || !ids.has(person))) ids.set(person, id);
    }
    return { ids, spoken: new Set(written.map(({ registration }) => nameOf(registration))) };
  }

  /** What is served under `id`, whose written Patient is `stored`; undefined where there is nothing, or nothing any more. */
  async at(
    queries: Queries,
    tenant: number,
    id: string,
    stored: StoredVersion | undefined,
  ): Promise<ShownPatient | undefined> {
    const person = await this.personOf(queries, tenant, id);
    if (stored?.text === undefined) {
      if (person === undefined || person.isGone || (stored !== undefined && person.id !== id)) return undefined;
      const shown = (await this.shown(queries, tenant, [person])).get(person.id);
      if (shown === undefined) return undefined;
      if (person.id !== id) return patientOfMergedPerson({ ...person, id }, shown.id);
      return shown.id === id ? shown : referringTo(shown, id);
    }
    const shown = person && (await this.shown(queries, tenant, [person])).get(person.id);
    // Another Patient stands for the person: this one is what its source said.
    return shown?.id === id ? shown : (resourceOf(stored) as ShownPatient);
  }

  /** Whom a Patient's id means, written or not. */
  async personOf(queries: Queries, tenant: number, id: string): Promise<PatientPerson | undefined> {
    const { people } = await this.of(tenant);
    const written = await writtenAs(queries, tenant, id);
    const personId = written === undefined ? people.person(id)?.id : people.personOfEntry(written.sighting);
    return personId === undefined ? undefined : (await this.persons(tenant, [personId]))[0];
  }

  /** Of those whom Patients of these ids mean. */
  async personIdsOf(queries: Queries, tenant: number, ids: readonly string[]): Promise<string[]> {
    const { people } = await this.of(tenant);
    const written = await writtenUnderIds(queries, tenant, ids);
    const sightings = new Map(written.map(({ id, sighting }) => [id, sighting]));
    const personOf = (id: string): string | undefined => {
      const sighting = sightings.get(id);
      return sighting === undefined ? people.person(id)?.id : people.personOfEntry(sighting);
    };
    return [...new Set(ids.flatMap((id) => personOf(id) ?? []))];
  }

  /** Every id that this person has, as a person or as what was written of them. */
  async idsOf(queries: Queries, tenant: number, id: string): Promise<string[]> {
    const person = await this.personOf(queries, tenant, id);
    if (person === undefined) return [id];
    const { people } = await this.of(tenant);
    const written = await writtenAbout(queries, tenant, person.registrations);
    const registered = person.registrations.map((registration) => people.idOfRegistration(registration));
    return [...new Set([id, person.id, ...registered, ...written.map((each) => each.id)])];
  }
}

const nameOf = ({ issuer, id }: NamedIdentifier): string => `${issuer}|${id}`;

/** All that is known of the person is of registrations of which written Patients speak, as being of somebody else. */
const isFormer = ({ registrations }: PatientPerson, spoken: ReadonlySet<string>): boolean =>
  registrations.length > 0 && registrations.every((registration) => spoken.has(nameOf(registration)));

/** R4 patient.html#links: the same under the id that identity has for the person; the main one is what was written. */
function referringTo(shown: ShownPatient, id: string): ShownPatient {
  const link: PatientLink = { other: { reference: `Patient/${shown.id}` }, type: 'refer' };
  return { ...shown, id, link: [...(shown.link ?? []), link] };
}
