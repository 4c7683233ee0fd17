// The CRC-32 of two byte strings one after the other, from the CRC-32 of each: appending n bytes multiplies the first
// by x^(8n) modulo the polynomial of RFC 1952 8, and adds the second. Bits are reflected: the highest one is x^0.

const POLYNOMIAL = 0xedb8_8320;
const ONE = 0x8000_0000;

/** `squares[k]` is x^(2^k). */
const squares = [0x4000_0000];
for (let k = 1; k < 32; k++) squares.push(multiply(squares[k - 1]!, squares[k - 1]!));

const shifts = new Map<number, number>();
/** Lengths whose shift is remembered: pieces of one series mostly have the same few. */
const REMEMBERED = 1024;

/** `lengthBytes` is the length of the second string, below 2^32. */
export function combineCrc32(first: number, second: number, lengthBytes: number): number {
  let shift = shifts.get(lengthBytes);
  if (shift === undefined) {
    shift = shiftOf(lengthBytes);
    if (shifts.size < REMEMBERED) shifts.set(lengthBytes, shift);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}

/** x^(8n). */
function shiftOf(bytes: number): number {
  let power = ONE;
  // 8n = n · 2^3
  for (let k = 3, n = bytes; n > 0; k++, n = Math.floor(n / 2)) {
    if (n % 2 === 1) power = multiply(squares[k % 32]!, power);
  }
  return power;
}

function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= b;
    b = b & 1 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
  }
  return product >>> 0;
}
