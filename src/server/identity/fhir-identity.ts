// What the FHIR door asks of identity (IHE PIXm, PDQm), answered by who is who in this archive.

import type { Patient } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { meets } from '../../fhir/patient-query.ts';
import type {
  CrossReferences,
  FeedAnswer,
  MatchCandidate,
  PatientFeed,
  PatientIdentifier,
  PatientPage,
  PersonPatient,
} from '../../fhir/rest/handlers.ts';
import { knownPersons } from '../../ingest/identify/known-person.ts';
import type { LoggedAssertion, LoggedSighting } from '../../ingest/identify/logged.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import type { IdentityEntry } from '../../storage/identity-log.ts';
import {
  identifiersOf,
  type PersonRecord,
  patientOfMergedPerson,
  patientOfPerson,
} from '../../translate/patient-of-person.ts';
import { sightedPatient } from '../../translate/sighting-of-patient.ts';
import type { Core } from '../core.ts';
import type { Asker, Identity } from '../doors/fhir-handlers.ts';
import { candidatesOf } from './patient-candidates.ts';
import { patientPage } from './patient-page.ts';

export class FhirIdentity implements Identity {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  async crossReference(
    { tenant }: Asker,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences> {
    const { people, systems } = await this.#of(tenant);
    if ('system' in source && !people.knowsIssuer(systems.issuerOfSystem(source.system))) {
      throw new Problem('identity/unknown-domain');
    }
    if (targetSystems.some((system) => !people.knowsIssuer(systems.issuerOfSystem(system)))) {
      throw new Problem('identity/unknown-target');
    }
    const id =
      'personId' in source
        ? source.personId
        : people.personOf({ issuer: systems.issuerOfSystem(source.system), id: source.value });
    const record = id === undefined ? undefined : await this.#record(tenant, people, id);
    if (record === undefined) throw new Problem('identity/unknown-identifier');
    const identifiers = identifiersOf(record, systems);
    const wanted =
      targetSystems.length === 0
        ? identifiers
        : identifiers.filter(({ system }) => system !== undefined && targetSystems.includes(system));
    return { identifiers: wanted, personIds: [record.id] };
  }

  async feed(asker: Asker, feed: PatientFeed): Promise<FeedAnswer> {
    const { tenant, requestId } = asker;
    const { people, systems, append } = await this.#of(tenant);
    const registration = { issuer: systems.issuerOfSystem(feed.identifier.system), id: feed.identifier.value };
    if (feed.kind !== 'revise') await this.#requireOwner(tenant, registration.issuer);
    const created = people.personOf(registration) === undefined;
    const entry = (kind: IdentityEntry['kind'], payload: object): IdentityEntry => ({
      tenant,
      kind,
      cause: `fhir:${requestId}:${kind}`,
      payload,
    });
    if (feed.kind === 'remove') {
      if (!created) await append([entry('removal', { registration })]);
      return { created: false };
    }
    const timestamp = new Date().toISOString();
    const said: LoggedSighting = {
      ...sightedPatient(feed.patient, feed.identifier, systems),
      site: asker.id,
      timestamp,
      medium: 'fhir',
    };
    const entries = [entry('sighting', said)];
    if (feed.kind === 'merge') {
      const survivor = { issuer: systems.issuerOfSystem(feed.survivor.system), id: feed.survivor.value };
      if (people.personOf(survivor) === undefined) {
        throw new Problem('fhir/unprocessable', { reason: 'the survivor is not known' });
      }
      const same: LoggedAssertion = { type: 'same', of: [survivor, registration], authoritative: true, timestamp };
      entries.push(entry('assertion', same));
    }
    await append(entries);
    const record = await this.#record(tenant, people, people.personOf(registration)!);
    return { created, person: patientOfPerson(record!, systems) };
  }

  async search(
    { tenant }: Asker,
    { criteria, count, cursor }: Parameters<Identity['search']>[1],
  ): Promise<PatientPage> {
    const { people, systems } = await this.#of(tenant);
    const asked = criteria.filter(({ parameter }) => parameter === 'identifier').flatMap(({ values }) => values);
    for (const { text, system } of asked) {
      if (text === '' && system !== undefined && !people.knowsIssuer(systems.issuerOfSystem(system))) {
        throw new Problem('identity/unknown-returned-domain');
      }
    }
    return patientPage(candidatesOf(people, criteria, systems), { count, cursor }, async (ids) => {
      const records = await this.#records(tenant, people, ids);
      return records.map((record) => patientOfPerson(record, systems)).filter((patient) => meets(patient, criteria));
    });
  }

  async person({ tenant }: Asker, id: string): Promise<PersonPatient> {
    const { people, systems } = await this.#of(tenant);
    const record = await this.#record(tenant, people, id);
    if (record === undefined) throw new Problem('catalogue/not-found', { what: 'Patient' });
    if (record.id !== id) return patientOfMergedPerson({ ...record, id }, record.id);
    return patientOfPerson(record, systems);
  }

  async match({ tenant }: Asker, patient: Patient, count: number): Promise<readonly MatchCandidate[]> {
    const { people, systems } = await this.#of(tenant);
    const named = patient.identifier?.find(({ system, value }) => system !== undefined && value !== undefined);
    const said = sightedPatient(patient, { system: named?.system ?? '', value: named?.value ?? '' }, systems);
    const asked = { ...said, site: '', timestamp: new Date().toISOString() };
    const candidates = people.match(asked, count).filter(({ grade }) => grade !== 'certainly-not');
    const records = await this.#records(
      tenant,
      people,
      candidates.map(({ person }) => person),
    );
    return candidates.map(({ probability, grade }, at) => ({
      patient: patientOfPerson(records[at]!, systems),
      score: probability,
      grade,
    }));
  }

  async #of(tenant: number) {
    const { people, authorities } = await this.#core.identity();
    return {
      people: people.of(tenant),
      systems: authorities.of(tenant),
      append: (entries: readonly IdentityEntry[]) => people.append(entries),
    };
  }

  async #record(tenant: number, people: TenantPeople, id: string): Promise<PersonRecord | undefined> {
    return (await this.#records(tenant, people, [id]))[0];
  }

  async #records(tenant: number, people: TenantPeople, ids: readonly string[]): Promise<PersonRecord[]> {
    const known = await knownPersons({ database: this.#core.database, tenant, people }, ids);
    return known.map(({ record, ...person }) => {
      const identifiers = record.identifiers.filter((identifier) => !people.isRemoved(identifier));
      return { ...person, fields: record.fields, identifiers };
    });
  }

  /** A domain that an HL7 sender owns is merged by that sender alone. */
  async #requireOwner(tenant: number, issuer: string): Promise<void> {
    const { authorities } = await this.#core.identity();
    const isOwned = (owner: string) => authorities.of(tenant).canonical(owner) === issuer;
    const owned = this.#core.interfaces.list(tenant).some(({ profile }) => profile.owns?.some(isOwned));
    if (owned) throw new Problem('identity/not-owner');
  }
}
