// Rules written, tried and put in force in a real browser on a whole node, and what they lead to seen there.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { openPage, startBrowser, withoutBrowser } from '../support/browser.ts';
import { call, ledgerOnce } from '../support/delivery.ts';
import { makeInstance } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { storeAll } from '../support/peer.ts';

const rules = `rules:
  - name: chests
    when: study.description == "CHEST"
    after: instance
    do:
      transform:
        - map: {attribute: PatientSex, values: {F: F}, otherwise: stop}
      send: disk
`;

test('rules are tried on what was, put in force, and what they could not deliver is told with its reason', {
  skip: withoutBrowser,
}, async (t) => {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const folder = await mkdtemp(join(tmpdir(), 'fascia-folder-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await call(node, 'PUT', '/destinations/disk', { kind: 'folder', settings: { path: folder } });
  const chest = (PatientSex: string) => makeInstance({ attributes: { StudyDescription: 'CHEST', PatientSex } });
  await storeAll(node.dicomPort, [chest('F')]);

  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  await pagesBundled(node);
  const { page } = await openPage(browser, node.url);
  await page.goto(`${node.url}/#routing`);
  const editor = page.getByRole('textbox', { name: 'Rules as YAML' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await editor.fill(rules.replace('study.description', 'study.descripton'));
  await page.getByText(/^Line 3: .*no fact study\.descripton/).waitFor();
  assert.ok(await button('Try').isDisabled());

  await editor.fill(rules);
  assert.ok(await button('Put in force').isDisabled(), 'what was not tried is not put in force');
  await button('Try').click();
  await page.getByText('1 of 1 studies would go elsewhere or otherwise').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await button('Put in force').click();
  await page.getByText(/^Version 1, in force since/).waitFor();

  const [well, ill] = [chest('F'), chest('O')];
  await storeAll(node.dicomPort, [well, ill]);
  await ledgerOnce(node, (rows) => rows.length === 2 && rows.every(({ state }) => state !== 'queued'));
  assert.ok((await readdir(folder, { recursive: true })).some((name) => name.includes(well.sopInstanceUid)));
  await page.getByRole('row', { name: new RegExp(`${ill.sopInstanceUid}.*map value-not-mapped`) }).waitFor();
  await button('Pause disk').click();
  await page.getByRole('row', { name: /^disk folder .*paused/ }).waitFor();
  await button(`Send ${ill.sopInstanceUid} to disk again`).click();
  await page.getByText('1 are sent again.').waitFor();
  await page.getByRole('row', { name: /^disk folder 1 0 paused/ }).waitFor();
});
