// An imaging order as every protocol that speaks of one can say it: one Requested Procedure and the steps it is scheduled in
// (PS3.4 K.6.1.2, IHE RAD TF-2 4.4). HL7 v2 (order-of-message.ts, appointment-of-message.ts) and FHIR
// (order-of-service-request.ts) come to it, worklists (worklist-item.ts) are made of it.

import type { Code } from '../dicom/key-object-selection.ts';
import type { PatientDescription } from './sighting-of-pid.ts';

/** An entity identifier: a number and who gave it, as in assigning-authority.ts; '' where nobody is named. */
export interface OrderNumber {
  number: string;
  issuer: string;
}

export type { Code };

/** Of an order and of each of its steps. Those of the last line are over: nobody is asked to do them. */
export type OrderStatus =
  | 'SCHEDULED'
  | 'ARRIVED'
  | 'ON HOLD'
  | 'IN PROGRESS'
  | 'COMPLETED'
  | 'DISCONTINUED'
  | 'CANCELED';

/** Requested Procedure Priority (0040,1003). */
export type OrderPriority = 'STAT' | 'HIGH' | 'ROUTINE' | 'MEDIUM' | 'LOW';

/** A Scheduled Procedure Step. What nobody said is absent. */
export interface ScheduledStep {
  /** Scheduled Procedure Step ID; '' where nobody said it: see orderAfter. */
  id: string;
  modality?: string;
  /** Of those that may do it; none: any of the modality. */
  stationAeTitles?: string[];
  stationName?: string;
  location?: string;
  /** YYYYMMDD. */
  startDate?: string;
  /** HHMMSS. */
  startTime?: string;
  /** As a PN. */
  performingPhysician?: string;
  description?: string;
  protocolCodes?: Code[];
  /** Absent: that of its order. */
  status?: OrderStatus;
}

export interface Order {
  placer?: OrderNumber;
  filler?: OrderNumber;
  accession?: OrderNumber;
  /** SCH-1 or SCH-2 of who scheduled it. */
  appointment?: OrderNumber;
  requestedProcedureId?: string;
  procedureCode?: Code;
  procedureDescription?: string;
  studyInstanceUid?: string;
  priority?: OrderPriority;
  /** Absent: as it was, and SCHEDULED of a new one. */
  status?: OrderStatus;
  reason?: string;
  reasonCode?: Code;
  comments?: string;
  /** As PN, each. */
  requestingPhysician?: string;
  /** Under which whoever requested it is known to the sender. */
  requestingPhysicianId?: string;
  referringPhysician?: string;
  enteredBy?: string;
  requestingService?: string;
  transport?: string;
  /** When it was requested, ISO 8601 as far as it was said. */
  requestedAt?: string;
  /** When its result is needed at the latest, ISO 8601 with a time of day. */
  neededBy?: string;
  /** Offset from UTC of the times of its steps, `+0100`; absent where nobody said. */
  timezone?: string;
  patient: OrderedFor;
  visit?: OrderVisit;
  steps: ScheduledStep[];
}

/** The patient as the order names them, and what a modality has to know of them. */
export interface OrderedFor extends PatientDescription {
  /** In kg and in m. */
  weight?: string;
  size?: string;
  allergies?: string;
  medicalAlerts?: string;
  /** Pregnancy Status (0010,21C0): 1 not pregnant, 2 possibly, 3 definitely, 4 unknown. */
  pregnancyStatus?: number;
}

export interface OrderVisit {
  /** Table 0004. */
  patientClass?: string;
  location?: string;
  admissionId?: OrderNumber;
}

/** Whether nobody is asked to do it any more. */
export const isOver = (status: OrderStatus | undefined): boolean =>
  status === 'COMPLETED' || status === 'DISCONTINUED' || status === 'CANCELED';

/**
 * What is known once `said` has been said of `known`: a value that is not said stays (HL7 v2 2.5.3), steps are told apart by
 * their id, those without one by their place. A status of the whole order is that of all steps which are not over.
 */
export function orderAfter(known: Order | undefined, said: Order): Order {
  if (known === undefined) return { ...said, steps: withIds(said.steps, said) };
  const { steps, patient, visit, ...rest } = said;
  const isSame = patient.issuer === known.patient.issuer && patient.patientId === known.patient.patientId;
  const named = withIds(
    steps.map((step, at) => ({ ...step, id: step.id || known.steps[at]?.id || '' })),
    { ...known, ...rest },
  );
  const merged = new Map(known.steps.map((step) => [step.id, step]));
  for (const step of named) merged.set(step.id, { ...merged.get(step.id), ...step });
  return {
    ...known,
    ...rest,
    patient: isSame ? { ...known.patient, ...patient } : patient,
    ...((known.visit ?? visit) && { visit: { ...known.visit, ...visit } }),
    steps: [...merged.values()].map((step) => stepAfter(step, rest.status, named)),
  };
}

/** Scheduled Procedure Step ID is of type 1: a step that has none is called by the number of what it belongs to. */
function withIds(steps: readonly ScheduledStep[], order: Omit<Order, 'steps'>): ScheduledStep[] {
  const { requestedProcedureId, filler, placer, appointment } = order;
  const number = requestedProcedureId ?? filler?.number ?? placer?.number ?? appointment?.number ?? '1';
  return steps.map((step, at) => (step.id === '' ? { ...step, id: at === 0 ? number : `${number}.${at + 1}` } : step));
}

/** A step that says of itself how it stands is left to it. */
function stepAfter(
  step: ScheduledStep,
  status: OrderStatus | undefined,
  said: readonly ScheduledStep[],
): ScheduledStep {
  const isSaid = said.some((each) => each.id === step.id && each.status !== undefined);
  if (status === undefined || isSaid || step.status === 'COMPLETED') return step;
  const { status: _, ...open } = step;
  return isOver(status) ? { ...open, status } : open;
}
