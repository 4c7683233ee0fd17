// A critical result as FHIR has it: one Communication for each, in the shape of IHE IDR, in progress until somebody has received it.
// It says no name and no text of the report: who may see those opens the study.

import type { Communication, Reference } from '@medplum/fhirtypes';
import { type CriticalCategory, categoryCodes } from './policy.ts';
import type { CriticalRecord } from './record.ts';

export interface CommunicationContext {
  /** Code of the case: what is said on the telephone. */
  case: string;
  subject?: Communication['subject'];
  /** The study. */
  about?: Reference;
  /** Who reads, and for whom. */
  provider: string;
}

const priorities: Readonly<Record<CriticalCategory, Communication['priority']>> = {
  1: 'stat',
  2: 'urgent',
  3: 'routine',
};

const within: Readonly<Record<CriticalCategory, string>> = { 1: 'minutes', 2: 'hours', 3: 'days' };

export const communicationId = (loop: string): string => `critical-${loop}`;

export function communicationOf(record: CriticalRecord, context: CommunicationContext): Communication {
  const { loop, category, finding, told, received } = record;
  const recipients = [...new Set(told.map(({ recipient }) => recipient))];
  const media = [...new Set([...told.map(({ channel }) => channel), ...(received ? [received.method] : [])])];
  const time = (at: number) => new Date(at).toISOString();
  return {
    resourceType: 'Communication',
    identifier: [{ value: loop }],
    status: received === undefined ? 'in-progress' : 'completed',
    category: [coded(categoryCodes[category], `critical result, category ${category}`)],
    priority: priorities[category]!,
    ...(media.length > 0 && { medium: media.map((text) => ({ text })) }),
    ...(context.subject && { subject: context.subject }),
    topic: { coding: [{ system: 'http://loinc.org', code: '73568-8', display: 'Communication of critical results' }] },
    ...(context.about && { about: [context.about] }),
    sent: time(told[0]?.at ?? record.foundAt),
    ...(received && { received: time(received.at) }),
    ...(recipients.length > 0 && { recipient: recipients.map((display) => ({ display })) }),
    sender: { display: context.provider },
    reasonCode: [coded(finding, undefined)],
    payload: [{ contentString: `Critical result, to be answered within ${within[category]}. Case ${context.case}.` }],
    ...(received && { note: [{ text: acknowledged(received) }] }),
  };
}

const acknowledged = ({ by, method, readBack }: NonNullable<CriticalRecord['received']>): string =>
  `Received by ${by} (${method}), ${readBack ? 'read back' : 'not read back'}.`;

const systems: Readonly<Record<string, string>> = {
  RADLEX: 'http://radlex.org',
  SCT: 'http://snomed.info/sct',
  LN: 'http://loinc.org',
};

/** `code^scheme`; what is in no scheme of these is text. */
function coded(code: string, display: string | undefined) {
  const [value, scheme = ''] = code.split('^');
  const system = systems[scheme.toUpperCase()];
  if (system === undefined) return { text: value! };
  return { coding: [{ system, code: value!, ...(display && { display }) }] };
}
