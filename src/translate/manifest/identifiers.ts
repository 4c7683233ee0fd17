// Identifiers of imaging studies and their orders as IHE MADO has them: typed by codes of DCM.

import type { Identifier } from '@medplum/fhirtypes';
import { DCM } from '../coding.ts';
import type { NumberOfIssuer } from './manifest.ts';

export const studyIdentifier = (studyInstanceUid: string): Identifier => ({
  type: { coding: [{ system: DCM, code: '110180', display: 'Study Instance UID' }] },
  system: 'urn:dicom:uid',
  value: `urn:oid:${studyInstanceUid}`,
});

export const accessionIdentifier = (accession: NumberOfIssuer): Identifier => ({
  type: {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN', display: 'Accession ID' },
      { system: DCM, code: '121022', display: 'Accession Number' },
    ],
  },
  system: issuerSystem(accession),
  value: accession.number,
});

/** IHE ITI TF-2 Appendix E.3. */
export function issuerSystem({ universalId, universalIdType }: NumberOfIssuer): string {
  if (universalIdType === 'ISO') return `urn:oid:${universalId}`;
  return universalIdType === 'UUID' ? `urn:uuid:${universalId}` : universalId;
}

/** The reverse: what names an issuer in DICOM where FHIR has a system. */
export function issuedBy(system: string): Omit<NumberOfIssuer, 'number'> {
  const [, kind, id] = /^urn:(oid|uuid):(.+)$/.exec(system) ?? [];
  if (kind === undefined) return { universalId: system, universalIdType: 'URI' };
  return { universalId: id!, universalIdType: kind === 'oid' ? 'ISO' : 'UUID' };
}
