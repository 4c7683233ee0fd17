// An imaging report as every protocol that carries one can say it: HL7 v2 (report-of-message.ts, message-of-report.ts), FHIR
// (report-of-diagnostic-report.ts, diagnostic-report.ts) and DICOM SR (report-of-sr.ts, sr-of-report.ts) come to it and are
// made of it. What nobody said is absent.

import type { Code, OrderNumber } from '../order.ts';
import type { PatientDescription } from '../sighting-of-pid.ts';
import { tellingFlag } from './result-flag.ts';
import type { SectionKind } from './section.ts';

/** R4 diagnostic-report-status: the finest of the vocabularies, so that the others go through it without loss. */
export type ReportStatus =
  | 'registered'
  | 'partial'
  | 'preliminary'
  | 'final'
  | 'corrected'
  | 'appended'
  | 'cancelled'
  | 'entered-in-error';

export interface Report {
  /** By which its versions are known to be one report: of whoever made it. */
  filler?: OrderNumber;
  placer?: OrderNumber;
  accession?: OrderNumber;
  /** What was done, and so what is reported on. */
  code: Code;
  patient: PatientDescription;
  studyInstanceUid?: string;
  status: ReportStatus;
  /** BCP 47. */
  language?: string;
  /** When this version was made, and when the images were: ISO 8601 as far as it was said. */
  issuedAt?: string;
  observedAt?: string;
  people: Participant[];
  /** Who answers for it. */
  organization?: string;
  sections: Section[];
  observations: CodedObservation[];
  documents: ReportDocument[];
}

/** OBR-32 to OBR-35. */
export type Role = 'interpreter' | 'assistant' | 'technician' | 'transcriptionist';

export interface Participant {
  role: Role;
  /** As a PN. */
  name: string;
  id?: OrderNumber;
}

export interface Section {
  kind: SectionKind;
  /** What its writer called it; absent: as its kind is called everywhere (section.ts). */
  code?: Code;
  /** See `plainText`. */
  text: string;
  /** Of an addendum: when it was written. */
  at?: string;
  /** Table 0078 (OBX-8): AA is critical. */
  interpretation?: string;
}

export interface CodedObservation {
  code: Code;
  value: { number: string; unit?: Code } | { code: Code } | { text: string };
  interpretation?: string;
}

/** A rendition that came with it. */
export interface ReportDocument {
  mediaType: string;
  /** Base64. */
  data: string;
  title?: string;
}

/** By which its versions are told from other reports; undefined where nobody numbered it. */
export const identityOf = ({ filler, accession, placer }: Report): OrderNumber | undefined =>
  filler ?? accession ?? placer;

/**
 * The form in which text is the same in every format: lines end with LF and without blanks, none are empty at the beginning
 * or the end; a tab is blanks, and other control characters are none, for not all of them hold those.
 */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?|[\f\v\u0085]/g, '\n')
    .replaceAll('\t', '    ')
    .replace(/[^\P{Cc}\n]/gu, '')
    .replace(/[^\S\n]+$/gm, '')
    .trim();

/** Neighbours that are called the same, and were written at one time, are one. Empty ones are none. */
export function together(sections: readonly Section[]): Section[] {
  const merged: Section[] = [];
  for (const section of sections) {
    const last = merged.at(-1);
    if (last === undefined || !isSame(last, section)) merged.push({ ...section });
    else {
      last.text += `\n${section.text}`;
      const flag = tellingFlag([last.interpretation, section.interpretation]);
      if (flag !== undefined) last.interpretation = flag;
    }
  }
  return merged.map((section) => ({ ...section, text: plainText(section.text) })).filter(({ text }) => text !== '');
}

const isSame = (one: Section, other: Section): boolean =>
  one.kind === other.kind &&
  one.code?.value === other.code?.value &&
  one.code?.scheme === other.code?.scheme &&
  (one.at === other.at || other.at === undefined);
