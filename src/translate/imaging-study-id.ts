// The id of an ImagingStudy: its tenant and Study Instance UID, written in the characters that an id of R4 may have
// (datatypes.html#id). It can be read back, so that no table of ids is kept and none can be lost.

/** A UID has digits and dots alone (PS3.5 9.1): a number in base 11 after a leading 1, which keeps zeros in front. */
const DIGITS = '0123456789.';
const BASE = BigInt(DIGITS.length);

export interface ImagingStudyKey {
  tenant: number;
  studyInstanceUid: string;
  /** Whose study it is, where other sources give the same UID to somebody else: who first did has none. */
  patient?: string | undefined;
}

/** 64 characters at most: `patient` has up to 12 letters and digits. */
export function imagingStudyId({ tenant, studyInstanceUid, patient }: ImagingStudyKey): string {
  let number = 1n;
  for (const character of studyInstanceUid) number = number * BASE + BigInt(DIGITS.indexOf(character));
  return [tenant.toString(36), number.toString(36), ...(patient === undefined ? [] : [patient])].join('-');
}

/** undefined for what is no id of ours. */
export function readImagingStudyId(id: string): ImagingStudyKey | undefined {
  const parts = /^([0-9a-z]{1,4})-([0-9a-z]{1,47})(?:-([0-9a-z]{1,12}))?$/.exec(id);
  if (parts === null) return undefined;
  let number = 0n;
  for (const character of parts[2]!) number = number * 36n + BigInt(Number.parseInt(character, 36));
  let studyInstanceUid = '';
  for (; number > 1n; number /= BASE) studyInstanceUid = DIGITS[Number(number % BASE)]! + studyInstanceUid;
  const key = { tenant: Number.parseInt(parts[1]!, 36), studyInstanceUid, patient: parts[3] };
  return studyInstanceUid !== '' && imagingStudyId(key) === id ? key : undefined;
}
