// What a profile asks of the pixels of an instance: regions that are blackened in frames of its kind, and a look for words in
// images of kinds that have them burned in. PS3.15 E.3.1, PS3.3 C.7.6.1.1 (Burned In Annotation).

import type { DataSet } from '../dicom/dataset.ts';
import type { PixelMask, Profile, Region } from './profile.ts';

export interface PixelDemand {
  /** Known beforehand. */
  regions: readonly Region[];
  /** Whether words are to be looked for. */
  isSearched: boolean;
}

/** Images of these come with words in them unless they say otherwise: screens, scans of paper, cameras, ultrasound. */
const written: ReadonlySet<string> = new Set([
  'US',
  'IVUS',
  'SC',
  'XC',
  'ES',
  'CR',
  'GM',
  'OP',
  'OPT',
  'DOC',
  'OT',
  'HC',
  'ECG',
  'EPS',
  'XA',
  'RF',
]);

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** undefined where the pixels may leave as they are. */
export function pixelDemand(dataset: DataSet, { options, masks }: Profile): PixelDemand | undefined {
  if (!dataset.has('Rows')) return undefined;
  const regions = masks.filter((mask) => fits(mask, dataset)).flatMap((mask) => mask.regions);
  const isSearched = options.has('clean-pixel-data') && mayHaveWords(dataset);
  return regions.length === 0 && !isSearched ? undefined : { regions, isSearched };
}

function mayHaveWords(dataset: DataSet): boolean {
  const said = dataset.text('BurnedInAnnotation');
  if (said === 'YES') return true;
  if (said === 'NO') return false;
  const sopClassUid = dataset.text('SOPClassUID') ?? '';
  const isCapture = sopClassUid === SECONDARY_CAPTURE || sopClassUid.startsWith(`${SECONDARY_CAPTURE}.`);
  return isCapture || written.has(dataset.text('Modality') ?? '') || dataset.texts('ImageType').includes('SCREEN SAVE');
}

function fits({ modality, manufacturer, model, rows, columns }: PixelMask, dataset: DataSet): boolean {
  const is = (wanted: string | undefined, keyword: string): boolean =>
    wanted === undefined || dataset.text(keyword)?.toLowerCase() === wanted.toLowerCase();
  const measures = (wanted: number | undefined, keyword: string): boolean =>
    wanted === undefined || dataset.number(keyword) === wanted;
  const isMade = is(modality, 'Modality') && is(manufacturer, 'Manufacturer') && is(model, 'ManufacturerModelName');
  return isMade && measures(rows, 'Rows') && measures(columns, 'Columns');
}
