// What a JPEG 2000 (ISO 15444-1) or High-Throughput JPEG 2000 (ISO 15444-15) codestream says of itself in its main header,
// and where it lies in a JP2 file, whose boxes DICOM does not keep (PS3.5 A.4.4).

import { asciiAt, viewOf } from './byte-source.ts';
import type { PixelDescription } from './pixel-description.ts';

const SIZ = 0xff51;
const CAP = 0xff50;
const COD = 0xff52;
const SOT = 0xff90;

export interface Codestream {
  offset: number;
  /** Absent: to the end of the file. */
  length?: number;
}

/** Where the codestream begins: at the start, or in the first Contiguous Codestream box (ISO 15444-1 I.5.4). */
export function jpeg2000Codestream(head: Uint8Array): Codestream | undefined {
  if (head.length < 12) return undefined;
  const view = viewOf(head);
  if (view.getUint32(0) === 0xff4f_ff51) return { offset: 0 };
  if (asciiAt(head, 4, 4) !== 'jP  ') return undefined;
  for (let at = 0; at + 16 <= head.length; ) {
    const short = view.getUint32(at);
    const headerBytes = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (asciiAt(head, at + 4, 4) === 'jp2c') {
      return { offset: at + headerBytes, ...(length !== 0 && { length: length - headerBytes }) };
    }
    if (length < headerBytes) return undefined;
    at += length;
  }
  return undefined;
}

/** `head` begins with the codestream. Undefined where that is none, or has components that no transfer syntax takes. */
export function describeJpeg2000(head: Uint8Array): PixelDescription | undefined {
  const main = mainHeader(head);
  const { size, style } = main;
  if (size === undefined || style === undefined || size.byteLength < 39 || style.byteLength < 10) return undefined;
  const samplesPerPixel = size.getUint16(34);
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return undefined;
  const depth = size.getUint8(36);
  const bitsStored = (depth & 0x7f) + 1;
  if (bitsStored > 16) return undefined;
  // A.6.1: SGcod's multiple component transformation, SPcod's wavelet (1: the reversible one).
  const isTransformed = style.getUint8(4) === 1;
  const isReversible = style.getUint8(9) === 1;
  return {
    transferSyntaxUid: `1.2.840.10008.1.2.4.${syntaxOf(main.isHighThroughput, isReversible)}`,
    rows: size.getUint32(6) - size.getUint32(14),
    columns: size.getUint32(2) - size.getUint32(10),
    samplesPerPixel,
    photometricInterpretation: colourOf(samplesPerPixel, isTransformed, isReversible),
    bitsAllocated: bitsStored > 8 ? 16 : 8,
    bitsStored,
    pixelRepresentation: depth & 0x80 ? 1 : 0,
    lossyMethod: isReversible ? undefined : main.isHighThroughput ? 'ISO_15444_15' : 'ISO_15444_1',
  };
}

interface MainHeader {
  /** The marker segments without their markers and lengths. */
  size?: DataView;
  style?: DataView;
  isHighThroughput: boolean;
}

function mainHeader(head: Uint8Array): MainHeader {
  const view = viewOf(head);
  const main: MainHeader = { isHighThroughput: false };
  for (let at = 2; at + 4 <= head.length; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker === SOT || marker < 0xff00 || length < 2 || at + 2 + length > head.length) break;
    const content = new DataView(head.buffer, head.byteOffset + at + 4, length - 2);
    if (marker === SIZ) main.size = content;
    if (marker === COD) main.style = content;
    // ISO 15444-15 A.3.1: bit 15 of the parts that are announced (Pcap, counted from 1 at its head) is this one.
    if (marker === CAP && length >= 6) main.isHighThroughput = (content.getUint32(0) & 0x0002_0000) !== 0;
    at += 2 + length;
  }
  return main;
}

/** A reversible wavelet may be cut short and so be lossy: what can be told is that it need not be. */
function syntaxOf(isHighThroughput: boolean, isReversible: boolean): number {
  if (isHighThroughput) return isReversible ? 201 : 203;
  return isReversible ? 90 : 91;
}

function colourOf(samplesPerPixel: number, isTransformed: boolean, isReversible: boolean): string {
  if (samplesPerPixel === 1) return 'MONOCHROME2';
  if (!isTransformed) return 'RGB';
  return isReversible ? 'YBR_RCT' : 'YBR_ICT';
}
