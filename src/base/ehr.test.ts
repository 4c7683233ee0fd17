import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from './config.ts';
import { readEhrs } from './ehr.ts';

const good = { issuer: 'https://ehr.example.org/fhir/', clientId: 'fascia', identifiers: { 'urn:oid:1.2': 'NORTH' } };

function faultsOf(list: unknown): string[] {
  const faults: string[] = [];
  readEhrs(JSON.stringify(list), '/', (fault) => faults.push(fault));
  return faults;
}

test('an EHR in fascia.yaml is read with its parts, and `config explain` shows all of it but the secret', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fascia-ehr-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'fascia.yaml'),
    `ehrs:
  - name: North
    issuer: https://ehr.example.org/fhir/
    clientId: fascia
    clientSecret: 'qu"iet'
    identifiers: { 'urn:oid:1.2': [NORTH, ''], 'urn:oid:1.3': SOUTH }
    viewer: ohif
    intents: { quick: look }
`,
  );
  const { config, settings } = loadConfig({ environment: {}, folder });
  const [ehr] = config.ehrs;
  assert.equal(ehr!.issuer, 'https://ehr.example.org/fhir');
  assert.deepEqual(
    [...ehr!.identifiers],
    [
      ['urn:oid:1.2', ['NORTH', '']],
      ['urn:oid:1.3', ['SOUTH']],
    ],
  );
  assert.deepEqual([ehr!.viewer, ehr!.intents.get('quick')], ['ohif', 'look']);
  const shown = settings.find(({ name }) => name === 'ehrs')!.value;
  assert.match(shown, /"clientId":"fascia","clientSecret":"\*\*\*"/);
  assert.doesNotMatch(shown, /iet/);
});

test('an EHR whose token others could read, or whose patients nobody could tell, is refused', () => {
  assert.deepEqual(faultsOf([good]), []);
  assert.deepEqual(faultsOf([{ ...good, issuer: 'http://127.0.0.1:1/fhir' }]), []);
  assert.match(faultsOf([{ ...good, issuer: 'http://ehr.example.org/fhir' }])[0]!, /entry 1: issuer must be/);
  assert.match(faultsOf([{ ...good, issuer: undefined }])[0]!, /issuer must be/);
  assert.match(faultsOf([{ ...good, identifiers: {} }])[0]!, /identifiers must say/);
  assert.match(faultsOf([{ ...good, identifiers: { a: 1 } }])[0]!, /identifiers must say/);
  assert.match(faultsOf([{ ...good, clientId: 7 }])[0]!, /clientId must be text/);
  assert.match(faultsOf([{ ...good, clientSecret: 'a', clientKey: 'b' }])[0]!, /not both/);
  assert.match(faultsOf([{ ...good, viewer: 'weasis' }])[0]!, /look or ohif/);
  assert.match(faultsOf([{ ...good, isuer: 'x' }])[0]!, /unknown key isuer/);
  assert.match(faultsOf([good, good])[0]!, /two entries have one issuer/);
  assert.match(faultsOf({ good })[0]!, /must be a list/);
});
