// What each protocol tells a peer of a failure: PS3.7 Annex C (DIMSE), RFC 9110 (HTTP), FHIR R4 issue-type, HL7 v2 table 0008.

export interface Answers {
  /** What happened, for people; `{name}` is filled from the details. Never patient data. */
  text: string;
  /** DIMSE Status (0000,0900). */
  dimse: number;
  /** DIMSE Error ID (0000,0903), where the service has one for it. */
  errorId?: number;
  http: number;
  /** FHIR R4 OperationOutcome.issue.code. */
  fhir: string;
  /** HL7 v2 MSA-1. */
  ack: 'AA' | 'AE' | 'AR';
  /** Whether the same request may succeed later without being changed. */
  retry: boolean;
}
