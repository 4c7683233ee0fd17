// Numbers that other numbers contradict: bits, frames and bytes of one image; images of an acquisition, a series, a study.

import type { DataSet } from '../../dicom/dataset.ts';
import { type RepairFinding, type Reporter, reporterInto } from './repair.ts';
import { sourceOf } from './source-of.ts';

export function countsOfImage(dataset: DataSet, report: Reporter): void {
  const of = (keyword: string): number | undefined => dataset.number(keyword);
  const [allocated, stored, high] = [of('BitsAllocated'), of('BitsStored'), of('HighBit')];
  if (allocated !== undefined && stored !== undefined && stored > allocated)
    report.finding('count', 'BitsStored', 'more bits stored than allocated');
  if (stored !== undefined && high !== undefined && high !== stored - 1)
    report.finding('count', 'HighBit', 'not one less than Bits Stored (PS3.5 8.1.1)');
  const [samples, photometric] = [of('SamplesPerPixel'), dataset.text('PhotometricInterpretation')];
  if (samples === 3 && photometric?.startsWith('MONOCHROME'))
    report.finding('count', 'SamplesPerPixel', 'three samples of a monochrome image');
  frames(dataset, report);
}

/** Of native pixels the bytes tell how many frames there are. */
function frames(dataset: DataSet, report: Reporter): void {
  const bytes = dataset.bytes('PixelData')?.length;
  const [rows, columns, samples, allocated] = ['Rows', 'Columns', 'SamplesPerPixel', 'BitsAllocated'].map((keyword) =>
    dataset.number(keyword),
  );
  if (bytes === undefined || !rows || !columns || !samples || !allocated) return;
  const declared = dataset.number('NumberOfFrames') ?? 1;
  const frame = (rows * columns * samples * allocated) / 8;
  const held = Math.floor(bytes / frame);
  if (Math.ceil(frame * declared) <= bytes && bytes <= Math.ceil(frame * declared) + 1) return;
  if (held < 1 || Math.abs(held * frame - bytes) > 1) {
    report.finding('count', 'PixelData', 'bytes for no whole number of frames');
    return;
  }
  report.fact('count', {
    attribute: 'NumberOfFrames',
    value: held,
    sources: [sourceOf('NumberOfFrames'), sourceOf('PixelData')],
    confidence: 0.95,
    reason: `${declared} frames are declared and the pixels are those of ${held}`,
  });
}

/** @param instances all that is known of a series. */
export function countsOfSeries(instances: readonly DataSet[]): RepairFinding[] {
  const repairs = { facts: [], findings: [] as RepairFinding[] };
  const report = reporterInto(repairs);
  for (const keyword of ['NumberOfSeriesRelatedInstances', 'ImagesInAcquisition']) {
    const declared = new Set(
      instances.map((instance) => instance.number(keyword)).filter((count) => count !== undefined),
    );
    if (declared.size !== 1) continue;
    const [count] = declared;
    if (count !== instances.length)
      report.finding('count', keyword, `${count} are declared and ${instances.length} are here`);
  }
  const numbers = instances
    .map((instance) => instance.number('InstanceNumber'))
    .filter((number) => number !== undefined);
  if (new Set(numbers).size < numbers.length)
    report.finding('count', 'InstanceNumber', 'the same number on several images');
  return repairs.findings;
}
