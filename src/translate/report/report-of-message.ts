// Reports as HL7 v2 sends them: ORU^R01, one of each OBR (IHE RAD-128; HL7 v2.8.2 7.3.1). Text comes in one OBX for each line,
// each paragraph or the whole, as TX, FT or ST; documents as ED.

import { Problem } from '../../base/problem.ts';
import { dateTimeOf } from '../../hl7v2/date-time.ts';
import { unescapeText } from '../../hl7v2/escape.ts';
import type { FieldValue } from '../../hl7v2/field-value.ts';
import type { Message } from '../../hl7v2/message.ts';
import type { Segment } from '../../hl7v2/segment.ts';
import type { SenderProfile } from '../../hl7v2/sender-profile.ts';
import type { Code } from '../order.ts';
import { isOtherSection, modalityOf, modalityOfWords } from '../order-modality.ts';
import { codeAt, codeOf, entityAt, present, uidOf } from '../order-segments.ts';
import { describePatient } from '../sighting-of-pid.ts';
import { sectionsOfDocuments } from './cda-sections.ts';
import { documentOf } from './document-of-obx.ts';
import { participantsOf } from './participants-of-obr.ts';
import { type CodedObservation, type Report, type Section, together } from './report.ts';
import { statusOfObr25 } from './report-status.ts';
import { tellingFlag } from './result-flag.ts';
import { isUsual, kindOf } from './section.ts';

interface Group {
  orc: Segment | undefined;
  obr: Segment;
  results: Segment[];
}

/**
 * The imaging reports in a message; none where its results are of something else. Throws hl7/missing-segment without PID,
 * hl7/missing-field where the patient or the report has no number.
 */
export function reportsOfMessage(message: Message, profile: SenderProfile): Report[] {
  const groups = groupsOf(message.segments).filter(isOfImages);
  if (groups.length === 0) return [];
  const { messageCode, sendingFacility, sendingApplication } = message.header;
  const pid = message.segment('PID');
  if (pid === undefined) throw new Problem('hl7/missing-segment', { messageType: messageCode, segment: 'PID' });
  const patient = describePatient(pid, message, profile);
  if (patient === undefined) throw new Problem('hl7/missing-field', { field: 'PID-3' });
  const msh7 = message.segment('MSH')!.value(7);
  const organization = sendingFacility || sendingApplication;
  const study = uidOf(message.segment('ZDS')?.text(1)) ?? uidOf(message.segment('IPC')?.text(3));
  const language = languageOf(message.segment('MSH')!);
  return groups.map((group) => ({
    ...reportOf(group, profile, offsetIn(msh7), study),
    patient,
    ...(organization && { organization }),
    ...(language && { language }),
  }));
}

function groupsOf(segments: readonly Segment[]): Group[] {
  const groups: Group[] = [];
  let orc: Segment | undefined;
  for (const segment of segments) {
    if (segment.name === 'ORC') orc = segment;
    else if (segment.name === 'OBR') {
      groups.push({ orc, obr: segment, results: [] });
      orc = undefined;
    } else if (segment.name === 'OBX') groups.at(-1)?.results.push(segment);
  }
  return groups;
}

/** Laboratories send results by the same message: numbers alone are no report, unless a section for images made them. */
function isOfImages({ obr, results }: Group): boolean {
  const section = obr.text(24);
  if (isOtherSection(section)) return false;
  if (section === 'RAD' || modalityOf(section) !== undefined) return true;
  if (studyIn(results) !== undefined || modalityOfWords(obr.text(4, 2)) !== undefined) return true;
  return results.some((obx) => (isText(obx) || obx.text(2) === 'ED') && isOfReport(obx));
}

/** Whether it is called as sections of reports are. */
function isOfReport(obx: Segment): boolean {
  const code = codeAt(obx, 3);
  return code !== undefined && kindOf(code, obx.value(3).subcomponent(1, 2)) !== undefined;
}

function reportOf(
  { orc, obr, results }: Group,
  profile: SenderProfile,
  offset: string,
  studyOfMessage: string | undefined,
): Omit<Report, 'patient'> {
  const number = (segment: Segment | undefined, field: number) => entityAt(segment, [field], profile);
  const filler = number(obr, 3) ?? number(orc, 3);
  const placer = number(obr, 2) ?? number(orc, 2);
  const accession = number(obr, 18) ?? number(obr, 20);
  if ((filler ?? placer ?? accession) === undefined) throw new Problem('hl7/missing-field', { field: 'OBR-3' });
  const documents = results.flatMap((obx) => documentOf(obx) ?? []);
  const written = together(results.filter(isText).flatMap((obx) => sectionOf(obx, offset)));
  const sections = written.length > 0 ? written : sectionsOfDocuments(documents);
  const hasAddendum = sections.some(({ kind }) => kind === 'addendum');
  const obx11 = results.filter((obx) => !isReference(obx)).map((obx) => obx.text(11).toUpperCase());
  return {
    ...present({
      filler,
      placer,
      accession,
      studyInstanceUid: studyIn(results) ?? studyOfMessage,
      issuedAt: momentAt(obr, 22, offset) ?? momentAt(results[0], 14, offset) ?? momentAt(orc, 9, offset),
      observedAt: momentAt(obr, 7, offset),
    }),
    code: codeAt(obr, 44) ?? codeAt(obr, 4) ?? UNNAMED,
    status: statusOfObr25(obr.text(25) || (orc?.text(5) ?? ''), obx11.filter(Boolean), hasAddendum),
    people: participantsOf(obr, results, profile),
    sections,
    observations: results.flatMap((obx) => observationOf(obx) ?? []),
    documents,
  };
}

