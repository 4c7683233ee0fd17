import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseUrl } from './forwarded.ts';

const seen = (headers: Record<string, string>, publicRoot?: string, encrypted = false) =>
  baseUrl({ headers, host: headers.host, encrypted, localAddress: '127.0.0.1:8080' }, '/dicomweb', publicRoot);

test('behaviour 30: URLs begin with a configured public root, whatever the headers say', () => {
  const root = seen({ host: 'inside:8080', forwarded: 'host=a.example;proto=https' }, 'https://pacs.example.org/web/');
  assert.equal(root, 'https://pacs.example.org/web');
});

test('behaviour 30: Forwarded goes before X-Forwarded-*, that before Host', () => {
  const forwarded = 'for=192.0.2.60;proto=https;host="pacs.example.org:8443", host=inner';
  const xForwarded = { 'x-forwarded-host': 'other.example.org, inner', 'x-forwarded-proto': 'HTTPS, http' };
  assert.equal(seen({ host: 'inside', forwarded, ...xForwarded }), 'https://pacs.example.org:8443/dicomweb');
  assert.equal(seen({ host: 'inside', ...xForwarded }), 'https://other.example.org/dicomweb');
  assert.equal(seen({ host: 'inside:8080', forwarded: 'proto=https' }), 'https://inside:8080/dicomweb');
  assert.equal(seen({ host: '[::1]:8080' }), 'http://[::1]:8080/dicomweb');
  assert.equal(seen({ host: 'inside' }, undefined, true), 'https://inside/dicomweb');
  assert.equal(seen({}), 'http://127.0.0.1:8080/dicomweb');
});

test('a proxy header that names no host is passed over; a Host header that names none is refused', () => {
  assert.equal(seen({ host: 'inside', forwarded: 'host=evil"><script>;proto=javascript' }), 'http://inside/dicomweb');
  assert.equal(seen({ host: 'inside', 'x-forwarded-host': 'evil.example/path?' }), 'http://inside/dicomweb');
  for (const host of ['a/b', 'a b', 'user@host', 'a:b', '']) {
    assert.throws(() => seen({ host }), { code: 'request/malformed' }, host);
  }
});
