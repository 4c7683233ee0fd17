// The media types of compressed pixel data and the transfer syntaxes that belong to each (PS3.18 8.7.3.3, Tables 8.7.3-3 to
// 8.7.3-5): what a part of frames or bulk data is called, and which syntax a client means that names only the media type.

import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../dicom/transfer-syntax.ts';

export const OCTET_STREAM = 'application/octet-stream';

/** The first is what the media type means where nothing else is said. */
const transferSyntaxesOf: Record<string, readonly string[]> = {
  'image/jpeg': ['4.70', '4.50', '4.51', '4.57'],
  'image/dicom-rle': ['5'],
  'image/jls': ['4.80', '4.81'],
  'image/jp2': ['4.90', '4.91'],
  'image/jpx': ['4.92', '4.93'],
  'image/jphc': ['4.201', '4.202', '4.203'],
  'image/jxl': ['4.110', '4.111', '4.112'],
  'video/mpeg': ['4.100', '4.100.1', '4.101', '4.101.1'],
  'video/mp4': [2, 3, 4, 5, 6].flatMap((n) => [`4.10${n}`, `4.10${n}.1`]),
  'video/h265': ['4.107', '4.108'],
};

const mediaTypes = new Map<string, string>(
  Object.entries(transferSyntaxesOf).flatMap(([mediaType, uids]) =>
    uids.map((uid) => [`1.2.840.10008.1.2.${uid}`, mediaType] as const),
  ),
);

/** The media types of still images, in the order of the standard's table. */
export const imageMediaTypes = Object.keys(transferSyntaxesOf).filter((mediaType) => mediaType.startsWith('image/'));

/** What codestreams of a transfer syntax are called; octet-stream for native samples and for what has no name of its own. */
export const mediaTypeOf = (transferSyntaxUid: string): string => mediaTypes.get(transferSyntaxUid) ?? OCTET_STREAM;

/** The transfer syntax that a media type means by itself. */
export function defaultSyntaxOf(mediaType: string): string {
  const first = transferSyntaxesOf[mediaType]?.[0];
  return first === undefined ? EXPLICIT_VR_LITTLE_ENDIAN : `1.2.840.10008.1.2.${first}`;
}