const UNNAMED: Code = { value: '18748-4', scheme: 'LN', meaning: 'Diagnostic imaging study' };

/** A reference that stands among results: to the study it is about, as IHE RAD-128 and RAD-28 have it. */
const isReference = (obx: Segment): boolean =>
  /^113014$/.test(obx.text(3)) || /study instance uid/i.test(obx.text(3, 2));

const studyIn = (results: readonly Segment[]): string | undefined =>
  results.filter(isReference).flatMap((obx) => uidOf(obx.text(5)) ?? [])[0];

const isText = (obx: Segment): boolean => /^(TX|FT|ST|)$/.test(obx.text(2)) && !isReference(obx);

/** A line that is empty is one of the text. */
function sectionOf(obx: Segment, offset: string): Section[] {
  const raw = obx.field(5);
  if (raw === '""') return [];
  const { delimiters } = obx;
  // Repetitions are lines (2A.2.78); components have no meaning in text, whoever forgot to escape their delimiters.
  const text = raw
    .split(delimiters.repetition)
    .map((line) => unescapeText(line, delimiters))
    .join('\n');
  const identifier = obx.value(3);
  const code = codeOf(identifier) ?? UNNAMED;
  const kind = kindOf(code, identifier.subcomponent(1, 2)) ?? 'report';
  const at = kind === 'addendum' ? momentAt(obx, 14, offset) : undefined;
  const interpretation = interpretationOf(obx);
  return [
    {
      kind,
      ...(!isUsual(code, kind) && { code }),
      text,
      ...(at !== undefined && { at }),
      ...(interpretation !== undefined && { interpretation }),
    },
  ];
}

function observationOf(obx: Segment): CodedObservation | undefined {
  const code = codeAt(obx, 3);
  const value = code && resultOf(obx);
  if (value === undefined) return undefined;
  const interpretation = interpretationOf(obx);
  return { code: code!, value, ...(interpretation !== undefined && { interpretation }) };
}

function resultOf(obx: Segment): CodedObservation['value'] | undefined {
  const value = obx.value(5);
  if (value.isEmpty || value.isNull) return undefined;
  const type = obx.text(2);
  if (type === 'NM') return numberOf(value.component(1), obx.value(6));
  // Structured numeric: a comparator, a number; ranges and ratios have no number of their own.
  if (type === 'SN' && value.component(3) === '') return numberOf(value.component(2), obx.value(6));
  if (!/^(CE|CWE|CNE|CF)$/.test(type)) return undefined;
  const code = codeOf(value);
  return code && { code };
}

function numberOf(text: string, units: FieldValue): CodedObservation['value'] | undefined {
  if (!/^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text)) return undefined;
  const unit = codeOf(units);
  return {
    number: text.replace(/^\+/, ''),
    ...(unit && { unit: { ...unit, scheme: unit.scheme === 'L' ? 'UCUM' : unit.scheme } }),
  };
}

/** OBX-8 may repeat: the most urgent tells. */
const interpretationOf = (obx: Segment): string | undefined =>
  tellingFlag(obx.repetitions(8).map((flag) => flag.component(1).toUpperCase()));

/** MSH-7 has the offset of all times that have none of their own (2A.2.22). */
function momentAt(segment: Segment | undefined, field: number, offset: string): string | undefined {
  const time = segment && dateTimeOf(segment.value(field));
  if (time === undefined) return undefined;
  const isOpen = time.iso.includes('T') && time.offsetMinutes === undefined;
  return isOpen ? `${time.iso}${offset}` : time.iso;
}

/** MSH-19, the principal language of the message: ISO 639. */
const languageOf = (msh: Segment): string | undefined => /^[a-z]{2}(-[A-Z]{2})?$/.exec(msh.text(19))?.[0];

const offsetIn = (msh7: FieldValue): string => /[+-]\d{2}:\d{2}$/.exec(dateTimeOf(msh7)?.iso ?? '')?.[0] ?? '';
