// Where images are, as an Endpoint (R4 endpoint.html): WADO-RS of DICOMweb.

import type { Endpoint } from '@medplum/fhirtypes';
import { WADO_RS_ENDPOINT } from '../../fhir/rest/handlers.ts';
import { version } from '../version.ts';

/** `address`: the root of DICOMweb as clients reach it. */
export const wadoEndpoint = (address: string): Endpoint => ({
  resourceType: 'Endpoint',
  status: 'active',
  connectionType: {
    system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
    code: 'dicom-wado-rs',
    display: 'DICOM WADO-RS',
  },
  name: 'WADO-RS',
  payloadType: [{ text: 'DICOM' }],
  payloadMimeType: ['application/dicom', 'application/dicom+json'],
  address,
});

/** That of this node, as every study names it. `fhirRoot`: as the client sees it; DICOMweb lies beside. */
export const ownEndpoint = (fhirRoot: string, publicUrl: string | undefined): Endpoint & { id: string } => ({
  ...wadoEndpoint(dicomWebRoot(fhirRoot, publicUrl)),
  id: WADO_RS_ENDPOINT,
  meta: { versionId: version },
});

export const dicomWebRoot = (fhirRoot: string, publicUrl: string | undefined): string =>
  `${publicUrl ?? fhirRoot.replace(/\/fhir\/R4$/, '')}/dicomweb`;
