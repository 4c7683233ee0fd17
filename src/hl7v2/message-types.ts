// What this node does with a message of a type, and what such a message must have for it. Table 0076 has more types, table
// 0003 more events; what is not in these tables is refused as unsupported, not kept by accident.

import { Problem } from '../base/problem.ts';
import type { Message } from './message.ts';

/**
 * identity: tells who is who. order: what is to be done when. query: is answered. keep: is held durably for what reads it
 * (results, documents).
 * response: answers something of ours, and is itself not answered.
 */
export type Handling = 'identity' | 'order' | 'query' | 'keep' | 'response';

const kept = [
  // Orders that are not for images, results, documents.
  'OML OMB OMD OMN OMP OMS OPU ORU OUL MDM REF',
  // Pharmacy, vaccination, problems, goals, pathways, charges, studies, master files.
  'RDE RDS RGV RAS VXU PPR PGL PTR PPP BAR DFT CRM CSU MFN',
  // Of the French profile for documents (ANS CI-SIS): what became of one that was sent on.
  'ZAM',
]
  .join(' ')
  .split(' ');

const handlings: ReadonlyMap<string, Handling> = new Map<string, Handling>([
  ['ADT', 'identity'],
  ...['ORM', 'OMG', 'OMI', 'SIU'].map((code) => [code, 'order'] as const),
  ['QBP', 'query'],
  ...kept.map((code) => [code, 'keep'] as const),
  ...['ACK', 'RSP', 'ORR', 'ORG', 'ORI', 'ORL', 'MCF'].map((code) => [code, 'response'] as const),
]);

type Requirement = Readonly<Record<string, number>>;

/** How many of which segments an ADT event cannot do without; others need one PID. 3.3. */
const segmentsOfEvent: ReadonlyMap<string, Requirement> = new Map<string, Requirement>([
  ...'A18 A30 A34 A35 A36 A39 A40 A41 A42 A43 A44 A45 A46 A47 A48 A49 A50 A51'
    .split(' ')
    .map((event) => [event, { PID: 1, MRG: 1 }] as const),
  ...['A17', 'A24', 'A37'].map((event) => [event, { PID: 2 }] as const),
  // Bed status: about a bed, not about a patient.
  ['A20', {}],
]);

/** v2.1 to v2.9: the minor version is no reason to refuse anything. */
const versions = /^2(\.|$)/;

/** undefined for a type that is not taken here. */
export function handlingOf({ header, lines }: Message): Handling | undefined {
  // An answer has MSA next to its header, whatever it is called.
  if (lines.slice(1, 4).some(({ segment }) => segment.name === 'MSA')) return 'response';
  return handlings.get(header.messageCode);
}

/** Why the message cannot be taken, whoever sent it; undefined where it can. */
export function faultOf(message: Message): Problem | undefined {
  const { messageCode, triggerEvent, messageControlId, versionId } = message.header;
  if (messageCode === '') return new Problem('hl7/missing-field', { field: 'MSH-9' });
  const handling = handlingOf(message);
  if (handling === undefined) return new Problem('hl7/unsupported-message', { messageCode: shortName(messageCode) });
  if (versionId !== '' && !versions.test(versionId)) {
    return new Problem('hl7/unsupported-version', { versionId: shortName(versionId) });
  }
  if (messageControlId === '') return new Problem('hl7/missing-field', { field: 'MSH-10' });
  if (handling !== 'identity') return undefined;
  if (triggerEvent === '' && message.segment('EVN') === undefined) {
    return new Problem('hl7/missing-field', { field: 'MSH-9.2' });
  }
  const needed = segmentsOfEvent.get(eventOf(message)) ?? { PID: 1 };
  for (const [segment, count] of Object.entries(needed)) {
    if (message.all(segment).length < count) {
      return new Problem('hl7/missing-segment', { messageType: `ADT^${shortName(eventOf(message))}`, segment });
    }
  }
  return undefined;
}

/** The trigger event: MSH-9.2, or EVN-1 where v2.1 and v2.2 have it. */
export function eventOf(message: Message): string {
  return message.header.triggerEvent || (message.segment('EVN')?.text(1).toUpperCase() ?? '');
}

/** Codes of a peer in a sentence of ours: bounded, and nothing but what codes consist of. */
function shortName(code: string): string {
  return code.slice(0, 12).replace(/[^\w.^-]/g, '?');
}
