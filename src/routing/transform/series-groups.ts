// Items that name a series and instances of it (PS3.3 C.17.2.1, C.12.2, C.8.8.5), where series are split or merged: an item
// is cut into one for each series its instances go to, and items that come to name one series become one.

import type { DataSet } from '../../dicom/dataset.ts';
import { isItems } from '../../dicom/element.ts';
import { copyOfItem } from './copy-of.ts';
import type { UidPlan } from './uid-plan.ts';

/** The series that the instances named below an item go to; undefined among them for an instance that is not planned. */
export function seriesBelow(item: DataSet, plan: UidPlan): Set<string | undefined> {
  return new Set(referencedBelow(item).map((uid) => plan.instances.get(uid)?.seriesInstanceUid));
}

/** The items to take the place of one, before their UIDs are rewritten. */
export function cutBySeries(item: DataSet, plan: UidPlan): DataSet[] {
  const targets = plan.series.get(item.text('SeriesInstanceUID') ?? '');
  if (targets === undefined || targets.size < 2) return [item];
  const named = seriesBelow(item, plan);
  if (named.size < 2) return [item];
  return [...named].map((series) => {
    const part = copyOfItem(item);
    keepReferences(part, (uid) => plan.instances.get(uid)?.seriesInstanceUid === series);
    return part;
  });
}

/** Items after their UIDs were rewritten; those that name one series become one, with the references of all. */
export function joinedBySeries(items: readonly DataSet[]): DataSet[] {
  const firsts = new Map<string, DataSet>();
  return items.filter((item) => {
    const uid = item.text('SeriesInstanceUID');
    if (uid === undefined) return true;
    const first = firsts.get(uid);
    if (first === undefined) {
      firsts.set(uid, item);
      return true;
    }
    for (const { tag, value } of item.elements.values()) {
      if (isItems(value)) first.set(tag, [...first.items(tag), ...value], 'SQ');
    }
    return false;
  });
}

function referencedBelow(item: DataSet): string[] {
  return [...item.elements.values()]
    .flatMap(({ value }) => (isItems(value) ? value : []))
    .flatMap((below) => [...below.texts('ReferencedSOPInstanceUID'), ...referencedBelow(below)]);
}

/** Drops the items whose own reference is not kept. */
function keepReferences(item: DataSet, keeps: (uid: string) => boolean): void {
  for (const { tag, value } of [...item.elements.values()]) {
    if (!isItems(value)) continue;
    const kept = value.filter((below) => {
      const uid = below.text('ReferencedSOPInstanceUID');
      return uid === undefined || keeps(uid);
    });
    for (const below of kept) keepReferences(below, keeps);
    if (kept.length < value.length) item.set(tag, kept, 'SQ');
  }
}
