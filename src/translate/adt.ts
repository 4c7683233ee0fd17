// ADT messages as what they say about identity: who was seen, which identifiers mean one person, which do not; and where
// the patient is now. HL7 v2.8.2 chapter 3; IHE ITI-8. The types are those of identity/sighting.ts.

import { Problem } from '../base/problem.ts';
import { dateTimeOf } from '../hl7v2/date-time.ts';
import type { Message } from '../hl7v2/message.ts';
import { eventOf } from '../hl7v2/message-types.ts';
import type { Segment } from '../hl7v2/segment.ts';
import { type SenderProfile, standardProfile } from '../hl7v2/sender-profile.ts';
import { type Identifier, identifiersAt } from './assigning-authority.ts';
import { describePatient, type PatientDescription, patientIdentifiers } from './sighting-of-pid.ts';

export interface AdtSighting extends PatientDescription {
  id: string;
  site: string;
  timestamp: string;
  medium: 'hl7';
}

export interface AdtAssertion {
  id: string;
  type: 'same' | 'different';
  /** The surviving identifier first. */
  of: readonly [Identifier, Identifier];
  authoritative: boolean;
  timestamp: string;
}

/** Where the patient is: PV1 of a visit event. */
export interface AdtVisit {
  event: string;
  patientClass: string;
  /** PL as text: point of care, room, bed, facility. */
  assignedLocation: string;
  visitNumber: string;
}

export interface AdtStatements {
  event: string;
  sightings: AdtSighting[];
  assertions: AdtAssertion[];
  visit?: AdtVisit;
}

export interface AdtContext {
  /** Of the message, unique: ids of statements begin with it. */
  id: string;
  /** The sender: supplies what the message leaves out. */
  site: string;
  /** ISO 8601; when the message does not say. */
  receivedAt: string;
  profile: SenderProfile;
  /** Whether this sender may merge and link identifiers of that authority. */
  owns(issuer: string): boolean;
}

interface Rule {
  type: 'same' | 'different';
  between: 'MRG' | 'PID';
}

/** What an event says of the identifiers in PID and MRG, or in two PIDs; others are sightings only. */
const assertionOf: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // Merge, and change of identifier: PID survives. A35, A41 (account), A42, A44, A45, A50, A51 (visit) move what hangs on it.
  ...['A18', 'A30', 'A34', 'A36', 'A39', 'A40', 'A43', 'A46', 'A47'].map((event): [string, Rule] => [
    event,
    { type: 'same', between: 'MRG' },
  ]),
  ['A24', { type: 'same', between: 'PID' }],
  ['A37', { type: 'different', between: 'PID' }],
]);

/**
 * Throws hl7/missing-field where a PID has no identifier that may be used, or a merge no prior one; identity/not-owner where
 * identifiers are merged or linked that are not this sender's.
 */
export function readAdt(message: Message, context: AdtContext): AdtStatements {
  const event = eventOf(message);
  const timestamp = timestampOf(message) ?? context.receivedAt;
  const patients = groupsOf(message);
  const sightings = patients.map(({ pid }, at): AdtSighting => {
    const description = describePatient(pid, message, context.profile);
    if (description === undefined) throw new Problem('hl7/missing-field', { field: 'PID-3' });
    return { id: `${context.id}:${at + 1}`, site: context.site, timestamp, medium: 'hl7', ...description };
  });
  const rule = assertionOf.get(event);
  const pairs =
    rule === undefined ? [] : rule.between === 'MRG' ? merged(patients, context) : linked(patients, context);
  if (pairs.some((pair) => pair.some(({ issuer }) => !context.owns(issuer)))) {
    throw new Problem('identity/not-owner', { messageType: `ADT^${event}` });
  }
  const assertions = pairs.map(
    (of, at): AdtAssertion => ({
      id: `${context.id}:a${at + 1}`,
      type: rule!.type,
      of,
      authoritative: true,
      timestamp,
    }),
  );
  const pv1 = message.segment('PV1');
  return { event, sightings, assertions, ...(pv1 && { visit: visitOf(event, pv1) }) };
}

interface PatientGroup {
  pid: Segment;
  mrg?: Segment;
}

/** Each PID with the MRG that follows it. */
function groupsOf({ segments }: Message): PatientGroup[] {
  const groups: PatientGroup[] = [];
  for (const segment of segments) {
    if (segment.name === 'PID') groups.push({ pid: segment });
    else if (segment.name === 'MRG' && groups.length > 0) groups.at(-1)!.mrg ??= segment;
  }
  return groups;
}

type Pair = readonly [Identifier, Identifier];

/** 3.3.40: each prior identifier with the surviving one of the same authority, or with the only one there is. */
function merged(patients: readonly PatientGroup[], { profile }: AdtContext): Pair[] {
  return patients.flatMap(({ pid, mrg }) => {
    const surviving = usable(pid, profile);
    // MRG-1; MRG-4 and MRG-2 as PID-2 and PID-4 before v2.7.
    const prior = mrg === undefined ? [] : usable(mrg, { ...profile, identifiers: ['MRG-1', 'MRG-4', 'MRG-2'] });
    if (prior.length === 0) throw new Problem('hl7/missing-field', { field: 'MRG-1' });
    return prior.flatMap((old): Pair[] => {
      const now = surviving.find(({ issuer }) => issuer === old.issuer) ?? surviving[0]!;
      // A merge of a number with itself says nothing.
      return now.issuer === old.issuer && now.id === old.id ? [] : [[bare(now), bare(old)]];
    });
  });
}

/** The first patient with each other one. */
function linked(patients: readonly PatientGroup[], { profile }: AdtContext): Pair[] {
  const [first, ...others] = patients.map(({ pid }) => usable(pid, profile)[0]!);
  return others.map((other): Pair => [bare(first!), bare(other)]);
}

function usable(segment: Segment, profile: SenderProfile) {
  const { identifiers, ignoredIdentifierTypes } = { ...standardProfile, ...profile };
  return patientIdentifiers(identifiersAt(identifiers, segment, profile), ignoredIdentifierTypes);
}

const bare = ({ issuer, id }: Identifier): Identifier => ({ issuer, id });

/** EVN-6 (when it happened), EVN-2, MSH-7; UTC is not assumed where no zone is given. */
function timestampOf(message: Message): string | undefined {
  const evn = message.segment('EVN');
  const values = [evn?.value(6), evn?.value(2), message.segment('MSH')?.value(7)];
  const first = values.map((value) => value && dateTimeOf(value)).find((time) => time !== undefined);
  return first?.iso;
}

function visitOf(event: string, pv1: Segment): AdtVisit {
  const location = pv1.value(3);
  return {
    event,
    patientClass: pv1.text(2),
    assignedLocation: [1, 2, 3, 4]
      .map((part) => location.component(part))
      .filter(Boolean)
      .join(', '),
    visitNumber: pv1.text(19),
  };
}
