// FHIR ServiceRequest (R4 servicerequest.html) as an order: with whom it is for (sighting-of-patient.ts), whatever it
// references as the caller has it. What it says of scheduling are its occurrence and its performers.

import type { CodeableConcept, Coding, Identifier, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { readDateTime } from '../hl7v2/date-time.ts';
import { DCM, schemeOf } from './coding.ts';
import { personNameOf } from './fhir-name.ts';
import type { Code, Order, OrderNumber, OrderPriority, OrderStatus, ScheduledStep } from './order.ts';
import { modalityOf, modalityOfWords } from './order-modality.ts';
import { momentOf, present, uidOf } from './order-segments.ts';
import type { PatientDescription } from './sighting-of-pid.ts';

/** R4 request-status; draft and entered-in-error are no orders. */
const statuses: Readonly<Record<string, OrderStatus>> = {
  active: 'SCHEDULED',
  'on-hold': 'ON HOLD',
  completed: 'COMPLETED',
  revoked: 'CANCELED',
  'entered-in-error': 'CANCELED',
};

const priorities: Readonly<Record<string, OrderPriority>> = {
  stat: 'STAT',
  asap: 'HIGH',
  urgent: 'HIGH',
  routine: 'ROUTINE',
};

/** Table 0203. */
const identifierTypes = { placer: 'PLAC', filler: 'FILL', accession: 'ACSN' } as const;

/**
 * undefined for a draft, a proposal, and what is not for images. `display`: what a reference is called, where it says so
 * itself or the caller knows.
 */
export function orderOfServiceRequest(
  request: ServiceRequest,
  patient: PatientDescription,
  display: (reference: Reference | undefined) => string | undefined = (reference) => reference?.display,
): Order | undefined {
  const status = statuses[request.status ?? ''];
  if (status === undefined || /proposal|plan|option/.test(request.intent ?? '')) return undefined;
  const numbers = numbersOf(request);
  const code = codeOf(request.code);
  const modality = modalityIn(request);
  if (modality === undefined && !isImaging(request)) return undefined;
  const moment = momentOf(readDateTime(compact(request.occurrenceDateTime ?? request.occurrencePeriod?.start)));
  return {
    patient,
    ...present({
      ...numbers,
      requestedProcedureId: numbers.accession?.number ?? request.id?.slice(0, 16),
      procedureCode: code,
      procedureDescription: request.code?.text ?? code?.meaning,
      studyInstanceUid: studyUidOf(request.identifier),
      priority: priorities[request.priority ?? ''],
      status,
      reason: request.reasonCode?.[0]?.text ?? codeOf(request.reasonCode?.[0])?.meaning,
      reasonCode: codeOf(request.reasonCode?.[0]),
      comments: request.note?.map(({ text }) => text).join('\n'),
      requestingPhysician: asPersonName(display(request.requester)),
      requestingPhysicianId: request.requester?.identifier?.value ?? request.requester?.reference,
      requestedAt: request.authoredOn,
      neededBy: request.occurrencePeriod?.end?.includes('T') ? request.occurrencePeriod.end : undefined,
      timezone: moment.timezone,
    }),
    steps: [
      {
        id: '',
        ...present({
          modality,
          startDate: moment.date,
          startTime: moment.time,
          description: request.code?.text ?? code?.meaning,
          location: request.locationCode?.[0]?.text ?? display(request.locationReference?.[0]),
          performingPhysician: asPersonName(display(request.performer?.[0])),
        } satisfies Partial<ScheduledStep>),
      },
    ],
  };
}

/** Placer and filler by their type; a request that names neither is placed under its own id. */
function numbersOf({ identifier = [], id }: ServiceRequest) {
  const of = (type: string): OrderNumber | undefined => {
    const found = identifier.find((each) => each.type?.coding?.some((coding) => coding.code === type));
    return found?.value === undefined ? undefined : { number: found.value, issuer: issuerOf(found) };
  };
  const untyped = identifier.find((each) => each.type === undefined && each.value && studyUidOf([each]) === undefined);
  const placer =
    of(identifierTypes.placer) ??
    (untyped && { number: untyped.value!, issuer: issuerOf(untyped) }) ??
    (id === undefined ? undefined : { number: id, issuer: 'ServiceRequest' });
  return { placer, filler: of(identifierTypes.filler), accession: of(identifierTypes.accession) };
}

const issuerOf = ({ system = '', assigner }: Identifier): string =>
  system.startsWith('urn:oid:') ? `${system.slice(8)}&ISO` : system || (assigner?.display ?? '');

/** R4 imagingstudy.html: a UID as an identifier. */
const studyUidOf = (identifiers: readonly Identifier[] = []): string | undefined =>
  identifiers
    .filter(({ system }) => system === 'urn:dicom:uid')
    .map(({ value }) => uidOf(value?.replace(/^urn:oid:/, '')))
    .find((uid) => uid !== undefined);

function codeOf(concept: CodeableConcept | undefined): Code | undefined {
  const coding = concept?.coding?.find(({ code }) => code !== undefined);
  if (coding?.code === undefined) return undefined;
  const { code: value, display, system } = coding;
  return { value, scheme: schemeOf(system), meaning: display ?? concept?.text ?? value };
}

/** A modality among its details or categories, else the word that its procedure begins with. */
function modalityIn({ code, orderDetail = [], category = [] }: ServiceRequest): string | undefined {
  const codings: Coding[] = [...orderDetail, ...category].flatMap(({ coding = [] }) => coding);
  const said = codings.filter(({ system }) => system === DCM).map((coding) => modalityOf(coding.code ?? ''));
  const words = [code?.text, ...(code?.coding ?? []).map(({ display }) => display)].filter(
    (text) => text !== undefined,
  );
  return said.find((each) => each !== undefined) ?? words.map(modalityOfWords).find((each) => each !== undefined);
}

/** SNOMED CT 363679005 and table 0074: imaging. */
const isImaging = ({ category = [] }: ServiceRequest): boolean =>
  category.some(({ coding = [] }) => coding.some(({ code = '' }) => ['363679005', 'RAD', 'imaging'].includes(code)));

/** A name in words, `Dr. Jane Doe`, is read as PS3.5 6.2.1 has it: family name first; one in components is a name already. */
const asPersonName = (text: string | undefined): string | undefined =>
  text === undefined || text.includes('^') ? text : personNameOf([{ text }]);

/** FHIR writes a dateTime with hyphens and colons. */
const compact = (text: string | undefined): string =>
  (text ?? '')
    .replace(/Z$/, '+0000')
    .replace(/(\d)-(?=\d\d(-|T|$))/g, '$1')
    .replace(/:/g, '');
