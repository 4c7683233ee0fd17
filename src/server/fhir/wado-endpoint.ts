// Where images are, as an Endpoint (R4 endpoint.html): WADO-RS of DICOMweb.

import type { Endpoint } from '@medplum/fhirtypes';

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
