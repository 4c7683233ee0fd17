// A written Patient is what a source says of one of its registrations: it enters the identity log in the transaction that
// writes it.

import { randomUUID } from 'node:crypto';
import type { Patient } from '@medplum/fhirtypes';
import type { LoggedSighting } from '../../ingest/identify/logged.ts';
import {
  type NamedIdentifier,
  nameWrittenPatient,
  registrationOfWritten,
  writtenAbout,
} from '../../storage/fhir-patients.ts';
import { currentVersion, type StoredVersion } from '../../storage/fhir-resources.ts';
import { appendWithin, type IdentityEntry } from '../../storage/identity-log.ts';
import type { Queries, Transaction } from '../../storage/transaction.ts';
import { sightedPatient } from '../../translate/sighting-of-patient.ts';
import type { Core } from '../core.ts';
import type { Asker } from '../doors/fhir-handlers.ts';
import { type KnownPatients, OWN_SYSTEM } from './known-patients.ts';

interface Named {
  system: string;
  value: string;
}

export class PatientSource {
  readonly #core: Core;
  readonly #known: KnownPatients;

  constructor(core: Core, known: KnownPatients) {
    this.#core = core;
    this.#known = known;
  }

  /** That of the person whom the registration makes, where nothing was written under it yet. */
  async newIdOf(queries: Queries, tenant: number, patient: Patient): Promise<string> {
    const [named] = identifiersOf(patient);
    if (named === undefined) return randomUUID();
    const { people, systems } = await this.#known.of(tenant);
    const id = people.idOfRegistration({ issuer: systems.issuerOfSystem(named.system), id: named.value });
    return (await currentVersion(queries, { tenant, type: 'Patient', id })) === undefined ? id : randomUUID();
  }

  /**
   * `patient` was written as `version`: says so of `registration`, or of the one it spoke of before where it still has that
   * identifier, else of its first. `more` goes into the log after it.
   */
  async wrote(
    transaction: Transaction,
    { tenant, id: site }: Asker,
    { id, version, lastUpdated }: StoredVersion,
    patient: Patient,
    {
      registration,
      more = [],
    }: { registration?: Named; more?: readonly Pick<IdentityEntry, 'kind' | 'payload'>[] } = {},
  ): Promise<void> {
    const { systems } = await this.#known.of(tenant);
    const issued = ({ system, value }: Named): NamedIdentifier => ({
      issuer: systems.issuerOfSystem(system),
      id: value,
    });
    const before = await registrationOfWritten(transaction, tenant, id);
    const names = identifiersOf(patient);
    const kept = names.find((name) => before !== undefined && isSame(issued(name), before));
    const main = registration ?? kept ?? names[0] ?? { system: OWN_SYSTEM, value: id };
    await nameWrittenPatient(transaction, tenant, id, [main, ...names].map(issued));
    const sighting: LoggedSighting = {
      ...sightedPatient(patient, main, systems),
      site,
      timestamp: lastUpdated.toISOString(),
      medium: 'fhir',
    };
    const left =
      before === undefined || isSame(before, issued(main)) ? [] : await this.#left(transaction, tenant, before);
    await this.#log(transaction, tenant, `fhir:Patient/${id}/${version}`, [
      { kind: 'sighting', payload: sighting },
      ...more,
      ...left,
    ]);
  }

  /** The Patient was deleted as `version`. */
  async removed(transaction: Transaction, { tenant }: Asker, { id, version }: StoredVersion): Promise<void> {
    const registration = await registrationOfWritten(transaction, tenant, id);
    const left = registration === undefined ? [] : await this.#left(transaction, tenant, registration);
    await this.#log(transaction, tenant, `fhir:Patient/${id}/${version}`, left);
  }

  /** A registration goes with the last Patient that speaks of it, unless another source owns it. */
  async #left(transaction: Transaction, tenant: number, registration: NamedIdentifier) {
    if (this.#known.isOwned(tenant, registration.issuer)) return [];
    const others = await writtenAbout(transaction, tenant, [registration]);
    return others.length > 0 ? [] : [{ kind: 'removal' as const, payload: { registration } }];
  }

  /** Known here when it is committed. */
  async #log(
    transaction: Transaction,
    tenant: number,
    cause: string,
    said: readonly Pick<IdentityEntry, 'kind' | 'payload'>[],
  ): Promise<void> {
    if (said.length === 0) return;
    const entries = said.map(({ kind, payload }, at) => ({ tenant, kind, cause: `${cause}:${at}`, payload }));
    const ids = await appendWithin(transaction, entries);
    transaction.afterwards(() => this.#core.logged(entries, ids));
  }
}

/** Those that say who gave them out. */
const identifiersOf = ({ identifier = [] }: Patient): Named[] =>
  identifier.flatMap(({ system, value }) => (system && value ? [{ system, value }] : []));

const isSame = (one: NamedIdentifier, other: NamedIdentifier): boolean =>
  one.issuer === other.issuer && one.id === other.id;
