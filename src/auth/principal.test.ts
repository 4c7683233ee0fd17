import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { type Action, localPrincipal, may, type Principal, requireMay, type Scope } from './principal.ts';

const all: Action[] = [
  'echo',
  'store',
  'search',
  'retrieve',
  'commit',
  'hide',
  'share',
  'worklist',
  'report',
  'administer',
];
const holding = (...scopes: Scope[]): Principal => ({ id: 'token:1', kind: 'token', tenant: 1, scopes });
const allowed = (principal: Principal) => all.filter((action) => may(principal, action)).join(' ');

test('each scope allows its actions and no other', () => {
  assert.equal(allowed(holding('read')), 'echo search retrieve');
  assert.equal(allowed(holding('write')), 'echo store commit');
  assert.equal(allowed(holding('hide')), 'hide');
  assert.equal(allowed(holding('report')), 'echo search retrieve worklist report');
  assert.equal(allowed(holding('administer')), 'worklist administer');
  assert.equal(allowed(holding()), '');
  assert.equal(allowed(localPrincipal), all.join(' '));
});

test('nobody may do anything to what belongs to another tenant, the local account neither', () => {
  for (const action of all) {
    assert(may(localPrincipal, action, { tenant: 1, studyUid: '1.2' }));
    assert(!may(localPrincipal, action, { tenant: 2, studyUid: '1.2' }));
  }
});

test('a refusal names the action and nothing else', () => {
  assert.doesNotThrow(() => requireMay(holding('read'), 'search', { tenant: 1 }));
  assert.throws(
    () => requireMay(holding('read'), 'hide', { tenant: 1, studyUid: '1.2.3' }),
    (thrown) => thrown instanceof Problem && thrown.message === 'this credential may not hide',
  );
});

test('a link that was given away reads its one study, and may nothing that names no study', () => {
  const share: Principal = {
    id: 'share:1',
    kind: 'share',
    tenant: 1,
    scopes: ['read'],
    share: { studyUid: '1.2.3', watermark: 'For Dr. Quill' },
  };
  assert.ok(may(share, 'retrieve', { tenant: 1, studyUid: '1.2.3' }));
  assert.ok(!may(share, 'retrieve', { tenant: 1, studyUid: '1.2.4' }));
  assert.ok(!may(share, 'retrieve', { tenant: 2, studyUid: '1.2.3' }));
  assert.ok(!may(share, 'search', { tenant: 1 }));
  assert.ok(!may(share, 'search'));
  assert.ok(!may(share, 'store', { tenant: 1, studyUid: '1.2.3' }));
});

test('a session for one patient may what is known to be that patient’s alone, by number and issuer', () => {
  const jane = { id: 'P1', issuer: 'HOSPITAL' };
  const session: Principal = { id: 'session:1', kind: 'session', tenant: 1, scopes: ['read'], patient: [jane] };
  const retrieve = (...patients: { id: string; issuer: string }[]) =>
    may(session, 'retrieve', { tenant: 1, studyUid: '1.2.3', patients });
  assert.ok(retrieve(jane));
  assert.ok(!retrieve({ id: 'P1', issuer: '' }));
  assert.ok(!retrieve({ id: 'P2', issuer: 'HOSPITAL' }));
  assert.ok(!retrieve(jane, { id: 'P2', issuer: 'HOSPITAL' }));
  assert.ok(!retrieve());
  assert.ok(!may(session, 'retrieve', { tenant: 1, studyUid: '1.2.3' }));
  assert.ok(!may(session, 'search', { tenant: 1 }));
  assert.ok(may(session, 'search', { tenant: 1, patients: [jane] }));
  assert.ok(!may(session, 'store', { tenant: 1, patients: [jane] }));
});
