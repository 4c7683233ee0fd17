// Gives an instance the UIDs that were planned, and rewrites every reference it holds to others of its study: whatever
// element of VR UI names one (SR, SEG, presentation states, KOS, RT, real world values, private ones too), and whatever
// text or unknown value is one and nothing else, as private references are in implicit VR.

import type { DataSet } from '../../dicom/dataset.ts';
import { type Element, isBytes, isItems } from '../../dicom/element.ts';
import { isStorageSopClass } from '../../dicom/sop-class.ts';
import { hexOf, tag } from '../../dicom/tag.ts';
import { vrs } from '../../dicom/vr.ts';
import { cutBySeries, joinedBySeries, seriesBelow } from './series-groups.ts';
import type { Placed, UidPlan } from './uid-plan.ts';

export type ReferenceProblem = 'reference-unknown' | 'reference-split' | 'not-planned';
type Found = (code: ReferenceProblem, path: string) => void;

const SOP_INSTANCE_UID = tag(0x0008, 0x0018);
const REFERENCED_SERIES_SEQUENCE = tag(0x0008, 0x1115);
const REFERENCED_SOP_INSTANCE_UID = tag(0x0008, 0x1155);
const STUDY_INSTANCE_UID = tag(0x0020, 0x000d);
const SERIES_INSTANCE_UID = tag(0x0020, 0x000e);
const RT_REFERENCED_STUDY_SEQUENCE = tag(0x3006, 0x0012);

const LONGEST_UID = 64;
const latin1 = new TextDecoder('latin1');
const ascii = new TextEncoder();

const own: ReadonlySet<number> = new Set([SOP_INSTANCE_UID, STUDY_INSTANCE_UID, SERIES_INSTANCE_UID]);

/** Edits `dataset`. Calls `found` for each reference that cannot be rewritten, which then stays as it was. */
export function rewriteReferences(dataset: DataSet, plan: UidPlan, found: Found): void {
  const placed = placeOf(dataset, plan);
  if (placed === undefined) {
    found('not-planned', hexOf(SOP_INSTANCE_UID));
    return;
  }
  const rewriting = new Rewriting(plan, found);
  rewriting.learn(dataset, undefined);
  rewriting.rewrite(dataset, undefined, '');
  dataset.set(STUDY_INSTANCE_UID, plan.study.to);
  dataset.set(SERIES_INSTANCE_UID, placed.seriesInstanceUid).set(SOP_INSTANCE_UID, placed.sopInstanceUid);
  const { series, instanceNumber } = placed;
  if (series?.number !== undefined) dataset.set('SeriesNumber', series.number);
  if (series?.description !== undefined) dataset.set('SeriesDescription', series.description);
  if (instanceNumber !== undefined) dataset.set('InstanceNumber', instanceNumber);
}

/** As planned; where all is renamed, also for an instance that came after the plan was made. */
function placeOf(dataset: DataSet, { instances, renamed }: UidPlan): Placed | undefined {
  const [sop, series] = [dataset.text(SOP_INSTANCE_UID), dataset.text(SERIES_INSTANCE_UID)];
  if (sop === undefined || series === undefined) return undefined;
  return instances.get(sop) ?? (renamed && { sopInstanceUid: renamed(sop), seriesInstanceUid: renamed(series) });
}

/** The study of what is referenced, where that is said: the one that is rewritten or another. */
type Study = 'this' | 'other' | undefined;

/** One instance that is rewritten. */
class Rewriting {
  readonly #plan: UidPlan;
  readonly #found: Found;
  /** Of instances that a reference groups by study: an SR says so once, and names them often. */
  readonly #studyOf = new Map<string, Study>();

  constructor(plan: UidPlan, found: Found) {
    this.#plan = plan;
    this.#found = found;
  }

