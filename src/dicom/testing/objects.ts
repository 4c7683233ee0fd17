// Objects for the tests of this folder, made here: one small object in each form the reader must know, as bytes.

import { concatenated } from '../bytes.ts';
import { DataSet } from '../dataset.ts';
import { Element, type Fragment } from '../element.ts';
import { tag } from '../tag.ts';
import {
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from '../transfer-syntax.ts';
import { writePart10 } from '../writer.ts';

export const uncompressedSyntaxes = [
  IMPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
] as const;

export const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

/** A secondary capture of 4 by 4 pixels with sequences in sequences and private elements. */
export function smallImage(): DataSet {
  const pixels = Uint8Array.from({ length: 32 }, (_, i) => i);
  return new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.7')
    .set('SOPInstanceUID', '2.25.1')
    .set('StudyDate', '20260101')
    .set('Modality', 'OT')
    .set('ReferencedStudySequence', [reference('2.25.11'), reference('2.25.12')])
    .set('PatientName', 'Müller^Jörg')
    .set('PatientID', 'TEST-1')
    .set('StudyInstanceUID', '2.25.2')
    .set('SeriesInstanceUID', '2.25.3')
    .set('SamplesPerPixel', 1)
    .set('PhotometricInterpretation', 'MONOCHROME2')
    .set('Rows', 4)
    .set('Columns', 4)
    .set('BitsAllocated', 16)
    .set('PixelRepresentation', 0)
    .set(tag(0x0029, 0x0010), 'FASCIA TEST')
    .set(tag(0x0029, 0x1001), [1.5, -2], 'FD')
    .set(tag(0x0029, 0x1002), [new DataSet().set('PatientID', 'INNER')], 'SQ')
    .set('PixelData', pixels, 'OW');
}

function reference(uid: string): DataSet {
  const purpose = new DataSet().set('CodeValue', '121311').set('CodingSchemeDesignator', 'DCM');
  const item = new DataSet().set('ReferencedSOPInstanceUID', uid).set('PurposeOfReferenceCodeSequence', [purpose]);
  return item.set('ReferencedSOPClassUID', '1.2.840.10008.3.1.2.3.1');
}

/** The image with its pixels as fragments, which begin with these bytes; the frames are of no matter here. */
export function encapsulatedImage(fragments: readonly Uint8Array[], basicOffsetTable = new Uint8Array(0)): DataSet {
  const image = smallImage();
  image.delete('PixelData');
  const held = fragments.map((bytes): Fragment => ({ offset: -1, length: bytes.length, head: 0, bytes }));
  image.add(Element.of(0x7fe0_0010, 'OB', { basicOffsetTable, fragments: held }));
  return image;
}

/** A codestream of `length` bytes that begins as JPEG does. */
export function jpegLike(length: number): Uint8Array {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) & 0x7f);
  bytes.set([0xff, 0xd8]);
  return bytes;
}

export function part10(dataset: DataSet, transferSyntaxUid: string): Uint8Array {
  const parts = writePart10({ meta: new DataSet(), dataset }, transferSyntax(transferSyntaxUid)!);
  return concatenated(parts);
}

/** Sequences within each other, `depth` deep, each with undefined length or not. */
export function nested(depth: number, undefinedLength: boolean): DataSet {
  let inner = new DataSet().set('PatientID', 'DEEPEST');
  for (let level = 0; level < depth; level++) {
    inner.undefinedLength = undefinedLength;
    inner = new DataSet().set('ContentSequence', [inner]);
  }
  return inner.set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.88.33');
}

/** One small object of every form: each syntax, fragments, nesting. */
export function objectsOfEveryKind(): Uint8Array[] {
  const fragments = [jpegLike(20), jpegLike(30)];
  return [
    ...uncompressedSyntaxes.map((uid) => part10(smallImage(), uid)),
    part10(encapsulatedImage(fragments, new Uint8Array([0, 0, 0, 0])), JPEG_BASELINE),
    part10(nested(5, true), EXPLICIT_VR_LITTLE_ENDIAN),
    part10(nested(5, false), IMPLICIT_VR_LITTLE_ENDIAN),
  ];
}
