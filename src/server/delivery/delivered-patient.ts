// Whose the objects of a delivery are: as they came; under the number that survived a merge of their source; or as the
// person of the golden record, where that is what is served, or what the rule asks for.

import { namesPatient, stepsOf, takesPerson } from '../../delivery/form-of.ts';
import { asReceived, labelOf, type SentPatient } from '../../delivery/sent-patient.ts';
import type { CoercedValues } from '../../dicom/coercion.ts';
import type { Identifier } from '../../identity/sighting.ts';
import { knownRegistration } from '../../ingest/identify/known-person.ts';
import type { ServedDemographics } from '../../storage/served-demographics.ts';
import { demographicsOf } from '../../translate/demographics-of-person.ts';
import type { Core } from '../core.ts';
import { reconciledDemographics } from '../identity/reconciled-demographics.ts';

export interface Delivered {
  tenant: number;
  study: string;
  form: string;
}

export class DeliveredPatients {
  readonly #core: Core;
  readonly #reconciled: ServedDemographics;

  constructor(core: Core) {
    this.#core = core;
    this.#reconciled = reconciledDemographics(core);
  }

  /** `isCurrent`: once everything that is logged until now is known here. */
  async of({ tenant, study, form }: Delivered, isCurrent = false): Promise<SentPatient> {
    const steps = stepsOf(form);
    const isPerson = steps.some(takesPerson) || this.#core.config.demographics === 'reconciled';
    const takes = isPerson || steps.some((step) => 'coerce' in step && step.coerce.from === 'person');
    const { people } = await this.#core.identity();
    if (isCurrent || isPerson) await people.follow();
    const ofTenant = people.of(tenant);
    // The rule itself says whose it is, or the person gives values other than the number alone.
    const values = takes ? (await this.#reconciled(tenant, [study])).get(study)?.values : undefined;
    if (steps.some(namesPatient)) return { label: asReceived, ...(values && { values }) };
    if (isPerson) {
      const person = values && { issuer: this.#core.config.identityDomain, id: `${values.PatientID}` };
      return person === undefined ? { label: asReceived } : { label: labelOf(person), values };
    }
    const survivor = ofTenant.survivorOfStudy(study);
    if (survivor === undefined) return { label: asReceived, ...(values && { values }) };
    return { label: labelOf({ id: survivor.id }), values: await this.#registered(tenant, survivor) };
  }

  /** What its source says of a number that survived. */
  async #registered(tenant: number, survivor: Identifier): Promise<CoercedValues> {
    const { people } = await this.#core.identity();
    const around = { database: this.#core.database, tenant, people: people.of(tenant) };
    const known = await knownRegistration(around, survivor);
    const said = known === undefined ? {} : demographicsOf(known, '');
    const { PatientName, PatientBirthDate, PatientSex } = said;
    return {
      PatientID: survivor.id,
      ...(PatientName && { PatientName }),
      ...(PatientBirthDate && { PatientBirthDate }),
      ...(PatientSex && { PatientSex }),
    };
  }
}
