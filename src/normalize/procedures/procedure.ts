// An imaging procedure as messages and headers tell of it, and as this folder reads it.

import type { Loinc } from './loinc.ts';

/** What is known of a study; empty where it is not. */
export interface ProcedureInput {
  /** Modality (0008,0060). */
  modality: string;
  /** Body Part Examined (0018,0015). */
  bodyPart: string;
  /** Laterality (0020,0060): R, L, B or empty. */
  laterality: string;
  /** Study Description (0008,1030), or the name of the ordered procedure. */
  studyDescription: string;
  /** Series Description (0008,103E) of each series. */
  seriesDescriptions: readonly string[];
  /** Contrast/Bolus Agent (0018,0010). */
  contrastAgent: string;
  /** Procedure codes of the sender: `code^scheme`; part of what a person's answer is kept under. */
  codes?: readonly string[];
}

export type Laterality = 'R' | 'L' | 'B' | 'none' | 'unspecified';
export type Contrast = 'with' | 'without' | 'both' | 'none' | 'unspecified';

/** The fields that are decided one by one; the region and the Playbook id follow from them. */
export interface Decisions {
  /** CT, MR, XR, US, MG, NM, PT, PT&CT, NM&CT, RF, XA or empty. */
  modality: string;
  /** A name of `bodyParts`. */
  focus: string;
  laterality: Laterality;
  contrast: Contrast;
  interventional: boolean;
}

export interface Procedure extends Decisions {
  /** Body region of the RadLex Playbook; empty where there is none. */
  region: string;
  /** RadLex Playbook id; empty where no row fits or several do. */
  rpid: string;
  /** LOINC code and meaning, where the standard's context groups have one. */
  loinc: Loinc | undefined;
  /** Calibrated probability that all of it is right. */
  confidence: number;
  /** What a person should look at, in words; empty where nothing is odd. */
  reasons: string[];
}
