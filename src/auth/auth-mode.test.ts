import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentName } from '../base/config-schema.ts';
import { checkAuthMode, type OpenDoors } from './auth-mode.ts';
import { sessionCookie, sessionSecret } from './session-cookie.ts';

const loopback: OpenDoors = {
  auth: 'on',
  peers: [],
  http: { host: '127.0.0.1', port: 8080 },
  dicom: { host: '::1', port: 11112 },
  mllp: { host: 'localhost', port: 2575 },
};
const reachable = { host: '0.0.0.0', port: 11112 };

test('FASCIA_AUTH=off is accepted only while every listener is on loopback, and the reason names the one that is not', () => {
  assert.deepEqual(checkAuthMode({ ...loopback, auth: 'off' }), []);
  for (const door of ['http', 'dicom', 'dicomTlsListener', 'mllp'] as const) {
    const [reason, more] = checkAuthMode({ ...loopback, auth: 'off', [door]: reachable });
    assert.match(reason!, new RegExp(`FASCIA_AUTH=off .* ${environmentName(door)}=0.0.0.0:11112 is not on loopback`));
    assert.equal(more, undefined);
  }
  assert.deepEqual(checkAuthMode({ ...loopback, dicom: reachable }), []);
});

test('FASCIA_PEERS=ANY is accepted only while the DIMSE listener is on loopback; named titles are', () => {
  assert.deepEqual(checkAuthMode({ ...loopback, peers: 'ANY', http: reachable }), []);
  assert.equal(checkAuthMode({ ...loopback, peers: 'ANY', dicom: reachable }).length, 1);
  assert.equal(checkAuthMode({ ...loopback, peers: 'ANY', dicomTlsListener: reachable }).length, 1);
  assert.deepEqual(checkAuthMode({ ...loopback, peers: ['CT1'], dicom: reachable }), []);
});

test('the session is in a cookie that no script and no other site can use', () => {
  const cookie = sessionCookie({ secret: 'fascia_x', expiresAt: new Date(0) }, { secure: true });
  assert.equal(
    cookie,
    'fascia_session=fascia_x; Path=/; HttpOnly; SameSite=Strict; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure',
  );
  assert.equal(sessionSecret('a=b; fascia_session=fascia_x;c=d'), 'fascia_x');
  assert.equal(sessionSecret('xfascia_session=fascia_x'), undefined);
  assert.equal(sessionSecret(undefined), undefined);
});
