// A notice of a study as an HL7 v2 message: segments written by whoever set up the destination, with facts in braces. Where
// nothing is said it is ORU^R01 with the Study Instance UID as IHE RAD TF-2 4.28 has it, and no result yet.

import { writeDateTime } from '../../hl7v2/date-time.ts';
import { usualDelimiters } from '../../hl7v2/delimiters.ts';
import { escapeText } from '../../hl7v2/escape.ts';
import { type Message, messageOf } from '../../hl7v2/message.ts';
import { Segment } from '../../hl7v2/segment.ts';
import { factTable } from '../../routing/facts.ts';
import { xpnOf } from '../../translate/name-of-person.ts';
import { factGroups, type StudyNotice } from './study-notice.ts';

const USUAL = `
MSH|^~\\&|FASCIA|{tenant}|{receiver.application}|{receiver.facility}|{message.time}||ORU^R01^ORU_R01|{message.id}|P|2.5.1||||||UNICODE UTF-8
PID|1||{person.patientId}^^^{person.issuer}||{patient.name}||{patient.birthDate}|{person.sex}
OBR|1|{order.placerNumber}|{study.accessionNumber}|{procedure.playbookId}^{study.description}|||{study.date}||||||||||||||||||I
OBX|1|HD|113014^DICOM Study^DCM||{study.uid}||||||F`;

const PLACE = /\{([^{}]*)\}/g;
const own = ['tenant', 'message.id', 'message.time', 'message.instances', 'receiver.application', 'receiver.facility'];
const ofPatient = ['patient.name', 'patient.birthDate'];
const known: ReadonlySet<string> = new Set([
  ...own,
  ...ofPatient,
  ...factGroups.flatMap((group) =>
    Object.keys(factTable[group as keyof typeof factTable]).map((name) => `${group}.${name}`),
  ),
]);

/** Why messages cannot be made like this. */
export function messageFaults(template: string): string[] {
  const lines = linesOf(template);
  const unknown = [...template.matchAll(PLACE)]
    .filter(([, path]) => !known.has(path!))
    .map(([place]) => `no fact ${place}`);
  const noSegments = lines
    .filter((line) => !/^[A-Z][A-Z0-9]{2}\|/.test(line))
    .map((line) => `no segment: ${line.slice(0, 20)}`);
  const header = new Segment(lines[0] ?? '', usualDelimiters);
  if (!lines[0]?.startsWith('MSH|^~\\&|')) return ['the first segment is not MSH|^~\\&|', ...noSegments, ...unknown];
  // By it the receiver knows what it was told before.
  const noId = header.field(10) === '{message.id}' ? [] : ['MSH-10 is not {message.id}'];
  const noType = header.field(9) === '' || header.field(12) === '' ? ['MSH-9 or MSH-12 is empty'] : [];
  return [...noSegments, ...unknown, ...noId, ...noType];
}

export interface Receiver {
  application?: string;
  facility?: string;
}

/** A segment of whose facts none is known is left out. */
export function noticeMessage(notice: StudyNotice, receiver: Receiver, template: string = USUAL): Message {
  const segments = linesOf(template).flatMap((line, at) => {
    let places = 0;
    let filled = 0;
    const raw = line.replaceAll(PLACE, (_, path) => {
      const value = fieldOf(path, notice, receiver);
      places += 1;
      if (value !== '') filled += 1;
      return value;
    });
    return at > 0 && places > 0 && filled === 0 ? [] : [new Segment(raw, usualDelimiters)];
  });
  return messageOf(segments);
}

const linesOf = (template: string): string[] =>
  template
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** As it stands in the message: escaped, repetitions where there are several. */
function fieldOf(path: string, { id, at, facts, patient, instances }: StudyNotice, receiver: Receiver): string {
  const special: Record<string, () => string> = {
    tenant: () => escapeText(facts.tenant),
    'message.id': () => id,
    'message.time': () => writeDateTime(at.toISOString()),
    'message.instances': () => String(instances.length),
    'receiver.application': () => escapeText(receiver.application ?? ''),
    'receiver.facility': () => escapeText(receiver.facility ?? ''),
    'patient.name': () => xpnOf(patient.name),
    'patient.birthDate': () => patient.birthDate ?? '',
    'study.date': () => facts.study.date?.replaceAll('-', '') ?? '',
  };
  if (special[path] !== undefined) return special[path]();
  const [group, name] = path.split('.');
  const value = (facts as unknown as Record<string, Record<string, unknown>>)[group!]?.[name!];
  return (Array.isArray(value) ? value : [value]).map(valueText).join('~');
}

function valueText(value: unknown): string {
  if (value === undefined) return '';
  if (value instanceof Date) return writeDateTime(value.toISOString());
  if (typeof value === 'boolean') return value ? 'Y' : 'N';
  return escapeText(String(value));
}
