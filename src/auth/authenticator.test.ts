import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../../test/support/database.ts';
import { testClock } from '../../test/support/test-clock.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { openAuthenticator } from './authenticator.ts';
import { limits } from './limits.ts';
import { localPrincipal, type Scope } from './principal.ts';
import { newSecret } from './secret.ts';
import { sessionCookie } from './session-cookie.ts';
import { tenantNamed } from './tenants.ts';
import { createSignIn, createToken, listTokens, principalNamed, redeemSignIn, revokeToken } from './tokens.ts';

const remoteAddress = '10.0.0.1';

async function hospital(t: TestContext) {
  const database = await testDatabase(t);
  const clock = testClock();
  const authenticator = await openAuthenticator(database, { mode: 'on', clock });
  t.after(() => authenticator.close());
  const tokenOf = (tenant: number, ...scopes: Scope[]) =>
    createToken(database, { tenant, name: 'viewer', scopes, expiresAt: new Date(clock.now() + 60_000) }, clock);
  const bearer = (secret: string) => authenticator.authenticate({ authorization: `Bearer ${secret}`, remoteAddress });
  return { database, clock, authenticator, tokenOf, bearer };
}

const refused = { name: 'Problem', code: 'auth/unauthenticated' };

/** Resolves once a notice sent now was heard, and so every earlier one. */
async function noticesHeard(database: Database): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const off = await database.notices.on('test', () => heard.resolve());
  await database.query("select pg_notify('test', '')");
  await heard.promise;
  off();
}

