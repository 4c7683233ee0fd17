// A report as ORU^R01: IHE RAD-128 (Send Imaging Result; HL7 v2.5.1 7.3.1), or as older receivers take it. Its text is one FT for
// each section, or one TX for each line; the Study Instance UID stands first, as IHE has it.

import { type CharacterSetName, encode } from '../../hl7v2/character-set.ts';
import { writeDateTime } from '../../hl7v2/date-time.ts';
import { usualDelimiters } from '../../hl7v2/delimiters.ts';
import { escapeText } from '../../hl7v2/escape.ts';
import { writeCx } from '../../hl7v2/identifiers.ts';
import { type Message, messageOf } from '../../hl7v2/message.ts';
import { components, type Segment, segment } from '../../hl7v2/segment.ts';
import { authorityOf } from '../assigning-authority.ts';
import { xpnOf } from '../name-of-person.ts';
import type { Code, OrderNumber } from '../order.ts';
import { writtenDocument } from './document-of-obx.ts';
import { digitsOf } from './moment.ts';
import { writtenParticipants } from './participants-of-obr.ts';
import type { CodedObservation, Report, ReportDocument, Section } from './report.ts';
import { codesOf } from './report-status.ts';
import { loincOf } from './section.ts';

export interface Dialect {
  /** HL7 version: MSH-12. */
  version?: '2.3' | '2.3.1' | '2.4' | '2.5' | '2.5.1';
  /** FT: a section in one OBX; TX: each of its lines. */
  text?: 'FT' | 'TX';
  characterSet?: CharacterSetName;
  /** MSH-5 and MSH-6. */
  application?: string;
  facility?: string;
}

export interface Sending {
  /** MSH-10: the same whenever it is sent, at most 20 characters. */
  controlId: string;
  /** As Date.toISOString writes it. */
  now: string;
  /** MSH-4. */
  facility?: string;
  /** A rendition of the whole, that goes with its text, or, where `instead`, in its place. */
  document?: ReportDocument;
  instead?: boolean;
}

export function messageOfReport(report: Report, dialect: Dialect, sending: Sending): Message {
  const { version = '2.5.1', characterSet = 'UNICODE UTF-8' } = dialect;
  const { document, instead = false } = sending;
  const documents = [...report.documents, ...(document === undefined ? [] : [document])];
  const results = instead
    ? documents.map((each) => documentResult(each, report))
    : [
        ...report.sections.flatMap((section) => sectionResults(section, report, dialect)),
        ...report.observations.map((observation) => observationResult(observation, report)),
        ...documents.map((each) => documentResult(each, report)),
      ];
  const obx = [...studyResult(report), ...results];
  return messageOf(
    [
      header(dialect, sending, version, characterSet, report.language),
      patientIdentification(report),
      ...(Number(version.slice(2)) < 3 ? [] : [commonOrder(report)]),
      observationRequest(report),
      ...obx.map((fields, at) => segment('OBX', [String(at + 1), ...fields])),
    ],
    characterSet,
  );
}

/** Whether the character set has every character of the message: nothing takes the place of one. */
export const isCarried = (message: Message): boolean => encode(message.text, message.characterSet) !== undefined;

function header(
  { application = '', facility = '' }: Dialect,
  { controlId, now, facility: own = '' }: Sending,
  version: string,
  characterSet: CharacterSetName,
  language = '',
): Segment {
  const type = version.startsWith('2.5') ? 'ORU^R01^ORU_R01' : 'ORU^R01';
  const names = ['FASCIA', own, application, facility].map((name) => escapeText(name));
  const from = ['^~\\&', ...names, writeDateTime(now), '', type, controlId, 'P', version];
  return segment('MSH', [...from, '', '', 'AL', 'NE', '', characterSet, language]);
}

function patientIdentification({ patient }: Report): Segment {
  const { patientId: id, issuer, otherPatientIds = [], name, birthDate = '', sex = '' } = patient;
  const identifiers = [{ issuer, id }, ...otherPatientIds].map((each, at) =>
    writeCx({
      id: each.id,
      ...(each.issuer && { assigningAuthority: authorityOf(each.issuer) }),
      ...(at === 0 && { identifierTypeCode: 'MR' }),
    }),
  );
  return segment('PID', ['1', '', identifiers.join('~'), '', xpnOf(name), '', birthDate, sex]);
}

