// An appointment that is for no images, an operation above all: by when images of its patient are needed. From SIU (HL7 v2.8.2
// chapter 10) and from FHIR (R4 appointment.html); one that is for images is part of an order (appointment-of-message.ts).

import type { Appointment as AppointmentResource, CodeableConcept } from '@medplum/fhirtypes';
import { Problem } from '../base/problem.ts';
import { dateTimeOf } from '../hl7v2/date-time.ts';
import type { Message } from '../hl7v2/message.ts';
import { eventOf } from '../hl7v2/message-types.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import type { OrderNumber } from './order.ts';
import { modalityOfWords } from './order-modality.ts';
import { describedPatient } from './order-patient.ts';
import { codeAt, entityAt, locationOf, present, startOf } from './order-segments.ts';
import type { PatientDescription } from './sighting-of-pid.ts';

export interface Appointment {
  number: OrderNumber;
  patient: PatientDescription;
  /** ISO 8601, as far as it was said. */
  startsAt: string;
  /** What is done, in words. */
  service?: string;
  location?: string;
  /** It will not take place. */
  isOff: boolean;
}

export const isAppointment = (said: object): said is Appointment => 'startsAt' in said;

/** Events of table 0003 by which it will not take place. */
const off: ReadonlySet<string> = new Set(['S15', 'S16', 'S17', 'S26']);

/** Of a message of which no order was made; undefined where it has no time of day, no number, or no patient. */
export function otherAppointment(message: Message, profile: SenderProfile): Appointment | undefined {
  const sch = message.segment('SCH');
  if (sch === undefined) throw new Problem('hl7/missing-segment', { messageType: 'SIU', segment: 'SCH' });
  const [ais, tq1] = [message.segment('AIS'), message.segment('TQ1')];
  const start = (ais && dateTimeOf(ais.value(4))) ?? (tq1 && dateTimeOf(tq1.value(7))) ?? startOf(sch.value(11));
  const number = entityAt(sch, [2, 1], profile);
  const patient = describedPatient(message, profile);
  if (!start?.iso.includes('T') || number === undefined || patient === undefined) return undefined;
  const service = codeAt(ais, 3) ?? codeAt(sch, 7) ?? codeAt(sch, 8);
  return {
    number,
    patient,
    startsAt: start.iso,
    isOff: off.has(eventOf(message)),
    ...present({ service: service?.meaning, location: locationOf(message.segment('AIL')?.value(3)) }),
  };
}

const offStatuses: ReadonlySet<string> = new Set(['cancelled', 'entered-in-error', 'noshow']);

/** undefined of one for images, a proposal, and one that has no time yet. */
export function appointmentOfResource(
  resource: AppointmentResource,
  patient: PatientDescription,
): Appointment | undefined {
  const { id, start, status = '', serviceType = [], serviceCategory = [], reasonCode = [], description } = resource;
  const words = [...serviceType, ...serviceCategory].map(wordsOf).concat(description);
  const said = words.filter((text) => text !== undefined);
  if (id === undefined || start === undefined || /^(proposed|waitlist)$/.test(status)) return undefined;
  if (said.some((text) => modalityOfWords(text) !== undefined)) return undefined;
  const place = resource.participant?.find(({ actor }) => actor?.reference?.includes('Location/'))?.actor?.display;
  return {
    number: { number: id, issuer: 'Appointment' },
    patient,
    startsAt: start,
    isOff: offStatuses.has(status),
    ...present({ service: said[0] ?? reasonCode.map(wordsOf)[0], location: place }),
  };
}

const wordsOf = ({ text, coding }: CodeableConcept): string | undefined =>
  text ?? coding?.find(({ display }) => display !== undefined)?.display;
