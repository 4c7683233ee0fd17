import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownPath, secretIn } from './sign-in.ts';

test('signing in leads to the page that was asked for, of this node alone', () => {
  assert.equal(ownPath('/look/1.2?with=1.3'), '/look/1.2?with=1.3');
  for (const to of [
    undefined,
    '',
    '/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'https://elsewhere.example/',
    '/\t/e',
  ]) {
    assert.equal(ownPath(to), '/', to);
  }
});

test('a sign-in link is taken whole or as its secret alone', () => {
  assert.equal(secretIn('abc'), 'abc');
  assert.equal(secretIn(' http://127.0.0.1:8080/sign-in?token=abc\n'), 'abc');
});
