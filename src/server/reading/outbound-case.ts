// A case as it leaves: what the contract lets leave of it, and for whom.

import type { RequestPriority, ServiceTerm } from '../../reading/terms/service-term.ts';

/** What copies are made by; kept beside the case, so that a later version of the contract changes nothing of it. */
export interface LeavingTerms {
  /** Names of tenant and provider. */
  client: string;
  provider: string;
  /** Where the images were made. */
  patientAt: string;
  priority: RequestPriority;
  term: Pick<ServiceTerm, 'jurisdictions' | 'disclosure'>;
  /** How long copies stay; absent: until they are recalled. */
  days?: number;
}

export interface OutboundCase extends LeavingTerms {
  id: string;
  /** Of the client. */
  tenant: number;
  /** Rows of the client's studies. */
  study: string;
  priors: readonly string[];
}

/** What the exchange does when copies came to something. */
export interface OutboundTelling {
  /** All copies are in the room. */
  whole(caseId: string, copies: { instances: number; priors: number }): Promise<void>;
  /** Something may not leave, or cannot. */
  held(caseId: string, reason: string): Promise<void>;
  /** The room has more than it had, or less, after all copies were there: `instances` of the study are in it now. */
  changed(caseId: string, what: 'late-images' | 'images-rejected', instances: number): Promise<void>;
}