const commonOrder = (report: Report): Segment =>
  segment('ORC', [
    'RE',
    entity(report.placer),
    entity(report.filler),
    '',
    orderStatus(report),
    '',
    '',
    '',
    digitsOf(report.issuedAt),
  ]);

/** Table 0038. */
const orderStatus = ({ status }: Report): string =>
  status === 'cancelled' || status === 'entered-in-error'
    ? 'CA'
    : status === 'registered' || status === 'partial'
      ? 'A'
      : 'CM';

function observationRequest(report: Report): Segment {
  const { placer, filler, accession, code, observedAt, issuedAt, status, people } = report;
  const person = (role: Parameters<typeof writtenParticipants>[1]) =>
    writtenParticipants(people, role, usualDelimiters);
  const fields: Record<number, string> = {
    1: '1',
    2: entity(placer),
    3: entity(filler ?? accession ?? placer),
    4: coded(code),
    7: digitsOf(observedAt),
    18: entity(accession),
    22: digitsOf(issuedAt),
    24: 'RAD',
    25: codesOf(status).obr25,
    32: person('interpreter'),
    33: person('assistant'),
    34: person('technician'),
    35: person('transcriptionist'),
  };
  return segment(
    'OBR',
    Array.from({ length: 35 }, (_, at) => fields[at + 1] ?? ''),
  );
}

type Fields = string[];

/** OBX-11 O: what it is about, and no result. */
function studyResult({ studyInstanceUid, observedAt }: Report): Fields[] {
  if (studyInstanceUid === undefined) return [];
  const identifier = '113014^DICOM Study^DCM';
  return [['ST', identifier, '1', studyInstanceUid, '', '', '', '', '', 'O', '', '', digitsOf(observedAt)]];
}

function sectionResults(section: Section, report: Report, { text: type = 'FT' }: Dialect): Fields[] {
  const { kind, code = loincOf(kind), text, at = report.issuedAt, interpretation = '' } = section;
  const texts = type === 'FT' ? [text] : text.split('\n');
  return texts.map((each) => result(type, code, textField(each), { report, interpretation, at }));
}

/** 2.5.3: two double quotes alone say that a value is to be deleted; in hexadecimal they are text. */
const textField = (text: string): string => (text === '""' ? '\\X2222\\' : escapeText(text));

function observationResult({ code, value, interpretation = '' }: CodedObservation, report: Report): Fields {
  const more = { report, interpretation, at: report.issuedAt };
  if ('number' in value) return result('NM', code, value.number, { ...more, unit: value.unit });
  return 'code' in value
    ? result('CE', code, coded(value.code), more)
    : result('ST', code, escapeText(value.text), more);
}

function documentResult(document: ReportDocument, report: Report): Fields {
  const meaning = document.title ?? 'Diagnostic imaging study';
  const more = { report, interpretation: '', at: report.issuedAt };
  return result('ED', { value: '18748-4', scheme: 'LN', meaning }, writtenDocument(document), more);
}

interface Around {
  report: Report;
  interpretation: string;
  at: string | undefined;
  unit?: Code | undefined;
}

function result(type: string, code: Code, value: string, { report, interpretation, at, unit }: Around): Fields {
  const { obx11 } = codesOf(report.status);
  const interpreter = writtenParticipants(report.people.slice(0, 1), 'interpreter', SUBCOMPONENTS_AS_COMPONENTS);
  const flag = escapeText(interpretation);
  return [
    type,
    coded(code),
    '1',
    value,
    unit === undefined ? '' : coded(unit),
    '',
    flag,
    '',
    '',
    obx11,
    '',
    '',
    digitsOf(at),
    '',
    interpreter,
  ];
}

/** OBX-16 is an XCN: what are subcomponents of an NDL are components there. */
const SUBCOMPONENTS_AS_COMPONENTS = { ...usualDelimiters, subcomponent: '^' };

const coded = ({ value, scheme, meaning }: Code): string => components([value, meaning, scheme]);

function entity(number: OrderNumber | undefined): string {
  if (number === undefined) return '';
  const { namespaceId, universalId, universalIdType } = authorityOf(number.issuer);
  return components([number.number, namespaceId, universalId, universalIdType]);
}
