// What rules can ask of the order that a study was made for (routing/facts.ts).

import type { StudyFacts } from '../routing/facts.ts';
import type { NextAppointment } from '../storage/next-appointments.ts';
import type { OrderOfStudy } from '../storage/orders-of-studies.ts';
import type { Order } from '../translate/order.ts';

/** Whether a document of rules asks about orders, or appointments. */
export const asksForOrder = (document: unknown): boolean => /\b(order|appointment)\./.test(JSON.stringify(document));

/** Of an order of which nothing came yet. `tenant`: its name; `procedure`: what it is, as normalised. */
export function factsOfOrder(
  order: Order & { studyInstanceUid: string },
  tenant: string,
  procedure: StudyFacts['procedure'],
  appointment?: NextAppointment,
): StudyFacts {
  const { accession, patient, procedureDescription, steps, status = 'SCHEDULED' } = order;
  return {
    tenant,
    study: {
      uid: order.studyInstanceUid,
      ...(accession && { accessionNumber: accession.number }),
      ...(procedureDescription && { description: procedureDescription }),
      modalities: [...new Set(steps.flatMap(({ modality }) => modality ?? []))],
      series: [],
    },
    procedure,
    person: {
      patientId: patient.patientId,
      issuer: patient.issuer,
      ...(patient.sex && { sex: patient.sex }),
    },
    ...orderAndAppointment({ status, document: order }, appointment),
  };
}

/** An order that does not say itself when its result is needed is needed when the next appointment begins. */
export function orderAndAppointment(
  order: Pick<OrderOfStudy, 'status' | 'document'> | undefined,
  appointment: NextAppointment | undefined,
): Pick<StudyFacts, 'order' | 'appointment'> {
  const neededBy = appointment && { neededBy: appointment.startsAt };
  const facts = { ...neededBy, ...(order === undefined ? { known: false } : orderFacts(order)) };
  if (appointment === undefined) return { order: facts };
  const { startsAt: start, service, location } = appointment;
  return { order: facts, appointment: { start, ...(service && { service }), ...(location && { location }) } };
}

export function orderFacts({ status, document }: Pick<OrderOfStudy, 'status' | 'document'>): StudyFacts['order'] {
  const order = document as Order;
  const [step] = order.steps;
  const requestedAt = momentOf(order.requestedAt);
  const neededBy = momentOf(order.neededBy);
  const scheduledAt = momentOf(scheduledIso(step?.startDate, step?.startTime, order.timezone));
  return {
    known: true,
    status,
    ...(order.placer && { placerNumber: order.placer.number }),
    ...(order.filler && { fillerNumber: order.filler.number }),
    ...(order.priority && { priority: order.priority }),
    ...(order.procedureCode && { procedureCode: order.procedureCode.value }),
    ...(order.procedureDescription && { procedureText: order.procedureDescription }),
    ...(order.reason && { reason: order.reason }),
    ...(order.visit?.patientClass && { patientClass: order.visit.patientClass }),
    ...(order.visit?.location && { location: order.visit.location }),
    ...(order.requestingService && { facility: order.requestingService }),
    ...(order.requestingPhysician && { orderedBy: order.requestingPhysician.replaceAll('^', ' ').trim() }),
    ...(requestedAt && { requestedAt }),
    ...(scheduledAt && { scheduledAt }),
    ...(neededBy && { neededBy }),
  };
}

/** ISO 8601 of a date and a time of DICOM. */
function scheduledIso(date?: string, time = '000000', timezone = ''): string | undefined {
  if (date === undefined) return undefined;
  const day = date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const moment = time.replace(/^(\d{2})(\d{2})(\d{2}).*$/, '$1:$2:$3');
  return `${day}T${moment}${timezone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`;
}

/** What has no zone is in that of this machine. */
function momentOf(iso: string | undefined): Date | undefined {
  const at = new Date(iso ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
}
