// What an exchange elsewhere is asked for: one order of the study that it was given, as the room says it. Texts are those of the
// context, in which whatever identifies is a token; numbers are pseudonyms.

import type { ServiceRequest } from '@medplum/fhirtypes';
import type { PseudonymMap } from '../../reading/privacy/pseudonym-map.ts';
import type { CaseContext } from './case-context.ts';

export interface Referred {
  case: string;
  priority: 'routine' | 'urgent' | 'asap' | 'stat';
  /** `Patient/ID` at the exchange. */
  subject: string;
  map: Pick<PseudonymMap, 'studyUid' | 'accession'>;
  context: Partial<CaseContext>;
}

export function referral({ case: id, priority, subject, map, context }: Referred): ServiceRequest & { id: string } {
  const { indication, comments, requestedProcedure } = context;
  const accession = map.accession?.pseudonym;
  return {
    resourceType: 'ServiceRequest',
    id: `referral-${id}`,
    identifier: [
      { system: 'urn:dicom:uid', value: `urn:oid:${map.studyUid.pseudonym}` },
      ...(accession === undefined
        ? []
        : [{ type: { coding: [{ system: IDENTIFIER_TYPES, code: 'ACSN' }] }, value: accession }]),
    ],
    status: 'active',
    intent: 'order',
    // Imaging procedure: without it a request is for no images.
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '363679005' }] }],
    priority,
    code: { text: requestedProcedure ?? 'reading' },
    subject: { reference: subject },
    ...(indication !== undefined && { reasonCode: [{ text: indication }] }),
    ...(comments !== undefined && { note: [{ text: comments }] }),
  };
}

/** Table 0203. */
const IDENTIFIER_TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';
