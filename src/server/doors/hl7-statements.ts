// What a message says of identity, by the profile of its sender and what this sender may say; of an order, which it is; of
// images, which reports.

import { createHash } from 'node:crypto';
import type { Interface, Interfaces } from '../../auth/interfaces.ts';
import { asProblem, type Problem } from '../../base/problem.ts';
import type { Message } from '../../hl7v2/message.ts';
import { eventOf, handlingOf } from '../../hl7v2/message-types.ts';
import { ownsAuthority, type SenderProfile } from '../../hl7v2/sender-profile.ts';
import type { IdentityEntry } from '../../storage/identity-log.ts';
import { type AdtStatements, readAdt } from '../../translate/adt.ts';
import { type Appointment, otherAppointment } from '../../translate/appointment.ts';
import { appointmentOfMessage } from '../../translate/appointment-of-message.ts';
import type { Order, OrderedFor } from '../../translate/order.ts';
import { ordersOfMessage } from '../../translate/order-of-message.ts';
import type { Report } from '../../translate/report/report.ts';
import { reportsOfMessage } from '../../translate/report/report-of-message.ts';
import type { PatientDescription } from '../../translate/sighting-of-pid.ts';
import type { Hl7Backend } from './hl7-backend.ts';
import type { Sender } from './hl7-verdict.ts';

/** Why a message is not taken, or what it says. */
export interface Said {
  problem?: Problem | undefined;
  /** Of persons. */
  says?: readonly IdentityEntry[] | undefined;
  /** Of a message that is about orders; there may be none for us in it. */
  orders?: readonly (Order | Appointment)[];
  /** Of a message that has reports of images. */
  reports?: readonly Report[];
}

/** What a message that is taken says to what stands behind the door, or why that cannot be understood. */
export function said(message: Message, sender: Sender, { interfaces, backend }: Around): Said {
  const { entriesOf, ordered, reported, canonical } = backend;
  const { tenant } = sender;
  const handling = handlingOf(message);
  try {
    if (handling === 'identity') {
      const statements = statementsOf(message, sender, { interfaces, canonical: canonical?.(tenant) });
      return { says: entriesOf?.(tenant, statements) };
    }
    if (message.header.messageCode === 'ORU') {
      const reports = reported === undefined ? [] : reportsOfMessage(message, sender.interface.profile);
      const [first] = reports;
      if (first === undefined) return {};
      const statements = seen(first.patient, message, sender.interface.name);
      return { reports, says: entriesOf?.(tenant, statements) };
    }
    if (handling !== 'order') return {};
    const { orders, statements } = orderStatements(message, sender);
    return ordered === undefined ? {} : { orders, ...(statements && { says: entriesOf?.(tenant, statements) }) };
  } catch (thrown) {
    return { problem: asProblem(thrown) };
  }
}

interface Around {
  interfaces: Pick<Interfaces, 'list'>;
  backend: Hl7Backend;
}

/** Throws hl7/missing-field, and identity/not-owner for merges of identifiers that are not this sender's. */
function statementsOf(
  message: Message,
  { tenant, interface: { name, profile } }: { tenant: number; interface: Interface },
  { interfaces, canonical }: { interfaces: Pick<Interfaces, 'list'>; canonical?: (issuer: string) => string },
): AdtStatements {
  const others = interfaces.list(tenant).filter((other) => other.name !== name);
  const profiles = others.map((other) => other.profile);
  return readAdt(message, {
    id: statementId(message, name),
    site: name,
    receivedAt: new Date().toISOString(),
    profile,
    owns: (issuer) => ownsAuthority(profile, issuer, profiles, canonical),
  });
}

/** Of the bytes: the same message once more makes the same statements. */
const statementId = (message: Message, name: string): string =>
  `hl7:${createHash('sha256').update(name).update(message.bytes).digest('hex').slice(0, 32)}`;

/**
 * The orders in a message, and its patient as somebody who was seen. Throws hl7/missing-segment and hl7/missing-field; a
 * message about orders that are not for images has none, and no statements.
 */
function orderStatements(
  message: Message,
  { interface: { name, profile } }: { interface: Interface },
): { orders: readonly (Order | Appointment)[]; statements?: AdtStatements } {
  const orders = message.header.messageCode === 'SIU' ? scheduled(message, profile) : ordersOfMessage(message, profile);
  const [first] = orders;
  if (first === undefined) return { orders };
  const { weight, size, allergies, medicalAlerts, pregnancyStatus, ...description }: OrderedFor = first.patient;
  return { orders, statements: seen(description, message, name) };
}

/** The patient of a message about something else, as somebody who was seen. */
function seen(patient: PatientDescription, message: Message, name: string): AdtStatements {
  const id = `${statementId(message, name)}:1`;
  const timestamp = new Date().toISOString();
  const sighting = { id, site: name, timestamp, medium: 'hl7' as const, ...patient };
  return { event: eventOf(message), sightings: [sighting], assertions: [] };
}

/** An appointment is part of the order that it names, or an order itself; else it says when images are needed. */
function scheduled(message: Message, profile: SenderProfile): readonly (Order | Appointment)[] {
  return [appointmentOfMessage(message, profile) ?? otherAppointment(message, profile)].filter(
    (said) => said !== undefined,
  );
}
