// Luminance and colour differences, 8 bits each, as red, green and blue: the inverse of the equations of PS3.3 C.7.6.3.1.2.

/** By Photometric Interpretation: three samples a pixel, colour by pixel, as red, green and blue. */
export const ybrToRgb: Readonly<Record<string, (ybr: Uint8Array) => Uint8Array>> = {
  YBR_FULL: fromYbr({
    black: 0,
    luminance: 1,
    crToRed: 1.402,
    cbToGreen: -0.344136,
    crToGreen: -0.714136,
    cbToBlue: 1.772,
  }),
  YBR_FULL_422: (ybr) => ybrToRgb.YBR_FULL!(ybr),
  // Luminance from 16 to 235, colour differences from 16 to 240.
  YBR_PARTIAL_422: fromYbr({
    black: 16,
    luminance: 255 / 219,
    crToRed: 1.596027,
    cbToGreen: -0.391762,
    crToGreen: -0.812968,
    cbToBlue: 2.017232,
  }),
  YBR_PARTIAL_420: (ybr) => ybrToRgb.YBR_PARTIAL_422!(ybr),
};

interface YbrFactors {
  black: number;
  luminance: number;
  crToRed: number;
  cbToGreen: number;
  crToGreen: number;
  cbToBlue: number;
}

/** Each factor as a table of 256 numbers, in 65,536ths. */
function fromYbr(factors: YbrFactors): (ybr: Uint8Array) => Uint8Array {
  const scaled = (factor: number, zero: number) =>
    Int32Array.from({ length: 256 }, (_, sample) => Math.round((sample - zero) * factor * 65536));
  const luminance = scaled(factors.luminance, factors.black);
  const red = scaled(factors.crToRed, 128);
  const greenOfCb = scaled(factors.cbToGreen, 128);
  const greenOfCr = scaled(factors.crToGreen, 128);
  const blue = scaled(factors.cbToBlue, 128);
  return (ybr) => {
    const rgb = new Uint8ClampedArray(ybr.length);
    for (let i = 0; i + 2 < ybr.length; i += 3) {
      const y = luminance[ybr[i]!]! + 32768;
      const cb = ybr[i + 1]!;
      const cr = ybr[i + 2]!;
      rgb[i] = (y + red[cr]!) >> 16;
      rgb[i + 1] = (y + greenOfCb[cb]! + greenOfCr[cr]!) >> 16;
      rgb[i + 2] = (y + blue[cb]!) >> 16;
    }
    return new Uint8Array(rgb.buffer);
  };
}
