// How series were acquired: facts about each, with source, confidence and reason, under the names of BIDS and in its units,
// whatever dialect the vendor writes. The objects stay as they are.

import type { DataSet } from '../../dicom/dataset.ts';
import { type Fact, overlaid } from '../fact.ts';
import { ctQuantities } from './ct.ts';
import { Description } from './description.ts';
import { type Diffusion, diffusionOf } from './diffusion.ts';
import { framesOf } from './frame.ts';
import { type Mapping, mappedFacts } from './mapping.ts';
import { mrQuantities } from './mr-quantities.ts';
import { petQuantities } from './pet.ts';
import { type Series, seriesOf } from './series.ts';

export interface Acquisition {
  series: Series;
  facts: Fact[];
  diffusion: Diffusion | undefined;
}

/** Of the objects of any number of series, in the order of their series numbers. Throws dicom/limit. */
export const acquisitionsOf = (objects: Iterable<DataSet>): Acquisition[] => seriesOf(objects).map(acquisitionOf);

function acquisitionOf(series: Series): Acquisition {
  const modality = series.first.text('Modality') ?? '';
  return {
    series,
    facts: modalities[modality]?.(series) ?? [],
    diffusion: modality === 'MR' ? diffusionOf(series) : undefined,
  };
}

const modalities: Readonly<Record<string, (series: Series) => Fact[]>> = {
  MR: (series) => overlaid(mrQuantities(series), series.first.dialect.seriesFacts?.(series) ?? []),
  CT: ctQuantities,
  PT: petQuantities,
};

/**
 * Standard attributes that private elements of one object tell and its standard elements do not: what an enhanced object
 * would have said. `accepted` are mappings beyond those of the vendors' tables (../discovery/mapping-set.ts). Of a
 * multi-frame object those of the first frame.
 */
export function attributeFacts(object: DataSet, accepted: readonly Mapping[] = []): Fact[] {
  const [frame] = framesOf(object);
  if (frame === undefined) return [];
  const facts = new Map([...mappedFacts(frame, accepted), ...new Description(frame).vendorFacts]);
  return [...facts.values()].filter(({ attribute }) => !frame.has(attribute));
}
