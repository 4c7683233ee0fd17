// What a reader tolerated: real DICOM is imperfect, so defects come back as findings beside the result.

export const findingCodes = {
  'missing-preamble': 'the 128-byte preamble and DICM are absent (PS3.10 7.1)',
  'missing-meta': 'the File Meta Information is absent (PS3.10 7.1)',
  'meta-length-wrong': 'the File Meta Information Group Length is wrong (PS3.10 7.1)',
  'transfer-syntax-guessed': 'the transfer syntax was guessed from the bytes',
  'transfer-syntax-wrong': 'the data set is not encoded in the transfer syntax that was declared',
  'odd-length': 'a value has an odd length (PS3.5 7.1)',
  'length-overrun': 'a value or item is longer than what encloses it',
  truncated: 'the bytes end before the data set does',
  'trailing-bytes': 'bytes follow the end of the data set',
  'wrong-vr': 'the VR is not one of the dictionary for this attribute (PS3.6)',
  'unknown-vr': 'the VR is none of PS3.5 6.2',
  'un-implicit': 'a UN of undefined length was read as implicit VR little endian (PS3.5 6.2.2, CP-246)',
  'out-of-order': 'elements are not in ascending order of their tags (PS3.5 7.1)',
  'duplicate-element': 'an element occurs twice in a data set (PS3.5 7.1)',
  'group-length': 'a group length is wrong or outside group 0002',
  'private-without-creator': 'a private element has no Private Creator (PS3.5 7.8.1)',
  'depth-limit': 'sequences are nested deeper than is read; the content is kept as bytes',
  'elements-limit': 'a sequence has more elements than are held; its content is kept as bytes',
  'unexpected-delimiter': 'an item or delimitation item stands where none belongs',
  'pixel-data-length': 'the length of Pixel Data does not fit Rows, Columns, frames and bits (PS3.5 8.1)',
  'fragments-irregular': 'the fragments or offset tables of encapsulated Pixel Data are inconsistent (PS3.5 A.4)',
  'charset-unknown': 'Specific Character Set has a value that is not defined (PS3.3 C.12.1.1.2)',
  'charset-misspelt': 'Specific Character Set has a value that is misspelt but was understood',
  'charset-wrong': 'the bytes do not fit the declared Specific Character Set',
  'value-malformed': 'a value does not follow its VR (PS3.5 6.2)',
  exif: 'the picture brings what its camera wrote into it (EXIF)',
  slide: 'a slide does not say all that DICOM asks of it, or says more than its instances hold',
  'encoded-anew': 'the pixels are not those of the file: DICOM has no transfer syntax for its encoding',
  'patient-differs': 'the study is here already, with another patient',
} as const satisfies Record<string, string>;

export type FindingCode = keyof typeof findingCodes;

export interface Finding {
  code: FindingCode;
  /** Tag path in hexadecimal, items by number from 1: `00081140[2].00081155`. Empty for the file as a whole. */
  path: string;
  /** Byte offset in the input at which the defect lies. */
  offset: number;
  /** What was assumed in order to go on. No patient data. */
  assumed: string;
}
