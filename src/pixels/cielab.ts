// PCS-Values: CIELab colours under D50 as three 16-bit numbers, to sRGB. PS3.3 C.10.7.1.1; IEC 61966-2-1; the adaptation to
// D65 is Bradford's.

/** Three numbers of 0 to 65535 (L* of 0 to 100, a* and b* of -128 to 127) to red, green and blue of 0 to 255. */
export function labToRgb(encoded: readonly number[]): [number, number, number] {
  const [l, a, b] = [(encoded[0]! / 65535) * 100, (encoded[1]! / 65535) * 255 - 128, (encoded[2]! / 65535) * 255 - 128];
  const fy = (l + 16) / 116;
  const x = 0.96422 * linearOf(fy + a / 500);
  const y = linearOf(fy);
  const z = 0.82521 * linearOf(fy - b / 200);
  return [
    gamma(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
    gamma(-0.9787684 * x + 1.9161415 * y + 0.033454 * z),
    gamma(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
  ];
}

/** CIE 15: the inverse of the cube root with its straight part near zero. */
const linearOf = (t: number): number => (t > 6 / 29 ? t ** 3 : 3 * (6 / 29) ** 2 * (t - 4 / 29));

function gamma(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, value)) * 255);
}
