// The two choices that shape the bytes of a data element: explicit or implicit VR, byte order. PS3.5 7.1 and 7.3.
// A transfer syntax names one of them for the whole data set; the content of a UN may differ (PS3.5 6.2.2 Note 2).

export interface Encoding {
  readonly explicitVr: boolean;
  readonly littleEndian: boolean;
}

export const implicitLittle: Encoding = Object.freeze({ explicitVr: false, littleEndian: true });
export const explicitLittle: Encoding = Object.freeze({ explicitVr: true, littleEndian: true });
export const explicitBig: Encoding = Object.freeze({ explicitVr: true, littleEndian: false });

/** The one of the three encodings that a transfer syntax (or anything shaped like it) uses. */
export function encodingOf(syntax: Encoding): Encoding {
  if (!syntax.littleEndian) return explicitBig;
  return syntax.explicitVr ? explicitLittle : implicitLittle;
}

/** PS3.5 7.3: the bytes of each value of `width` bytes in reverse order, as a copy. A last incomplete value stays as it is. */
export function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  const whole = copy.length - (copy.length % width);
  for (let begin = 0; width > 1 && begin < whole; begin += width) {
    for (let low = begin, high = begin + width - 1; low < high; low++, high--) {
      copy[low] = bytes[high]!;
      copy[high] = bytes[low]!;
    }
  }
  return copy;
}
