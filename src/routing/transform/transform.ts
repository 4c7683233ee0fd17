// Does the steps of a rule to one instance on its way to a destination: edits a copy of its data set, which need not hold
// its pixels, and says what is left to those who have them. A finding that stops means: not to be sent like this.

import { type CoercedValues, type CoercionNote, coerce } from '../../dicom/coercion.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { PixelEdit } from '../../dicom/editing-sink.ts';
import { isVideo, type TransferSyntax, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { stepNames } from '../rule-schema.ts';
import type { CoercionSource, Step, StepName, StepValue } from '../step.ts';
import { becomeDerivedImage, isLossy } from './derived-image.ts';
import type { TransformFinding, TransformFindingCode } from './finding.ts';
import { leftoverUids } from './leftover-uids.ts';
import { rewriteReferences } from './references.ts';
import { isUidStep, type UidOf, type UidPlan } from './uid-plan.ts';
import { copy, map, remove, set, standardise } from './values.ts';

export interface TransformContext {
  /** The syntax the instance is in. */
  syntax: TransferSyntax;
  /** Of `planUids`; needed where a step changes UIDs. */
  uids?: UidPlan;
  uidOf: UidOf;
  /** By keyword; absent where there is no order, no person, no fact. */
  coerced: Partial<Record<CoercionSource, CoercedValues>>;
  note: CoercionNote;
  /** Edits the data set by a profile; undefined where there is no such profile. */
  deidentify?: (dataset: DataSet, step: StepValue<'deidentify'>) => Deidentified | undefined;
}

export interface Deidentified {
  findings: readonly { code: TransformFindingCode; path: string; stops: boolean }[];
  /** Whether everything is as it was: who receives it may know the patient. */
  isIdentified?: true;
  /** What is done to Pixel Data on its way. */
  pixels?: PixelEdit;
}

export interface Transformed {
  findings: TransformFinding[];
  /** Whether it must not be sent: the findings that stop say why. */
  stopped: boolean;
  /** The syntax its pixels are to be brought into, and at which ratio where that loses information. */
  transcode?: { syntax: TransferSyntax; ratio?: number };
  /** Nothing leaves of it but what the data set holds, and its pixels. */
  deidentified?: { pixels?: PixelEdit };
}

type Found = (code: TransformFindingCode, path: string) => void;

interface Work extends TransformContext {
  dataset: DataSet;
  result: Transformed;
  found: Found;
}

/** Edits `dataset`. Steps after one that stops are not done. */
export function transformInstance(steps: readonly Step[], dataset: DataSet, context: TransformContext): Transformed {
  const result: Transformed = { findings: [], stopped: false };
  let uidsGiven: Found | undefined;
  for (const step of steps) {
    const name = stepNames.find((known) => known in step)!;
    const found = finder(name, steps, result);
    // Steps that change UIDs were planned together: the first of them gives the instance what they come to.
    if (isUidStep(step) && uidsGiven !== undefined) continue;
    if (isUidStep(step)) uidsGiven = found;
    const does = doers[name] as (value: unknown, work: Work) => void;
    does(step[name as keyof Step], { ...context, dataset, result, found });
    if (result.stopped) return result;
  }
  // Last of all: a step may have removed what could not be rewritten.
  if (uidsGiven !== undefined) leftoverUids(dataset, context.uids!, uidsGiven);
  return result;
}

/** What is told and does not stop: values that may well be harmless, references that the rule says to keep. */
function finder(step: StepName, steps: readonly Step[], result: Transformed): Found {
  const keeps = (what: 'unknownReferences' | 'uidsInValues') =>
    steps.some((other) => 'remapUids' in other && other.remapUids[what] === 'keep');
  const tolerated = new Set<TransformFindingCode>(['not-searched', 'value-unusable']);
  if (keeps('unknownReferences')) tolerated.add('reference-unknown');
  if (keeps('uidsInValues')) tolerated.add('uid-in-value');
  return (code, path) => {
    const stops = !tolerated.has(code);
    result.findings.push({ step, code, path, stops });
    if (stops) result.stopped = true;
  };
}

const doers: { [Name in StepName]: (value: StepValue<Name>, work: Work) => void } = {
  set: (values, { dataset }) => set(dataset, values),
  copy: (value, { dataset }) => copy(dataset, value),
  remove: (names, { dataset }) => remove(dataset, names),
  map: (value, { dataset, found }) => map(dataset, value, found),
  standardise: (value, { dataset, found }) => standardise(dataset, value, found),
  coerce: coerceFrom,
  remapUids: (_, work) => giveUids(work),
  splitSeries: (_, work) => giveUids(work),
  mergeSeries: (_, work) => giveUids(work),
  deidentify: deidentifyBy,
  transcode,
};

function coerceFrom({ from, attributes }: StepValue<'coerce'>, { dataset, coerced, note, found }: Work): void {
  const values = coerced[from];
  if (values === undefined) {
    found('no-value', '');
    return;
  }
  const chosen = Object.entries(values).filter(([keyword]) => attributes?.includes(keyword) ?? true);
  coerce(dataset, Object.fromEntries(chosen), note);
}

function deidentifyBy(step: StepValue<'deidentify'>, { dataset, deidentify, result, found }: Work): void {
  const done = deidentify?.(dataset, step);
  if (done === undefined) {
    found('no-profile', '');
    return;
  }
  for (const { code, path, stops } of done.findings) {
    result.findings.push({ step: 'deidentify', code, path, stops });
    if (stops) result.stopped = true;
  }
  if (!done.isIdentified) result.deidentified = { ...(done.pixels && { pixels: done.pixels }) };
}

function giveUids({ dataset, uids, found }: Work): void {
  if (uids === undefined) throw new TypeError('a step changes UIDs and none were planned');
  rewriteReferences(dataset, uids, found);
}

/** What has no pixels, or whose pixels are a video, keeps its syntax. */
function transcode({ to, lossy }: StepValue<'transcode'>, { dataset, syntax, uidOf, result, found }: Work): void {
  const target = transferSyntax(to)!;
  if (!dataset.has('Rows') || isVideo(syntax) || target.uid === syntax.uid) return;
  if (lossy === undefined) {
    result.transcode = { syntax: target };
  } else if (isLossy(dataset, syntax)) {
    found('lossy-already', '');
  } else {
    const sopInstanceUid = uidOf(`${dataset.text('SOPInstanceUID')}\n${to}`);
    becomeDerivedImage(dataset, { sopInstanceUid, syntax: target, ratio: lossy.ratio });
    result.transcode = { syntax: target, ratio: lossy.ratio };
  }
}
