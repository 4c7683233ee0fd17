// Archives of three vendors for tests of discovery: series of a few dozen protocols, as a hospital repeats them, with
// standard attributes, private elements that hide some of them, and others that follow nothing.

import type { DataSet, NewValue } from '../../../dicom/dataset.ts';
import { geMappings } from '../../acquisition/ge/mappings.ts';
import type { Conversion, Mapping } from '../../acquisition/mapping.ts';
import { uihMappings } from '../../acquisition/other-mappings.ts';
import { philipsMappings } from '../../acquisition/philips-mappings.ts';
import { type PrivateTag, printPrivateTag } from '../../acquisition/private-tag.ts';
import { siemensMappings } from '../../acquisition/siemens/mappings.ts';
import { type Attributes, madeObject, type PrivateValues } from '../../acquisition/testing/made-series.ts';

export interface Hidden {
  objects: DataSet[];
  /** What each hidden element stands for, by `printPrivateTag`. */
  truth: ReadonlyMap<string, string>;
}

const vendors: readonly { manufacturer: string; mappings: readonly Mapping[] }[] = [
  { manufacturer: 'SIEMENS', mappings: siemensMappings },
  { manufacturer: 'GE MEDICAL SYSTEMS', mappings: geMappings },
  { manufacturer: 'Philips', mappings: [...philipsMappings, ...uihMappings] },
];

interface Random {
  /** In [0, 1). */
  next(): number;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, pick: (from) => from[Math.floor(next() * from.length)]! };
}

/** `count` elements with a known equivalent, drawn by seed from all vendors in turn, under names nobody knows. */
export function hiddenElements(seed: number, count = 10): Hidden {
  const random = seeded(seed);
  const drawn = vendors.map(() => [] as Mapping[]);
  const attributes = new Set<string>();
  for (let turn = 0; drawn.flat().length < count; turn++) {
    const vendor = turn % vendors.length;
    const mapping = random.pick(vendors[vendor]!.mappings.filter(({ attribute }) => domains[attribute] !== undefined));
    if (attributes.has(mapping.attribute)) continue;
    attributes.add(mapping.attribute);
    drawn[vendor]!.push(mapping);
  }
  const truth = new Map<string, string>();
  const objects = vendors.flatMap(({ manufacturer }, at) => {
    const renamed = drawn[at]!.map((mapping, i): Mapping => ({ ...mapping, from: unknownTag(at, i, mapping.from) }));
    for (const { from, attribute } of renamed) truth.set(printPrivateTag(from), attribute);
    return archive(manufacturer, at, renamed, random);
  });
  return { objects, truth };
}

const unknownTag = (vendor: number, i: number, { vr }: PrivateTag): PrivateTag => ({
  creator: `UNKNOWN ${vendor}`,
  group: 0x0077 + 2 * vendor,
  element: 0x10 + i,
  ...(vr && { vr }),
});

const PROTOCOLS = 14;
const SERIES = 40;
const INSTANCES = 5;
/** The part of series that have the private elements alone, as before a vendor wrote the standard ones. */
const OLDER_SOFTWARE = 0.4;

function archive(manufacturer: string, vendor: number, hidden: readonly Mapping[], random: Random): DataSet[] {
  const protocols = Array.from({ length: PROTOCOLS }, () => valuesFor('protocol', random));
  return Array.from({ length: SERIES }, (_, series) => {
    const ofSeries = { ...random.pick(protocols), ...valuesFor('series', random) };
    const start = Math.floor(random.next() * 40_000);
    const older = random.next() < OLDER_SOFTWARE;
    return Array.from({ length: INSTANCES }, (_, instance) => {
      const values: Attributes = { ...ofSeries, ...valuesFor('instance', random) };
      const privates = hidden.flatMap(({ from, attribute, conversion }): PrivateValues => {
        const value = hide(values[attribute]!, conversion, random);
        return value === undefined ? [] : [[from, value]];
      });
      return madeObject(
        {
          ...(older ? without(values, hidden) : values),
          Manufacturer: manufacturer,
          SeriesInstanceUID: `1.2.${vendor}.${series}`,
          SeriesNumber: 1 + (series % 9),
          InstanceNumber: instance + 1,
          AcquisitionTime: clock(start + instance * 2.5),
          ImagePositionPatient: [-100 + series, -90, instance * 3],
          ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
        },
        [...privates, ...noise(vendor, series, instance, random)],
      );
    });
  }).flat();
}

