// What the catalogue keeps of an object that was read: its UIDs, the columns of its instance, and, where asked for, those of
// its study and series. Pure: a function of what the reader gave.

import { Problem } from '../base/problem.ts';
import type { DataSet } from '../dicom/dataset.ts';
import type { Finding } from '../dicom/finding.ts';
import type { ReadResult } from '../dicom/reader.ts';
import { sopClasses } from '../dicom/sop-class.ts';
import { isUsableUid, isValidUid } from '../dicom/uid.ts';
import type { InstanceRow } from '../storage/keep-rows.ts';

export interface Identity {
  studyUid: string;
  seriesUid: string;
  sopUid: string;
  sopClassUid: string;
}

/**
 * The UIDs that place an instance in the catalogue. Throws dicom/not-storable for what belongs below no study,
 * dicom/missing-attribute and dicom/invalid-uid; tolerates, as findings, UIDs that break only the rules of PS3.5 9.1 for
 * their components.
 */
export function identify({ meta, dataset }: Pick<ReadResult, 'meta' | 'dataset'>, findings: Finding[]): Identity {
  const sopClassUid = dataset.text('SOPClassUID') ?? meta.text('MediaStorageSOPClassUID');
  const kind = sopClassUid === undefined ? undefined : sopClasses.get(sopClassUid)?.kind;
  if (kind === 'service' || kind === 'non-patient') throw new Problem('dicom/not-storable', { sopClassUid });
  const uid = (keyword: string, tag: string): string => {
    const text = dataset.text(keyword);
    if (text === undefined) throw new Problem('dicom/missing-attribute', { attribute: keyword });
    if (!isUsableUid(text)) throw new Problem('dicom/invalid-uid', { attribute: keyword });
    if (!isValidUid(text)) {
      const offset = dataset.get(keyword)?.offset ?? -1;
      findings.push({ code: 'value-malformed', path: tag, offset, assumed: 'the UID is taken as it is' });
    }
    return text;
  };
  return {
    sopClassUid: uid('SOPClassUID', '00080016'),
    sopUid: uid('SOPInstanceUID', '00080018'),
    studyUid: uid('StudyInstanceUID', '0020000D'),
    seriesUid: uid('SeriesInstanceUID', '0020000E'),
  };
}

/** The columns of an instance that its data set alone decides. */
export function describeInstance(
  dataset: DataSet,
): Pick<InstanceRow, 'instance_number' | 'ordinal' | 'rows' | 'columns' | 'bits_allocated' | 'number_of_frames'> {
  const instanceNumber = column(dataset.text('InstanceNumber'));
  return {
    instance_number: instanceNumber,
    ordinal: integer(instanceNumber === null ? undefined : Number(instanceNumber)),
    rows: integer(dataset.number('Rows')),
    columns: integer(dataset.number('Columns')),
    bits_allocated: integer(dataset.number('BitsAllocated')),
    number_of_frames: integer(dataset.number('NumberOfFrames')),
  };
}

export const limits = {
  /** Characters of a column: an index entry of PostgreSQL holds 2,704 bytes. The attributes themselves are kept whole. */
  columnCharacters: 512,
} as const;

/** A value as it is matched: PostgreSQL has no NUL in texts. */
export function column(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.replaceAll('\0', '').slice(0, limits.columnCharacters).toWellFormed() || null;
}

/** A number that PostgreSQL's `integer` holds. */
function integer(number: number | undefined): number | null {
  return number !== undefined && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
}
