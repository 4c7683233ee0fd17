// What may differ from frame to frame of one image: the modality and VOI transformations and the shape of a pixel. Of an
// enhanced image they lie in functional groups (PS3.3 C.7.6.16.2.9, C.7.6.16.2.10, C.7.6.16.2.1), per frame before shared.

import type { DataSet } from '../dicom/dataset.ts';
import type { FrameDescription } from './frame-description.ts';
import { givesNegative, identity, type ModalityTransformation, modalityTransformationOf } from './modality.ts';
import { type VoiTransformation, voiTransformationsOf } from './voi.ts';

export interface FrameValues {
  modality: ModalityTransformation;
  /** The views offered, the preferred one first; empty where none is. */
  voi: VoiTransformation[];
  /** Height of a pixel divided by its width. */
  pixelAspect: number;
}

/** The distinct values, and for each frame that has functional groups of its own the index of its values. */
export function frameValuesOf(
  dataset: DataSet,
  frame: FrameDescription,
): { values: FrameValues[]; valuesOfFrame: Uint32Array } {
  const [shared] = dataset.items('SharedFunctionalGroupsSequence');
  const perFrame = dataset.items('PerFrameFunctionalGroupsSequence');
  const values: FrameValues[] = [];
  const known = new Map<string, number>();
  const valuesOfFrame = new Uint32Array(perFrame.length);
  if (perFrame.length === 0) return { values: [valuesIn(dataset, [shared], frame)], valuesOfFrame };
  for (const [index, group] of perFrame.entries()) {
    const one = valuesIn(dataset, [group, shared], frame);
    const key = JSON.stringify(one);
    const place = known.get(key) ?? values.push(one) - 1;
    known.set(key, place);
    valuesOfFrame[index] = place;
  }
  return { values, valuesOfFrame };
}

/** From the groups that apply, the nearer first, and from the image itself where they say nothing. */
function valuesIn(dataset: DataSet, groups: readonly (DataSet | undefined)[], frame: FrameDescription): FrameValues {
  const inMacro = (sequence: string): DataSet => {
    for (const group of groups) {
      const [item] = group?.items(sequence) ?? [];
      if (item !== undefined) return item;
    }
    return dataset;
  };
  const signed = frame.pixelRepresentation === 1;
  const modality = isForMeasuringOnly(dataset)
    ? identity
    : (modalityTransformationOf(inMacro('PixelValueTransformationSequence'), signed) ?? identity);
  const lowestStored = signed ? -(2 ** (frame.bitsStored - 1)) : 0;
  return {
    modality,
    voi: voiTransformationsOf(inMacro('FrameVOILUTSequence'), givesNegative(modality, lowestStored)),
    pixelAspect: pixelAspectOf(inMacro('PixelMeasuresSequence')),
  };
}

/** PS3.3 C.8.7.1.1.2: of XA and XRF the Modality LUT leads back to X-ray intensity; VOI is applied to what is stored. */
function isForMeasuringOnly(dataset: DataSet): boolean {
  const relationship = dataset.text('PixelIntensityRelationship');
  return /^(XA|RF)$/.test(dataset.text('Modality') ?? '') && (relationship === 'LOG' || relationship === 'DISP');
}

/** PS3.3 C.7.6.3.1.7 and 10.7.1.3: rows before columns, vertical before horizontal. */
function pixelAspectOf(dataset: DataSet): number {
  for (const key of ['PixelSpacing', 'ImagerPixelSpacing', 'NominalScannedPixelSpacing', 'PixelAspectRatio']) {
    const [vertical, horizontal] = dataset.numbers(key);
    if (vertical !== undefined && horizontal !== undefined && vertical > 0 && horizontal > 0) {
      return vertical / horizontal;
    }
  }
  return 1;
}