function without(values: Attributes, hidden: readonly Mapping[]): Attributes {
  const absent = new Set(hidden.map(({ attribute }) => attribute));
  return Object.fromEntries(Object.entries(values).filter(([attribute]) => !absent.has(attribute)));
}

const clock = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join('') +
  (seconds % 60).toFixed(2).padStart(5, '0');

/** The other way round than `mappedFact` reads; undefined where the vendor has no term for it. */
function hide(value: NewValue, conversion: Conversion, random: Random): NewValue | undefined {
  const number = value as number;
  const rounded = (one: number): number => Number(one.toPrecision(8));
  switch (conversion.kind) {
    case 'same':
      return value;
    case 'item':
      return Array.from({ length: 6 }, (_, i) => (i === conversion.index ? number : Math.floor(random.next() * 90)));
    case 'linear':
      return rounded((number - (conversion.offset ?? 0)) / conversion.scale);
    case 'reciprocal':
      return conversion.index === 0 ? [Number((1 / number).toFixed(6)), 1] : [1, Number((1 / number).toFixed(6))];
    case 'terms':
      return Object.entries(conversion.terms).find(([, standard]) => standard === value)?.[0];
    case 'within':
      return texts.find(({ of }) => of.test(conversion.pattern))!.text(number);
  }
}

const texts = [
  { of: /SL/, text: (value: number) => `SL ${value.toFixed(1)}` },
  { of: /:1/, text: (value: number) => `${value}:1` },
  { of: /^p/, text: (value: number) => `p${value}` },
  { of: /./, text: (value: number) => `F:${value}S` },
];

/** Counters, constants, dates of build, and numbers of no meaning. */
function noise(vendor: number, series: number, instance: number, random: Random): PrivateValues {
  const tag = (element: number, vr: PrivateTag['vr']): PrivateTag => ({
    creator: `UNKNOWN ${vendor}`,
    group: 0x0077 + 2 * vendor,
    element: 0x80 + element,
    ...(vr && { vr }),
  });
  return [
    [tag(0, 'DS'), Number(random.next().toFixed(4))],
    [tag(1, 'IS'), Math.floor(random.next() * 3)],
    [tag(2, 'LO'), random.pick(['A', 'B', 'C'])],
    [tag(3, 'IS'), 42],
    [tag(4, 'US'), series * 7 + 1000],
    [tag(5, 'FL'), (instance * 31) % 7],
    [tag(6, 'SH'), `rev=${series % 2};a=1`],
    [tag(7, 'DS'), (series * 17) % 5],
  ];
}

interface Domain {
  changes: 'protocol' | 'series' | 'instance';
  value: (random: Random) => NewValue;
}

const of =
  (...values: (string | number)[]) =>
  (random: Random) =>
    random.pick(values);
const between =
  (from: number, to: number, digits: number) =>
  (random: Random): number =>
    Number((from + random.next() * (to - from)).toFixed(digits));

const perProtocol = (value: Domain['value']): Domain => ({ changes: 'protocol', value });
const perSeries = (value: Domain['value']): Domain => ({ changes: 'series', value });
const perInstance = (value: Domain['value']): Domain => ({ changes: 'instance', value });

