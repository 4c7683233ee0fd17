// United Imaging: a volume may be one image of tiles (VFRAME), whose planes a private sequence describes.

import { dateTimeInterval } from '../../dicom/date-time.ts';
import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { type Dialect, fact, type Tiles } from './dialect.ts';
import { uihMappings, uihTags } from './other-mappings.ts';
import { directionFact } from './phase-encoding.ts';
import type { Series } from './series.ts';
import { slicesByTime, timingFact } from './slice-timing.ts';

export const uih: Dialect = {
  vendor: 'UIH',
  names: ['UIH', 'UNITED IMAGING'],
  creators: ['Image Private Header'],
  mappings: uihMappings,
  tiles,
  seriesFacts: (series) => [...directionFact(series, undefined), ...readout(series), ...sliceTiming(series)],
};

/** As many columns as a square needs, and as few rows as hold them all. */
function tiles({ frame }: Description): Tiles | undefined {
  const count = frame.number(uihTags.numberOfImagesInGrid);
  if (count === undefined || count < 2 || !frame.texts('ImageType').includes('VFRAME')) return undefined;
  const across = Math.ceil(Math.sqrt(count));
  return { count, across, down: Math.ceil(count / across), reversed: false };
}

/** Of EPI the acquisition duration of a slice is its readout, in milliseconds whatever PS3.3 C.8.13.2 says of (0018,9073). */
function readout({ first }: Series): Fact[] {
  const { frame } = first;
  if (!frame.texts('ScanningSequence').includes('EP')) return [];
  const planes = frame.items(uihTags.volumeFrames);
  const durationMs = planes.at(-1)?.number('AcquisitionDuration') ?? frame.number('AcquisitionDuration');
  if (durationMs === undefined || durationMs <= 0) return [];
  const source =
    planes.length > 0 ? frame.source(uihTags.volumeFrames, 'AcquisitionDuration') : frame.source('AcquisitionDuration');
  return [
    fact('TotalReadoutTime', durationMs / 1000, [source], 'the acquisition duration of a slice of EPI, in ms', 0.9),
  ];
}

function sliceTiming(series: Series): Fact[] {
  const { first } = series;
  const planes = first.frame.items(uihTags.volumeFrames);
  if (planes.length < 2) return slicesByTime(series, ['AcquisitionDateTime', 'AcquisitionTime']);
  const moments = planes.map((plane) => dateTimeInterval(plane.text('AcquisitionDateTime') ?? '')?.from);
  if (moments.includes(undefined)) return [];
  const seconds = moments.map((microseconds) => microseconds! / 1e6);
  const source = first.frame.source(uihTags.volumeFrames, 'AcquisitionDateTime');
  return timingFact(seconds, [source], 'each tile has the moment of its acquisition');
}
