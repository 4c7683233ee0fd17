import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback, parseListenAddress, printListenAddress } from './listen-address.ts';

test('a listen address is host:port, [IPv6]:port, or a port alone for loopback', () => {
  const cases: [string, string | undefined][] = [
    ['127.0.0.1:8080', '127.0.0.1:8080'],
    ['0.0.0.0:104', '0.0.0.0:104'],
    ['[::]:104', '[::]:104'],
    ['pacs.example.org:11112', 'pacs.example.org:11112'],
    ['11112', '127.0.0.1:11112'],
    [':11112', '0.0.0.0:11112'],
    ['*:0', '0.0.0.0:0'],
    ['127.0.0.1:65536', undefined],
    ['::1:80', undefined],
    ['[pacs]:80', undefined],
    ['nowhere', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) {
    const address = parseListenAddress(text);
    assert.equal(address && printListenAddress(address), expected, text);
  }
});

test('loopback is 127/8, ::1 and localhost, and nothing else', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'])
    assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example.org', '128.0.0.1']) {
    assert.ok(!isLoopback(host), host);
  }
});
