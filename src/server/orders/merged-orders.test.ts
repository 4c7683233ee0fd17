import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Patient } from '@medplum/fhirtypes';
import { fhirServer } from '../../../test/support/fhir-server.ts';
import { localPrincipal } from '../../auth/principal.ts';
import { keepOrders } from '../../orders/order-store.ts';
import { apiIdentity } from '../identity/api-identity.ts';

const SYSTEM = 'urn:oid:1.2.3';
const patient = (value: string, family: string): Patient => ({
  resourceType: 'Patient',
  identifier: [{ system: SYSTEM, value }],
  name: [{ family, given: ['Jane'] }],
});

/** 7 and 8 are known by FHIR, and 7 has something scheduled, which was ordered with the issuer in other words. */
async function opened(t: TestContext) {
  const server = await fhirServer(t);
  const feed = async (value: string, resource: Patient) => {
    const { status } = await server.send('PUT', `/Patient?identifier=${SYSTEM}|${value}`, resource);
    assert.ok(status < 300, `${status}`);
  };
  await feed('7', patient('7', 'Doe'));
  await feed('8', patient('8', 'Miller'));
  await keepOrders(server.database, { tenant: 1, source: 'RIS' }, [
    {
      placer: { number: '1', issuer: '' },
      patient: { issuer: 'HOSP&1.2.3&ISO', patientId: '7', name: 'Doe^Jane' },
      steps: [{ id: 'S1' }],
    },
  ]);
  const steps = () =>
    server.database.query('select patient_id as id, patient_name_alphabetic as name from scheduled_step');
  return { server, feed, steps };
}

test('ITI-104: who was merged by FHIR has their orders under the number that survived', async (t) => {
  const { feed, steps } = await opened(t);
  const other = { identifier: { system: SYSTEM, value: '8' } };
  await feed('7', { ...patient('7', 'Doe'), active: false, link: [{ type: 'replaced-by', other }] });
  assert.deepEqual(await steps(), [{ id: '8', name: 'miller^jane' }]);
});

test('who is joined by a decision has their orders under the number that it names first', async (t) => {
  const { server, steps } = await opened(t);
  const identity = await apiIdentity(server.core, localPrincipal);
  const numbered = (id: string) => ({ issuer: '1.2.3&ISO', id });
  const entry = await identity.decide({ type: 'same', of: [numbered('8'), numbered('7')] });
  assert.match(entry, /^\d+$/);
  assert.deepEqual(await steps(), [{ id: '8', name: 'miller^jane' }]);
});
