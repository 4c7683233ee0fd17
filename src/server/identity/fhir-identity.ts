// What the FHIR door asks of identity (IHE PIXm, PDQm), answered by who is who in this archive.

import type { Patient } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { type Criterion, type CriterionValue, folded, meets, type PatientParameter } from '../../fhir/patient-query.ts';
import type {
  CrossReferences,
  FeedAnswer,
  MatchCandidate,
  PatientFeed,
  PatientIdentifier,
  PatientPage,
} from '../../fhir/rest/handlers.ts';
import type { LoggedAssertion } from '../../ingest/identify/logged.ts';
import {
  type WrittenPatient,
  writtenAbout,
  writtenAs,
  writtenUnder,
  writtenWith,
} from '../../storage/fhir-patients.ts';
import { type ResourceKey, writeVersion } from '../../storage/fhir-resources.ts';
import { appendWithin, type IdentityEntry } from '../../storage/identity-log.ts';
import type { Transaction } from '../../storage/transaction.ts';
import { identifiersOf } from '../../translate/patient-of-person.ts';
import { sightedPatient } from '../../translate/sighting-of-patient.ts';
import type { Core } from '../core.ts';
import type { Asker, Identity, PersonQuery } from '../doors/fhir-handlers.ts';
import type { KnownPatients, PatientPerson, ShownPatient } from '../fhir/known-patients.ts';
import type { PatientSource } from '../fhir/patient-source.ts';
import type { Scope } from '../fhir/scope.ts';
import { ordersFollow } from '../orders/merged-orders.ts';
import { type AlsoNamed, candidatesOf } from './patient-candidates.ts';
import { patientPage } from './patient-page.ts';

export const limits = {
  /** Written Patients that are looked at for one value of a search. */
  writtenPatients: 2_000,
} as const;

/** Parameters of which written Patients keep words. */
const namedBy: ReadonlySet<PatientParameter> = new Set(['family', 'given', 'name', 'birthdate']);

interface Around {
  known: KnownPatients;
  source: PatientSource;
  scope: Scope;
}

export class FhirIdentity implements Identity {
  readonly #core: Core;
  readonly #known: KnownPatients;
  readonly #source: PatientSource;
  readonly #scope: Scope;

  constructor(core: Core, { known, source, scope }: Around) {
    this.#core = core;
    this.#known = known;
    this.#source = source;
    this.#scope = scope;
  }

