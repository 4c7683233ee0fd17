// YBR_FULL as RGB, 8 bits each: PS3.3 C.7.6.3.1.2, the inverse of its equations.

/** Colour by pixel. */
export function ybrFullToRgb(samples: Uint8Array): Uint8Array {
  const out = new Uint8ClampedArray(samples.length);
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at]!;
    const cb = samples[at + 1]! - 128;
    const cr = samples[at + 2]! - 128;
    out[at] = y + 1.402 * cr;
    out[at + 1] = y - 0.344136 * cb - 0.714136 * cr;
    out[at + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(out.buffer);
}
