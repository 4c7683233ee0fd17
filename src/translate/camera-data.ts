// A JPEG or a video without what its camera wrote beside the pictures: EXIF, XMP, IPTC and comments, previews, places. The
// pictures are the same bytes. What DICOM has an attribute for was read before.

import { concatenated } from '../dicom/bytes.ts';
import type { Stretch } from '../dicom/streamed-part10.ts';
import { asciiAt, type ByteSource, viewOf } from './byte-source.ts';

export const limits = {
  /** Boxes of one level of an MP4 that are looked at. */
  boxes: 100_000,
  /** Read at once. */
  stepBytes: 256 * 1024,
} as const;

const [SOS, EOI, COM] = [0xda, 0xd9, 0xfe];

/** JFIF, ICC profile and Adobe's colour transform say how the picture is seen; everything else that is no coding is dropped. */
const isDropped = (marker: number, content: Uint8Array): boolean => {
  if (marker === COM) return true;
  if (marker < 0xe0 || marker > 0xef || marker === 0xee) return false;
  if (marker === 0xe0) return !/^JFIF/.test(asciiAt(content, 0, 4));
  return !(marker === 0xe2 && asciiAt(content, 0, 11) === 'ICC_PROFILE');
};

/** `jpeg` begins with SOI and was described. What follows its end, previews for the most part, is dropped too. */
export function withoutCameraData(jpeg: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)];
  const view = viewOf(jpeg);
  for (let at = 2; at + 4 <= jpeg.length; ) {
    const marker = jpeg[at + 1]!;
    if (jpeg[at] !== 0xff || marker === EOI) break;
    // B.1.1.2: fill bytes; and markers that stand alone.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = marker === SOS ? endOfScan(jpeg, at) : at + 2 + view.getUint16(at + 2);
    if (!isDropped(marker, jpeg.subarray(at + 4, end))) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return concatenated([...kept, Uint8Array.of(0xff, EOI)]);
}

/** B.1.1.5: entropy-coded data has no marker but those of restarts; FF of its own is followed by 00. */
function endOfScan(jpeg: Uint8Array, start: number): number {
  const header = start + 2 + viewOf(jpeg).getUint16(start + 2);
  for (let at = jpeg.indexOf(0xff, header); at >= 0 && at + 1 < jpeg.length; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return jpeg.length;
}

/** ISO 14496-12 8.10: boxes for what users and cameras say; `uuid` holds XMP. */
const personalBoxes = ['udta', 'meta', 'uuid'];

/**
 * An MP4 in which such boxes of the file, the movie and its tracks are free space (ISO 14496-12 8.1.2) of zeros: nothing
 * moves, so all that refers to a place stays true.
 */
export async function mp4WithoutCameraData(file: ByteSource): Promise<Stretch> {
  const blanks = await blanksBetween(file, 0, file.sizeBytes);
  return {
    length: file.sizeBytes,
    async *chunks() {
      for (let at = 0; at < file.sizeBytes; at += limits.stepBytes) {
        const bytes = (await file.read(at, at + limits.stepBytes)).slice();
        for (const { start, end } of blanks) blank(bytes, start - at, end - at);
        yield bytes;
      }
    },
  };
}

interface Blank {
  /** From the type of the box on. */
  start: number;
  end: number;
}

async function blanksBetween(file: ByteSource, start: number, end: number): Promise<Blank[]> {
  const found: Blank[] = [];
  let looked = 0;
  for (let at = start; at + 8 <= end && looked < limits.boxes; looked++) {
    const head = await file.read(at, at + 16);
    const [size, type] = [viewOf(head).getUint32(0), asciiAt(head, 4, 4)];
    const length = size === 0 ? end - at : size === 1 ? Number(viewOf(head).getBigUint64(8)) : size;
    if (length < 8 || at + length > end) break;
    // The type of a box of 64 bits is followed by its length, which stays.
    if (personalBoxes.includes(type)) found.push({ start: at + 4, end: at + length });
    else if (type === 'moov' || type === 'trak') {
      found.push(...(await blanksBetween(file, at + (size === 1 ? 16 : 8), at + length)));
    }
    at += length;
  }
  return found;
}

const FREE = [...'free'].map((character) => character.charCodeAt(0));

/** `start` and `end` in `bytes`, or outside of them. */
function blank(bytes: Uint8Array, start: number, end: number): void {
  for (let at = Math.max(0, start); at < Math.min(bytes.length, end); at++) bytes[at] = FREE[at - start] ?? 0;
}