  learn(dataset: DataSet, study: Study): void {
    for (const uid of study === undefined ? [] : dataset.texts(REFERENCED_SOP_INSTANCE_UID)) {
      this.#studyOf.set(uid, study);
    }
    for (const element of dataset.elements.values()) {
      if (isItems(element.value))
        for (const item of element.value) this.learn(item, this.#studyBelow(element, item, study));
    }
  }

  /** `path` ends in a point, or is empty at the root, whose own UIDs are the plan's. */
  rewrite(dataset: DataSet, study: Study, path: string): void {
    const elements = [...dataset.elements.values()].filter(({ tag }) => path !== '' || !own.has(tag));
    // UIDs first: which series an item names is seen from the references below it as they came.
    for (const element of elements) {
      const at = `${path}${hexOf(element.tag)}`;
      if (element.vr === 'UI') this.#rewriteUids(dataset, element, study, at);
      else if (element.vr === 'UN' || vrs[element.vr].kind === 'text') this.#rewriteText(dataset, element, at);
    }
    for (const element of elements) {
      if (isItems(element.value)) this.#rewriteItems(dataset, element, study, `${path}${hexOf(element.tag)}`);
    }
  }

  #rewriteItems(dataset: DataSet, element: Element, study: Study, path: string): void {
    const items = element.value as DataSet[];
    const moves = this.#plan.renamed === undefined;
    const cut = moves ? items.flatMap((item) => cutBySeries(item, this.#plan)) : items;
    for (const [at, item] of cut.entries()) {
      this.rewrite(item, this.#studyBelow(element, item, study), `${path}[${at + 1}].`);
    }
    const joined = moves ? joinedBySeries(cut) : cut;
    const isSame = joined.length === items.length && joined.every((item, at) => item === items[at]);
    if (!isSame) dataset.set(element.tag, joined, 'SQ');
  }

  /** The study of what an item references: its own words (C.17.2.1, C.8.8.5), else those around it. */
  #studyBelow(element: Element, item: DataSet, around: Study): Study {
    const isRtStudy = element.tag === RT_REFERENCED_STUDY_SEQUENCE;
    const said = item.text(isRtStudy ? REFERENCED_SOP_INSTANCE_UID : STUDY_INSTANCE_UID);
    if (said !== undefined) return said === this.#plan.study.from || said === this.#plan.study.to ? 'this' : 'other';
    // C.12.2 Common Instance Reference: series are of the same study unless they stand below another one.
    return around ?? (element.tag === REFERENCED_SERIES_SEQUENCE ? 'this' : undefined);
  }

  #rewriteUids(dataset: DataSet, element: Element, study: Study, path: string): void {
    const uids = dataset.texts(element.tag);
    const rewritten = uids.map((uid) => this.#rewritten(uid, dataset, element.tag, study, path));
    if (rewritten.some((uid, at) => uid !== uids[at])) dataset.set(element.tag, rewritten, 'UI');
  }

  /** A value that is a UID of the study, from its first to its last character. */
  #rewriteText(dataset: DataSet, { tag, vr, value }: Element, path: string): void {
    if (!isBytes(value) || value.length > LONGEST_UID) return;
    const uid = latin1.decode(value).replace(/[\0 ]+$/, '');
    const { study, instances, series } = this.#plan;
    if (uid !== study.from && !instances.has(uid) && !series.has(uid)) return;
    const rewritten = this.#rewritten(uid, dataset, tag, undefined, path);
    dataset.set(tag, vr === 'UN' ? ascii.encode(rewritten.length % 2 ? `${rewritten}\0` : rewritten) : rewritten, vr);
  }

  #rewritten(uid: string, dataset: DataSet, tag: number, around: Study, path: string): string {
    const { study, instances, series, renamed } = this.#plan;
    if (uid === study.from) return study.to;
    const instance = instances.get(uid);
    if (instance !== undefined) return instance.sopInstanceUid;
    const targets = series.get(uid);
    if (targets !== undefined) return this.#seriesFor(uid, targets, dataset, path);
    const of = around ?? this.#studyOf.get(uid);
    const isReference = tag === REFERENCED_SOP_INSTANCE_UID || (tag === SERIES_INSTANCE_UID && of === 'this');
    if (!isReference || of === 'other' || !namesInstance(dataset, tag)) return uid;
    if (of === 'this' && renamed !== undefined) return renamed(uid);
    this.#found('reference-unknown', path);
    return uid;
  }

  /** Of a series that is split: the one that the references below this item go to. */
  #seriesFor(uid: string, targets: ReadonlySet<string>, dataset: DataSet, path: string): string {
    const [series, another] = targets.size === 1 ? targets : seriesBelow(dataset, this.#plan);
    if (series !== undefined && another === undefined) return series;
    this.#found('reference-split', path);
    return uid;
  }
}

/** What no study holds (a procedure step, a patient, a study as such) keeps its UID. */
function namesInstance(dataset: DataSet, tag: number): boolean {
  const sopClassUid = dataset.text('ReferencedSOPClassUID');
  return tag === SERIES_INSTANCE_UID || sopClassUid === undefined || isStorageSopClass(sopClassUid);
}
