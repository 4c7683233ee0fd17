// Every transfer syntax of PS3.6 Table A-1, retired ones included, and the one private syntax that is met in archives.
// What a syntax says about the data set is here (PS3.5 Annex A); decoding pixels is left to others.

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly explicitVr: boolean;
  /** Byte order of the data set. */
  readonly littleEndian: boolean;
  /** PS3.5 A.5: the data set after group 0002 is a raw deflate stream (RFC 1951). */
  readonly deflated: boolean;
  /** PS3.5 A.4: Pixel Data is a sequence of fragments. */
  readonly encapsulated: boolean;
  /** Whether decoding may give other pixels than were encoded. */
  readonly lossy: boolean;
  /** The byte order of native Pixel Data where it is not that of the data set (private syntax of GE). */
  readonly bigEndianPixelData?: boolean;
}

type Flags = Partial<Omit<TransferSyntax, 'uid' | 'name'>>;

const native = (uid: string, name: string, flags: Flags = {}): TransferSyntax => ({
  uid,
  name,
  explicitVr: true,
  littleEndian: true,
  deflated: false,
  encapsulated: false,
  lossy: false,
  ...flags,
});
const lossless = (uid: string, name: string): TransferSyntax => native(uid, name, { encapsulated: true });
const lossy = (uid: string, name: string): TransferSyntax => native(uid, name, { encapsulated: true, lossy: true });

export const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2';
export const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
export const DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1.99';
export const EXPLICIT_VR_BIG_ENDIAN = '1.2.840.10008.1.2.2';

