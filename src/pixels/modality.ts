// Modality LUT: from what is stored to what was measured (Hounsfield units, counts, Gy). PS3.3 C.11.1.

import type { DataSet } from '../dicom/dataset.ts';
import { type Lut, lookUp, lutOf } from './lut.ts';

export type ModalityTransformation = { kind: 'rescale'; slope: number; intercept: number } | { kind: 'lut'; lut: Lut };

export const identity: ModalityTransformation = { kind: 'rescale', slope: 1, intercept: 0 };

/** Of an image, a functional group or a presentation state; undefined where it says nothing. */
export function modalityTransformationOf(dataset: DataSet, signedInput: boolean): ModalityTransformation | undefined {
  const [item] = dataset.items('ModalityLUTSequence');
  const lut = item && lutOf(item, signedInput);
  if (lut !== undefined) return { kind: 'lut', lut };
  const slope = dataset.number('RescaleSlope');
  const intercept = dataset.number('RescaleIntercept');
  if (slope !== undefined || intercept !== undefined) {
    // A slope of 0 would make all pixels one: it is written by software that meant "none".
    return { kind: 'rescale', slope: slope || 1, intercept: intercept ?? 0 };
  }
  // PS3.3 C.8.8.3.1: a dose grid holds values to be multiplied by this to give Dose Units.
  const doseGridScaling = dataset.number('DoseGridScaling');
  return doseGridScaling ? { kind: 'rescale', slope: doseGridScaling, intercept: 0 } : undefined;
}

export function modalityFunction(modality: ModalityTransformation): (stored: number) => number {
  if (modality.kind === 'lut') return (stored) => lookUp(modality.lut, stored);
  const { slope, intercept } = modality;
  return (stored) => stored * slope + intercept;
}

/** Whether values after the transformation may be negative, which decides how a VOI LUT Descriptor is read (C.11.2.1.1). */
export function givesNegative(modality: ModalityTransformation, lowestStored: number): boolean {
  return modality.kind === 'rescale' && Math.min(lowestStored * modality.slope, 0) + modality.intercept < 0;
}
