// A FHIR client of other people (@medplum/core) drives a whole node: what it creates, updates, patches, batches and searches
// for is there, and still is after a restart.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MedplumClient, normalizeErrorString, OperationOutcomeError } from '@medplum/core';
import type { Observation, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { emptyFolder } from '../support/folder.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';

async function hospital(t: TestContext, data: string) {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors, data });
  const client = new MedplumClient({ baseUrl: `${node.url}/`, fetch, cacheTime: 0 });
  return { node, client };
}

const statusOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'fulfilled';
  } catch (error) {
    assert.ok(error instanceof OperationOutcomeError, normalizeErrorString(error));
    return error.outcome.issue[0]!.code;
  }
};

test('an order, its report and its patient by somebody else’s client, before and after a restart', async (t) => {
  const data = emptyFolder((cleanUp) => t.after(cleanUp));
  const { node, client } = await hospital(t, data);
  const ada: Patient = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:mrn', value: '77' }],
    name: [{ family: 'Okonkwo', given: ['Ada'] }],
    birthDate: '1974-05-06',
  };
  const patient = await client.createResource(ada);
  assert.equal((await client.createResourceIfNoneExist(ada, 'identifier=urn:mrn|77')).id, patient.id);
  assert.equal((await client.searchOne('Patient', 'identifier=urn:mrn|77'))?.id, patient.id);
  const order = await client.createResource<ServiceRequest>({
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${patient.id}` },
  });
  const done = await client.patchResource('ServiceRequest', order.id!, [
    { op: 'replace', path: '/status', value: 'completed' },
  ]);
  assert.equal(done.status, 'completed');
  const { entry } = await client.executeBatch({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111',
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { text: 'diameter' },
          subject: { reference: `Patient/${patient.id}` },
          valueQuantity: { value: 4.5, unit: 'mm' },
        },
        request: { method: 'POST', url: 'Observation' },
      },
      {
        resource: {
          resourceType: 'DiagnosticReport',
          status: 'final',
          code: { text: 'CT of the chest' },
          basedOn: [{ reference: `ServiceRequest/${order.id}` }],
          subject: { reference: `Patient/${patient.id}` },
          result: [{ reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' }],
        },
        request: { method: 'POST', url: 'DiagnosticReport' },
      },
    ],
  });
  const [observed, reported] = entry!.map(({ resource }) => resource!);
  const result = await client.readReference<Observation>({ reference: `Observation/${observed!.id}` });
  assert.equal(result.valueQuantity?.value, 4.5);
  const updated = await client.updateResource<Patient>({ ...patient, gender: 'female' });
  assert.notEqual(updated.meta?.versionId, patient.meta?.versionId);
  const history = await client.readHistory('Patient', patient.id!);
  assert.equal(history.entry?.length, 2);
  assert.equal((await client.readVersion('Patient', patient.id!, patient.meta!.versionId!)).gender, undefined);
  const everything = await client.readPatientEverything(patient.id!);
  assert.deepEqual(everything.entry?.map(({ resource }) => resource?.resourceType).sort(), [
    'DiagnosticReport',
    'Observation',
    'Patient',
    'ServiceRequest',
  ]);
  const binary = await client.createBinary({ data: 'dictated', contentType: 'text/plain' });
  assert.equal(await (await client.download(`fhir/R4/Binary/${binary.id}`)).text(), 'dictated');
  assert.equal((await client.validateResource(ada)).issue[0]?.severity, 'information');
  await client.deleteResource('ServiceRequest', order.id!);
  assert.equal(await statusOf(client.readResource('ServiceRequest', order.id!)), 'deleted');
  assert.equal(await statusOf(client.readResource('Observation', 'never')), 'not-found');
  assert.equal(await statusOf(client.createResource({ resourceType: 'Observation' } as Observation)), 'required');

  await node.stop();
  const { client: later } = await hospital(t, data);
  assert.deepEqual(await later.readResource('Patient', patient.id!), updated);
  assert.equal((await later.readResource('DiagnosticReport', reported!.id!)).resourceType, 'DiagnosticReport');
  assert.equal(await statusOf(later.readResource('ServiceRequest', order.id!)), 'deleted');
});
