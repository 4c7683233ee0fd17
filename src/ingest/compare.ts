// What differs between two data sets that claim to be one instance, whatever they are encoded in. Pixel Data is compared
// elsewhere; what only says how pixels or text are encoded is not compared at all.

import type { DataSet } from '../dicom/dataset.ts';
import { type BulkRef, type Element, isBulkRef, isItems } from '../dicom/element.ts';
import { textsOf } from '../dicom/element-values.ts';
import { pixelDataTags } from '../dicom/pixel-data-layout.ts';
import { elementOf, groupOf, isPrivate } from '../dicom/tag.ts';
import { vrs } from '../dicom/vr.ts';

/** Whether two values that are not held are equal. */
export type CompareBulk = (
  a: { element: Element; ref: BulkRef },
  b: { element: Element; ref: BulkRef },
) => Promise<boolean>;

/** The top-level tags of what differs, in no particular order. */
export async function differences(a: DataSet, b: DataSet, sameBulk: CompareBulk): Promise<number[]> {
  const tags = new Set([...a.elements.keys(), ...b.elements.keys()]);
  const differing: number[] = [];
  for (const tag of tags) {
    if (isEncoding(tag) || tag === ATTRIBUTE_MODIFICATION_DATE_TIME) continue;
    if (!(await isSame(a, a.get(tag), b, b.get(tag), sameBulk))) differing.push(tag);
  }
  return differing;
}

async function isSame(
  inA: DataSet,
  a: Element | undefined,
  inB: DataSet,
  b: Element | undefined,
  sameBulk: CompareBulk,
): Promise<boolean> {
  if (a === undefined || b === undefined) return isEmpty(a ?? b);
  if (isItems(a.value) && isItems(b.value)) {
    if (a.value.length !== b.value.length) return false;
    for (const [n, item] of a.value.entries()) {
      if ((await differences(item, b.value[n]!, sameBulk)).length > 0) return false;
    }
    return true;
  }
  if (isBulkRef(a.value) && isBulkRef(b.value))
    return sameBulk({ element: a, ref: a.value }, { element: b, ref: b.value });
  if (!(a.value instanceof Uint8Array) || !(b.value instanceof Uint8Array)) return false;
  // Implicit VR loses the VR of what is private: bytes of unknown meaning are compared as bytes.
  if (a.vr === b.vr && vrs[a.vr].kind === 'text') {
    const texts = textsOf(b, inB.characterSet);
    return textsOf(a, inA.characterSet).every((text, n) => text === texts[n]) && sameLength(inA, a, texts);
  }
  return equalPadded(a.value, b.value);
}

const sameLength = (inA: DataSet, a: Element, texts: readonly string[]): boolean =>
  textsOf(a, inA.characterSet).length === texts.length;

/** Absent and empty say the same (PS3.5 7.4.2, type 2). */
const isEmpty = (element: Element | undefined): boolean =>
  element === undefined || (element.value instanceof Uint8Array && element.value.length === 0);

/** Equal but for one byte of padding, which depends on the VR that was known. */
function equalPadded(a: Uint8Array, b: Uint8Array): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return false;
  const rest = a.length > length ? a.subarray(length) : b.subarray(length);
  return rest.length <= 1 && (rest[0] ?? 0) % 0x20 === 0;
}

/** PS3.5 8.2 and PS3.3 C.7.6.3, C.7.6.1.1.5: what transcoding changes. */
const ENCODING: ReadonlySet<number> = new Set([
  0x0008_0005, // Specific Character Set
  0x0028_0004, // Photometric Interpretation: YBR_RCT and YBR_ICT instead of RGB
  0x0028_0006, // Planar Configuration
  0x0028_2110, // Lossy Image Compression, ratio and method
  0x0028_2112,
  0x0028_2114,
  0x7fe0_0001, // Extended Offset Table and lengths
  0x7fe0_0002,
  0x7fe0_0003, // Encapsulated Pixel Data Value Total Length
  0xfffc_fffc, // Data Set Trailing Padding
  ...pixelDataTags,
]);

/** The same coercion done again (IHE IRWF.b: a CD that is imported twice) differs in its time alone. */
const ATTRIBUTE_MODIFICATION_DATE_TIME = 0x0400_0562;

const isEncoding = (tag: number): boolean => ENCODING.has(tag) || elementOf(tag) === 0;

/**
 * Whether an attribute says who, when, why or on whose order, and nothing about what the pixels show or where they lie.
 * Everything that could turn left into right, or is private, is not.
 */
export function isDescriptive(tag: number): boolean {
  if (isPrivate(tag)) return false;
  const group = groupOf(tag);
  const element = elementOf(tag);
  switch (group) {
    case 0x0008:
      return !GEOMETRY_OF_0008.has(element) && element < 0x2111;
    case 0x0010:
    case 0x0012:
    case 0x0032:
    case 0x0038:
      return true;
    case 0x0020:
      return [0x0010, 0x0011, 0x4000].includes(element);
    case 0x0040:
      // The content of a report and real world value mapping are no description.
      return element < 0x2400 && element !== 0x0555;
    case 0x0400:
      // Original Attributes Sequence; signatures are none of it.
      return element === 0x0561;
    default:
      return false;
  }
}

/** (0008,xxxx) that are about the image: type, class, modality, references, what was derived from what, anatomy. */
const GEOMETRY_OF_0008 = new Set([
  0x0008, 0x0016, 0x0018, 0x001a, 0x0060, 0x0061, 0x0068, 0x1115, 0x1140, 0x114a, 0x1199,
]);
