// Instances for tests, made here: small CT and secondary capture images whose pixels are told apart by their numbers.

import { randomBytes } from 'node:crypto';
import { DataSet, type NewValue } from '../../src/dicom/dataset.ts';
import { Element } from '../../src/dicom/element.ts';
import {
  EXPLICIT_VR_LITTLE_ENDIAN,
  IMPLICIT_VR_LITTLE_ENDIAN,
  transferSyntax,
} from '../../src/dicom/transfer-syntax.ts';
import { newUid } from '../../src/dicom/uid.ts';
import { fileMeta, writeDataSet } from '../../src/dicom/writer.ts';

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const PIXEL_DATA = 0x7fe0_0010;
export const RLE_LOSSLESS = '1.2.840.10008.1.2.5';

export interface MadeInstance {
  dataset: DataSet;
  /** The Part 10 file. */
  file: Uint8Array;
  /** The data set alone, as C-STORE carries it. */
  bytes: Uint8Array;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
}

export interface Wanted {
  studyInstanceUid?: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
  rows?: number;
  columns?: number;
  transferSyntaxUid?: string;
  /** The frames, for a transfer syntax that is encapsulated. */
  codestreams?: readonly Uint8Array[];
  /** Further attributes by keyword, or other values for those below; null empties one, undefined leaves it out. */
  attributes?: Record<string, NewValue | undefined>;
}

export const freshUid = (): string => newUid(randomBytes(16));

/** A CT image that dciodvfy finds nothing wrong with. */
export function makeInstance(wanted: Wanted = {}): MadeInstance {
  const studyInstanceUid = wanted.studyInstanceUid ?? freshUid();
  const seriesInstanceUid = wanted.seriesInstanceUid ?? freshUid();
  const sopInstanceUid = wanted.sopInstanceUid ?? freshUid();
  const transferSyntaxUid = wanted.transferSyntaxUid ?? EXPLICIT_VR_LITTLE_ENDIAN;
  const [rows, columns] = [wanted.rows ?? 16, wanted.columns ?? 16];
  const number = Number(wanted.attributes?.InstanceNumber ?? 1);
  const attributes: Record<string, NewValue | undefined> = {
    SpecificCharacterSet: 'ISO_IR 192',
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    SOPClassUID: CT_IMAGE_STORAGE,
    SOPInstanceUID: sopInstanceUid,
    StudyDate: '20260115',
    SeriesDate: '20260115',
    AcquisitionDate: '20260115',
    ContentDate: '20260115',
    StudyTime: '101112',
    SeriesTime: '101112',
    AcquisitionTime: '101112',
    ContentTime: '101112',
    AccessionNumber: 'ACC-1',
    Modality: 'CT',
    Manufacturer: 'Fascia test',
    ReferringPhysicianName: 'Referrer^Rita',
    StudyDescription: 'CT thorax',
    SeriesDescription: 'axial 1.25',
    PatientName: 'Test^Patient',
    PatientID: 'P-1',
    PatientBirthDate: '19700101',
    PatientSex: 'O',
    SliceThickness: '1.25',
    KVP: '120',
    PatientPosition: 'HFS',
    StudyInstanceUID: studyInstanceUid,
    SeriesInstanceUID: seriesInstanceUid,
    StudyID: '1',
    SeriesNumber: '1',
    AcquisitionNumber: '1',
    InstanceNumber: '1',
    ImagePositionPatient: ['0', '0', String(number * 1.25)],
    ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
    FrameOfReferenceUID: `${studyInstanceUid.slice(0, 60)}.1`,
    PositionReferenceIndicator: null,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    PixelSpacing: ['0.7', '0.7'],
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    RescaleIntercept: '-1024',
    RescaleSlope: '1',
    RescaleType: 'HU',
    WindowCenter: '40',
    WindowWidth: '400',
    PixelData: pixels(rows, columns, number),
    ...wanted.attributes,
  };
  const dataset = new DataSet();
  for (const [keyword, value] of Object.entries(attributes)) if (value !== undefined) dataset.set(keyword, value);
  if (wanted.codestreams) dataset.add(encapsulated(wanted.codestreams));
  const sopClassUid = dataset.text('SOPClassUID') ?? CT_IMAGE_STORAGE;
  const bytes = joined(writeDataSet(dataset, transferSyntax(transferSyntaxUid)!));
  const file = joined([fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid }), bytes]);
  return { dataset, file, bytes, studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid, transferSyntaxUid };
}

