// Facts of a series as a BIDS sidecar: one JSON object, and its b-values and directions as FSL writes them.

import type { Acquisition } from './acquisition.ts';
import type { Vendor } from './dialect.ts';
import type { Diffusion } from './diffusion.ts';
import type { Series } from './series.ts';

export type Sidecar = Record<string, unknown>;

/** What a reader needs in order to know which series it is about. No patient data. */
const identifying: Readonly<Record<string, string>> = {
  Modality: 'Modality',
  ManufacturersModelName: 'ManufacturerModelName',
  SeriesInstanceUID: 'SeriesInstanceUID',
  SeriesNumber: 'SeriesNumber',
  SeriesDescription: 'SeriesDescription',
  ProtocolName: 'ProtocolName',
  AcquisitionNumber: 'AcquisitionNumber',
  MRAcquisitionType: 'MRAcquisitionType',
  EchoNumber: 'EchoNumbers',
};

const lists: Readonly<Record<string, string>> = {
  SoftwareVersions: 'SoftwareVersions',
  ScanningSequence: 'ScanningSequence',
  SequenceVariant: 'SequenceVariant',
  ScanOptions: 'ScanOptions',
  SequenceName: 'SequenceName',
  PulseSequenceName: 'PulseSequenceName',
};

/** Keys are those of BIDS where it has one, and times are seconds. */
export function sidecarOf({ series, facts, diffusion }: Acquisition): Sidecar {
  const sidecar: Sidecar = { ...described(series) };
  for (const { attribute, value } of facts) sidecar[attribute] = printed(value);
  if (diffusion !== undefined) {
    sidecar.bval = diffusion.bValues.map(printed);
    sidecar.bvec = [0, 1, 2].map((axis) => diffusion.directions.map((direction) => printed(direction[axis]!)));
  }
  return sidecar;
}

function described({ first, vendor, volumes, slices }: Series): Sidecar {
  const sidecar: Sidecar = { Manufacturer: brandOf(first.text('Manufacturer') ?? '', vendor) };
  for (const [key, keyword] of Object.entries(identifying)) {
    const number = first.number(keyword);
    const value = /Number$/.test(key) ? number : first.text(keyword);
    if (value !== undefined) sidecar[key] = value;
  }
  for (const [key, keyword] of Object.entries(lists)) {
    const values = first.texts(keyword);
    if (values.length > 0) sidecar[key] = values.join('\\');
  }
  sidecar.ImageType = first.texts('ImageType');
  const axis = first.text('InPlanePhaseEncodingDirection')?.slice(0, 3);
  if (axis !== undefined) sidecar.InPlanePhaseEncodingDirectionDICOM = axis;
  return { ...sidecar, Slices: slices, Volumes: volumes.length };
}

/** Sidecars name Toshiba and Hitachi by their own names, whoever owns them now. */
function brandOf(manufacturer: string, vendor: Vendor): string {
  const former = ['Toshiba', 'Hitachi'].find((name) => manufacturer.toUpperCase().includes(name.toUpperCase()));
  return former ?? (vendor === 'other' ? manufacturer : vendor);
}

/** Binary fractions of single precision, and of our own reckoning, are not what anybody measured. */
const SIGNIFICANT_DIGITS = 9;

function printed<T>(value: T): T | number | unknown[] {
  if (typeof value === 'number') return Number(value.toPrecision(SIGNIFICANT_DIGITS));
  return Array.isArray(value) ? value.map(printed) : value;
}

/** The .bval and .bvec of FSL: one line of b-values; three lines, i, j and k, of directions. */
export function fslFiles({ bValues, directions }: Diffusion): { bval: string; bvec: string } {
  const line = (values: readonly number[]): string =>
    `${values.map((value) => Number(value.toPrecision(6))).join(' ')}\n`;
  return {
    bval: line(bValues),
    bvec: [0, 1, 2].map((axis) => line(directions.map((direction) => direction[axis]!))).join(''),
  };
}
