import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appointment, Resource } from '@medplum/fhirtypes';
import { fhirServer } from '../../../test/support/fhir-server.ts';

test('R4 Appointment: an operation moves the deadline of the priors that an order of its patient wants', async (t) => {
  const server = await fhirServer(t);
  await server.core.ruleSets.put(
    1,
    {
      rules: [
        {
          name: 'priors',
          on: 'order',
          by: { at: 'order.neededBy', warn: '2h' },
          do: { prefetch: { from: 'OLD-PACS' } },
        },
      ],
    },
    'test',
  );
  const written = async (resource: Resource): Promise<string> => {
    const { status, resource: made } = await server.send('POST', `/${resource.resourceType}`, resource);
    assert.equal(status, 201);
    return `${resource.resourceType}/${(made as Resource).id}`;
  };
  const identifier = [{ system: 'urn:mrn', value: '7' }];
  const patient = await written({ resourceType: 'Patient', identifier, name: [{ family: 'Okonkwo' }] });
  await written({
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: patient },
    code: { text: 'CT Chest' },
  });
  const deadlines = async () =>
    (await server.database.query<{ deadline: Date | null }>('select deadline from prefetch')).map(({ deadline }) =>
      deadline?.toISOString(),
    );
  assert.deepEqual(await deadlines(), [undefined]);
  const operation: Appointment = {
    resourceType: 'Appointment',
    status: 'booked',
    start: '2099-11-24T14:30:00+01:00',
    end: '2099-11-24T16:30:00+01:00',
    serviceType: [{ text: 'Appendectomy' }],
    participant: [{ status: 'accepted', actor: { reference: patient } }],
  };
  const at = await written(operation);
  assert.deepEqual(await deadlines(), ['2099-11-24T13:30:00.000Z']);
  const moved = { ...operation, id: at.split('/')[1]!, start: '2099-11-24T10:30:00+01:00' };
  assert.equal((await server.send('PUT', `/${at}`, moved)).status, 200);
  assert.deepEqual(await deadlines(), ['2099-11-24T09:30:00.000Z']);
  assert.equal((await server.send('DELETE', `/${at}`)).status, 204);
  const [kept] = await server.database.query('select is_off, service from appointment');
  assert.deepEqual(kept, { is_off: true, service: 'Appendectomy' });
  assert.deepEqual(await deadlines(), [undefined]);
});
