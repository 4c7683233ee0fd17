import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { testClock } from '../../test/support/test-clock.ts';
import { openAuthenticator } from './authenticator.ts';
import { beginLaunch, createPatientSession, takeLaunch } from './launches.ts';
import { limits } from './limits.ts';
import { localPrincipal } from './principal.ts';
import { patientSessionCookie } from './session-cookie.ts';

const launch = { ehr: 'https://ehr.example.org/fhir', codeChallenge: 'challenge' };
const refused = { name: 'Problem', code: 'launch/refused' };

test('the state of a launch is good once, for ten minutes, and is kept as a hash alone', async (t) => {
  const database = await testDatabase(t);
  const clock = testClock();
  await beginLaunch(database, { ...launch, state: 'one' }, clock);
  assert(!JSON.stringify(await database.query('select * from launch')).includes('one"'));
  await assert.rejects(takeLaunch(database, 'other', clock), refused);
  assert.deepEqual(await takeLaunch(database, 'one', clock), launch);
  await assert.rejects(takeLaunch(database, 'one', clock), refused);
  await beginLaunch(database, { ...launch, state: 'late' }, clock);
  clock.advance(limits.launchMs);
  await assert.rejects(takeLaunch(database, 'late', clock), refused);
  await beginLaunch(database, { ...launch, state: 'next' }, clock);
  assert.equal((await database.query('select from launch')).length, 2);
  clock.advance(1);
  await beginLaunch(database, { ...launch, state: 'after' }, clock);
  assert.equal((await database.query('select from launch')).length, 2, 'what was never taken is dropped');
});

test('a launched session reads its patient’s studies until the end of the working day', async (t) => {
  const database = await testDatabase(t);
  const clock = testClock();
  const authenticator = await openAuthenticator(database, { mode: 'on', clock });
  t.after(() => authenticator.close());
  const patient = [{ id: 'P1', issuer: 'HOSPITAL' }];
  const session = await createPatientSession(database, { tenant: 1, name: 'x'.repeat(500), patient }, clock);
  const cookie = patientSessionCookie(session, { secure: true });
  assert.match(cookie, /HttpOnly; SameSite=Lax;.*; Secure$/);
  const principal = await authenticator.authenticate({ cookie, remoteAddress: '10.0.0.1' });
  assert.deepEqual(principal, { id: `session:${session.id}`, kind: 'session', tenant: 1, scopes: ['read'], patient });
  const open = await openAuthenticator(database, { mode: 'off', clock });
  t.after(() => open.close());
  assert.deepEqual(
    await open.authenticate({ cookie, remoteAddress: '127.0.0.1' }),
    principal,
    'behind FASCIA_AUTH=off too',
  );
  clock.advance(limits.launchedSessionMs);
  assert.equal(await open.authenticate({ cookie, remoteAddress: '127.0.0.1' }), localPrincipal);
  const late = authenticator.authenticate({ cookie, remoteAddress: '10.0.0.1' });
  await assert.rejects(late, { name: 'Problem', code: 'auth/unauthenticated' });
});
