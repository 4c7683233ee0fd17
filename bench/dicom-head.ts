// What reading the head of an instance costs: a CT slice of 0.5 MB as C-STORE brings it, in PDVs of 16 KiB, of which the
// pixels are only counted. Prints microseconds per instance; the goal is below 60. Run: node bench/dicom-head.ts

import { DataSet } from '../src/dicom/dataset.ts';
import { vrOf } from '../src/dicom/dictionary.ts';
import { DicomReader } from '../src/dicom/reader.ts';
import { tag } from '../src/dicom/tag.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, transferSyntax } from '../src/dicom/transfer-syntax.ts';
import type { VR } from '../src/dicom/vr.ts';
import { writeDataSet } from '../src/dicom/writer.ts';

const PDV_BYTES = 16 * 1024;
const ROUNDS = 15;
const READS_PER_ROUND = 500;

const plainValues: Partial<Record<VR, string | number>> = {
  CS: 'AXIAL',
  DA: '20260101',
  DS: '0.9765625',
  IS: '120',
  LO: 'Bench description',
  PN: 'Muster^Max',
  SH: 'BENCH',
  TM: '120000.000',
  UI: '2.25.71263512653621537612537612537612533',
  UL: 1,
  US: 1,
  FD: 0.5,
};

for (const uid of [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN]) {
  const pdvs = inPdvs(writeDataSet(ctSlice(), transferSyntax(uid)!));
  const rounds = Array.from({ length: ROUNDS }, () => microsecondsPerRead(pdvs, uid)).sort((a, b) => a - b);
  const elements = read(pdvs, uid).dataset.elements.size;
  console.log(`${transferSyntax(uid)!.name}: ${rounds[ROUNDS >> 1]!.toFixed(1)} µs (${elements} elements)`);
}

function microsecondsPerRead(pdvs: Uint8Array[], uid: string): number {
  const started = performance.now();
  for (let i = 0; i < READS_PER_ROUND; i++) read(pdvs, uid);
  return ((performance.now() - started) * 1000) / READS_PER_ROUND;
}

function read(pdvs: Uint8Array[], transferSyntaxUid: string) {
  const reader = new DicomReader({ form: 'dataset', transferSyntaxUid });
  for (const pdv of pdvs) reader.push(pdv);
  return reader.end();
}

function inPdvs(parts: Uint8Array[]): Uint8Array[] {
  const whole = new Uint8Array(Buffer.concat(parts));
  const count = Math.ceil(whole.length / PDV_BYTES);
  return Array.from({ length: count }, (_, i) => whole.slice(i * PDV_BYTES, (i + 1) * PDV_BYTES));
}

/** About what scanners send: 110 standard elements, 30 private ones, 3 short sequences. */
function ctSlice(): DataSet {
  const slice = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 100')
    .set('ImageType', ['ORIGINAL', 'PRIMARY', 'AXIAL'])
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
    .set('SOPInstanceUID', '2.25.71263512653621537612537612537612533')
    .set('StudyInstanceUID', '2.25.71263512653621537612537612537612531')
    .set('SeriesInstanceUID', '2.25.71263512653621537612537612537612532')
    .set('PatientName', 'Muster^Erika')
    .set('PatientID', 'BENCH-1')
    .set('ReferencedStudySequence', [reference('1'), reference('2')])
    .set('SourceImageSequence', [reference('3')])
    .set('RequestAttributesSequence', [new DataSet().set('ScheduledProcedureStepID', 'A1')]);
  for (const [group, from] of [
    [0x0008, 0x0020],
    [0x0010, 0x0030],
    [0x0018, 0x0022],
    [0x0018, 0x1100],
    [0x0020, 0x0010],
  ] as const) {
    for (let i = 0; i < 40; i++) setPlain(slice, tag(group, from + i));
  }
  slice.set('Rows', 512).set('Columns', 512).set('BitsAllocated', 16).set('SamplesPerPixel', 1);
  for (const group of [0x0009, 0x0019, 0x0043]) {
    slice.set(tag(group, 0x0010), `BENCH ${group}`);
    for (let i = 0; i < 9; i++) slice.set(tag(group, 0x1000 + i), `value ${i}`, 'LO');
  }
  return slice.set('PixelData', new Uint8Array(512 * 512 * 2), 'OW');
}

function reference(last: string): DataSet {
  return new DataSet()
    .set('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
    .set('ReferencedSOPInstanceUID', `2.25.7126351265362153761253761253761${last}`);
}

/** A value of the attribute's own VR, where it is a simple one. */
function setPlain(slice: DataSet, at: number): void {
  const value = plainValues[vrOf(at)];
  if (value !== undefined && !slice.has(at)) slice.set(at, value);
}
