// Whom an order is for: PID and PV1 with what a modality has to know before it begins (AL1, OBX, PV1-15). IHE RAD TF-2 Table
// 4.4-6; HL7 v2.8.2 3.4.

import { Problem } from '../base/problem.ts';
import { cx } from '../hl7v2/identifiers.ts';
import type { Message } from '../hl7v2/message.ts';
import type { Segment } from '../hl7v2/segment.ts';
import type { SenderProfile } from '../hl7v2/sender-profile.ts';
import { identifierOf } from './assigning-authority.ts';
import type { OrderedFor, OrderNumber, OrderVisit } from './order.ts';
import { locationOf, present } from './order-segments.ts';
import { describePatient, type PatientDescription } from './sighting-of-pid.ts';

/** LOINC and what is written instead: the patient's weight in kg and height in m, whatever unit they come in. */
const weights = /^(3141-9|29463-7|.*body weight.*|weight)$/i;
const heights = /^(3137-7|8302-2|.*body height.*|height)$/i;
const perUnit: Readonly<Record<string, number>> = {
  kg: 1,
  g: 0.001,
  lb: 0.45359237,
  lbs: 0.45359237,
  m: 1,
  cm: 0.01,
  in: 0.0254,
};

/** The patient alone; undefined where PID names none. */
export function describedPatient(message: Message, profile: SenderProfile): PatientDescription | undefined {
  const pid = message.segment('PID');
  return pid && describePatient(pid, message, profile);
}

/**
 * Throws, where it `isNeeded`, hl7/missing-segment without PID, hl7/missing-field where it has no identifier that may be used;
 * else undefined.
 */
export function orderedFor(message: Message, profile: SenderProfile, isNeeded: boolean): OrderedFor | undefined {
  const pid = message.segment('PID');
  const { messageCode } = message.header;
  const description = describedPatient(message, profile);
  if (description === undefined && !isNeeded) return undefined;
  if (pid === undefined) throw new Problem('hl7/missing-segment', { messageType: messageCode, segment: 'PID' });
  if (description === undefined) throw new Problem('hl7/missing-field', { field: 'PID-3' });
  const observations = message.all('OBX');
  const alerts = message.all('OBR').map((obr) => obr.text(12, 2) || obr.text(12));
  return {
    ...description,
    ...present({
      weight: measured(observations, weights),
      size: measured(observations, heights),
      allergies: message
        .all('AL1')
        .map((al1) => al1.text(3, 2) || al1.text(3))
        .filter(Boolean)
        .join(', '),
      medicalAlerts: [...new Set(alerts.filter(Boolean))].join(', '),
      pregnancyStatus: pregnancyOf(message.segment('PV1')),
    }),
  };
}

export function visitOf(message: Message, profile: SenderProfile): OrderVisit | undefined {
  const pv1 = message.segment('PV1');
  if (pv1 === undefined) return undefined;
  const visit = present({
    patientClass: pv1.text(2),
    location: locationOf(pv1.value(3)),
    // PID-18 where there is no visit number: IHE RAD TF-2 Table 4.4-6.
    admissionId: numberAt(pv1, 19, profile) ?? numberAt(message.segment('PID'), 18, profile),
  });
  return Object.keys(visit).length === 0 ? undefined : visit;
}

/** A CX, of which the authority may be absent: its sender's own default is for patients. */
function numberAt(
  segment: Segment | undefined,
  field: number,
  { issuers = {} }: SenderProfile,
): OrderNumber | undefined {
  const value = segment && cx(segment.value(field));
  return value && { number: value.id, issuer: identifierOf(value, { issuers }).issuer };
}

function measured(observations: readonly Segment[], names: RegExp): string | undefined {
  for (const obx of observations) {
    if (![obx.text(3), obx.text(3, 2)].some((name) => names.test(name))) continue;
    const amount = Number(obx.text(5).replace(',', '.'));
    const factor = perUnit[(obx.text(6) || 'kg').toLowerCase()];
    if (obx.text(5) === '' || !Number.isFinite(amount) || factor === undefined) continue;
    return String(Number((amount * factor).toFixed(3)));
  }
  return undefined;
}

/** Table 0009: B6 is pregnant. */
const pregnancyOf = (pv1: Segment | undefined): number | undefined =>
  pv1?.repetitions(15).some((value) => value.component(1) === 'B6') ? 3 : undefined;
