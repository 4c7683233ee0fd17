// Data element tags as 32-bit unsigned numbers, group in the upper half. PS3.5 7.1.1.

/** `(gggg,eeee)` as one number. */
export function tag(group: number, element: number): number {
  return ((group << 16) | element) >>> 0;
}

export const groupOf = (t: number): number => t >>> 16;
export const elementOf = (t: number): number => t & 0xffff;

/** PS3.5 7.8: odd groups are private, but 0001, 0003, 0005, 0007 and FFFF are not to be used. */
export const isPrivate = (t: number): boolean => ((t >>> 16) & 1) === 1;

/** PS3.5 7.8.1: (gggg,0010-00FF) name the owner of the block (gggg,xx00-xxFF). */
export const isPrivateCreator = (t: number): boolean => isPrivate(t) && elementOf(t) >= 0x10 && elementOf(t) <= 0xff;

/** The tag of the Private Creator that reserves the block in which `t` lies. */
export const privateCreatorOf = (t: number): number => tag(groupOf(t), elementOf(t) >>> 8);

/** `00100020`, as PS3.18 Annex F and QIDO-RS write it. */
export const hexOf = (t: number): string =>
  hexBytes[t >>> 24]! + hexBytes[(t >>> 16) & 0xff]! + hexBytes[(t >>> 8) & 0xff]! + hexBytes[t & 0xff]!;

const hexBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

/** `(0010,0020)`, as PS3.6 prints it. */
export const printTag = (t: number): string => `(${hexOf(t).slice(0, 4)},${hexOf(t).slice(4)})`;

/** The tag of eight hexadecimal digits, else undefined. */
export function tagOfHex(text: string): number | undefined {
  return /^[0-9A-Fa-f]{8}$/.test(text) ? Number.parseInt(text, 16) >>> 0 : undefined;
}