test('a token opens the door for its tenant and scopes; its secret is kept nowhere', async (t) => {
  const { database, tokenOf, bearer } = await hospital(t);
  const { id, secret } = await tokenOf(1, 'read');
  assert.match(secret, /^fascia_[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(await bearer(secret), { id: `token:${id}`, kind: 'token', tenant: 1, scopes: ['read'] });
  const stored = await database.query('select * from token');
  assert(!JSON.stringify(stored).includes(secret));
  assert(!stored.some((row) => Object.values(row).some((value) => String(value).includes(secret.slice(7)))));
});

test('unknown, expired and revoked credentials and those of no form are told the same', async (t) => {
  const { database, clock, tokenOf, authenticator, bearer } = await hospital(t);
  const expired = await tokenOf(1, 'read');
  clock.advance(60_000);
  const revoked = await tokenOf(1, 'read');
  await revokeToken(database, 1, revoked.id);
  const attempts = [expired.secret, revoked.secret, newSecret(), 'fascia_short', 'Bearer'].map((secret) =>
    bearer(secret),
  );
  attempts.push(authenticator.authenticate({ authorization: 'Basic ZmFzY2lhOng=', remoteAddress }));
  const answers = await Promise.all(attempts.map((attempt) => attempt.catch((thrown: unknown) => String(thrown))));
  assert.deepEqual(new Set(answers), new Set(['Problem: no valid credential: it is unknown or no longer good']));
  await assert.rejects(authenticator.authenticate({ remoteAddress }), refused);
});

test('a token that was believed is refused as soon as its revocation is heard, and at its expiry', async (t) => {
  const { database, clock, tokenOf, bearer } = await hospital(t);
  const [revoked, expiring] = [await tokenOf(1, 'read'), await tokenOf(1, 'read')];
  await bearer(revoked.secret);
  await revokeToken(database, 1, revoked.id);
  await noticesHeard(database);
  await assert.rejects(bearer(revoked.secret), refused);
  clock.advance(59_000);
  await bearer(expiring.secret);
  clock.advance(1_000);
  await assert.rejects(bearer(expiring.secret), refused);
});

test("a tenant sees and ends its own tokens only, and a token acts in its own tenant's name", async (t) => {
  const { database, tokenOf, bearer } = await hospital(t);
  const other = await tenantNamed(database, 'other hospital');
  assert.equal(await tenantNamed(database, 'other hospital'), other);
  const { id, secret } = await tokenOf(other, 'administer');
  await tokenOf(1, 'read');
  assert.equal((await bearer(secret)).tenant, other);
  assert.deepEqual(
    (await listTokens(database, other)).map((token) => token.id),
    [id],
  );
  const missing = { name: 'Problem', code: 'catalogue/not-found' };
  await assert.rejects(revokeToken(database, 1, id), missing);
  await assert.rejects(revokeToken(database, 1, "x' or true --"), missing);
  await bearer(secret);
});

test('a token without scope, of an unknown scope, expired or for ever is not made', async (t) => {
  const { database, clock } = await hospital(t);
  const good = { tenant: 1, name: 'x', scopes: ['read'] as Scope[], expiresAt: new Date(clock.now() + 1) };
  for (const change of [
    { scopes: [] },
    { scopes: ['root'] as never },
    { name: '' },
    { expiresAt: new Date(clock.now()) },
    { expiresAt: new Date(Number.NaN) },
    { expiresAt: new Date(clock.now() + limits.tokenMs + 1) },
  ]) {
    const made = createToken(database, { ...good, ...change }, clock);
    await assert.rejects(made, { name: 'Problem', code: 'request/malformed' });
  }
});

test('a sign-in link works once and for 15 minutes, is no token itself, and gives a session', async (t) => {
  const { database, clock, authenticator, bearer } = await hospital(t);
  const link = await createSignIn(database, clock);
  await assert.rejects(bearer(link.secret), refused);
  const session = await redeemSignIn(database, link.secret, clock);
  const cookie = sessionCookie(session, { secure: false });
  const principal = await authenticator.authenticate({ cookie, remoteAddress });
  assert.deepEqual([principal.kind, principal.tenant, principal.scopes], ['session', 1, localPrincipal.scopes]);
  await assert.rejects(redeemSignIn(database, link.secret, clock), refused);

  const late = await createSignIn(database, clock);
  clock.advance(limits.signInMs);
  await assert.rejects(redeemSignIn(database, late.secret, clock), refused);
  clock.advance(limits.sessionMs);
  await assert.rejects(authenticator.authenticate({ cookie, remoteAddress }), refused);
});

test('an address that guesses is not listened to, while who was known there goes on working', async (t) => {
  const { tokenOf, bearer } = await hospital(t);
  const [known, newcomer] = [await tokenOf(1, 'read'), await tokenOf(1, 'read')];
  await bearer(known.secret);
  for (let n = 0; n < limits.failuresPerAddress; n += 1) await assert.rejects(bearer(newSecret()), refused);
  await assert.rejects(bearer(newcomer.secret), { name: 'Problem', code: 'auth/too-many-failures' });
  await bearer(known.secret);
});

test('while the catalogue is away, who is at the door is not known, and nobody is taken for a stranger', async (t) => {
  const { database, tokenOf, bearer } = await hospital(t);
  const { secret } = await tokenOf(1, 'read');
  await database.query('alter table token rename to mislaid');
  await assert.rejects(bearer(secret), (thrown) => thrown instanceof Problem && thrown.code !== 'auth/unauthenticated');
});

test('behind FASCIA_AUTH=off everybody is the local account', async (t) => {
  const database = await testDatabase(t);
  const authenticator = await openAuthenticator(database, { mode: 'off', clock: testClock() });
  assert.equal(await authenticator.authenticate({ remoteAddress }), localPrincipal);
});

test('a request with a token that was verified lately costs microseconds', async (t) => {
  const { tokenOf, bearer } = await hospital(t);
  const { secret } = await tokenOf(1, 'read');
  await bearer(secret);
  const rounds = 5_000;
  const start = performance.now();
  for (let n = 0; n < rounds; n += 1) await bearer(secret);
  const microseconds = ((performance.now() - start) * 1_000) / rounds;
  t.diagnostic(`${microseconds.toFixed(1)} µs`);
  assert(microseconds < 100, `${microseconds} µs`);
});

test('a reader is known by a token, and by the session that a link of theirs was spent for', async (t) => {
  const { database, clock, authenticator } = await hospital(t);
  const room = await tenantNamed(database, 'reading/telerad');
  const wanted = { tenant: room, name: 'Dr Ng', expiresAt: new Date(clock.now() + 60_000) };
  const report = { ...wanted, scopes: ['report'] as const, reader: 'ng' };
  const { id, secret } = await createToken(database, report, clock);
  const known = { id: `token:${id}`, kind: 'token' as const, tenant: room, scopes: ['report'] as const, reader: 'ng' };
  assert.deepEqual(await authenticator.authenticate({ authorization: `Bearer ${secret}`, remoteAddress }), known);
  assert.deepEqual(await principalNamed(database, known, clock), known);
  assert.deepEqual((await listTokens(database, room))[0]?.reader, 'ng');
  const link = await createToken(database, report, clock, 'sign-in');
  const session = await redeemSignIn(database, link.secret, clock);
  const cookie = sessionCookie(session, { secure: false }).split(';')[0]!;
  const { kind, tenant, reader } = await authenticator.authenticate({ cookie, remoteAddress });
  assert.deepEqual({ kind, tenant, reader }, { kind: 'session', tenant: room, reader: 'ng' });
  const half = [
    { ...wanted, scopes: ['report'] as const },
    { ...wanted, scopes: ['read'] as const, reader: 'ng' },
  ];
  for (const each of half) await assert.rejects(createToken(database, each, clock), { code: 'request/malformed' });
});
