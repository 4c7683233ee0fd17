// Segmentations: which segments there are, and which frame says where one of them is. PS3.3 C.8.20.2 (Segmentation Image),
// C.8.20.4 (Segment Description), C.8.20.3.1 (Segmentation macro), C.7.6.16.2.6 (Derivation Image macro).

import type { DataSet } from '../../dicom/dataset.ts';
import { labToRgb } from '../cielab.ts';
import { frameDescriptionOf } from '../frame-description.ts';
import { type ImageReference, referencesIn } from '../presentation/image-reference.ts';
import { type Ground, groundOf } from './plane.ts';

export type SegmentationType = 'BINARY' | 'FRACTIONAL' | 'LABELMAP';

export interface Segment {
  number: number;
  label: string;
  color: [red: number, green: number, blue: number];
}

export interface MaskFrame extends Ground {
  /** From 1. */
  frame: number;
  /** Absent of a label map: its pixels say. */
  segment?: number;
  /** The images it was made of; absent where it does not say. */
  sources?: ImageReference[];
}

export interface Segmentation {
  type: SegmentationType;
  segments: Segment[];
  frames: MaskFrame[];
  bitsAllocated: number;
  /** Stored value that is all of it, of a fractional one. */
  fullValue: number;
  /** What it says of the images that it was made of, as a whole. */
  references: ImageReference[];
  seriesUids: string[];
}

/** Of segments that say no colour: told apart by people who see colours otherwise, too (Okabe and Ito). */
const colors: readonly Segment['color'][] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [213, 94, 0],
  [204, 121, 167],
];

export function segmentationOf(dataset: DataSet): Segmentation {
  const kind = dataset.text('SegmentationType');
  const type = kind === 'FRACTIONAL' || kind === 'LABELMAP' ? kind : 'BINARY';
  const said = Math.trunc(dataset.number('NumberOfFrames') ?? 1);
  // Each frame has a functional group (C.7.6.16): whatever is announced, no more are there to be told apart.
  const count = Math.max(1, Math.min(said, dataset.items('PerFrameFunctionalGroupsSequence').length));
  const series = dataset.items('ReferencedSeriesSequence');
  return {
    type,
    segments: dataset.items('SegmentSequence').map(segmentOf),
    frames: Array.from({ length: count }, (_, at) => maskFrame(dataset, at + 1)),
    bitsAllocated: frameDescriptionOf(dataset).bitsAllocated,
    fullValue: dataset.number('MaximumFractionalValue') ?? 255,
    references: series.flatMap((item) => referencesOfInstances(item)),
    seriesUids: series.flatMap((item) => item.text('SeriesInstanceUID') ?? []),
  };
}

function segmentOf(item: DataSet, at: number): Segment {
  const number = item.number('SegmentNumber') ?? at + 1;
  const lab = item.numbers('RecommendedDisplayCIELabValue');
  const [type] = item.items('SegmentedPropertyTypeCodeSequence');
  return {
    number,
    label: item.text('SegmentLabel') ?? type?.text('CodeMeaning') ?? `Segment ${number}`,
    color: lab.length === 3 ? labToRgb(lab) : colors[at % colors.length]!,
  };
}

function maskFrame(dataset: DataSet, frame: number): MaskFrame {
  const group = dataset.items('PerFrameFunctionalGroupsSequence')[frame - 1];
  const [shared] = dataset.items('SharedFunctionalGroupsSequence');
  const inMacro = (sequence: string): DataSet[] => {
    const own = group?.items(sequence) ?? [];
    return own.length > 0 ? own : (shared?.items(sequence) ?? []);
  };
  const segment = inMacro('SegmentIdentificationSequence')[0]?.number('ReferencedSegmentNumber');
  const sources = inMacro('DerivationImageSequence')
    .flatMap((item) => item.items('SourceImageSequence'))
    .flatMap(referenceOf);
  return {
    frame,
    ...groundOf(dataset, frame),
    ...(segment !== undefined && { segment }),
    ...(sources.length > 0 && { sources }),
  };
}

/** C.12.1: a Common Instance Reference lists instances, as a presentation state's series lists images. */
const referencesOfInstances = (series: DataSet): ImageReference[] => [
  ...series.items('ReferencedInstanceSequence').flatMap(referenceOf),
  ...referencesIn([series]),
];

function referenceOf(item: DataSet): ImageReference[] {
  const sopInstanceUid = item.text('ReferencedSOPInstanceUID');
  if (sopInstanceUid === undefined) return [];
  const frames = item.numbers('ReferencedFrameNumber');
  return [frames.length === 0 ? { sopInstanceUid } : { sopInstanceUid, frames }];
}
