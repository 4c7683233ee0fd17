// Siemens: CSA headers and the measurement protocol (software V), private functional groups (XA).

import type { Fact, FactValue } from '../../fact.ts';
import type { Description } from '../description.ts';
import { type Dialect, fact, type Tiles } from '../dialect.ts';
import { vectorOf } from '../geometry.ts';
import { directionFact, phaseEncoding, readoutFacts } from '../phase-encoding.ts';
import type { PrivateTag } from '../private-tag.ts';
import type { Series } from '../series.ts';
import { csaImageOf, protocolOf } from './headers.ts';
import { siemensMappings, siemensTags } from './mappings.ts';
import { sliceTiming } from './slice-timing.ts';

export const siemens: Dialect = {
  vendor: 'Siemens',
  names: ['SIEMENS'],
  creators: ['SIEMENS MR HEADER', 'SIEMENS CSA HEADER', 'SIEMENS MR SDS 01', 'SIEMENS CT VA0  COAD'],
  mappings: siemensMappings,
  frameFacts: diffusion,
  tiles,
  seriesFacts(series) {
    const timing = sliceTiming(series);
    return [
      ...encoding(series),
      ...protocolFacts(series),
      ...dwellTime(series),
      ...timing,
      ...multiband(series, timing),
    ];
  },
};

/** Software VA and VB wrote diffusion into the CSA header alone. */
function diffusion(description: Description): Fact[] {
  const image = csaImageOf(description);
  if (image === undefined) return [];
  const { frame } = description;
  const given = (attribute: string, name: string, value: FactValue | undefined): Fact[] =>
    value === undefined
      ? []
      : [
          fact(
            attribute,
            value,
            [frame.source(siemensTags.csaImage, `CSA ${name}`)],
            'the CSA header of the image has it',
          ),
        ];
  return [
    ...given('DiffusionBValue', 'B_value', image.number('B_value')),
    ...given('DiffusionDirectionality', 'DiffusionDirectionality', image.text('DiffusionDirectionality')),
    ...given(
      'DiffusionGradientOrientation',
      'DiffusionGradientDirection',
      vectorOf(image.numbers('DiffusionGradientDirection')),
    ),
  ];
}

/** A mosaic is a square, with as many tiles along it as hold all slices; its slices are counted as its tiles are. */
function tiles(description: Description): Tiles | undefined {
  const { frame } = description;
  if (!frame.texts('ImageType').some((value) => value === 'MOSAIC' || value === 'VFRAME')) return undefined;
  const image = csaImageOf(description);
  const count = frame.number(siemensTags.numberOfImagesInMosaic) ?? image?.number('NumberOfImagesInMosaic');
  if (count === undefined || count < 1) return undefined;
  const across = Math.ceil(Math.sqrt(count));
  // The protocol counts from 0; a first tile of another number is the last one.
  return { count, across, down: across, reversed: (image?.number('ProtocolSliceNumber') ?? 0) > 0 };
}

/** A number that stands in the CSA header of the image or in an element of its own. */
function given({ first }: Series, name: string, ...tags: PrivateTag[]) {
  const { frame } = first;
  const csa = csaImageOf(first)?.number(name);
  if (csa !== undefined) return { value: csa, source: frame.source(siemensTags.csaImage, `CSA ${name}`) };
  for (const tag of tags) {
    const value = frame.number(tag);
    if (value !== undefined) return { value, source: frame.source(tag) };
  }
  return undefined;
}

function encoding(series: Series): Fact[] {
  const polarity = given(series, 'PhaseEncodingDirectionPositive', siemensTags.xaPhaseEncodingDirectionPositive);
  const positive = polarity && polarity.value !== 0;
  const bandwidth = given(
    series,
    'BandwidthPerPixelPhaseEncode',
    siemensTags.bandwidthPerPixelPhaseEncode,
    siemensTags.xaBandwidthPerPixelPhaseEncode,
  );
  const direction = directionFact(series, positive, polarity?.source);
  const lines = phaseEncoding(series)?.reconstructedLines;
  if (bandwidth === undefined || bandwidth.value <= 0 || lines === undefined) return direction;
  const sources = [bandwidth.source];
  const spacingSeconds = 1 / (bandwidth.value * lines);
  return [
    ...direction,
    fact('BandwidthPerPixelPhaseEncode', bandwidth.value, sources, 'in Hz'),
    ...readoutFacts(spacingSeconds, lines, sources, '1 / (bandwidth per pixel × lines of the image)'),
  ];
}

/** sKSpace.ucPhasePartialFourier: which part of the lines was taken. */
const partialFourier: Readonly<Record<number, number>> = { 1: 0.5, 2: 0.625, 4: 0.75, 8: 0.875, 16: 1 };

function protocolFacts(series: Series): Fact[] {
  const held = protocolOf(series);
  if (held === undefined) return [];
  const { protocol, source } = held;
  const told = (attribute: string, name: string, value: number | undefined): Fact[] =>
    value === undefined ? [] : [fact(attribute, value, [source(name)], 'the measurement protocol has it')];
  const partial = 'sKSpace.ucPhasePartialFourier';
  const inPlane = 'sPat.lAccelFactPE';
  return [
    ...told('PartialFourier', partial, partialFourier[protocol.number(partial) ?? 0]),
    ...told('ParallelReductionFactorInPlane', inPlane, protocol.number(inPlane)),
  ];
}

const accelerated = (factor: number | undefined): number | undefined =>
  factor !== undefined && factor > 1 ? factor : undefined;

function dwellTime(series: Series): Fact[] {
  const dwell = given(series, 'RealDwellTime', siemensTags.realDwellTime, siemensTags.xaRealDwellTime);
  if (dwell === undefined || dwell.value <= 0) return [];
  return [fact('DwellTime', dwell.value * 1e-9, [dwell.source], 'from nanoseconds')];
}

/** `p2s3` names it; otherwise, as in sequences of CMRR, planes that share their time were excited together. */
function multiband(series: Series, timing: readonly Fact[]): Fact[] {
  const { frame } = series.first;
  const told = (factor: number, sources: Fact['sources'], reason: string, confidence = 1): Fact[] => [
    fact('MultibandAccelerationFactor', factor, sources, reason, confidence),
  ];
  for (const tag of [siemensTags.patMode, siemensTags.xaPatMode]) {
    const factor = Number(/s(\d+)/.exec(frame.text(tag) ?? '')?.[1] ?? 1);
    if (factor > 1) return told(factor, [frame.source(tag)], 'the number after s');
  }
  const name = 'sSliceAcceleration.lMultiBandFactor';
  const held = protocolOf(series);
  const planned = accelerated(held?.protocol.number(name));
  if (planned !== undefined) return told(planned, [held!.source(name)], 'the measurement protocol has it');
  const [times] = timing;
  const together = ((times?.value ?? []) as readonly number[]).filter((time) => time === 0).length;
  if (times === undefined || together < 2 || series.slices % together !== 0) return [];
  return told(together, times.sources, 'so many planes were excited at once', 0.97);
}
