// Whom a resource is about, as its reference to a Patient says: what was written of them, else what is known of the person,
// under the number by which images are found.

import type { Identifier, Patient, Reference } from '@medplum/fhirtypes';
import { patientsOf } from '../../fhir/patients-of.ts';
import { knownRegistration } from '../../ingest/identify/known-person.ts';
import type { TenantPeople } from '../../ingest/identify/tenant-people.ts';
import { type NamedIdentifier, writtenAs } from '../../storage/fhir-patients.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { IdentifierSystems } from '../../translate/identifier-systems.ts';
import { patientOfPerson } from '../../translate/patient-of-person.ts';
import { sightedPatient } from '../../translate/sighting-of-patient.ts';
import type { PatientDescription } from '../../translate/sighting-of-pid.ts';
import type { Core } from '../core.ts';
import type { KnownPatients } from './known-patients.ts';

export class Subjects {
  readonly #core: Pick<Core, 'database'>;
  readonly #known: KnownPatients;

  constructor(core: Pick<Core, 'database'>, known: KnownPatients) {
    this.#core = core;
    this.#known = known;
  }

  /** undefined where it names nobody who is known here, or no patient. */
  async of(queries: Queries, tenant: number, subject: Reference = {}): Promise<PatientDescription | undefined> {
    const [id] = patientsOf({ resourceType: 'Basic', subject } as never);
    if (id === undefined) return this.describe(tenant, await this.#issued(tenant, subject.identifier));
    const stored = await currentVersion(queries, { tenant, type: 'Patient', id });
    if (stored?.text === undefined) return this.#ofPerson(queries, tenant, id);
    const { people, systems } = await this.#known.of(tenant);
    const { registration } = (await writtenAs(queries, tenant, id))!;
    const survivor = people.survivorOf(registration);
    if (survivor !== undefined) return this.describe(tenant, survivor);
    return sighted(resourceOf(stored) as Patient, registration, systems);
  }

  /** What is known of one registration by itself. */
  async describe(tenant: number, registration: NamedIdentifier | undefined): Promise<PatientDescription | undefined> {
    if (registration === undefined) return undefined;
    const { people } = await this.#known.of(tenant);
    const around = { database: this.#core.database, tenant, people };
    const { issuer, id } = people.survivorOf(registration) ?? registration;
    const { name, birthDate, sex } = (await knownRegistration(around, { issuer, id }))?.record.fields ?? {};
    if (name === undefined) return undefined;
    return {
      issuer,
      patientId: id,
      name: name.value,
      ...(birthDate && { birthDate: birthDate.value }),
      ...(sex && { sex: sex.value }),
    };
  }

  async #issued(tenant: number, { system, value }: Identifier = {}): Promise<NamedIdentifier | undefined> {
    if (system === undefined || value === undefined) return undefined;
    return { issuer: (await this.#known.of(tenant)).systems.issuerOfSystem(system), id: value };
  }

  async #ofPerson(queries: Queries, tenant: number, id: string): Promise<PatientDescription | undefined> {
    const person = await this.#known.personOf(queries, tenant, id);
    if (person === undefined || person.isGone) return undefined;
    const { people, systems } = await this.#known.of(tenant);
    const registration = numberOf(person.identifiers, id, people);
    return registration && sighted(patientOfPerson(person, systems), registration, systems);
  }
}

/** The one that the id was made from, else the first; where its source merged it, the one that survived. */
function numberOf(
  identifiers: readonly NamedIdentifier[],
  id: string,
  people: TenantPeople,
): NamedIdentifier | undefined {
  const own = identifiers.find((identifier) => people.idOfRegistration(identifier) === id) ?? identifiers[0];
  return own && (people.survivorOf(own) ?? own);
}

function sighted(patient: Patient, { issuer, id }: NamedIdentifier, systems: IdentifierSystems): PatientDescription {
  const isIt = ({ system, value }: Identifier): boolean =>
    value === id && system !== undefined && systems.issuerOfSystem(system) === issuer;
  const system = patient.identifier?.find(isIt)?.system ?? systems.systemOf(issuer);
  return sightedPatient(patient, { system, value: id }, systems);
}
