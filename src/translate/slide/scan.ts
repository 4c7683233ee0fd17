// What a scanner says of a scan: the size of a pixel, the objective, itself, and when. Aperio writes `name = value` into the
// description, OME and Philips write XML, everybody may write a resolution (TIFF 6.0 8).

import { Problem } from '../../base/problem.ts';
import type { TiffDirectory } from '../tiff.ts';

export interface Scan {
  /** Of the largest level, from one pixel to the next, down and across. Absent where nobody says it. */
  pixelSpacingMm?: [down: number, across: number];
  objectivePower?: number;
  manufacturer?: string;
  model?: string;
  serialNumber?: string;
  softwareVersions?: string;
  /** By the clock of the scanner: `YYYYMMDD` and `HHMMSS`. */
  scannedAt?: { date: string; time: string };
  /** What the scanner read or was told of the glass. */
  containerIdentifier?: string;
}

/** A pixel larger than this is one of paper or of a screen: software writes 72 dpi where it knows nothing. */
const LARGEST_PIXEL_MM = 0.02;
/** TIFF 6.0 8: ResolutionUnit. */
const unitMm: Record<number, number> = { 2: 25.4, 3: 10 };

/** Throws dicom/not-expressible for formats whose images are laid out in ways of their own. */
export async function scanOf(directory: TiffDirectory): Promise<Scan> {
  const description = (await directory.text('imageDescription')) ?? '';
  if (description.includes('leica-microsystems.com/scn')) throw notExpressible('a Leica SCN collection');
  if (/<iScan\b|level=\d+ mag=/.test(description)) throw notExpressible('a Ventana slide, whose tiles overlap,');
  const said = description.startsWith('Aperio')
    ? aperio(description)
    : /<OME\b/.test(description)
      ? ome(description)
      : /DPUfsImport/.test(description)
        ? philips(description)
        : {};
  return {
    manufacturer: await directory.text('make'),
    model: await directory.text('model'),
    softwareVersions: await directory.text('software'),
    scannedAt: moment((await directory.text('dateTime')) ?? ''),
    pixelSpacingMm: await resolution(directory),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
}

/** `Aperio Image Library v11.2.1 …|AppMag = 20|MPP = 0.4990|Date = 12/29/09|…` */
function aperio(description: string): Scan {
  const values = new Map(
    description
      .split('|')
      .slice(1)
      .map((part) => {
        const [name = '', value = ''] = part.split(/=(.*)/s);
        return [name.trim(), value.trim()] as const;
      }),
  );
  const mpp = positive(values.get('MPP'));
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d\d|\d{4})$/.exec(values.get('Date') ?? '') ?? [];
  const date = year === undefined ? '' : `${year.length === 2 ? `20${year}` : year}:${month}:${day}`;
  return {
    manufacturer: 'Aperio',
    softwareVersions: /^Aperio[^\r\n]*/.exec(description)?.[0].trim(),
    pixelSpacingMm: mpp === undefined ? undefined : [mpp / 1000, mpp / 1000],
    objectivePower: positive(values.get('AppMag')),
    serialNumber: values.get('ScanScope ID') || undefined,
    scannedAt: moment(`${date} ${values.get('Time') ?? ''}`),
    containerIdentifier: values.get('Barcode') || values.get('ImageID') || undefined,
  };
}

/** OME 2016-06: PhysicalSizeX and Y in µm unless a unit is said; the objective by its nominal magnification. */
function ome(description: string): Scan {
  const attribute = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`).exec(description)?.[1];
  const size = (axis: 'X' | 'Y'): number | undefined => {
    const scale = { nm: 1e-6, µm: 1e-3, μm: 1e-3, mm: 1, cm: 10 }[attribute(`PhysicalSize${axis}Unit`) ?? 'µm'];
    const value = positive(attribute(`PhysicalSize${axis}`));
    return scale === undefined || value === undefined ? undefined : value * scale;
  };
  const [down, across] = [size('Y'), size('X')];
  return {
    pixelSpacingMm: down === undefined || across === undefined ? undefined : [down, across],
    objectivePower: positive(attribute('NominalMagnification')),
    scannedAt: moment(
      (/<AcquisitionDate>([^<]*)</.exec(description)?.[1] ?? '').replaceAll('-', ':').replace('T', ' '),
    ),
  };
}

/** Attributes of DICOM by name, in an XML of Philips' own; the first Pixel Spacing is that of the scan. */
function philips(description: string): Scan {
  const attribute = (name: string) =>
    new RegExp(`<Attribute Name="${name}"[^>]*>([^<]*)<`).exec(description)?.[1]?.replaceAll('&quot;', '').trim();
  const [down, across] = (attribute('DICOM_PIXEL_SPACING') ?? '').split(/\s+/).map(positive);
  return {
    manufacturer: attribute('DICOM_MANUFACTURER') || 'Philips',
    serialNumber: attribute('DICOM_DEVICE_SERIAL_NUMBER') || undefined,
    pixelSpacingMm: down === undefined || across === undefined ? undefined : [down, across],
    containerIdentifier: attribute('PIM_DP_UFS_BARCODE') || undefined,
  };
}

async function resolution(directory: TiffDirectory): Promise<Scan['pixelSpacingMm']> {
  const unit = unitMm[(await directory.number('resolutionUnit')) ?? 2];
  const [down, across] = [await directory.number('yResolution'), await directory.number('xResolution')];
  if (unit === undefined || !(down! > 0) || !(across! > 0)) return undefined;
  const spacing: [number, number] = [unit / down!, unit / across!];
  return spacing.every((mm) => mm > 0 && mm <= LARGEST_PIXEL_MM) ? spacing : undefined;
}

/** `2026:01:15 10:11:12`, with whatever time zone behind it: that of the scanner. */
export function moment(text: string): Scan['scannedAt'] {
  const found = /^(\d{4}):(0[1-9]|1[0-2]):(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)/.exec(text);
  if (found === null || found[1] === '0000') return undefined;
  const digits = found[0].replace(/\D/g, '');
  return { date: digits.slice(0, 8), time: digits.slice(8, 14) };
}

function positive(text: string | undefined): number | undefined {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

const notExpressible = (what: string): Problem => new Problem('dicom/not-expressible', { what });
