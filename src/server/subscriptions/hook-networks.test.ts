import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HookNetworks } from './hook-networks.ts';
import { callHook } from './rest-hook.ts';

const networks = (allowed: string[] = [], isLocal = false, ports: number[] = []) =>
  new HookNetworks({ allowed, isLocal, ownPorts: () => ports });
const takes = (of: HookNetworks, url: string): boolean => {
  try {
    of.check(new URL(url));
    return true;
  } catch {
    return false;
  }
};

test('notifications go to public addresses, and to no other in whatever way it is written', () => {
  for (const url of ['https://8.8.8.8/x', 'https://[2606:4700::1111]', 'https://hook.example.org']) {
    assert.ok(takes(networks(), url), url);
  }
  const inside = [
    'http://127.0.0.1', 'http://localhost:1', 'http://a.localhost', 'http://0/', 'http://2130706433', 'http://0x7f.1', 'http://017700000001',
    'http://[::1]', 'http://[::ffff:127.0.0.1]', 'http://[::ffff:a01:203]', 'http://[64:ff9b::10.0.0.1]', 'http://[2002:a00:1::]',
    'http://10.0.0.1', 'http://172.31.255.255', 'http://192.168.1.1', 'http://169.254.169.254', 'http://100.64.0.1', 'http://224.0.0.1',
    'http://[fd00::1]', 'http://[fe80::1]', 'http://[ff02::1]', 'http://[::]', 'http://255.255.255.255',
  ]; // biome-ignore format: a list to be read at a glance
  for (const url of inside) assert.ok(!takes(networks(), url), url);
});

test('the networks that the setting names are allowed, and loopback where the node itself is only there; its own ports never', () => {
  const hospital = networks(['10.0.0.0/8', 'fd00::/8']);
  assert.deepEqual(
    ['http://10.9.8.7', 'http://[fd00::1]', 'http://192.168.1.1'].map((url) => takes(hospital, url)),
    [true, true, false],
  );
  const local = networks([], true, [8080]);
  assert.deepEqual(
    [
      'http://127.0.0.1:9000',
      'http://localhost:9000',
      'http://127.0.0.1:8080',
      'http://localhost:8080',
      'http://[::1]:8080',
    ].map((url) => takes(local, url)),
    [true, true, false, false, false],
  );
});

test('a name is looked at when it is connected to: one that leads inside is refused', async () => {
  const call = { method: 'POST', headers: [] } as const;
  const lookedUp = networks();
  const answer = await new Promise<unknown>((resolve) =>
    lookedUp.lookup('localhost', { all: true }, (error) => resolve((error as { code?: string })?.code)),
  );
  assert.equal(answer, 'fhir/hook-forbidden');
  await assert.rejects(
    callHook(lookedUp, {
      ...call,
      endpoint: 'http://127.0.0.1:9',
      timeoutSeconds: 5,
      signal: new AbortController().signal,
    }),
    { code: 'fhir/hook-forbidden' },
  );
});
