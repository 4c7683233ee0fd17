// The reading room in a real browser: a reader takes a case, writes by keyboard beside the images, is told what is missing, and
// signs; whose images they are stays at the clinic.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults } from '../support/accessibility.ts';
import { openPage, sharedBrowser, withoutBrowser } from '../support/browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { stow } from '../support/dicomweb.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { shared } from '../support/shared.ts';
import { type Bearer, bearer } from '../support/token.ts';

const skip = withoutBrowser;
const STUDY = '2.25.5101';
const scopes = ['read', 'write', 'administer'];
const period = { from: '2020-01-01' };

const browser = sharedBrowser();

/** The clinic has a CT read by telerad, whose reader is ng. */
const exchange = shared(async (later) => {
  const node = await startNodeProcess(later);
  const [clinic, room] = [bearer(node, 'clinic', scopes), bearer(node, 'reading/telerad', scopes)];
  const send = async (who: Bearer, method: string, path: string, body?: object) => {
    const answer = await fetch(`${node.url}/api/v1${path}`, {
      method,
      headers: { ...who, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`);
    // biome-ignore lint/suspicious/noExplicitAny: whatever the path answers.
    return (answer.status === 204 ? undefined : await answer.json()) as any;
  };
  const term = {
    readType: 'final',
    jurisdictions: { patientAt: ['DE'], readerMayBeAt: ['DE'], dataMayRestAt: ['DE'] },
    levels: [{ priority: 'routine', minutes: 240 }],
    disclosure: { mode: 'pseudonymised', profile: 'R-read' },
    price: { unit: 'exam', amount: '40.00', currency: 'EUR' },
  };
  await send(clinic, 'PUT', '/reading/sites/main', { at: 'DE' });
  await send(clinic, 'POST', '/reading/contracts', { id: 'clinic-telerad', provider: 'telerad', terms: { ct: term } });
  await send(room, 'POST', '/reading/readers', {
    ...{ id: 'ng', name: 'Ng^Ada', at: 'DE', languages: ['en', 'de'] },
    licences: [{ id: 'L1', number: '77', issuer: 'LÄK', validAt: ['DE'], period }],
    insurance: [{ period, limit: '1000000', currency: 'EUR' }],
  });
  await send(clinic, 'PUT', '/reading/readers/ng/privileges', [{ id: 'P', client: 'clinic', level: 'report', period }]);
  const files = [1, 2].map((instance) => ctSlice({ studyUid: STUDY, instance, patientName: 'Canary^Carla' }).file);
  assert.equal((await stow(node.url, files, { headers: clinic })).status, 200);
  await send(clinic, 'POST', '/orders/expected', { studyInstanceUid: STUDY, instances: 2, final: true });
  await send(clinic, 'POST', '/reading/cases', { studyUid: STUDY });
  const cases = async () => (await send(clinic, 'GET', '/reading/cases')) as { id: string; state: string }[];
  let [one] = await cases();
  while (one?.state !== 'ready') [one] = await cases();
  await pagesBundled(node);
  return { node, clinic, send, id: one.id };
});

async function signedIn(node: NodeProcess): Promise<Page> {
  const words = ['token', 'create', '--scope', 'report', '--reader', 'ng', '--sign-in', '--tenant', 'reading/telerad'];
  const link = execFileSync(join(import.meta.dirname, '../../fascia'), words, {
    env: { ...process.env, FASCIA_DATA: node.data },
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const { page } = await openPage(await browser(), node.url);
  await page.goto(`${node.url}${link.trim()}`);
  await page.goto(`${node.url}/#reading`);
  return page;
}

test('a case is taken, written by keyboard beside its images, checked, and signed', { skip }, async () => {
  const { node, clinic, send, id } = await exchange();
  const page = await signedIn(node);
  await page.getByRole('table', { name: 'Worklist' }).waitFor();
  assert.match((await page.getByRole('table').textContent())!, new RegExp(id));
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: `Read ${id}` }).focus();
  await page.keyboard.press('Enter');
  const report = page.getByRole('region', { name: 'Report' });
  await report.getByRole('textbox', { name: 'Impression', exact: true }).waitFor();
  assert.equal(await page.getByLabel('Case').textContent(), id);
  assert.equal(/Canary|Carla/.test(await page.content()), false);
  // The images beside say which series was on the screen.
  await page.frameLocator('iframe').locator('canvas').first().waitFor();
  const sign = report.getByRole('button', { name: /Sign as final/ });
  await report.getByText('there is no impression').waitFor();
  assert.equal(await sign.isDisabled(), true);

  await report.getByRole('textbox', { name: 'Impression', exact: true }).focus();
  await page.keyboard.type('normal');
  await page.keyboard.press('Tab');
  await page.waitForFunction(
    "[...document.querySelectorAll('textarea')].some(({ value }) => value.startsWith('Normal CT'))",
  );
  await report.getByText('there is no impression').waitFor({ state: 'detached' });
  assert.deepEqual(await accessibilityFaults(page), []);
  // What is typed is saved and checked without being asked for.
  await report.getByRole('textbox', { name: 'Other', exact: true }).fill('As on 12.03.2019.');
  await report.getByText(/cannot be turned back with certainty/).waitFor();
  assert.equal(await sign.isDisabled(), true);
  await report.getByRole('textbox', { name: 'Other', exact: true }).fill('The prostate is enlarged.');
  await report.getByLabel('Reason: sex-and-organ').fill('the header is wrong');
  await report.getByText(/cannot be turned back with certainty/).waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+s');
  await page.getByText(`${id} is signed: version 1, final.`).waitFor();
  const log = (await send(clinic, 'GET', `/reading/cases/${id}/log`)) as {
    kind: string;
    report: { overridden: string[] };
  }[];
  assert.deepEqual(log.find(({ kind }) => kind === 'final-signed')!.report.overridden, ['sex-and-organ']);
});
