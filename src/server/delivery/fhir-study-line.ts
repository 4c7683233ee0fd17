// A study to a FHIR server as ImagingStudy, as our own door has it, with the Endpoint at which its images are. It is the one of its
// Study Instance UID, however often it is sent, and what is sent again takes its place. FHIR R4 imagingstudy.html; http.html
// 3.1.0.4.3 (conditional update).

import type { Endpoint, ImagingStudy, Reference } from '@medplum/fhirtypes';
import { asProblem, Problem } from '../../base/problem.ts';
import type { Form, NoticeLine, Outcome } from '../../delivery/line.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { DerivedStudies } from '../fhir/derived-study.ts';
import { wadoEndpoint } from '../fhir/wado-endpoint.ts';
import { FhirClient } from './fhir-client.ts';
import { httpOutcome } from './http-outcome.ts';
import type { Settings } from './settings-schemas.ts';

export interface FhirStudyContext {
  derived: Pick<DerivedStudies, 'under'>;
  systemOf(issuer: string): string;
}

const JSON_TYPE = 'application/fhir+json';
const CONTAINED = 'wado';

export class FhirStudyLine implements NoticeLine {
  readonly replaces = true;
  readonly #client: FhirClient;
  readonly #settings: Settings<'fhir'>;
  readonly #context: FhirStudyContext;
  /** That the receiver made for us. */
  #endpoint: Reference<Endpoint> | undefined;

  constructor(settings: Settings<'fhir'>, context: FhirStudyContext) {
    this.#client = new FhirClient(settings);
    this.#settings = settings;
    this.#context = context;
  }

  async tell([instance]: readonly KeptInstance[], form: Form): Promise<Outcome> {
    if (form.steps.length > 0)
      return { refused: 'delivery/not-transformed', reason: 'an ImagingStudy changes nothing' };
    const { studyInstanceUid } = instance!;
    const found = await this.#context.derived.under(form.tenant, studyInstanceUid, 'instances');
    const study = found.find(({ row }) => row.patients.some(({ id }) => id === form.study))?.resource;
    if (study === undefined) return { refused: 'catalogue/not-found' };
    try {
      const body = JSON.stringify(await this.#told(study, form));
      const which = queryOf('ImagingStudy', { system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` });
      const answer = await this.#client.send('PUT', which, body, JSON_TYPE);
      if (!answer.ok) return httpOutcome(answer.status);
      return httpOutcome(answer.status, await this.#client.referenceOf(answer, 'ImagingStudy'));
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code !== 'delivery/refused') throw thrown;
      return { refused: code };
    }
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#client.abort();
  }

  /** Its ids are those of the receiver, and the patient is named by number: nobody there knows ours. */
  async #told({ id: _, meta: __, ...study }: ImagingStudy, { patient }: Form): Promise<ImagingStudy> {
    const { identifier } = study.subject;
    const number = patient?.PatientID;
    const issuer = patient?.IssuerOfPatientID;
    const system = typeof issuer === 'string' ? this.#context.systemOf(issuer) : identifier?.system;
    const named = number === undefined ? identifier : { ...(system && { system }), value: String(number) };
    const subject = { type: 'Patient', ...(named ? { identifier: named } : { display: 'not identified' }) } as const;
    const endpoint = this.#settings.dicomweb === undefined ? undefined : wadoEndpoint(this.#settings.dicomweb);
    const { endpoint: ___, ...rest } = study;
    if (endpoint === undefined) return { ...rest, subject };
    if (this.#settings.endpoint === 'created') return { ...rest, subject, endpoint: [await this.#created(endpoint)] };
    const contained = [{ ...endpoint, id: CONTAINED }];
    return { ...rest, contained, subject, endpoint: [{ reference: `#${CONTAINED}`, type: 'Endpoint' }] };
  }

  async #created(endpoint: Omit<Endpoint, 'id'>): Promise<Reference<Endpoint>> {
    if (this.#endpoint !== undefined) return this.#endpoint;
    const identifier = { system: 'urn:ietf:rfc:3986', value: endpoint.address! };
    const body = JSON.stringify({ ...endpoint, identifier: [identifier] });
    const answer = await this.#client.send('PUT', queryOf('Endpoint', identifier), body, JSON_TYPE);
    // What it says of the Endpoint it says of the study that needs it.
    if (!answer.ok)
      throw new Problem('refused' in httpOutcome(answer.status) ? 'delivery/refused' : 'delivery/not-now');
    this.#endpoint = { reference: await this.#client.referenceOf(answer, 'Endpoint'), type: 'Endpoint' };
    return this.#endpoint;
  }
}

const queryOf = (type: string, { system, value }: { system: string; value: string }): string =>
  `${type}?identifier=${encodeURIComponent(`${system}|${value}`)}`;
