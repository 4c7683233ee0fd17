// Words that cameras and encoders write into compressed frames: EXIF, XMP, IPTC, previews and comments of JPEG and JPEG-LS (ITU-T
// T.81 B.2.4.6, T.87 C.1), comments of JPEG 2000 (T.800 A.9.2). Blanked where they stand, so that no length and no offset changes.

const [SOI, SOS, EOI, COM, TEM] = [0xd8, 0xda, 0xd9, 0xfe, 0x01];
/** JPEG 2000: start of codestream, of a tile part; a comment. */
const [SOC, SOT, COMMENT] = [0x4f, 0x90, 0x64];

/**
 * Content bytes of application segments that say how a picture is seen: JFIF without its preview, the colour transform of
 * JPEG-LS, Adobe's. What colours mean is in the data set (PS3.5 8.2.1, ICC Profile), so profiles of codestreams go too.
 */
const keptBytes: Readonly<Record<number, number>> = { 224: 14, 232: 16, 238: 12 };

/** Of JPEG, JPEG-LS, JPEG 2000 and HTJ2K. PS3.5 A.4. */
const hasSegments = /^1\.2\.840\.10008\.1\.2\.4\.(5[0-9]|6[0-6]|70|8[01]|9[0-3]|20[1-3])$/;

/** Of one object, for its Pixel Data: pieces in order, each with where it begins in its fragment. undefined: nothing to do. */
export function withoutWords(
  transferSyntaxUid: string,
): ((piece: Uint8Array, offset: number) => Uint8Array) | undefined {
  if (!hasSegments.test(transferSyntaxUid)) return undefined;
  const frame = new Codestream();
  return (piece, offset) => {
    const blanked = piece.slice();
    frame.pass(blanked, offset === 0);
    return blanked;
  };
}

/** Reads the segments of a frame as its bytes come, and blanks words in them. */
class Codestream {
  /** Marker and length of a segment, as much as has come. */
  readonly #head: number[] = [];
  /** Bytes of its content that are still to come: first those that stay. */
  #kept = 0;
  #blanked = 0;
  /** What follows is coded, and has no words. */
  #isCoded = true;
  #is2000 = false;

  /** A frame may lie in several fragments: one that begins with no codestream goes on. */
  pass(bytes: Uint8Array, isFragment: boolean): void {
    const begins = isFragment && bytes[0] === 0xff && (bytes[1] === SOI || bytes[1] === SOC);
    if (begins) {
      this.#is2000 = bytes[1] === SOC;
      this.#isCoded = false;
      this.#head.length = 0;
      this.#kept = this.#blanked = 0;
    }
    for (let at = begins ? 2 : 0; at < bytes.length && !this.#isCoded; ) at = this.#step(bytes, at);
  }

  /** Returns where to go on. */
  #step(bytes: Uint8Array, at: number): number {
    if (this.#kept > 0) {
      const end = Math.min(bytes.length, at + this.#kept);
      this.#kept -= end - at;
      return end;
    }
    if (this.#blanked > 0) {
      const end = Math.min(bytes.length, at + this.#blanked);
      bytes.fill(this.#is2000 ? 0x20 : 0, at, end);
      this.#blanked -= end - at;
      return end;
    }
    this.#head.push(bytes[at]!);
    this.#readHead();
    return at + 1;
  }

  #readHead(): void {
    const head = this.#head;
    const [mark, marker, high, low] = head;
    if (mark !== 0xff || marker === (this.#is2000 ? SOT : SOS) || marker === EOI) this.#isCoded = true;
    // T.81 B.1.1.2: fill bytes; and markers that stand alone.
    else if (marker === 0xff) head.pop();
    else if (marker === TEM || (marker !== undefined && marker >= 0xd0 && marker <= 0xd7)) head.length = 0;
    else if (low !== undefined) {
      const content = Math.max(0, ((high! << 8) | low) - 2);
      this.#kept = Math.min(content, this.#keptOf(marker!));
      this.#blanked = content - this.#kept;
      head.length = 0;
    }
  }

  #keptOf(marker: number): number {
    // T.800 A.9.2: the first two bytes say how a comment is written.
    if (this.#is2000) return marker === COMMENT ? 2 : Number.POSITIVE_INFINITY;
    if (marker !== COM && (marker < 0xe0 || marker > 0xef)) return Number.POSITIVE_INFINITY;
    return keptBytes[marker] ?? 0;
  }
}
