// The header values of a CT series that tell its contrast phase and what was reconstructed (PS3.3 C.8.2.1 CT Image).

export interface CtHeader {
  manufacturer: string;
  model: string;
  seriesDescription: string;
  /** Convolution Kernel (0018,1210), its first value. */
  kernel: string;
  sliceThicknessMm: number | undefined;
  /** Values of Image Type, upper case. */
  imageType: readonly string[];
  contrastAgent: string;
  tubeVoltageKv: number | undefined;
  exposureMas: number | undefined;
  bodyPart: string;
}

export const ctPhases = [
  'non-contrast',
  'arterial',
  'portal-venous',
  'delayed',
  'CTA',
  'perfusion',
  'unknown',
] as const;
export const ctReconstructions = ['soft', 'bone', 'lung', 'mpr', 'mip', '3d', 'scout', 'dose-report', 'other'] as const;

export type CtPhase = (typeof ctPhases)[number];
export type CtReconstruction = (typeof ctReconstructions)[number];

export interface CtSeries {
  phase: CtPhase;
  reconstruction: CtReconstruction;
  /** Body region of the RadLex Playbook. */
  region: string;
  /** Calibrated probability that all of it is right. */
  confidence: number;
  reasons: string[];
}
