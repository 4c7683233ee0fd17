// Objects to a FHIR server that is no DICOM archive: each as a Binary, with the DocumentReference that says what it is, but a
// report as its DiagnosticReport. The DocumentReference is the one of its SOP Instance UID, the DiagnosticReport that of its
// number, however often it is sent. FHIR R4 http.html 3.1.0.4.3 (conditional
// update), documentreference.html.

import type { DiagnosticReport, Reference } from '@medplum/fhirtypes';
import type { Form, ObjectLine, Outcome } from '../../delivery/line.ts';
import type { PatientNumber } from '../../delivery/sent-patient.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Results } from '../reports/outgoing-results.ts';
import { type Depart, type Departure, departing } from './departure.ts';
import { FhirClient } from './fhir-client.ts';
import { httpOutcome } from './http-outcome.ts';
import { madeDeparture } from './made-departure.ts';
import type { Settings } from './settings-schemas.ts';
import type { Noticing } from './study-notice.ts';

/** Each kind of identifier of a DICOM object is a URI: FHIR R4 imagingstudy.html 9.7.6.1. */
const uri = (uid: string) => ({ system: 'urn:ietf:rfc:3986', value: `urn:oid:${uid}` });

const unreferenced = <R extends Reference | undefined>(reference: R): R => {
  if (reference === undefined) return reference;
  const { reference: _, ...named } = reference;
  return named as R;
};

export interface FhirContext {
  depart: Depart;
  notice: Noticing;
  results: Results;
  systemOf(issuer: string): string;
}

export class FhirDocumentsLine implements ObjectLine {
  readonly #client: FhirClient;
  readonly #context: FhirContext;

  constructor(settings: Settings<'fhir'>, context: FhirContext) {
    this.#client = new FhirClient(settings);
    this.#context = context;
  }

  async send(instance: KeptInstance, form: Form): Promise<Outcome> {
    // What a rule changes on the way it changes in documents of DICOM.
    const [result] = form.steps.length > 0 ? [] : await this.#context.results(form.tenant, [instance]);
    const reported = result && (await this.#report(result.resource));
    return reported ?? this.#document(instance, form);
  }

  #document(instance: KeptInstance, form: Form): Promise<Outcome> {
    return departing(this.#context.depart, instance, form, async (departure) =>
      this.#post(
        departure,
        departure.patient ? this.#subject(departure.patient) : await this.#described(instance, form),
      ),
    );
  }

  sendMade(dataset: DataSet): Promise<Outcome> {
    const departure = madeDeparture(dataset);
    return this.#post(departure, this.#subject(departure.patient ?? {}));
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#client.abort();
  }

  /** undefined where it has no number by which it would be the same report there. */
  async #report({ id: _, meta: __, ...report }: DiagnosticReport): Promise<Outcome | undefined> {
    const numbered = report.identifier?.find(({ value }) => value !== undefined);
    if (numbered === undefined) return undefined;
    // Resources of ours have no place there: whom and what they name, they name by number too.
    const body = {
      ...report,
      subject: unreferenced(report.subject),
      imagingStudy: report.imagingStudy?.map(unreferenced),
    };
    const { system = '', value } = numbered;
    const which = `DiagnosticReport?identifier=${encodeURIComponent(`${system}|${value}`)}`;
    const answer = await this.#client.send('PUT', which, JSON.stringify(body), 'application/fhir+json');
    if (!answer.ok) return httpOutcome(answer.status);
    return httpOutcome(answer.status, await this.#client.referenceOf(answer, 'DiagnosticReport'));
  }

  async #post({ sendable, file }: Departure, described: object): Promise<Outcome> {
    const binary = await this.#client.send('POST', 'Binary', file(), 'application/dicom');
    if (!binary.ok) return httpOutcome(binary.status);
    const url = await this.#client.referenceOf(binary, 'Binary');
    const { sopInstanceUid, studyInstanceUid, sopClassUid } = sendable;
    const document = {
      resourceType: 'DocumentReference',
      masterIdentifier: uri(sopInstanceUid),
      identifier: [uri(sopInstanceUid)],
      status: 'current',
      ...described,
      content: [
        {
          attachment: { contentType: 'application/dicom', url },
          format: { system: 'urn:ietf:rfc:3986', code: `urn:oid:${sopClassUid}` },
        },
      ],
      context: { related: [{ identifier: { system: 'urn:dicom:uid', value: `urn:oid:${studyInstanceUid}` } }] },
    };
    const { system, value } = uri(sopInstanceUid);
    const which = `DocumentReference?identifier=${encodeURIComponent(`${system}|${value}`)}`;
    const answer = await this.#client.send('PUT', which, JSON.stringify(document), 'application/fhir+json');
    if (answer.ok) return httpOutcome(answer.status, await this.#client.referenceOf(answer, 'DocumentReference'));
    // Nobody would find it.
    await this.#client.send('DELETE', url).catch(() => undefined);
    return httpOutcome(answer.status);
  }

  /** Whose it is and what it is called, of what goes as it is kept. */
  async #described(instance: KeptInstance, form: Form): Promise<object> {
    const { facts } = await this.#context.notice([instance], form);
    const { patientId: id, issuer } = facts.person ?? {};
    return {
      ...this.#subject({ ...(id && { id }), ...(issuer && { issuer }) }),
      ...(facts.study.description && { description: facts.study.description }),
    };
  }

  #subject({ id: value, issuer }: PatientNumber): object {
    const system = issuer && this.#context.systemOf(issuer);
    return value === undefined ? {} : { subject: { identifier: { ...(system && { system }), value } } };
  }
}
