import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle } from '@medplum/fhirtypes';
import { fhirServer } from '../../../test/support/fhir-server.ts';
import { fuzzRuns, fuzzSeed } from '../../../test/support/fuzz-runs.ts';
import { type Random, seeded } from '../../../test/support/seeded.ts';
import { localPrincipal } from '../../auth/principal.ts';
import { arbitraryResource } from '../../fhir/testing/arbitrary-resource.ts';

const limits = {
  /** What one bundle may take on a busy machine; the slowest legitimate one here takes a tenth. */
  answerMs: 5000,
};
const SECRET = 'Zzyzxian';
const types = [
  'Patient',
  'Observation',
  'ServiceRequest',
  'DiagnosticReport',
  'Group',
  'Binary',
  'Basic',
  'Subscription',
];

test('fuzz: whatever a Bundle asks is answered, soon, as a client’s fault or success, and with nothing of another tenant', async (t) => {
  const server = await fhirServer(t, {
    theirs: { ...localPrincipal, id: 'token:2', tenant: 2, scopes: ['read', 'write'] },
  });
  await server.database.query(`insert into tenant (id, name) overriding system value values (2, 'other')`);
  const kept = await server.send<Bundle>('POST', '/', theirs, { Authorization: 'theirs' });
  assert.equal(kept.status, 200);
  const locations = kept.resource.entry!.map(({ response }) => response!.location!.replace(/\/_history.*/, ''));
  const random = seeded(fuzzSeed);
  let accepted = 0;
  let refused = 0;
  for (let run = 0; run < fuzzRuns(300); run++) {
    const text = mutatedText(JSON.stringify(anyBundle(random, locations)), random);
    const started = performance.now();
    const answer = await server.send<Bundle>('POST', '/', text);
    const took = performance.now() - started;
    assert.ok(took < limits.answerMs, `${took.toFixed(0)} ms: ${text}`);
    assert.ok(answer.status < 500, `${answer.status} ${answer.issue}: ${text}`);
    // What it said itself may come back to it; nothing here says the name.
    assert.ok(!answer.text.includes(SECRET), text);
    for (const { response } of answer.resource?.entry ?? []) {
      assert.ok(response === undefined || Number.parseInt(response.status!, 10) < 500, `${response?.status}: ${text}`);
    }
    if (answer.status === 200) accepted += 1;
    else refused += 1;
  }
  assert.ok(accepted > 20 && refused > 20, `${accepted} accepted, ${refused} refused`);
  const still = await server.send<Bundle>('GET', `/Patient?family=${SECRET}`, undefined, { Authorization: 'theirs' });
  assert.equal(still.resource.entry?.length, 1);
});

const theirs: Bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111',
      resource: {
        resourceType: 'Patient',
        identifier: [{ system: 'urn:mrn', value: '1' }],
        name: [{ family: SECRET }],
      },
      request: { method: 'POST', url: 'Patient' },
    },
    {
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: SECRET },
        subject: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' },
      },
      request: { method: 'POST', url: 'Observation' },
    },
  ],
};

/** Entries as clients send them and as none does: other methods, places, conditions, parts that are missing or are others. */
function anyBundle(random: Random, others: readonly string[]): object {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const place = (type: string): string =>
    pick([
      type,
      `${type}/f${random(5)}`,
      `${type}?identifier=urn:mrn|${random(3)}`,
      `${type}?_has:Observation:subject:code=x`,
      `${type}/f1/_history/1`,
      '',
      '/',
      '_search',
      '$export',
      'Patient/$match',
      `${type}/f1/$everything`,
      '../../api/v1/tokens',
      'metadata',
      '_history',
      '%00',
      ...others,
      ...others.map((location) => new URL(location, 'http://x').pathname.replace(/^.*\/R4\//, '')),
    ]);
  const entry = (_: unknown, at: number): object => {
    const type = pick(types);
    const resource: Record<string, unknown> = { ...arbitraryResource(type, random(1 << 20)), id: `f${random(5)}` };
    if (random(3) === 0) delete resource.id;
    if (random(4) === 0 && 'subject' in resource)
      resource.subject = { reference: pick([...others, 'urn:uuid:a', `urn:uuid:b${at}`, '#x', '']) };
    return {
      ...(random(2) === 0 && { fullUrl: pick([`urn:uuid:b${at}`, 'urn:uuid:a', 'x', `http://x/${type}/1`]) }),
      ...(random(8) > 0 && { resource }),
      ...(random(12) > 0 && {
        request: {
          method: pick(random(8) > 0 ? ['GET', 'POST', 'PUT', 'DELETE'] : ['PATCH', 'HEAD', 'OPTIONS', '']),
          url: place(type),
          ...(random(5) === 0 && { ifMatch: pick(['W/"1"', '*', 'x']) }),
          ...(random(5) === 0 && { ifNoneExist: pick(['identifier=urn:mrn|1', '_id=f1', '', '%']) }),
        },
      }),
    };
  };
  return {
    resourceType: 'Bundle',
    type: pick(random(8) > 0 ? ['transaction', 'batch', 'batch'] : ['document', 'history', 'x', '']),
    entry: Array.from({ length: 1 + random(4) }, entry),
  };
}

const pieces = [
  'null',
  '[]',
  '{}',
  '"',
  '1e999',
  '-0',
  '\\u0000',
  '\\ud800',
  '__proto__',
  '['.repeat(200),
  '9'.repeat(400),
  ',',
];

/** Half of them as they are. */
function mutatedText(text: string, random: Random): string {
  if (random(2) === 0) return text;
  const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b) as [number, number];
  const kind = random(3);
  if (kind === 0) return text.slice(0, from) + text.slice(to);
  if (kind === 1) return text.slice(0, to) + text.slice(from);
  return text.slice(0, from) + pieces[random(pieces.length)] + text.slice(from + random(3));
}
