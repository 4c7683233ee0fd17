// A written Patient is what a source says of one of its registrations: it enters the identity log in the transaction that
// writes it.

import { randomUUID } from 'node:crypto';
import type { Patient } from '@medplum/fhirtypes';
import { folded } from '../../fhir/patient-query.ts';
import type { LoggedSighting } from '../../ingest/identify/logged.ts';
import { type NamedIdentifier, nameWrittenPatient, writtenAbout, writtenAs } from '../../storage/fhir-patients.ts';
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
    const before = (await writtenAs(transaction, tenant, id))?.registration;
    const names = identifiersOf(patient);
    const kept = names.find((name) => before !== undefined && isSame(issued(name), before));
    const main = registration ?? kept ?? names[0] ?? { system: OWN_SYSTEM, value: id };
    const identifiers = [main, ...names].map(issued);
    const sighting: LoggedSighting = {
      ...sightedPatient(patient, main, systems),
      site,
      timestamp: lastUpdated.toISOString(),
      medium: 'fhir',
    };
    const left =
      before === undefined || isSame(before, issued(main)) ? [] : await this.#left(transaction, tenant, before);
    const said = [{ kind: 'sighting' as const, payload: sighting }, ...more, ...left];
    const [entry] = await this.#log(transaction, tenant, `fhir:Patient/${id}/${version}`, said);
    await nameWrittenPatient(transaction, tenant, id, { identifiers, words: wordsOf(patient), sighting: entry! });
  }

  /** The Patient was deleted as `version`. */
  async removed(transaction: Transaction, { tenant }: Asker, { id, version }: StoredVersion): Promise<void> {
    const written = await writtenAs(transaction, tenant, id);
    const left = written === undefined ? [] : await this.#left(transaction, tenant, written.registration);
    await this.#log(transaction, tenant, `fhir:Patient/${id}/${version}`, left);
  }

  /** A registration goes with the last Patient that speaks of it, unless another source owns it. */
  async #left(transaction: Transaction, tenant: number, registration: NamedIdentifier) {
    if (this.#known.isOwned(tenant, registration.issuer)) return [];
    const others = await writtenAbout(transaction, tenant, [registration]);
    return others.length > 0 ? [] : [{ kind: 'removal' as const, payload: { registration } }];
  }

  /** Known here when it is committed; resolves to the ids of the log. */
  async #log(
    transaction: Transaction,
    tenant: number,
    cause: string,
    said: readonly Pick<IdentityEntry, 'kind' | 'payload'>[],
  ): Promise<(string | undefined)[]> {
    if (said.length === 0) return [];
    const entries = said.map(({ kind, payload }, at) => ({ tenant, kind, cause: `${cause}:${at}`, payload }));
    const ids = await appendWithin(transaction, entries);
    transaction.afterwards(() => this.#core.logged(entries, ids));
    return ids;
  }
}

/** Those that say who gave them out. */
const identifiersOf = ({ identifier = [] }: Patient): Named[] =>
  identifier.flatMap(({ system, value }) => (system && value ? [{ system, value }] : []));

/** By which a search may look for it: see fhir/patient-query.ts. */
function wordsOf({ name = [], birthDate }: Patient): string[] {
  const names = name.flatMap(({ family, given = [], text }) => [family, ...given, text]);
  const words = names.flatMap((each) => folded(each ?? '').split(' ')).filter((word) => word !== '');
  return [...words, ...(birthDate === undefined ? [] : [birthDate])];
}

const isSame = (one: NamedIdentifier, other: NamedIdentifier): boolean =>
  one.issuer === other.issuer && one.id === other.id;
