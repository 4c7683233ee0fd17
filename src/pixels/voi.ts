// VOI LUT: which of the values after the modality transformation are spread over the display. PS3.3 C.11.2.

import type { DataSet } from '../dicom/dataset.ts';
import { type Lut, lookUp, lutOf } from './lut.ts';

export type VoiLutFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** Window Center and Width, in values after the modality transformation (HU for CT). */
export interface Window {
  center: number;
  width: number;
  function: VoiLutFunction;
}

export type VoiTransformation = { kind: 'window'; window: Window } | { kind: 'lut'; lut: Lut };

/**
 * The views an image (or a functional group, or a presentation state) offers, LUTs before windows: who gives both means the
 * window for those who cannot apply the table.
 */
export function voiTransformationsOf(dataset: DataSet, signedInput: boolean): VoiTransformation[] {
  const views: VoiTransformation[] = [];
  for (const item of dataset.items('VOILUTSequence')) {
    const lut = lutOf(item, signedInput);
    if (lut !== undefined) views.push({ kind: 'lut', lut });
  }
  const centers = dataset.numbers('WindowCenter');
  const widths = dataset.numbers('WindowWidth');
  const voiLutFunction = voiLutFunctionOf(dataset.text('VOILUTFunction'));
  centers.forEach((center, view) => {
    const width = widths[view];
    if (width === undefined || !Number.isFinite(center) || !(width > 0)) return;
    views.push({ kind: 'window', window: { center, width, function: voiLutFunction } });
  });
  return views;
}

/** PS3.3 C.11.2.1.3: LINEAR where nothing, or nothing known, is said. */
function voiLutFunctionOf(term: string | undefined): VoiLutFunction {
  return term === 'SIGMOID' || term === 'LINEAR_EXACT' ? term : 'LINEAR';
}

/** From a value to the share of full output, 0 to 1. */
export function voiFunction(voi: VoiTransformation): (value: number) => number {
  if (voi.kind === 'window') return windowFunction(voi.window);
  const full = 2 ** voi.lut.bits - 1;
  return (value) => lookUp(voi.lut, value) / full;
}

/** The functions of PS3.3 C.11.2.1.2 and C.11.2.1.3, with ymin 0 and ymax 1. */
export function windowFunction({ center, width, function: shape }: Window): (value: number) => number {
  if (shape === 'SIGMOID') return (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width));
  // C.11.2.1.2.1 asks for a width of at least 1; narrower ones, as of doses in Gy, can only be meant exactly.
  if (shape === 'LINEAR_EXACT' || width < 1) {
    return clamped((value) => (value - center) / width + 0.5, center - width / 2, center + width / 2);
  }
  const middle = center - 0.5;
  const range = width - 1;
  return clamped((value) => (value - middle) / range + 0.5, middle - range / 2, middle + range / 2);
}

const clamped =
  (between: (value: number) => number, lower: number, upper: number) =>
  (value: number): number =>
    value <= lower ? 0 : value > upper ? 1 : between(value);
