// What stands behind the HL7 v2 door: whoever keeps what messages say of persons, orders and results, and answers queries.

import type { Interface } from '../../auth/interfaces.ts';
import type { Message } from '../../hl7v2/message.ts';
import type { IdentityEntry } from '../../storage/identity-log.ts';
import type { AdtStatements } from '../../translate/adt.ts';
import type { Appointment } from '../../translate/appointment.ts';
import type { Order } from '../../translate/order.ts';
import type { Report } from '../../translate/report/report.ts';

/** Each may be absent: then such messages are kept, such queries refused. */
export interface Hl7Backend {
  /** What an ADT message says, as entries of the identity log, each of a cause of its own. What it throws is told to the sender. */
  entriesOf?(tenant: number, statements: AdtStatements): IdentityEntry[];
  /** They are durable, under these ids; undefined where an entry was there before. */
  logged?(entries: readonly IdentityEntry[], ids: readonly (string | undefined)[]): void;
  /** Resolves when whatever else names these persons has followed what was said of them. */
  told?(tenant: number, entries: readonly IdentityEntry[]): Promise<void>;
  /** Resolves when they are durable, orders on the worklist. Absent: orders are kept as messages, and wait. */
  ordered?(tenant: number, source: string, orders: readonly (Order | Appointment)[]): Promise<void>;
  /** Resolves when these reports, of the message of this row, are durable. Absent: they are kept as messages, and wait. */
  reported?(tenant: number, message: string, reports: readonly Report[]): Promise<void>;
  /** One text for every name of an authority; by which a sender owns it. */
  canonical?(tenant: number): (issuer: string) => string;
  /** Answers a query. */
  answer?(received: ReceivedMessage): Promise<Message>;
}

export interface ReceivedMessage {
  tenant: number;
  interface: Interface;
  message: Message;
}
