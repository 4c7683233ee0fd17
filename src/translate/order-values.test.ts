import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderValues } from './order-values.ts';

const order = {
  placer: { number: 'P1', issuer: '' },
  accession: { number: 'A1', issuer: '1.2.3&ISO' },
  requestedProcedureId: 'RP1',
  procedureCode: { value: '24627-2', scheme: 'LN', meaning: 'CT Chest' },
  procedureDescription: 'CT Chest',
  referringPhysician: 'Refer^Rita',
  visit: { admissionId: { number: 'V1', issuer: '' } },
  studyInstanceUid: '1.2.4',
  patient: { issuer: 'RIS', patientId: '7', name: 'Doe^Jane' },
  steps: [{ id: 'S1' }],
};

test('an order gives a study its accession number, procedure, physicians and admission, and not its patient', () => {
  assert.deepEqual(orderValues(order), {
    AccessionNumber: 'A1',
    ReferringPhysicianName: 'Refer^Rita',
    PlacerOrderNumberImagingServiceRequest: 'P1',
    RequestedProcedureID: 'RP1',
    RequestedProcedureDescription: 'CT Chest',
    AdmissionID: 'V1',
    IssuerOfAccessionNumberSequence: [{ UniversalEntityID: '1.2.3', UniversalEntityIDType: 'ISO' }],
    RequestedProcedureCodeSequence: [{ CodeValue: '24627-2', CodingSchemeDesignator: 'LN', CodeMeaning: 'CT Chest' }],
  });
});
