// When GE excites each plane. No element says it; it follows from the order in the protocol data block, the planes, the
// multiband factor and the repetition time, as GE HealthCare describes for its EPI sequences.

import type { Fact, FactSource } from '../../fact.ts';
import type { Description } from '../description.ts';
import { fact } from '../dialect.ts';
import { dot, positionOf } from '../geometry.ts';
import type { Series } from '../series.ts';
import { evenTimes, isEchoPlanar, timingFact } from '../slice-timing.ts';
import { hasVaryingDelay } from './group-delay.ts';
import { geTags } from './mappings.ts';
import { readProtocolBlock } from './protocol-block.ts';
import { isAtLeast, releaseOf } from './software.ts';

/** These spare their gradients by taking the axes in turns, which mixes the planes of volumes. */
const CYCLING_MODELS = /PREMIER|UHP|7T/i;

export function sliceTiming(series: Series, multiband: number): Fact[] {
  const { first, slices } = series;
  const repetitionMs = first.number('RepetitionTime');
  const planar = isEchoPlanar(first) && first.text('MRAcquisitionType') !== '3D';
  if (!planar || repetitionMs === undefined || slices < 2 || hasVaryingDelay(series)) return [];
  const order = orderOf(first);
  if (order === undefined) return byTimer(series);
  const { interleaved, source } = order;
  const oddCount = order.diffusion || !keepsEvenCounts(first);
  const times = excitationTimes({ slices, multiband, seconds: repetitionMs / 1000, interleaved, oddCount });
  const reason = `${interleaved ? 'every other plane first' : 'planes in turn'}, evenly over the repetition time`;
  return [fact('SliceTiming', isDescending(series) ? times.toReversed() : times, [source], reason, 0.97)];
}

interface Order {
  interleaved: boolean;
  diffusion: boolean;
  source: FactSource;
}

/** epiRT says it in its protocol; epi, for several phases, and epi2, for diffusion, do not: every other plane. */
function orderOf(first: Description): Order | undefined {
  const { frame } = first;
  const diffusion = frame.text(geTags.internalPulseSequenceName)?.toUpperCase() === 'EPI2';
  if (diffusion && CYCLING_MODELS.test(first.text('ManufacturerModelName') ?? '')) return undefined;
  const name = frame.source(geTags.internalPulseSequenceName);
  if (diffusion || first.text('PulseSequenceName') === 'epi') {
    return { interleaved: true, diffusion, source: name };
  }
  const bytes = frame.bytes(geTags.protocolBlock);
  const block = bytes && readProtocolBlock(bytes);
  const order = block?.get('SLICEORDER');
  const source = frame.source(geTags.protocolBlock, 'SLICEORDER');
  return order === undefined ? undefined : { interleaved: order === '1', diffusion, source };
}

/** Older sequences keep the timer of their real-time image in each plane: seconds, before release 20 tenths of milliseconds. */
function byTimer(series: Series): Fact[] {
  const planes = series.volumes[1] ?? series.volumes[0]!;
  const times = planes.map(({ frame }) => frame.number(geTags.rtiaTimer));
  if (times.length !== series.slices || times.includes(undefined)) return [];
  const read = times as number[];
  const span = Math.max(...read) - Math.min(...read);
  const scale = span > series.first.number('RepetitionTime')! / 1000 ? 1e-4 : 1;
  const source = planes[0]!.frame.source(geTags.rtiaTimer);
  return timingFact(
    read.map((time) => time * scale),
    [source],
    'the timer of each plane of the second volume',
    0.9,
  );
}

/** Since release 27.0 R03 an even number of excitations is taken as it is; before, one more made it odd. */
function keepsEvenCounts(first: Description): boolean {
  const release = releaseOf(first.frame.texts('SoftwareVersions'));
  return release !== undefined && isAtLeast(release, 27, 3);
}

interface Plan {
  slices: number;
  multiband: number;
  seconds: number;
  interleaved: boolean;
  oddCount: boolean;
}

/** In the order of acquisition's first plane to its last. */
export function excitationTimes({ slices, multiband, seconds, interleaved, oddCount }: Plan): number[] {
  const needed = Math.ceil(slices / multiband);
  const even = multiband > 1 && interleaved && needed % 2 === 0;
  const count = even && oddCount ? needed + 1 : needed;
  const times = evenTimes(count, seconds, { interleaved });
  // So that neighbouring bands do not follow each other at the end, the last two of the second pass change places.
  if (even && !oddCount && count >= 4) {
    [times[count - 3], times[count - 1]] = [times[count - 1]!, times[count - 3]!];
  }
  return Array.from({ length: slices }, (_, slice) => rounded(times[slice % count]!));
}

const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** Whether the first plane that was taken is the highest. */
function isDescending({ volumes, plane, first }: Series): boolean {
  const lowest = volumes[0]?.[0];
  const [a, b] = [first, lowest].map((one) => one && positionOf(one.frame));
  return (
    a !== undefined && b !== undefined && plane !== undefined && dot(a, plane.normal) - dot(b, plane.normal) > 0.01
  );
}
