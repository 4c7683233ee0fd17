// What a reader writes: sections of text in which fields have their places. The text is made of it (content-text.ts), never
// the other way round: a size or a date keeps its value, its unit and its code (RadElement) wherever it is shown.

import type { SectionKind } from '../../translate/report/section.ts';
import type { SignedReport } from '../case/case-event.ts';

export type FieldValue =
  | { text: string }
  /** Decimal text, as it was typed: `9.0` says more than 9. */
  | { number: string }
  /** Values of the field's options. */
  | { choices: readonly string[] }
  /** YYYY-MM-DD. Where images were pseudonymised: shifted as theirs are, and shifted back on the way home. */
  | { date: string }
  /** A prior that was compared with, by its UID and date as the reader has them. */
  | { prior: { studyUid: string; date: string; description: string } };

export interface ContentField {
  /** `{{name}}` in the text of its section is where it stands. */
  name: string;
  label: string;
  /** Absent while it is empty. */
  value?: FieldValue;
  /** UCUM. */
  unit?: string;
  /** RadElement common data element: `RDE1234`. */
  element?: string;
  /** RadElement codes of its choices, by their values. */
  elementValues?: Readonly<Record<string, string>>;
}

export interface ContentSection {
  kind: SectionKind;
  /** As its template calls it; absent: as its kind is called everywhere. */
  title?: string;
  text: string;
  fields: readonly ContentField[];
  /** Of an addendum: when it was written, ISO 8601. */
  at?: string;
}

export interface ReportContent {
  /** BCP 47. */
  language: string;
  template?: { id: string; version: number };
  sections: readonly ContentSection[];
}

/** Whose report the writer believed it to be: what stood on the screen that it was written on. */
export interface Subject {
  studyUid: string;
  accession?: string;
  patientId?: string;
}

/** A version as it was signed. It lies in the provider's room, in the room's UIDs, dates and pseudonyms. */
export interface SignedContent {
  case: string;
  status: 'preliminary' | 'final' | 'appended' | 'corrected' | 'amended';
  /** Version, reader, hash, entitlement. */
  report: SignedReport;
  /** ISO 8601. */
  signedAt: string;
  subject: Subject;
  /** The whole report as it stands with this version. */
  content: ReportContent;
  /** Findings of the checks that were overridden, and why. */
  overrides: readonly { check: string; message: string; reason: string }[];
  /** Where the provider's own system signed it: what it came as in the room, by which its later versions are known. */
  reported?: { kind: 'instance' | 'report'; name: string; version: number };
  /** Words of typed dates that the reader said to be right as they stand: they go home as they are. */
  confirmed?: readonly string[];
  /** Between preliminary and final; of a correction, why it was made. */
  difference?: 'none' | 'minor' | 'major';
  reason?: string;
}
