// Looks for UIDs that have changed where they cannot be rewritten: in text, in private values nobody knows, in documents.
// An instance that still says them would name objects that do not exist where it goes, or tell what they were.

import type { DataSet } from '../../dicom/dataset.ts';
import { isBulkRef, isFragments, isItems } from '../../dicom/element.ts';
import { hexOf } from '../../dicom/tag.ts';
import { vrs } from '../../dicom/vr.ts';
import type { UidPlan } from './uid-plan.ts';

const latin1 = new TextDecoder('latin1');

/** Values that hold samples and no text: pixels, overlays, waveforms, look-up tables. */
const isSampled = (tag: number, vr: string): boolean =>
  tag >>> 16 === 0x7fe0 || (tag >>> 24 === 0x60 && (tag & 0xffff) === 0x3000) || /^O[^B]$/.test(vr);

export function leftoverUids(
  dataset: DataSet,
  plan: UidPlan,
  found: (code: 'uid-in-value' | 'not-searched', path: string) => void,
  path = '',
): void {
  for (const { tag, vr, value } of dataset.elements.values()) {
    const at = `${path}${hexOf(tag)}`;
    if (isSampled(tag, vr) || isFragments(value) || vrs[vr].kind === 'number') continue;
    if (isItems(value)) {
      for (const [n, item] of value.entries()) leftoverUids(item, plan, found, `${at}[${n + 1}].`);
    } else if (isBulkRef(value)) found('not-searched', at);
    else if (holdsOne(value, plan)) found('uid-in-value', at);
  }
}

function holdsOne(bytes: Uint8Array, { study, instances, series }: UidPlan): boolean {
  if (bytes.length < SHORTEST_UID) return false;
  // A UID is ASCII in every character set of DICOM.
  for (const [uid] of latin1.decode(bytes).matchAll(/\d+(?:\.\d+)+/g)) {
    if ((uid === study.from && uid !== study.to) || instances.has(uid) || series.has(uid)) return true;
  }
  return false;
}

/** Bytes of `1.2`. */
const SHORTEST_UID = 3;
