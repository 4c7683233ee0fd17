// What is decided about a message before anything is done with it, and who its sender is to the rest of the node.

import type { AuditEntry } from '../../audit/entry.ts';
import type { Interface } from '../../auth/interfaces.ts';
import type { Action, Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import type { Message } from '../../hl7v2/message.ts';
import { eventOf, faultOf, handlingOf } from '../../hl7v2/message-types.ts';
import { readBatch } from '../../hl7v2/reader.ts';
import { takesEvent } from '../../hl7v2/sender-profile.ts';
import type { Verdict } from '../../storage/hl7-messages.ts';

export interface Sender {
  tenant: number;
  interface: Interface;
  remoteAddress?: string;
}

/** What is wrong with the message or its sender, before it is read any further. */
export function faultFrom(message: Message, { enabled, name, profile }: Interface): Problem | undefined {
  if (!enabled) return new Problem('hl7/interface-off', { interface: name });
  const fault = faultOf(message);
  if (fault !== undefined) return fault;
  const event = eventOf(message);
  if (handlingOf(message) === 'identity' && !takesEvent(profile, event)) {
    return new Problem('hl7/unsupported-event', { triggerEvent: event });
  }
  return undefined;
}

/** The state of a message with this fault, or without one; `acknowledgements` are what goes back. */
export function verdictOf(
  problem: Problem | undefined,
  acknowledgements: readonly Uint8Array[],
  state: 'accepted' | 'applied' = 'accepted',
): Verdict {
  if (problem === undefined) return { state, acknowledgements };
  // What the operator decided needs nobody to look at it.
  const isPolicy = problem.code === 'hl7/interface-off' || problem.code === 'hl7/unsupported-event';
  return {
    state: isPolicy ? 'refused' : 'quarantined',
    problem: problem.code,
    reason: problem.message,
    acknowledgements,
  };
}

/** In the character set that this sender uses without saying so. */
export function reread(message: Message, { profile }: Interface): Message {
  if (profile.characterSet === undefined) return message;
  return readBatch(message.bytes, { characterSet: profile.characterSet }).messages[0]!;
}

/** As interfaces are known by. */
export function senderOf({ header }: Message) {
  return {
    sendingApplication: plain(header.sendingApplication),
    sendingFacility: plain(header.sendingFacility),
  };
}

/** A name of a peer without control characters, bounded. */
const plain = (name: string): string => name.replace(/\p{Cc}/gu, '').slice(0, 100);

export function principalOf({ tenant, interface: { name } }: Sender): Principal {
  return { id: `hl7:${name}`, kind: 'peer', tenant, scopes: ['read', 'write'] };
}

export function auditRow(sender: Sender, action: Action): AuditEntry {
  const { tenant, remoteAddress } = sender;
  return {
    tenant,
    principal: principalOf(sender).id,
    door: 'mllp',
    action,
    outcome: 'success',
    ...(remoteAddress !== undefined && { remoteAddress }),
  };
}
