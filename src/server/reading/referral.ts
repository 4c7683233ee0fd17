// What an exchange elsewhere is asked for: one order of the study that it was given, as the room says it, and a rejection note of
// what is not to be used any more. Texts are those of the context, in which whatever identifies is a token; numbers are pseudonyms.

import { createHash } from 'node:crypto';
import type { ServiceRequest } from '@medplum/fhirtypes';
import { DataSet } from '../../dicom/dataset.ts';
import { newUid } from '../../dicom/uid.ts';
import type { PseudonymMap } from '../../reading/privacy/pseudonym-map.ts';
import type { GoneCopies } from '../../reading/store/carriage.ts';
import { rejectionDocument } from '../../routing/rejection-document.ts';
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

/** Made anew for the same objects it is the same note. `objects`: of one study. IHE RAD-66, PS3.16 CID 7011. */
export function rejectionOf({ patient, goneAt, objects }: Pick<GoneCopies, 'patient' | 'goneAt' | 'objects'>): DataSet {
  const uid = (what: string) =>
    newUid(
      createHash('sha256')
        .update(JSON.stringify([what, ...objects.map(({ sopInstanceUid }) => sopInstanceUid)]))
        .digest()
        .subarray(0, 16),
    );
  return rejectionDocument({
    sopInstanceUid: uid('carried rejection'),
    seriesInstanceUid: uid('carried rejection series'),
    // What is over here is kept there no longer.
    code: '113039',
    at: goneAt,
    manufacturer: 'Fascia',
    patientAndStudy: new DataSet()
      .set('PatientID', patient)
      .set('PatientName', patient)
      .set('StudyInstanceUID', objects[0]!.studyInstanceUid),
    references: objects,
  });
}