/** How the values of attributes are spread in an archive. */
const domains: Readonly<Record<string, Domain>> = {
  DiffusionBValue: perInstance(of(0, 50, 500, 800, 1000, 2000)),
  DiffusionDirectionality: perInstance(of('NONE', 'DIRECTIONAL', 'ISOTROPIC')),
  DiffusionGradientOrientation: perInstance((random) => {
    const [x, y] = [between(-0.7, 0.7, 4)(random), between(-0.7, 0.7, 4)(random)];
    return [x, y, Number(Math.sqrt(1 - x * x - y * y).toFixed(4))];
  }),
  DiffusionBValueXX: perInstance(between(0, 900, 2)),
  DiffusionBValueYY: perInstance(between(0, 900, 2)),
  DiffusionBValueZZ: perInstance(between(0, 900, 2)),
  ComplexImageComponent: perInstance(of('MAGNITUDE', 'PHASE', 'REAL', 'IMAGINARY')),
  SliceLocation: perInstance(between(-120, 120, 3)),
  AcquisitionNumber: perInstance(of(1, 2, 3, 4, 5, 6, 7, 8)),
  ImagingFrequency: perSeries((random) => random.pick([63.68, 123.24, 127.77]) + between(0, 0.01, 6)(random)),
  AcquisitionDuration: perSeries(between(20, 400, 2)),
  SAR: perSeries(between(0.01, 3, 6)),
  FrameAcquisitionDuration: perSeries(between(3000, 9000, 0)),
  MagneticFieldStrength: perSeries(of(1.5, 3)),
  RepetitionTime: perProtocol(between(400, 9000, 0)),
  EchoTime: perProtocol(between(2, 120, 2)),
  FlipAngle: perProtocol(of(8, 12, 20, 60, 75, 78, 90, 120, 150, 180)),
  InversionTime: perProtocol(between(200, 2500, 0)),
  SliceThickness: perProtocol(of(1, 1.5, 2, 2.5, 3, 4, 5, 6)),
  PixelBandwidth: perProtocol(between(100, 2500, 0)),
  EchoTrainLength: perProtocol(between(2, 120, 0)),
  RFEchoTrainLength: perProtocol(between(1, 40, 0)),
  GradientEchoTrainLength: perProtocol(between(1, 128, 0)),
  NumberOfAverages: perProtocol(of(1, 2, 3, 4, 6)),
  NumberOfTemporalPositions: perProtocol(between(1, 300, 0)),
  ParallelReductionFactorInPlane: perProtocol(of(1, 1.5, 2, 2.5, 3)),
  ParallelReductionFactorOutOfPlane: perProtocol(of(1, 1.25, 2, 4)),
  ScanningSequence: perProtocol(of('EP', 'SE', 'GR', 'IR', 'RM')),
  SequenceVariant: perProtocol(of('SK', 'SP', 'SS', 'MP', 'NONE')),
  ScanOptions: perProtocol(of('FS', 'PFP', 'IR', 'SAT1')),
  OversamplingPhase: perProtocol(of('NONE', '2D', '3D', '2D_3D')),
  AcquisitionContrast: perProtocol(of('DIFFUSION', 'T1', 'T2', 'PERFUSION', 'FLUID_ATTENUATED')),
  PulseSequenceName: perProtocol(of('epi', 'tse2d1_17', 'tfl3d1', 'fl2d1', 'swi3d', 'memp', 'FEEPI', 'T1TFE')),
  ParallelAcquisitionTechnique: perProtocol(of('SENSE', 'GRAPPA', 'SMASH', 'OTHER')),
  ImagedNucleus: perProtocol(of('1H', '31P', '23Na')),
  TableSpeed: perProtocol(between(5, 80, 3)),
  TableFeedPerRotation: perProtocol(between(5, 60, 2)),
  RevolutionTime: perProtocol(of(0.28, 0.33, 0.5, 0.8, 1)),
  SpiralPitchFactor: perProtocol(of(0.531, 0.55, 0.938, 0.984, 1.2, 1.375)),
  KVP: perProtocol(of(70, 80, 100, 120, 140)),
  XRayTubeCurrent: perProtocol(between(20, 600, 0)),
  ExposureTime: perProtocol(of(280, 330, 500, 800, 1000, 2000)),
};

function valuesFor(changes: Domain['changes'], random: Random): Attributes {
  const own = Object.entries(domains).filter(([, domain]) => domain.changes === changes);
  return Object.fromEntries(own.map(([attribute, { value }]) => [attribute, value(random)]));
}
