import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { testDatabase } from '../../test/support/database.ts';
import { type HttpAnswer, httpReceiver } from '../../test/support/http-receiver.ts';
import { testClock } from '../../test/support/test-clock.ts';
import type { TokenIssuer } from '../base/token-issuers.ts';
import { scopesOf } from './access-tokens.ts';
import { openAuthenticator } from './authenticator.ts';
import { newSecret } from './secret.ts';
import { tenantNamed } from './tenants.ts';

const AUDIENCE = 'https://pacs.example.org';
const remoteAddress = '10.0.0.1';

/** An authorization server that publishes its keys, and knows one opaque token. */
async function community(t: TestContext) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const stranger = await generateKeyPair('ES256');
  let isAway = false;
  const json = (body: object): HttpAnswer => ({ status: 200, body: JSON.stringify(body) });
  const server = await httpReceiver(t, async ({ path, headers, body }) => {
    if (isAway) return { status: 503 };
    if (path === '/.well-known/oauth-authorization-server') {
      return json({ issuer: server.url, jwks_uri: `${server.url}/keys` });
    }
    if (path === '/keys') return json({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
    if (path !== '/introspect' || headers.authorization !== `Basic ${btoa('us:secret')}`) return { status: 401 };
    const isKnown = new URLSearchParams(body.toString()).get('token') === 'opaque';
    return json(isKnown ? { active: true, sub: 'ward-7', aud: AUDIENCE, scope: 'user/*.rs' } : { active: false });
  });
  const database = await testDatabase(t);
  const issuer: TokenIssuer = {
    issuer: server.url,
    audience: AUDIENCE,
    tenant: 'clinic',
    scopes: new Map([
      ['pacs.admin', ['administer']],
      ['pacs.report', ['report']],
    ]),
    introspection: { endpoint: `${server.url}/introspect`, clientId: 'us', clientSecret: 'secret' },
  };
  const authenticator = await openAuthenticator(database, { mode: 'on', clock: testClock(), tokenIssuers: [issuer] });
  t.after(() => authenticator.close());
  const token = (claims: JWTPayload, key = privateKey, header = {}) =>
    new SignJWT({ iss: server.url, aud: AUDIENCE, sub: 'dr-ng', scope: 'system/*.rs', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header })
      .setIssuedAt()
      .setExpirationTime(claims.exp ?? '5m')
      .sign(key);
  const bearer = (secret: string) => authenticator.authenticate({ authorization: `Bearer ${secret}`, remoteAddress });
  return { database, server, token, bearer, stranger: stranger.privateKey, goAway: () => (isAway = true) };
}

const refused = { code: 'auth/unauthenticated' };

test('IUA ITI-72: a JWT of a configured issuer, for us, opens what its scopes say, in the tenant of its issuer', async (t) => {
  const { database, server, token, bearer } = await community(t);
  const principal = await bearer(await token({ scope: 'openid system/*.rs pacs.admin' }));
  assert.deepEqual(principal, {
    id: `oauth:dr-ng@${new URL(server.url).host}`,
    kind: 'token',
    tenant: await tenantNamed(database, 'clinic'),
    scopes: ['read', 'administer'],
  });
});

test('a token that lets report says whose it is by its subject, or by the claim that is configured', async (t) => {
  const { token, bearer } = await community(t);
  const { scopes, reader } = await bearer(await token({ scope: 'pacs.report' }));
  assert.deepEqual([scopes, reader], [['report'], 'dr-ng']);
  assert.equal((await bearer(await token({}))).reader, undefined);
});

test('IUA: a token of another issuer, for somebody else, expired, unsigned or signed by another opens nothing', async (t) => {
  const { token, bearer, stranger } = await community(t);
  const none = `${btoa('{"alg":"none"}')}.${(await token({})).split('.')[1]}.`.replaceAll('=', '');
  const tokens = await Promise.all([
    token({ iss: 'https://elsewhere.example.org' }),
    token({ aud: 'https://other.example.org' }),
    token({ exp: Math.floor(Date.now() / 1000) - 3600 }),
    token({}, stranger),
    none,
    'no-token-of-anybody',
    newSecret(),
  ]);
  for (const secret of tokens) await assert.rejects(bearer(secret), refused, secret.slice(0, 20));
});

test('IUA ITI-102: of a token that cannot be read its issuer is asked', async (t) => {
  const { bearer, server } = await community(t);
  const { id, scopes } = await bearer('opaque');
  assert.deepEqual([id.split('@')[0], scopes], ['oauth:ward-7', ['read']]);
  const { length } = server.requests;
  await bearer('opaque');
  assert.equal(server.requests.length, length, 'it is believed for a moment');
});

test('an authorization server that is away is told as such, and not as a credential that is wrong', async (t) => {
  const { bearer, token, goAway } = await community(t);
  goAway();
  await assert.rejects(bearer(await token({})), { code: 'auth/issuer-away' });
  await assert.rejects(bearer('opaque'), { code: 'auth/issuer-away' });
});

test('SMART scopes for every type let read or write; those for some types alone let do nothing more than they say', () => {
  const of = (scope: string) => scopesOf({ scopes: new Map() }, { scope });
  assert.deepEqual(of('system/*.rs'), ['read']);
  assert.deepEqual(of('system/*.read user/*.write'), ['read', 'write']);
  assert.deepEqual(of('user/*.cruds'), ['read', 'write']);
  assert.deepEqual(of('system/*.r system/ImagingStudy.rs patient/*.rs openid administer'), []);
  assert.deepEqual(scopesOf({ scopes: new Map() }, { scp: ['system/*.*'] }), ['read', 'write']);
});
