// IHE IUA: an authorization server of somebody else says who may come in, and every web door answers as RFC 6750 has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { stow } from '../support/dicomweb.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { makeStudy } from '../support/instances.ts';
import { startNodeProcess } from '../support/node-process.ts';

const AUDIENCE = 'https://pacs.example.org';

test('IUA: tokens of a configured authorization server open the web doors as far as their scopes go', async (t) => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
  const server = await httpReceiver(t, () => ({ status: 200, body: JSON.stringify({ keys: [jwk] }) }));
  const issuer = {
    issuer: server.url,
    audience: AUDIENCE,
    jwksUri: `${server.url}/keys`,
    scopes: { chief: 'administer' },
  };
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_TOKEN_ISSUERS: JSON.stringify([issuer]) },
  });
  const authorization = async (scope: string): Promise<string> => {
    const token = new SignJWT({ scope, client_id: 'ris' }).setProtectedHeader({ alg: 'RS256', kid: 'k1' });
    const claims = token.setIssuer(server.url).setAudience(AUDIENCE).setSubject('dr-ng').setExpirationTime('5m');
    return `Bearer ${await claims.sign(privateKey)}`;
  };
  const ask = (path: string, Authorization?: string) =>
    fetch(`${fascia.url}${path}`, { headers: Authorization === undefined ? {} : { Authorization } });
  const [reads, writes, chief] = await Promise.all(['system/*.rs', 'system/*.cruds', 'chief'].map(authorization));
  const made = makeStudy(1, 1).map(({ file }) => file);
  assert.equal((await stow(fascia.url, made, { headers: { Authorization: writes! } })).status, 200);
  for (const path of ['/dicomweb/studies', '/fhir/R4/ImagingStudy']) {
    assert.equal((await ask(path, reads)).status, 200, path);
    const nobody = await ask(path);
    assert.deepEqual([nobody.status, nobody.headers.get('www-authenticate')], [401, 'Bearer realm="fascia"'], path);
    const wrong = await ask(path, `${reads}x`);
    assert.match(wrong.headers.get('www-authenticate')!, /error="invalid_token"/, path);
    const other = await ask(path, chief);
    assert.equal(other.status, 403, path);
    assert.match(other.headers.get('www-authenticate')!, /error="insufficient_scope"/, path);
  }
  assert.equal((await stow(fascia.url, made, { headers: { Authorization: reads! } })).status, 403);
  assert.equal((await ask('/api/v1/peers', reads)).status, 403);
  const audit = (await (await ask('/api/v1/audit?limit=100', chief)).json()) as { principal: string }[];
  assert.ok(audit.some(({ principal }) => principal === `oauth:dr-ng@${new URL(server.url).host}`));

  const said = await ask('/.well-known/oauth-protected-resource/fhir/R4');
  const { resource, authorization_servers } = (await said.json()) as Record<string, unknown>;
  assert.deepEqual([resource, authorization_servers], [`${fascia.url}/fhir/R4`, [server.url]], 'RFC 9728');
});
