// The state of a report in each vocabulary: HL7 v2 OBR-25 (table 0123) and OBX-11 (table 0085), the three flags of an SR (PS3.3
// C.17.2), Composition.status. Each goes through FHIR's and back without loss, but that HL7 v2 says C of what was amended in
// whichever way: an addendum within says which.

import type { DataSet } from '../../dicom/dataset.ts';
import type { ReportStatus } from './report.ts';

const ofObr25: Readonly<Record<string, ReportStatus>> = {
  O: 'registered',
  I: 'registered',
  S: 'registered',
  R: 'partial',
  P: 'preliminary',
  F: 'final',
  X: 'cancelled',
  // In words, as some systems write it.
  PRELIMINARY: 'preliminary',
  PRELIM: 'preliminary',
  FINAL: 'final',
  CORRECTED: 'corrected',
  ADDENDUM: 'appended',
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
};

/** Table 0085: what was never true of this patient. */
const WRONG = /^[WD]$/;

/** `hasAddendum`: in its text. `obx11`: of its results. Without a word of it, it is final where its results are. */
export function statusOfObr25(obr25: string, obx11: readonly string[], hasAddendum: boolean): ReportStatus {
  const said = obr25.trim().toUpperCase();
  const isWrong = obx11.length > 0 && obx11.every((code) => WRONG.test(code));
  if (isWrong && /^[CX]$/.test(said)) return 'entered-in-error';
  if (said === 'C') return hasAddendum ? 'appended' : 'corrected';
  // "Some, but not all, results" to the table, an addendum to those who write one.
  if (said === 'A') return hasAddendum ? 'appended' : 'partial';
  const known = ofObr25[said];
  if (known !== undefined) return known;
  if (obx11.includes('C')) return hasAddendum ? 'appended' : 'corrected';
  if (obx11.includes('P')) return 'preliminary';
  return obx11.includes('F') ? 'final' : 'partial';
}

interface Codes {
  obr25: string;
  obx11: string;
  composition: 'preliminary' | 'final' | 'amended' | 'entered-in-error';
  /** Absent: there is nothing to be signed yet. */
  sr?: { completion: 'PARTIAL' | 'COMPLETE'; preliminary: 'PRELIMINARY' | 'FINAL'; description: string };
}

const codes: Readonly<Record<ReportStatus, Codes>> = {
  registered: { obr25: 'I', obx11: 'I', composition: 'preliminary' },
  partial: {
    obr25: 'R',
    obx11: 'R',
    composition: 'preliminary',
    sr: { completion: 'PARTIAL', preliminary: 'PRELIMINARY', description: 'PARTIAL' },
  },
  preliminary: {
    obr25: 'P',
    obx11: 'P',
    composition: 'preliminary',
    sr: { completion: 'COMPLETE', preliminary: 'PRELIMINARY', description: 'PRELIMINARY' },
  },
  final: {
    obr25: 'F',
    obx11: 'F',
    composition: 'final',
    sr: { completion: 'COMPLETE', preliminary: 'FINAL', description: 'FINAL' },
  },
  corrected: {
    obr25: 'C',
    obx11: 'C',
    composition: 'amended',
    sr: { completion: 'COMPLETE', preliminary: 'FINAL', description: 'CORRECTED' },
  },
  appended: {
    obr25: 'C',
    obx11: 'C',
    composition: 'amended',
    sr: { completion: 'COMPLETE', preliminary: 'FINAL', description: 'APPENDED' },
  },
  cancelled: {
    obr25: 'X',
    obx11: 'X',
    // Composition has no word for it: what it says is not to be used.
    composition: 'entered-in-error',
    sr: { completion: 'PARTIAL', preliminary: 'FINAL', description: 'CANCELLED' },
  },
  'entered-in-error': {
    obr25: 'X',
    obx11: 'W',
    composition: 'entered-in-error',
    sr: { completion: 'PARTIAL', preliminary: 'FINAL', description: 'ENTERED IN ERROR' },
  },
};

export const codesOf = (status: ReportStatus): Codes => codes[status];

/** Whether somebody has answered for it as it stands. */
export const isSigned = (status: ReportStatus): boolean =>
  status === 'preliminary' || status === 'final' || status === 'corrected' || status === 'appended';

/** Whether it holds: what is called off, or was never true, does not. */
export const isWithdrawn = (status: ReportStatus): boolean => status === 'cancelled' || status === 'entered-in-error';

/** Of an SR: by its own word (Completion Flag Description), else by its flags and by whether there was one before it. */
export function statusOfSr(dataset: DataSet, hasAddendum: boolean): ReportStatus {
  const description = dataset.text('CompletionFlagDescription')?.toUpperCase();
  const said = (Object.keys(codes) as ReportStatus[]).find(
    (status) => description !== undefined && codes[status].sr?.description === description,
  );
  if (said !== undefined) return said;
  if (dataset.text('CompletionFlag') === 'PARTIAL') return 'partial';
  if (dataset.text('PreliminaryFlag') === 'PRELIMINARY') return 'preliminary';
  if (hasAddendum) return 'appended';
  return dataset.items('PredecessorDocumentsSequence').length > 0 ? 'corrected' : 'final';
}

/** R4 diagnostic-report-status, of which `amended` is the word for both of its kinds. */
export function statusOfFhir(status: string | undefined, hasAddendum: boolean): ReportStatus {
  if (status === 'amended') return hasAddendum ? 'appended' : 'corrected';
  if (status !== undefined && status in codes) return status as ReportStatus;
  return 'partial';
}
