import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ConfigSources, loadConfig } from './config.ts';

function folderWith(t: { after(fn: () => void): void }, yaml?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  if (yaml !== undefined) writeFileSync(join(folder, 'fascia.yaml'), yaml);
  return folder;
}

const faultsOf = (sources: ConfigSources): readonly string[] => {
  try {
    loadConfig(sources);
  } catch (error) {
    return (error as { faults: readonly string[] }).faults;
  }
  return [];
};

test('a node without any configuration listens on loopback with authorization on', (t) => {
  const { config } = loadConfig({ environment: {}, folder: folderWith(t) });
  assert.deepEqual(config.http, { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(config.dicom, { host: '127.0.0.1', port: 11112 });
  assert.equal(config.aet, 'FASCIA');
  assert.equal(config.auth, 'on');
  assert.deepEqual(config.peers, []);
  assert.equal(config.objects, join(config.data, 'objects'));
});

test('the command line goes before the environment, the environment before fascia.yaml, and each value says its origin', (t) => {
  const folder = folderWith(t, 'aet: FROM_FILE\ndicom: 0.0.0.0:104\nhttp: "[::1]:80"\nauth: off\npeers: [CT1, MR2]\n');
  const environment = { FASCIA_AET: 'FROM_ENV', FASCIA_DICOM: '0.0.0.0:105' };
  const { config, settings } = loadConfig({ environment, folder, commandLine: { dicom: '11113' } });
  assert.equal(config.aet, 'FROM_ENV');
  assert.deepEqual(config.dicom, { host: '127.0.0.1', port: 11113 });
  assert.deepEqual(config.http, { host: '::1', port: 80 });
  assert.equal(config.auth, 'off');
  assert.deepEqual(config.peers, ['CT1', 'MR2']);
  const origins = Object.fromEntries(settings.map((setting) => [setting.name, setting.origin]));
  assert.equal(origins.dicom, 'command line');
  assert.equal(origins.aet, 'environment');
  assert.equal(origins.http, 'fascia.yaml');
  assert.equal(origins.data, 'default');
});

test('an unknown key of fascia.yaml is refused with the nearest known one', (t) => {
  const folder = folderWith(t, 'dicmo: 0.0.0.0:104\n');
  assert.deepEqual(faultsOf({ environment: {}, folder }), ['fascia.yaml: unknown key dicmo; did you mean dicom?']);
});

test('a variable that is nearly one of ours is warned about, not silently passed over', (t) => {
  const { warnings } = loadConfig({ environment: { FASCIA_DICM: 'x', OTHER: 'y' }, folder: folderWith(t) });
  assert.deepEqual(warnings, ['FASCIA_DICM is not a setting and was passed over; did you mean FASCIA_DICOM?']);
});

test('all faults are told at once, each with the name that was used', (t) => {
  const environment = { FASCIA_HTTP: 'here', FASCIA_AUTH: 'maybe', FASCIA_AET: 'FAR_TOO_LONG_AE_TITLE' };
  const faults = faultsOf({ environment, folder: folderWith(t, 'databaseUrl: mysql://x\n') });
  assert.equal(faults.length, 4);
  for (const name of ['FASCIA_HTTP', 'FASCIA_AUTH', 'FASCIA_AET', 'databaseUrl']) {
    assert.ok(
      faults.some((fault) => fault.startsWith(`${name} `)),
      name,
    );
  }
});

test('what TLS alone can do is refused where there is no certificate to speak it with', (t) => {
  const environment = {
    FASCIA_DICOM_CLIENT_CA: 'ca.pem',
    FASCIA_DICOM_TLS_LISTENER: '[::]:2762',
    FASCIA_MLLP_CLIENT_CA: 'x',
  };
  assert.deepEqual(faultsOf({ environment, folder: folderWith(t) }), [
    'FASCIA_MLLP_CLIENT_CA needs mllpTls',
    'FASCIA_DICOM_CLIENT_CA needs dicomTls',
    'FASCIA_DICOM_TLS_LISTENER needs dicomTls',
  ]);
  const complete = { ...environment, FASCIA_DICOM_TLS: 'node.pem', FASCIA_MLLP_TLS: 'node.pem' };
  const folder = folderWith(t);
  const { config } = loadConfig({ environment: complete, folder });
  assert.deepEqual(config.dicomTlsListener, { host: '::', port: 2762 });
  assert.deepEqual([config.dicomTls, config.dicomClientCa], [join(folder, 'node.pem'), join(folder, 'ca.pem')]);
});

test('what this version cannot give is refused: encryption keys, object stores', (t) => {
  const environment = { FASCIA_KEYS: 'keys.json', FASCIA_OBJECTS: 's3://bucket/prefix' };
  assert.equal(faultsOf({ environment, folder: folderWith(t) }).length, 2);
});

test('the password of the database is never shown', (t) => {
  const environment = { FASCIA_DATABASE_URL: 'postgres://me:se%40cret@db/fascia?password=again' };
  const { config, settings } = loadConfig({ environment, folder: folderWith(t) });
  assert.equal(config.databaseUrl, environment.FASCIA_DATABASE_URL);
  const shown = settings.find((setting) => setting.name === 'databaseUrl')!.value;
  assert.equal(shown, 'postgres://me:***@db/fascia?password=***');
});

test('a named configuration file that is absent is a fault, an absent fascia.yaml is not', (t) => {
  const folder = folderWith(t);
  assert.equal(faultsOf({ environment: { FASCIA_CONFIG: 'gone.yaml' }, folder }).length, 1);
  assert.equal(faultsOf({ environment: {}, folder }).length, 0);
});

test('a fascia.yaml that is no YAML is a fault of one sentence', (t) => {
  assert.equal(faultsOf({ environment: {}, folder: folderWith(t, 'a: [') }).length, 1);
  assert.equal(faultsOf({ environment: {}, folder: folderWith(t, '- a\n- b\n') }).length, 1);
});

test('bytes of what was hidden stay for ever unless days are set, and days are a number', (t) => {
  const of = (FASCIA_HIDDEN_DAYS?: string) => ({ environment: { FASCIA_HIDDEN_DAYS }, folder: folderWith(t) });
  assert.equal(loadConfig(of()).config.hiddenDays, 'ever');
  assert.equal(loadConfig(of('30')).config.hiddenDays, 30);
  for (const wrong of ['-1', '1.5', 'never', '30 days']) assert.match(faultsOf(of(wrong))[0]!, /^FASCIA_HIDDEN_DAYS/);
});

test('an exchange elsewhere is a provider with an address to which a token may go', (t) => {
  const of = (text: string) => ({ environment: { FASCIA_EXCHANGES: text }, folder: folderWith(t) });
  assert.deepEqual(loadConfig(of('owl=https://x.example.org, lark=http://127.0.0.1:8080')).config.exchanges, [
    { provider: 'owl', url: 'https://x.example.org' },
    { provider: 'lark', url: 'http://127.0.0.1:8080' },
  ]);
  for (const wrong of ['https://x.example.org', 'owl=http://x.example.org', 'owl=', '=https://x.example.org'])
    assert.match(faultsOf(of(wrong))[0]!, /^exchanges: .* is not PROVIDER=https/, wrong);
});