/** A study of `series` series with `instances` instances each, numbered from 1. */
export function makeStudy(series: number, instances: number, wanted: Wanted = {}): MadeInstance[] {
  const studyInstanceUid = wanted.studyInstanceUid ?? freshUid();
  return Array.from({ length: series }, (_, s) => {
    const seriesInstanceUid = freshUid();
    return Array.from({ length: instances }, (_, i) =>
      makeInstance({
        ...wanted,
        studyInstanceUid,
        seriesInstanceUid,
        attributes: { SeriesNumber: String(s + 1), InstanceNumber: String(i + 1), ...wanted.attributes },
      }),
    );
  }).flat();
}

/**
 * A study as several devices would make it together: a hundred instances in several transfer syntaxes, 25 in each, with
 * names beyond ASCII, private elements and sequences.
 */
export function makeMixedStudy(
  transferSyntaxes = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, RLE_LOSSLESS, EXPLICIT_VR_LITTLE_ENDIAN],
): MadeInstance[] {
  const studyInstanceUid = freshUid();
  return transferSyntaxes.flatMap((transferSyntaxUid, s) => {
    const seriesInstanceUid = freshUid();
    return Array.from({ length: 25 }, (_, i) => {
      const number = 25 * s + i + 1;
      const compressed = transferSyntaxUid === RLE_LOSSLESS;
      return makeInstance({
        studyInstanceUid,
        seriesInstanceUid,
        transferSyntaxUid,
        rows: 64,
        columns: 64,
        codestreams: compressed ? [rleFrame(pixels(64, 64, number))] : undefined,
        attributes: {
          PatientName: 'Müller^Jürgen=山田^太郎',
          PatientID: `MIXED-${studyInstanceUid.slice(-12)}`,
          SeriesNumber: String(s + 1),
          InstanceNumber: String(number),
          ReferencedImageSequence: [
            new DataSet()
              .set('ReferencedSOPClassUID', CT_IMAGE_STORAGE)
              .set('ReferencedSOPInstanceUID', `${studyInstanceUid.slice(0, 50)}.${number}`),
          ],
          '00090010': 'FASCIA TEST',
          '00091001': new Uint8Array([number, 0, 255, 254]),
        },
      });
    });
  });
}

function encapsulated(codestreams: readonly Uint8Array[]): Element {
  const fragments = codestreams.map((bytes) => ({ offset: -1, length: bytes.length, head: 0, bytes }));
  return Element.of(PIXEL_DATA, 'OB', { basicOffsetTable: new Uint8Array(0), fragments });
}

/** PS3.5 G: 16-bit samples as RLE Lossless, the high bytes first, in literal runs alone. */
function rleFrame(samples: Uint8Array): Uint8Array {
  const segments = [1, 0].map((which) => literalRuns(samples.filter((_, i) => i % 2 === which)));
  const header = new Uint32Array(16);
  header.set([2, 64, 64 + segments[0]!.length]);
  return joined([new Uint8Array(header.buffer), ...segments]);
}

function literalRuns(bytes: Uint8Array): Uint8Array {
  const runs: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 128) {
    const run = bytes.subarray(at, at + 128);
    runs.push(new Uint8Array([run.length - 1]), run);
  }
  const all = joined(runs);
  // PS3.5 G.3.1: a segment is of even length.
  return all.length % 2 === 0 ? all : joined([all, new Uint8Array(1)]);
}

/** 16-bit samples that no other instance number has. */
function pixels(rows: number, columns: number, number: number): Uint8Array {
  const samples = new Uint16Array(rows * columns);
  for (let i = 0; i < samples.length; i++) samples[i] = (i * 7 + number * 131) & 0x0fff;
  samples[0] = number & 0xffff;
  return new Uint8Array(samples.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
