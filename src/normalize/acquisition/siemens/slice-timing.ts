// When Siemens excites each plane: a list in the CSA header of a mosaic, the time of each frame otherwise, and before
// software B15 no more than the mode in the protocol.

import type { Fact } from '../../fact.ts';
import type { Description } from '../description.ts';
import type { Series } from '../series.ts';
import { evenTimes, settled, slicesByTime, timingFact } from '../slice-timing.ts';
import { csaImageOf, protocolOf } from './headers.ts';
import { siemensTags } from './mappings.ts';

export function sliceTiming(series: Series): Fact[] {
  if (series.first.text('MRAcquisitionType') === '3D') return [];
  if (series.tiles !== undefined) return ofMosaic(series);
  return slicesByTime(series, [
    'FrameAcquisitionDateTime',
    siemensTags.xaTimeAfterStart,
    'AcquisitionTime',
    siemensTags.timeAfterStart,
  ]);
}

function ofMosaic(series: Series): Fact[] {
  const { first, tiles, volumes } = series;
  const seconds = settled(volumes.slice(0, 2).map(([mosaic]) => mosaicTimes(mosaic!)));
  if (seconds?.length !== tiles!.count) return ofMode(series);
  const { frame } = first;
  const source = frame.has(siemensTags.mosaicRefAcqTimes)
    ? frame.source(siemensTags.mosaicRefAcqTimes)
    : frame.source(siemensTags.csaImage, 'CSA MosaicRefAcqTimes');
  return timingFact(tiles!.reversed ? seconds.toReversed() : seconds, [source], 'a time for each tile of the mosaic');
}

function mosaicTimes(mosaic: Description): number[] {
  const copied = mosaic.frame.numbers(siemensTags.mosaicRefAcqTimes);
  const milliseconds = copied.length > 0 ? copied : (csaImageOf(mosaic)?.numbers('MosaicRefAcqTimes') ?? []);
  // To the microsecond: what is beyond it is the noise of a binary fraction.
  return milliseconds.map((time) => Math.round(time * 1000) / 1e6);
}

const ASCENDING = 1;
const DESCENDING = 2;
const INTERLEAVED = 4;

/** The order alone is known; the planes are taken to fill the repetition time evenly, but for the pause at its end. */
function ofMode(series: Series): Fact[] {
  const { first, tiles } = series;
  const name = 'sSliceArray.ucMode';
  const held = protocolOf(series);
  const mode = held?.protocol.number(name);
  const repetitionMs = first.number('RepetitionTime');
  if (repetitionMs === undefined || (mode !== ASCENDING && mode !== DESCENDING && mode !== INTERLEAVED)) return [];
  const pauseMicroseconds = held!.protocol.number('lDelayTimeInTR') ?? 0;
  const seconds = repetitionMs / 1000 - pauseMicroseconds / 1e6;
  const interleaved = mode === INTERLEAVED;
  const count = tiles!.count;
  const times = evenTimes(count, seconds, { interleaved, secondFirst: interleaved && count % 2 === 0 });
  const upward = mode === DESCENDING ? times.toReversed() : times;
  const reason = 'the order of planes, spread evenly over the repetition time';
  const inOrder = tiles!.reversed ? upward.toReversed() : upward;
  return timingFact(inOrder, [held!.source(name)], reason, 0.8);
}