  async crossReference(
    { tenant }: Asker,
    source: PatientIdentifier | { personId: string },
    targetSystems: readonly string[],
  ): Promise<CrossReferences> {
    const { people, systems } = await this.#known.of(tenant);
    if ('system' in source && !people.knowsIssuer(systems.issuerOfSystem(source.system))) {
      throw new Problem('identity/unknown-domain');
    }
    if (targetSystems.some((system) => !people.knowsIssuer(systems.issuerOfSystem(system)))) {
      throw new Problem('identity/unknown-target');
    }
    const record = await this.#named(tenant, source);
    if (record === undefined) throw new Problem('identity/unknown-identifier');
    const identifiers = identifiersOf(record, systems);
    const wanted =
      targetSystems.length === 0
        ? identifiers
        : identifiers.filter(({ system }) => system !== undefined && targetSystems.includes(system));
    const shown = (await this.#known.shown(this.#scope.queries, tenant, [record])).get(record.id);
    return { identifiers: wanted, personIds: shown === undefined ? [] : [shown.id] };
  }

  async #named(tenant: number, source: PatientIdentifier | { personId: string }): Promise<PatientPerson | undefined> {
    if ('personId' in source) return this.#known.personOf(this.#scope.queries, tenant, source.personId);
    const { people, systems } = await this.#known.of(tenant);
    const identifier = { issuer: systems.issuerOfSystem(source.system), id: source.value };
    const [written] = await writtenWith(this.#scope.queries, tenant, [identifier]);
    const id = people.personOf(identifier) ?? (written && people.personOfEntry(written.sighting));
    return id === undefined ? undefined : (await this.#known.persons(tenant, [id]))[0];
  }

  async feed(asker: Asker, feed: PatientFeed): Promise<FeedAnswer> {
    const { tenant } = asker;
    const { people, systems } = await this.#known.of(tenant);
    const registration = { issuer: systems.issuerOfSystem(feed.identifier.system), id: feed.identifier.value };
    if (feed.kind !== 'revise' && this.#known.isOwned(tenant, registration.issuer)) {
      throw new Problem('identity/not-owner');
    }
    const before = await writtenAbout(this.#scope.queries, tenant, [registration]);
    const created = people.personOf(registration) === undefined && before.length === 0;
    if (feed.kind === 'remove') {
      if (!created) await this.#scope.transact((transaction) => this.#remove(transaction, asker, registration));
      return { created: false };
    }
    const same = feed.kind === 'merge' ? [await this.#same(tenant, registration, feed.survivor)] : [];
    const more = same.map((payload) => ({ kind: 'assertion' as const, payload }));
    const id = await this.#scope.transact(async (transaction) => {
      const [written] = await writtenAbout(transaction, tenant, [registration]);
      const id = written?.id ?? people.idOfRegistration(registration);
      const key = { ...patientKey(tenant, id), by: asker.id };
      const stored = await writeVersion(transaction, key, 'PUT', () => feed.patient);
      await this.#source.wrote(transaction, asker, stored, feed.patient, { registration: feed.identifier, more });
      for (const { of } of same) transaction.lastly(() => ordersFollow(this.#core, transaction, tenant, of));
      return stored.id;
    });
    const { queries } = this.#scope;
    const person = await this.#known.personOf(queries, tenant, id);
    // Where it is not committed yet nobody knows of the person.
    if (person === undefined) return { created };
    const shown = (await this.#known.shown(queries, tenant, [person])).get(person.id);
    return { created, ...(shown && { person: shown }) };
  }

  /** That two registrations are one person. */
  async #same(
    tenant: number,
    registration: { issuer: string; id: string },
    survivor: PatientIdentifier,
  ): Promise<LoggedAssertion> {
    const { people, systems } = await this.#known.of(tenant);
    const other = { issuer: systems.issuerOfSystem(survivor.system), id: survivor.value };
    if (people.personOf(other) === undefined) {
      throw new Problem('fhir/unprocessable', { reason: 'the survivor is not known' });
    }
    const timestamp = new Date().toISOString();
    return { type: 'same', of: [other, registration], authoritative: true, timestamp };
  }

  /** With what was written of it; of what no Patient says the log alone is told. */
  async #remove(transaction: Transaction, asker: Asker, registration: { issuer: string; id: string }): Promise<void> {
    const { tenant, requestId } = asker;
    const written = await writtenAbout(transaction, tenant, [registration]);
    for (const { id } of written) {
      const stored = await writeVersion(
        transaction,
        { ...patientKey(tenant, id), by: asker.id },
        'DELETE',
        () => undefined,
      );
      await this.#source.removed(transaction, asker, stored);
    }
    if (written.length > 0) return;
    const cause = `fhir:${requestId}:removal:${registration.issuer}|${registration.id}`;
    const entries: IdentityEntry[] = [{ tenant, kind: 'removal', cause, payload: { registration } }];
    const ids = await appendWithin(transaction, entries);
    transaction.afterwards(() => this.#core.logged(entries, ids));
  }

  async search({ tenant }: Asker, { criteria, count, cursor, among }: PersonQuery): Promise<PatientPage> {
    const { people, systems } = await this.#known.of(tenant);
    const { queries } = this.#scope;
    const asked = criteria.filter(({ parameter }) => parameter === 'identifier').flatMap(({ values }) => values);
    for (const { text, system } of asked) {
      if (text === '' && system !== undefined && !people.knowsIssuer(systems.issuerOfSystem(system))) {
        throw new Problem('identity/unknown-returned-domain');
      }
    }
    const named = await this.#alsoNamed(tenant, criteria);
    const shown = new Map<string, ShownPatient>();
    const page = await patientPage(
      candidatesOf(people, { criteria, among }, systems, named),
      { count, cursor },
      async (ids) => {
        const persons = (await this.#known.persons(tenant, ids)).filter(({ isGone }) => !isGone);
        for (const [id, patient] of await this.#known.shown(queries, tenant, persons)) shown.set(id, patient);
        // In the order of the ids that identity gave: that of the pages.
        const named = persons.flatMap(({ id }) => (shown.has(id) ? [{ ...shown.get(id)!, id }] : []));
        return named.filter((patient) => meets(patient, criteria) || meets(shown.get(patient.id)!, criteria));
      },
    );
    return { ...page, patients: page.patients.map(({ id }) => shown.get(id)!) };
  }

  /** Persons whom written Patients name: by an id of their own, by identifiers that are no registration, by any name. */
  async #alsoNamed(tenant: number, criteria: readonly Criterion[]): Promise<AlsoNamed> {
    const { people } = await this.#known.of(tenant);
    const found = new Map<CriterionValue, readonly string[]>();
    for (const { parameter, values, modifier } of criteria) {
      for (const value of values) {
        const written = await this.#written(tenant, parameter, value, modifier === 'contains');
        found.set(
          value,
          written.flatMap(({ sighting }) => people.personOfEntry(sighting) ?? []),
        );
      }
    }
    return (value) => found.get(value) ?? [];
  }

  async #written(
    tenant: number,
    parameter: PatientParameter,
    { text, system }: CriterionValue,
    inside: boolean,
  ): Promise<readonly WrittenPatient[]> {
    const { queries } = this.#scope;
    const { systems } = await this.#known.of(tenant);
    if (parameter === '_id') {
      const written = await writtenAs(queries, tenant, text);
      return written === undefined ? [] : [written];
    }
    if (parameter === 'identifier' && system) {
      return writtenWith(queries, tenant, [{ issuer: systems.issuerOfSystem(system), id: text }]);
    }
    if (!namedBy.has(parameter)) return [];
    const word = parameter === 'birthdate' ? text.replace(/^eq/, '') : folded(text).split(' ')[0]!;
    return writtenUnder(queries, tenant, { text: word, inside, limit: limits.writtenPatients });
  }

  async match({ tenant }: Asker, patient: Patient, count: number): Promise<readonly MatchCandidate[]> {
    const { people, systems } = await this.#known.of(tenant);
    const named = patient.identifier?.find(({ system, value }) => system !== undefined && value !== undefined);
    const said = sightedPatient(patient, { system: named?.system ?? '', value: named?.value ?? '' }, systems);
    const asked = { ...said, site: '', timestamp: new Date().toISOString() };
    const candidates = people.match(asked, count).filter(({ grade }) => grade !== 'certainly-not');
    const persons = await this.#known.persons(
      tenant,
      candidates.map(({ person }) => person),
    );
    const shown = await this.#known.shown(this.#scope.queries, tenant, persons);
    return candidates.flatMap(({ person, probability, grade }) => {
      const known = shown.get(person);
      return known === undefined ? [] : [{ patient: known, score: probability, grade }];
    });
  }
}

const patientKey = (tenant: number, id: string): ResourceKey => ({ tenant, type: 'Patient', id });
