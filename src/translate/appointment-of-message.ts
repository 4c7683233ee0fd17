// Appointments as HL7 v2 sends them, SIU: when, where and by whom a procedure is to be done. HL7 v2.8.2 chapter 10. What it
// says joins the order that it names; without one it is an order itself.

import { Problem } from '../base/problem.ts';
import { type DateTime, dateTimeOf } from '../hl7v2/date-time.ts';
import type { Message } from '../hl7v2/message.ts';
import { eventOf } from '../hl7v2/message-types.ts';
import type { Segment } from '../hl7v2/segment.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import type { Order, OrderStatus, ScheduledStep } from './order.ts';
import { modalityOf, modalityOfWords } from './order-modality.ts';
import { orderedFor, visitOf } from './order-patient.ts';
import {
  codeAt,
  entityAt,
  locationOf,
  momentOf,
  personAt,
  present,
  priorityOf,
  startOf,
  uidOf,
} from './order-segments.ts';

/** Events of table 0003 that end an appointment, or begin it anew; others change when and where. */
const statusOfEvent: Readonly<Record<string, OrderStatus>> = {
  S12: 'SCHEDULED',
  S15: 'CANCELED',
  S16: 'DISCONTINUED',
  S17: 'CANCELED',
  // The patient did not come.
  S26: 'CANCELED',
};

/**
 * Throws hl7/missing-segment without SCH or PID, hl7/missing-field where nothing has a number. An appointment that is for no
 * service (AIS) with a modality and for no order is none for images: see appointment.ts.
 */
export function appointmentOfMessage(message: Message, profile: SenderProfile): Order | undefined {
  const sch = message.segment('SCH');
  if (sch === undefined) throw new Problem('hl7/missing-segment', { messageType: 'SIU', segment: 'SCH' });
  const placer = entityAt(sch, [26], profile);
  const filler = entityAt(sch, [27], profile);
  const services = message.all('AIS');
  if (services.length === 0 && placer === undefined && filler === undefined) return undefined;
  const appointment = entityAt(sch, [2, 1], profile);
  if ((placer ?? filler ?? appointment) === undefined) throw new Problem('hl7/missing-field', { field: 'SCH-1' });
  const [service] = services;
  const procedure = codeAt(service, 3);
  const visit = visitOf(message, profile);
  const status = statusOfEvent[eventOf(message)];
  const moment = momentOf(beginningOf(message, sch));
  const steps = services.map((each) => stepOf(message, each));
  const isForImages =
    placer !== undefined || filler !== undefined || steps.some(({ modality }) => modality !== undefined);
  if (!isForImages) return undefined;
  const patient = orderedFor(message, profile, true)!;
  return {
    patient,
    ...(visit && { visit }),
    ...present({
      placer,
      filler,
      appointment,
      procedureCode: procedure,
      procedureDescription: procedure?.meaning,
      priority: priorityOf(message.segment('TQ1')?.text(9) || sch.text(11, 6)),
      status,
      reason: sch.text(7, 2) || sch.text(7),
      requestingPhysician: personAt(sch, 12),
      referringPhysician: personAt(message.segment('PV1'), 8),
      enteredBy: personAt(sch, 20),
      timezone: moment.timezone,
      studyInstanceUid: uidOf(message.segment('ZDS')?.text(1)),
    }),
    steps: status === 'CANCELED' ? [] : steps,
  };
}

function stepOf(message: Message, ais: Segment): ScheduledStep {
  const procedure = codeAt(ais, 3);
  const own = dateTimeOf(ais.value(4));
  const moment = momentOf(own ?? beginningOf(message, message.segment('SCH')!));
  const resource = message.segment('AIG');
  return {
    id: '',
    ...present({
      startDate: moment.date,
      startTime: moment.time,
      description: procedure?.meaning,
      modality:
        modalityOf(resource?.text(3) ?? '') ??
        modalityOf(resource?.text(4) ?? '') ??
        (procedure && (modalityOfWords(procedure.meaning) ?? modalityOfWords(procedure.value))),
      stationName: resource?.text(3, 2),
      location: locationOf(message.segment('AIL')?.value(3)),
      performingPhysician: personAt(message.segment('AIP'), 3),
    }),
  };
}

/** AIS-4 of the first service, TQ1-7 since v2.5, SCH-11.4 before. */
function beginningOf(message: Message, sch: Segment): DateTime | undefined {
  const [ais, tq1] = [message.segment('AIS'), message.segment('TQ1')];
  return (ais && dateTimeOf(ais.value(4))) ?? (tq1 && dateTimeOf(tq1.value(7))) ?? startOf(sch.value(11));
}
