// Softcopy Presentation States: how somebody wanted images to be shown. They take the place of what the images say of
// themselves. PS3.3 A.33, C.11.8 (VOI), C.11.6 (Presentation LUT), C.10.4 (area), C.10.6 (rotation); PS3.4 N.2.

import type { DataSet } from '../../dicom/dataset.ts';
import { type Lut, lutOf } from '../lut.ts';
import { givesNegative, identity, type ModalityTransformation, modalityTransformationOf } from '../modality.ts';
import { type Overlay, overlaysOf } from '../overlay.ts';
import { type Palette, paletteOf } from '../palette.ts';
import { type Shutter, shutterOf } from '../shutter.ts';
import { type VoiTransformation, voiTransformationsOf } from '../voi.ts';
import {
  type DisplayedArea,
  displayedAreasOf,
  type SpatialTransformation,
  spatialTransformationOf,
} from './display-geometry.ts';
import { type GraphicAnnotation, graphicAnnotationsOf } from './graphic-annotation.ts';
import { appliesTo, type ImageReference, referencesIn, referencesOf } from './image-reference.ts';

export interface PresentationState {
  /** The images it was made for. */
  references: ImageReference[];
  modality: ModalityTransformation;
  /** Softcopy VOI LUTs, each for all images or for those named; an image that none is for is shown in full range. */
  voi: { references?: ImageReference[]; view: VoiTransformation }[];
  presentationLut: PresentationLut;
  shutter?: Shutter;
  overlays: Overlay[];
  /** Overlay groups that are shown, of the state or the image (60xx,1001). */
  activeOverlays: number[];
  displayedAreas: DisplayedArea[];
  spatialTransformation: SpatialTransformation;
  annotations: GraphicAnnotation[];
  /** Of a pseudo-colour state: full output in colours. Of a blending state: those of the superimposed images. */
  palette?: Palette;
  /** Of a blending state: the share of the superimposed images, and which images are where. */
  blending?: Blending;
}

export type PresentationLut = { kind: 'IDENTITY' } | { kind: 'INVERSE' } | { kind: 'lut'; lut: Lut };

export interface Blending {
  relativeOpacity: number;
  underlying: ImageReference[];
  superimposed: ImageReference[];
}

/** Reads a presentation state of any kind. Values that the data set does not hold count as absent. */
export function presentationStateOf(dataset: DataSet): PresentationState {
  const modality = modalityTransformationOf(dataset, false) ?? identity;
  return {
    references: referencesIn(dataset.items('ReferencedSeriesSequence')),
    modality,
    voi: dataset.items('SoftcopyVOILUTSequence').flatMap((item) => {
      const [view] = voiTransformationsOf(item, givesNegative(modality, -1));
      return view === undefined ? [] : [{ references: referencesOf(item), view }];
    }),
    presentationLut: presentationLutOf(dataset),
    shutter: shutterOf(dataset),
    overlays: overlaysOf(dataset),
    activeOverlays: activeOverlaysOf(dataset),
    displayedAreas: displayedAreasOf(dataset),
    spatialTransformation: spatialTransformationOf(dataset),
    annotations: graphicAnnotationsOf(dataset),
    palette: paletteOf(dataset),
    blending: blendingOf(dataset),
  };
}

/** The VOI LUT that a state has for a frame of an image. */
export function voiOfState(
  { voi }: PresentationState,
  sopInstanceUid: string,
  frame: number,
): VoiTransformation | undefined {
  return voi.find(({ references }) => appliesTo(references, sopInstanceUid, frame))?.view;
}

/** From the share of full output to what is shown of it, both 0 to 1. PS3.3 C.11.6. */
export function presentationFunction(presentationLut: PresentationLut): (share: number) => number {
  if (presentationLut.kind === 'IDENTITY') return (share) => share;
  if (presentationLut.kind === 'INVERSE') return (share) => 1 - share;
  const { entries, bits } = presentationLut.lut;
  const full = 2 ** bits - 1;
  const last = entries.length - 1;
  // C.11.6.1: the table spans the whole of its input, which may have more values than it has entries.
  return (share) => {
    const below = Math.floor(share * last);
    const entry = entries[below]!;
    return (entry + ((entries[below + 1] ?? entry) - entry) * (share * last - below)) / full;
  };
}

function presentationLutOf(dataset: DataSet): PresentationLut {
  const [item] = dataset.items('PresentationLUTSequence');
  const lut = item && lutOf(item, false);
  if (lut !== undefined) return { kind: 'lut', lut };
  return { kind: dataset.text('PresentationLUTShape') === 'INVERSE' ? 'INVERSE' : 'IDENTITY' };
}

const OVERLAY_ACTIVATION_LAYER = 0x1001;

function activeOverlaysOf(dataset: DataSet): number[] {
  const groups: number[] = [];
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    if (dataset.text(group * 0x10000 + OVERLAY_ACTIVATION_LAYER) !== undefined) groups.push(group);
  }
  return groups;
}

/** PS3.3 C.11.14. */
function blendingOf(dataset: DataSet): Blending | undefined {
  const items = dataset.items('BlendingSequence');
  if (items.length === 0) return undefined;
  const at = (position: string) =>
    items
      .filter((item) => item.text('BlendingPosition') === position)
      .flatMap((item) => referencesIn(item.items('ReferencedSeriesSequence')));
  return {
    relativeOpacity: dataset.number('RelativeOpacity') ?? 1,
    underlying: at('UNDERLYING'),
    superimposed: at('SUPERIMPOSED'),
  };
}
