// An object of any size that is made while it is sent, never held.

import { createHash, type Hash } from 'node:crypto';
import { fileMeta } from '../../src/dicom/file-meta.ts';
import { makeInstance } from './instances.ts';

const MULTI_FRAME_GRAYSCALE_WORD_SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7.3';
const FRAME_BYTES = 2 ** 20;

export interface LargeObject {
  studyInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  /** The Part 10 header, for doors that take files. */
  meta: Uint8Array;
  /** Length of the data set in bytes. */
  sizeBytes: number;
  /** The data set's bytes; counts them into `digest`. */
  chunks(digest: Hash): AsyncGenerator<Uint8Array>;
}

/** `frames` of one MiB each, no two alike. */
export function largeObject(frames: number): LargeObject {
  const { bytes, studyInstanceUid, sopInstanceUid, sopClassUid, transferSyntaxUid } = makeInstance({
    rows: 512,
    columns: 1024,
    attributes: {
      SOPClassUID: MULTI_FRAME_GRAYSCALE_WORD_SECONDARY_CAPTURE,
      NumberOfFrames: String(frames),
      PixelData: new Uint8Array(0),
    },
  });
  const head = bytes.slice();
  // The empty Pixel Data is the last element, and the 32-bit length its last four bytes.
  new DataView(head.buffer).setUint32(head.length - 4, frames * FRAME_BYTES, true);
  return {
    studyInstanceUid,
    sopInstanceUid,
    sopClassUid,
    transferSyntaxUid,
    meta: fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid }),
    sizeBytes: head.length + frames * FRAME_BYTES,
    async *chunks(digest) {
      digest.update(head);
      yield head;
      for (let frame = 0; frame < frames; frame++) {
        // A new one each time: whoever was given the last may still be sending it.
        const samples = new Uint32Array(FRAME_BYTES / 4).fill(frame * 2_654_435_761);
        const chunk = new Uint8Array(samples.buffer);
        digest.update(chunk);
        yield chunk;
      }
    },
  };
}

export const sha256 = (): Hash => createHash('sha256');
