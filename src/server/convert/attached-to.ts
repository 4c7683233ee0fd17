// What a DocumentReference or a Media that was written here belongs to: its patient by identity, its order, its study, its
// encounter. Bytes of a Binary that is kept here; nothing is fetched from elsewhere.

import type { Attachment, Binary, Encounter, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import { fromBase64 } from '../../dicom/base64.ts';
import { orderNamed } from '../../orders/order-store.ts';
import { currentVersion, resourceOf } from '../../storage/fhir-resources.ts';
import type { Queries } from '../../storage/transaction.ts';
import { type Attached, studyUidIn } from '../../translate/attached.ts';
import { readImagingStudyId } from '../../translate/imaging-study-id.ts';
import { orderOfServiceRequest } from '../../translate/order-of-service-request.ts';
import type { PatientDescription } from '../../translate/sighting-of-pid.ts';
import type { Subjects } from '../fhir/subject.ts';
import type { Claim } from './whose-file.ts';

export interface Around {
  queries: Queries;
  tenant: number;
  subjects: Subjects;
  /** The root of our FHIR door as clients know it; undefined where nobody said. */
  root: string | undefined;
}

export interface AttachedTo {
  claim: Claim;
  /** What attachments of one study have in common where nobody names the study. */
  together: string;
}

/** `self`: the resource, as Type/id. */
export async function attachedTo(around: Around, self: string, attached: Attached): Promise<AttachedTo> {
  const { queries, tenant, subjects } = around;
  const patient = attached.subject && (await subjects.of(queries, tenant, attached.subject));
  const { claim = {}, reference } = (await firstOf(attached.related, (one) => ordered(around, one, patient))) ?? {};
  const encounter = await referred<Encounter>(around, attached.encounter, 'Encounter');
  const numbers = encounter?.identifier?.map(({ value }) => value) ?? [attached.encounter?.identifier?.value];
  const admissionId = numbers.find((value) => value !== undefined)?.slice(0, 64);
  const isAlone = attached.encounter === undefined;
  const date = isAlone ? attached.date : encounter?.period?.start;
  return {
    claim: {
      ...(patient && {
        patientId: patient.patientId,
        issuerOfPatientId: patient.issuer || undefined,
        patientName: patient.name,
        birthDate: patient.birthDate,
        sex: ['F', 'M', 'O'].includes(patient.sex ?? '') ? (patient.sex as 'F' | 'M' | 'O') : undefined,
      }),
      ...claim,
      admissionId,
      studyDate: /^\d{4}-\d\d-\d\d/.exec(date ?? '')?.[0].replaceAll('-', ''),
      studyDescription: isAlone ? attached.description?.slice(0, 64) : undefined,
    },
    together: reference ?? attached.encounter?.reference ?? self,
  };
}

/** Of an ImagingStudy its UID, of an order the number that its images come back with. */
async function ordered(
  around: Around,
  reference: Reference,
  patient: PatientDescription | undefined,
): Promise<{ claim: Claim; reference?: string } | undefined> {
  const { queries, tenant } = around;
  const [, study] = /(?:^|\/)ImagingStudy\/([A-Za-z0-9\-.]{1,64})/.exec(reference.reference ?? '') ?? [];
  const studyInstanceUid = studyUidIn(reference) ?? (study && readImagingStudyId(study)?.studyInstanceUid);
  if (studyInstanceUid) return { claim: { studyInstanceUid } };
  const request = await referred<ServiceRequest>(around, reference, 'ServiceRequest');
  if (request === undefined || patient === undefined) return undefined;
  const order = orderOfServiceRequest(request, patient);
  const kept = order && (await orderNamed(queries, tenant, order));
  if (kept !== undefined) {
    const { accession } = kept;
    return {
      claim: accession ? { accessionNumber: accession.number } : { studyInstanceUid: kept.studyInstanceUid },
    };
  }
  // What is ordered is no imaging, but it is one occasion.
  return reference.reference === undefined ? undefined : { claim: {}, reference: reference.reference };
}

/** Rejects with dicom/not-expressible where it lies elsewhere or is not here, with dicom/unreadable where it is no base64. */
export async function bytesOf(
  around: Around,
  { data, url }: Attachment,
): Promise<{ bytes: Uint8Array; type?: string }> {
  if (data !== undefined) return { bytes: decoded(data) };
  const own = around.root !== undefined && url?.startsWith(`${around.root}/`);
  const isRelative = url !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(url);
  const binary = own || isRelative ? await referred<Binary>(around, { reference: url }, 'Binary') : undefined;
  if (binary === undefined) throw new Problem('dicom/not-expressible', { what: 'an attachment that is not here' });
  return { bytes: decoded(binary.data ?? ''), ...(binary.contentType && { type: binary.contentType }) };
}

function decoded(data: string): Uint8Array {
  const bytes = fromBase64(data);
  if (bytes !== undefined) return bytes;
  throw new Problem('dicom/unreadable', { offset: 0, reason: 'an attachment that is no base64' });
}

async function referred<R>(
  { queries, tenant }: Around,
  reference: Reference | undefined,
  type: 'Binary' | 'Encounter' | 'ServiceRequest',
): Promise<R | undefined> {
  const pattern = new RegExp(`(?:^|/)${type}/([A-Za-z0-9\\-.]{1,64})(?:/_history/[^/]+)?$`);
  const [, id] = pattern.exec(reference?.reference ?? '') ?? [];
  const stored = id === undefined ? undefined : await currentVersion(queries, { tenant, type, id });
  return stored?.text === undefined ? undefined : (resourceOf(stored) as R);
}

async function firstOf<T, Found>(list: readonly T[], find: (one: T) => Promise<Found | undefined>) {
  for (const one of list) {
    const found = await find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
