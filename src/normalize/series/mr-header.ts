// The header values of an MR series that tell what kind of image it is (PS3.3 C.8.3.1 MR Image, C.7.6.2 Image Plane).

export interface MrHeader {
  manufacturer: string;
  model: string;
  seriesDescription: string;
  protocolName: string;
  /** Sequence Name (0018,0024), or the vendor's pulse sequence name. */
  sequenceName: string;
  /** Values of Scanning Sequence, Sequence Variant, Scan Options, Image Type, upper case. */
  scanningSequence: readonly string[];
  sequenceVariant: readonly string[];
  scanOptions: readonly string[];
  imageType: readonly string[];
  /** MR Acquisition Type: 2D, 3D or empty. */
  acquisitionType: string;
  echoTimeMs: number | undefined;
  repetitionTimeMs: number | undefined;
  inversionTimeMs: number | undefined;
  flipAngleDegrees: number | undefined;
  bValue: number | undefined;
  contrastAgent: string;
  /** Image Orientation (Patient): six cosines, or none. */
  orientation: readonly number[];
  bodyPart: string;
}

export const mrClasses = [
  'ADC',
  'ASL',
  'BOLD',
  'CE-MRA',
  'CINE',
  'DERIVED',
  'DIXON-F',
  'DIXON-IN',
  'DIXON-OUT',
  'DIXON-W',
  'DTI',
  'DWI',
  'FA',
  'FIELDMAP',
  'FLAIR',
  'LOCALIZER',
  'MAPPING',
  'MRCP',
  'OTHER',
  'PC-MRA',
  'PD',
  'PERFUSION-DCE',
  'PERFUSION-DSC',
  'SPECTROSCOPY',
  'STIR',
  'SWI',
  'T1',
  'T1-Gd',
  'T2',
  'T2*',
  'TOF-MRA',
  'TRACE',
] as const;

export type MrClass = (typeof mrClasses)[number];
export const planes = ['axial', 'sagittal', 'coronal', 'oblique', '3d', 'unknown'] as const;
export const fatSuppressions = ['y', 'n', 'unknown'] as const;
export type Plane = (typeof planes)[number];
export type FatSuppressed = (typeof fatSuppressions)[number];

export interface MrSeries {
  sequenceClass: MrClass;
  plane: Plane;
  fatSuppressed: FatSuppressed;
  /** Calibrated probability that all of it is right. */
  confidence: number;
  reasons: string[];
}
