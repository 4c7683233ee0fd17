import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokenIssuers } from './token-issuers.ts';

const faultsOf = (value: unknown): string[] => {
  const faults: string[] = [];
  readTokenIssuers(typeof value === 'string' ? value : JSON.stringify(value), (sentence) => faults.push(sentence));
  return faults;
};

const issuer = 'https://auth.example.org';

test('an issuer is named with its audience; its keys and scopes may be said', () => {
  const introspection = { endpoint: `${issuer}/introspect`, clientId: 'us', clientSecret: 's' };
  const given = { issuer, audience: 'pacs', jwksUri: `${issuer}/keys`, tenant: 'clinic', introspection };
  assert.deepEqual(
    readTokenIssuers(
      JSON.stringify([{ ...given, scopes: { reader: 'read', chief: ['read', 'administer'] } }]),
      assert.fail,
    ),
    [
      {
        ...given,
        scopes: new Map([
          ['reader', ['read']],
          ['chief', ['read', 'administer']],
        ]),
      },
    ],
  );
});

test('what cannot be used is told in a sentence', () => {
  assert.deepEqual(faultsOf('no JSON'), ['must be a list, each entry with issuer and audience']);
  assert.deepEqual(faultsOf([{ issuer: 'http://auth.example.org', audience: 'pacs' }]), [
    'entry 1: issuer must be https:// (http:// only on loopback)',
  ]);
  assert.deepEqual(faultsOf([{ issuer, audience: 'pacs', keys: 1 }]), ['entry 1: unknown key keys']);
  assert.deepEqual(
    faultsOf([
      { issuer, audience: 'a' },
      { issuer, audience: 'b' },
    ]),
    ['two entries have one issuer'],
  );
  assert.deepEqual(faultsOf([{ issuer, audience: 'a', introspection: { endpoint: issuer } }]), [
    'entry 1: introspection needs endpoint, clientId and clientSecret',
  ]);
});
