// Rejection notes: Key Object Selection Documents (PS3.3 A.35.4) with a title of CID 7010 that says of instances that they
// are not to be used. IHE Imaging Object Change Management, RAD-66. Here is what a note lists and who still sees that; the
// spine keeps notes and instances, in whatever order they come, and asks.

import type { DataSet } from '../dicom/dataset.ts';
import { KEY_OBJECT_SELECTION } from '../dicom/key-object-selection.ts';

/** Whose eyes: reading and everything clinical, those who look after quality, those who run the archive. */
export type View = 'clinical' | 'quality' | 'administration';

interface Rejection {
  meaning: string;
  /** Who sees the instances, and the note, all the same. */
  shownTo: readonly View[];
  /** What it means that a rejected instance is stored once more. */
  again: 'stays-hidden' | 'is-shown';
  /** Whether whoever was sent the instances is sent the note. */
  followsCopies: boolean;
}

/** By code of DCM. */
export const rejections = {
  '113001': {
    meaning: 'Rejected for Quality Reasons',
    shownTo: ['quality', 'administration'],
    again: 'stays-hidden',
    followsCopies: true,
  },
  '113037': {
    meaning: 'Rejected for Patient Safety Reasons',
    shownTo: ['administration'],
    again: 'stays-hidden',
    followsCopies: true,
  },
  '113038': {
    meaning: 'Incorrect Modality Worklist Entry',
    shownTo: ['administration'],
    again: 'stays-hidden',
    followsCopies: true,
  },
  // How long others keep their copies is theirs to say, and what they send again is wanted.
  '113039': {
    meaning: 'Data Retention Policy Expired',
    shownTo: ['administration'],
    again: 'is-shown',
    followsCopies: false,
  },
} as const satisfies Record<string, Rejection>;

export type RejectionCode = keyof typeof rejections;

export interface RejectionNote {
  code: RejectionCode;
  sopInstanceUid: string;
  instances: RejectedInstance[];
}

export interface RejectedInstance {
  studyInstanceUid: string;
  /** Absent where the document names it in its content alone. */
  seriesInstanceUid?: string;
  sopInstanceUid: string;
}

/** Undefined for whatever is no rejection note. An instance is rejected as a whole, also where frames of it are named. */
export function rejectionNote(dataset: DataSet): RejectionNote | undefined {
  if (dataset.text('SOPClassUID') !== KEY_OBJECT_SELECTION) return undefined;
  const [title] = dataset.items('ConceptNameCodeSequence');
  const code = title?.text('CodeValue');
  const isRejection =
    code !== undefined && Object.hasOwn(rejections, code) && title!.text('CodingSchemeDesignator') === 'DCM';
  if (!isRejection) return undefined;
  const instances = new Map<string, RejectedInstance>();
  for (const instance of evidenceOf(dataset)) instances.set(instance.sopInstanceUid, instance);
  // C.17.6.2.1 has all of them in the evidence; what is missing there is not shown for that.
  const studyInstanceUid = dataset.text('StudyInstanceUID') ?? '';
  for (const sopInstanceUid of contentOf(dataset)) {
    if (!instances.has(sopInstanceUid)) instances.set(sopInstanceUid, { studyInstanceUid, sopInstanceUid });
  }
  return {
    code: code as RejectionCode,
    sopInstanceUid: dataset.text('SOPInstanceUID') ?? '',
    instances: [...instances.values()],
  };
}

/** Current Requested Procedure Evidence Sequence, C.17.2.1: by study and series. */
function* evidenceOf(dataset: DataSet): Generator<RejectedInstance> {
  for (const study of dataset.items('CurrentRequestedProcedureEvidenceSequence')) {
    const studyInstanceUid = study.text('StudyInstanceUID');
    if (studyInstanceUid === undefined) continue;
    for (const series of study.items('ReferencedSeriesSequence')) {
      const seriesInstanceUid = series.text('SeriesInstanceUID');
      for (const reference of series.items('ReferencedSOPSequence')) {
        const sopInstanceUid = reference.text('ReferencedSOPInstanceUID');
        if (sopInstanceUid === undefined) continue;
        yield { studyInstanceUid, ...(seriesInstanceUid && { seriesInstanceUid }), sopInstanceUid };
      }
    }
  }
}

function* contentOf(item: DataSet): Generator<string> {
  for (const content of item.items('ContentSequence')) {
    for (const reference of content.items('ReferencedSOPSequence')) {
      const uid = reference.text('ReferencedSOPInstanceUID');
      if (uid !== undefined) yield uid;
    }
    yield* contentOf(content);
  }
}

/** When an instance was stored here. */
export interface Arrivals {
  first: Date;
  last: Date;
}

/** Whether an instance is seen, whatever came first, it or the notes that list it. */
export function isShown(arrivals: Arrivals, notes: readonly { code: RejectionCode; at: Date }[], view: View): boolean {
  return notes.every(({ code, at }) => isNoteShown(code, view) || hasComeAgain(code, at, arrivals));
}

/** Whether the note itself is seen: by those who see what it rejects. */
export function isNoteShown(code: RejectionCode, view: View): boolean {
  const { shownTo }: Rejection = rejections[code];
  return shownTo.includes(view);
}

/** A note may be here before its instances: their first arrival is not yet again. */
function hasComeAgain(code: RejectionCode, at: Date, { first, last }: Arrivals): boolean {
  return rejections[code].again === 'is-shown' && last > at && last > first;
}
