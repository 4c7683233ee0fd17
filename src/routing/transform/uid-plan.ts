// Which study, series and instance each instance of a study becomes where a rule gives them new UIDs. New UIDs are functions
// of old ones and of the values series are split or merged by, so instances that come late join those that went before.
// An instance that changes its series is another instance: PS3.3 C.12.1 knows no object in two series.

import type { DataSet } from '../../dicom/dataset.ts';
import type { AttributeName, Step } from '../step.ts';
import { tagIn } from './attribute.ts';

/** A new UID for a text, always the same one for the same text and form, and no other text's. */
export type UidOf = (text: string) => string;

/** What is known of an instance before it is sent: its data set without bulk. */
export interface InstanceHead {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  dataset: DataSet;
}

export interface Placed {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  /** Of a split or merged series: what all its instances say of it. */
  series?: { number?: string; description?: string };
  /** Of a merged series, in which two instances would have one number. */
  instanceNumber?: number;
}

export interface UidPlan {
  study: { from: string; to: string };
  /** By SOP Instance UID as received. */
  instances: ReadonlyMap<string, Placed>;
  /** By Series Instance UID as received: what it becomes; several where it is split. */
  series: ReadonlyMap<string, ReadonlySet<string>>;
  /** Where all of the study is renamed and nothing moved: what an instance becomes that is not here yet. */
  renamed?: UidOf;
}

type UidStep = Extract<Step, { remapUids: unknown } | { splitSeries: unknown } | { mergeSeries: unknown }>;

export const isUidStep = (step: Step): step is UidStep =>
  'remapUids' in step || 'splitSeries' in step || 'mergeSeries' in step;

/** Undefined where no step changes UIDs. Steps follow each other; they split and merge by the values as received. */
export function planUids(
  steps: readonly Step[],
  studyInstanceUid: string,
  heads: readonly InstanceHead[],
  uidOf: UidOf,
): UidPlan | undefined {
  const uidSteps = steps.filter(isUidStep);
  if (uidSteps.length === 0) return undefined;
  let study = studyInstanceUid;
  const places = new Map<InstanceHead, Placed>(heads.map((head) => [head, asReceived(head)]));
  for (const step of uidSteps) {
    if ('remapUids' in step) {
      study = uidOf(study);
      for (const placed of places.values()) rename(placed, uidOf(placed.seriesInstanceUid), uidOf);
    } else if ('splitSeries' in step) split(places, step.splitSeries.by, uidOf);
    else merge(places, study, step.mergeSeries.by, uidOf);
  }
  const series = new Map<string, Set<string>>();
  for (const [head, { seriesInstanceUid }] of places) {
    const targets = series.get(head.seriesInstanceUid) ?? new Set();
    series.set(head.seriesInstanceUid, targets.add(seriesInstanceUid));
  }
  const instances = new Map([...places].map(([head, placed]) => [head.sopInstanceUid, placed]));
  const renamed: UidOf = (uid) => uidSteps.reduce((renamedUid) => uidOf(renamedUid), uid);
  const onlyRenames = uidSteps.every((step) => 'remapUids' in step);
  return { study: { from: studyInstanceUid, to: study }, instances, series, ...(onlyRenames && { renamed }) };
}

const asReceived = ({ sopInstanceUid, seriesInstanceUid }: InstanceHead): Placed => ({
  sopInstanceUid,
  seriesInstanceUid,
});

function rename(placed: Placed, seriesInstanceUid: string, uidOf: UidOf): void {
  placed.seriesInstanceUid = seriesInstanceUid;
  placed.sopInstanceUid = uidOf(placed.sopInstanceUid);
}

/** Each series becomes one for each combination of values. */
function split(places: ReadonlyMap<InstanceHead, Placed>, by: readonly AttributeName[], uidOf: UidOf): void {
  for (const [{ dataset }, placed] of places) {
    const values = by.map((name) => valueText(dataset, name));
    rename(placed, uidOf([placed.seriesInstanceUid, ...values].join('\n')), uidOf);
    const description = [dataset.text('SeriesDescription'), values.join(' ')].filter(Boolean).join(', ');
    placed.series = { description: description.slice(0, LONGEST_LO) };
  }
}

/** PS3.5 6.2: characters of LO. */
const LONGEST_LO = 64;

/** Series of one modality and SOP class become one where all values agree; the first of them gives it number and name. */
function merge(
  places: ReadonlyMap<InstanceHead, Placed>,
  study: string,
  by: readonly AttributeName[],
  uidOf: UidOf,
): void {
  const groups = new Map<string, InstanceHead[]>();
  for (const head of places.keys()) {
    const values = ['Modality', 'SOPClassUID', ...by].map((name) => valueText(head.dataset, name));
    const key = [study, ...values].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [head]);
    else group.push(head);
  }
  for (const [key, heads] of groups) {
    const ordered = heads.toSorted(inOrder);
    const { dataset } = ordered[0]!;
    const series = { number: dataset.text('SeriesNumber'), description: dataset.text('SeriesDescription') };
    for (const [at, head] of ordered.entries()) {
      const placed = places.get(head)!;
      rename(placed, uidOf(key), uidOf);
      Object.assign(placed, { series, instanceNumber: at + 1 });
    }
  }
}

/** By Series Number, then Instance Number, then UID. */
function inOrder(a: InstanceHead, b: InstanceHead): number {
  const byNumber = (keyword: string) => (a.dataset.number(keyword) ?? 0) - (b.dataset.number(keyword) ?? 0);
  return byNumber('SeriesNumber') || byNumber('InstanceNumber') || (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1);
}

function valueText(dataset: DataSet, name: AttributeName): string {
  const tag = tagIn(dataset, name);
  return tag === undefined ? '' : dataset.texts(tag).join('\\');
}
