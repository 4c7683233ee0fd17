// What gates and dispatch go by: what a case is, without saying whose.

import type { Jurisdiction, ReadType, RequestPriority } from '../terms/service-term.ts';

export interface CaseFacts {
  client: string;
  site: string;
  provider: string;
  /** Where the images were made. */
  patientAt: Jurisdiction;
  modality: string;
  bodyRegion?: string;
  /** `code^scheme`. */
  procedure?: string;
  subspecialty?: string;
  priority: RequestPriority;
  readType: ReadType;
  payer?: string;
  /** An id, not a name. */
  referrer?: string;
  /** BCP 47, of the report. */
  language?: string;
  isPaediatric?: boolean;
  /** Images of the study; priors that are here. */
  instances: number;
  priors: number;
  /** Of a second or trial reading: those who must not be its reader. */
  readBy: readonly string[];
}
