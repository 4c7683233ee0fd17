// PIX update notification, ADT^A31 of HL7 v2.5: the identifiers of a patient, after they changed. IHE ITI TF-2 3.10.4.1.2.

import { writeDateTime } from './date-time.ts';
import { escapeText } from './escape.ts';
import { type Cx, writeCx } from './identifiers.ts';
import { type Message, messageOf } from './message.ts';
import { segment } from './segment.ts';

export interface UpdateNotification {
  identifiers: readonly Pick<Cx, 'id' | 'assigningAuthority'>[];
  /** MSH-5 and MSH-6. */
  receivingApplication: string;
  receivingFacility: string;
  /** MSH-10: the same whenever it is sent. */
  controlId: string;
  /** When they changed, and now: as Date.toISOString writes it. */
  changedAt: string;
  now: string;
}

export function updateNotification(notification: UpdateNotification): Message {
  const { identifiers, receivingApplication, receivingFacility, controlId, changedAt, now } = notification;
  return messageOf([
    segment('MSH', [
      '^~\\&',
      'FASCIA',
      '',
      escapeText(receivingApplication),
      escapeText(receivingFacility),
      writeDateTime(now),
      '',
      'ADT^A31^ADT_A05',
      controlId,
      'P',
      '2.5',
      '',
      '',
      '',
      '',
      '',
      'UNICODE UTF-8',
    ]),
    segment('EVN', ['', writeDateTime(changedAt)]),
    // 3.10.4.1.2.3: no name is told; the field is there and says so.
    segment('PID', ['', '', identifiers.map((each) => writeCx(each)).join('~'), '', '~^^^^^^S']),
    // 3.10.4.1.2.4: patient class "not applicable".
    segment('PV1', ['', 'N']),
  ]);
}
