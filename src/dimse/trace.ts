// Protocol events for whoever debugs at night, on the diagnostics channel `fascia.dimse`. While nobody listens, nothing
// is composed. Texts hold UIDs, AE titles and the keys of identifiers, never their values.

import { channel } from 'node:diagnostics_channel';
import { sopClassName } from '../dicom/sop-class.ts';
import { transferSyntax } from '../dicom/transfer-syntax.ts';

export interface TraceEvent {
  associationId: string;
  /** Empty until the association request was read. */
  callingAeTitle: string;
  calledAeTitle: string;
  remoteAddress: string;
  direction: 'received' | 'sent' | 'local';
  /** The PDU, message or event in the standard's words; further lines are indented. */
  text: string;
}

export const dimseChannel = channel('fascia.dimse');

/** What a trace line says about the association it belongs to. */
export interface Traced {
  readonly id: string;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly remoteAddress: string;
}

export function trace(association: Traced, direction: TraceEvent['direction'], text: () => string): void {
  if (!dimseChannel.hasSubscribers) return;
  const { id: associationId, callingAeTitle, calledAeTitle, remoteAddress } = association;
  const event: TraceEvent = { associationId, callingAeTitle, calledAeTitle, remoteAddress, direction, text: text() };
  dimseChannel.publish(event);
}

/** A UID with its name, where PS3.6 gives it one. */
export function nameOfUid(uid: string): string {
  const name = sopClassName(uid) ?? transferSyntax(uid)?.name ?? services[uid];
  return name === undefined ? uid : `${name} (${uid})`;
}

const services: Record<string, string> = { '1.2.840.10008.3.1.1.1': 'DICOM Application Context Name' };
