// How long each frame of an image is shown. PS3.3 C.7.6.5 (Cine).

import type { DataSet } from '../../dicom/dataset.ts';

/** In milliseconds, of all frames alike: what display is recommended, else the time between frames, else the rate of the cine. */
export function frameTimeMs(dataset: DataSet): number | undefined {
  const times = [
    timeOf(dataset.number('RecommendedDisplayFrameRate')),
    dataset.number('FrameTime'),
    meanOf(dataset.numbers('FrameTimeVector')),
    timeOf(dataset.number('CineRate')),
  ];
  return times.find((time) => time !== undefined && time > 0);
}

const timeOf = (rate: number | undefined): number | undefined =>
  rate === undefined || rate <= 0 ? undefined : 1000 / rate;

/** The first increment is that of the first frame: nothing. */
const meanOf = ([, ...increments]: readonly number[]): number | undefined =>
  increments.length === 0 ? undefined : increments.reduce((sum, each) => sum + each, 0) / increments.length;