export const transferSyntaxes: readonly TransferSyntax[] = [
  native(IMPLICIT_VR_LITTLE_ENDIAN, 'Implicit VR Little Endian', { explicitVr: false }),
  native(EXPLICIT_VR_LITTLE_ENDIAN, 'Explicit VR Little Endian'),
  lossless('1.2.840.10008.1.2.1.98', 'Encapsulated Uncompressed Explicit VR Little Endian'),
  native(DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN, 'Deflated Explicit VR Little Endian', { deflated: true }),
  native(EXPLICIT_VR_BIG_ENDIAN, 'Explicit VR Big Endian (Retired)', { littleEndian: false }),
  lossy('1.2.840.10008.1.2.4.50', 'JPEG Baseline (Process 1)'),
  lossy('1.2.840.10008.1.2.4.51', 'JPEG Extended (Process 2 & 4)'),
  lossy('1.2.840.10008.1.2.4.52', 'JPEG Extended (Process 3 & 5) (Retired)'),
  lossy('1.2.840.10008.1.2.4.53', 'JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8) (Retired)'),
  lossy('1.2.840.10008.1.2.4.54', 'JPEG Spectral Selection, Non-Hierarchical (Process 7 & 9) (Retired)'),
  lossy('1.2.840.10008.1.2.4.55', 'JPEG Full Progression, Non-Hierarchical (Process 10 & 12) (Retired)'),
  lossy('1.2.840.10008.1.2.4.56', 'JPEG Full Progression, Non-Hierarchical (Process 11 & 13) (Retired)'),
  lossless('1.2.840.10008.1.2.4.57', 'JPEG Lossless, Non-Hierarchical (Process 14)'),
  lossless('1.2.840.10008.1.2.4.58', 'JPEG Lossless, Non-Hierarchical (Process 15) (Retired)'),
  lossy('1.2.840.10008.1.2.4.59', 'JPEG Extended, Hierarchical (Process 16 & 18) (Retired)'),
  lossy('1.2.840.10008.1.2.4.60', 'JPEG Extended, Hierarchical (Process 17 & 19) (Retired)'),
  lossy('1.2.840.10008.1.2.4.61', 'JPEG Spectral Selection, Hierarchical (Process 20 & 22) (Retired)'),
  lossy('1.2.840.10008.1.2.4.62', 'JPEG Spectral Selection, Hierarchical (Process 21 & 23) (Retired)'),
  lossy('1.2.840.10008.1.2.4.63', 'JPEG Full Progression, Hierarchical (Process 24 & 26) (Retired)'),
  lossy('1.2.840.10008.1.2.4.64', 'JPEG Full Progression, Hierarchical (Process 25 & 27) (Retired)'),
  lossless('1.2.840.10008.1.2.4.65', 'JPEG Lossless, Hierarchical (Process 28) (Retired)'),
  lossless('1.2.840.10008.1.2.4.66', 'JPEG Lossless, Hierarchical (Process 29) (Retired)'),
  lossless('1.2.840.10008.1.2.4.70', 'JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14, SV 1)'),
  lossless('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless Image Compression'),
  lossy('1.2.840.10008.1.2.4.81', 'JPEG-LS Lossy (Near-Lossless) Image Compression'),
  lossless('1.2.840.10008.1.2.4.90', 'JPEG 2000 Image Compression (Lossless Only)'),
  lossy('1.2.840.10008.1.2.4.91', 'JPEG 2000 Image Compression'),
  lossless('1.2.840.10008.1.2.4.92', 'JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only)'),
  lossy('1.2.840.10008.1.2.4.93', 'JPEG 2000 Part 2 Multi-component Image Compression'),
  native('1.2.840.10008.1.2.4.94', 'JPIP Referenced', { lossy: true }),
  native('1.2.840.10008.1.2.4.95', 'JPIP Referenced Deflate', { deflated: true, lossy: true }),
  lossy('1.2.840.10008.1.2.4.100', 'MPEG2 Main Profile / Main Level'),
  lossy('1.2.840.10008.1.2.4.100.1', 'Fragmentable MPEG2 Main Profile / Main Level'),
  lossy('1.2.840.10008.1.2.4.101', 'MPEG2 Main Profile / High Level'),
  lossy('1.2.840.10008.1.2.4.101.1', 'Fragmentable MPEG2 Main Profile / High Level'),
  lossy('1.2.840.10008.1.2.4.102', 'MPEG-4 AVC/H.264 High Profile / Level 4.1'),
  lossy('1.2.840.10008.1.2.4.102.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1'),
  lossy('1.2.840.10008.1.2.4.103', 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'),
  lossy('1.2.840.10008.1.2.4.103.1', 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1'),
  lossy('1.2.840.10008.1.2.4.104', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video'),
  lossy('1.2.840.10008.1.2.4.104.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video'),
  lossy('1.2.840.10008.1.2.4.105', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video'),
  lossy('1.2.840.10008.1.2.4.105.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video'),
  lossy('1.2.840.10008.1.2.4.106', 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'),
  lossy('1.2.840.10008.1.2.4.106.1', 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2'),
  lossy('1.2.840.10008.1.2.4.107', 'HEVC/H.265 Main Profile / Level 5.1'),
  lossy('1.2.840.10008.1.2.4.108', 'HEVC/H.265 Main 10 Profile / Level 5.1'),
  lossless('1.2.840.10008.1.2.4.110', 'JPEG XL Lossless'),
  lossy('1.2.840.10008.1.2.4.111', 'JPEG XL JPEG Recompression'),
  lossy('1.2.840.10008.1.2.4.112', 'JPEG XL'),
  lossless('1.2.840.10008.1.2.4.201', 'High-Throughput JPEG 2000 Image Compression (Lossless Only)'),
  lossless('1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)'),
  lossy('1.2.840.10008.1.2.4.203', 'High-Throughput JPEG 2000 Image Compression'),
  native('1.2.840.10008.1.2.4.204', 'JPIP HTJ2K Referenced', { lossy: true }),
  native('1.2.840.10008.1.2.4.205', 'JPIP HTJ2K Referenced Deflate', { deflated: true, lossy: true }),
  lossless('1.2.840.10008.1.2.5', 'RLE Lossless'),
  native('1.2.840.10008.1.2.6.1', 'RFC 2557 MIME encapsulation (Retired)'),
  native('1.2.840.10008.1.2.6.2', 'XML Encoding (Retired)'),
  native('1.2.840.10008.1.2.7.1', 'SMPTE ST 2110-20 Uncompressed Progressive Active Video'),
  native('1.2.840.10008.1.2.7.2', 'SMPTE ST 2110-20 Uncompressed Interlaced Active Video'),
  native('1.2.840.10008.1.2.7.3', 'SMPTE ST 2110-30 PCM Digital Audio'),
  lossless('1.2.840.10008.1.2.8.1', 'Deflated Image Frame Compression'),
  native('1.2.840.10008.1.20', 'Papyrus 3 Implicit VR Little Endian (Retired)', { explicitVr: false }),
  native('1.2.840.113619.5.2', 'GE Private Implicit VR Little Endian with Big Endian Pixel Data', {
    explicitVr: false,
    bigEndianPixelData: true,
  }),
];

const byUid = new Map(transferSyntaxes.map((syntax) => [syntax.uid, syntax]));

/** The transfer syntax of a UID; undefined when it is none that the standard (or a vendor we know) has defined. */
export function transferSyntax(uid: string): TransferSyntax | undefined {
  return byUid.get(uid);
}

/** Video is one stream over all frames: frames have no bytes of their own (PS3.5 8.2.5 to 8.2.8). */
export function isVideo(syntax: TransferSyntax): boolean {
  return /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/.test(syntax.uid);
}

/** High-Throughput JPEG 2000 (PS3.5 A.4.13). */
export const isHtj2k = (uid: string): boolean => /^1\.2\.840\.10008\.1\.2\.4\.20[1-3]$/.test(uid);

/** Whether a data set can be written in this syntax by copying and re-ordering bytes alone, see reencode.ts. */
export function isUncompressed(syntax: TransferSyntax): boolean {
  return uncompressed.has(syntax.uid);
}

const uncompressed: ReadonlySet<string> = new Set([
  IMPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_LITTLE_ENDIAN,
  DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
  EXPLICIT_VR_BIG_ENDIAN,
]);
