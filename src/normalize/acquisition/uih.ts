// United Imaging: a volume may be one image of tiles (VFRAME), whose planes a private sequence describes.

import { dateTimeInterval } from '../../dicom/date-time.ts';
import type { Fact } from '../fact.ts';
import type { Description } from './description.ts';
import { type Dialect, fact, type Tiles } from './dialect.ts';
import type { Frame } from './frame.ts';
import { uihMappings, uihTags } from './other-mappings.ts';
import { directionFact, phaseEncoding, readoutFacts } from './phase-encoding.ts';
import type { Series } from './series.ts';
import { isEchoPlanar, slicesByTime, timingFact } from './slice-timing.ts';

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

/** Of EPI: from the bandwidth along phase in later software, which has the number of Siemens' element in group 0019. */
function readout(series: Series): Fact[] {
  const { frame } = series.first;
  if (!isEchoPlanar(series.first)) return [];
  const bandwidth = frame.number(BANDWIDTH_PER_PIXEL_PHASE_ENCODE);
  const lines = phaseEncoding(series)?.reconstructedLines;
  if (bandwidth === undefined || bandwidth <= 0 || lines === undefined) return durationOfSlice(frame);
  const sources = [frame.source(BANDWIDTH_PER_PIXEL_PHASE_ENCODE)];
  return [
    fact('BandwidthPerPixelPhaseEncode', bandwidth, sources, 'in Hz', 0.9),
    ...readoutFacts(1 / (bandwidth * lines), lines, sources, '1 / (bandwidth per pixel × lines of the image)'),
  ];
}

const BANDWIDTH_PER_PIXEL_PHASE_ENCODE = 0x0019_1028;

/** In earlier software the acquisition duration of a slice was its readout, in ms whatever PS3.3 C.8.13.4 says of it. */
function durationOfSlice(frame: Frame): Fact[] {
  const planes = frame.items(uihTags.volumeFrames);
  const durationMs = planes.at(-1)?.number('AcquisitionDuration') ?? frame.number('AcquisitionDuration');
  if (durationMs === undefined || durationMs <= 0) return [];
  const source =
    planes.length > 0 ? frame.source(uihTags.volumeFrames, 'AcquisitionDuration') : frame.source('AcquisitionDuration');
  return [fact('TotalReadoutTime', durationMs / 1000, [source], 'how long a slice of EPI was read, from ms', 0.9)];
}

function sliceTiming(series: Series): Fact[] {
  const { first } = series;
  const planes = first.frame.items(uihTags.volumeFrames);
  if (first.text('MRAcquisitionType') === '3D') return [];
  if (planes.length < 2) return slicesByTime(series, ['AcquisitionDateTime', 'AcquisitionTime']);
  const moments = planes.map((plane) => dateTimeInterval(plane.text('AcquisitionDateTime') ?? '')?.from);
  if (moments.includes(undefined)) return [];
  const seconds = moments.map((microseconds) => microseconds! / 1e6);
  const source = first.frame.source(uihTags.volumeFrames, 'AcquisitionDateTime');
  return timingFact(seconds, [source], 'each tile has the moment of its acquisition');
}
