// An EHR's page opens a study here, in a real browser: another site's redirects carry the cookies that they should, and both
// viewers work in a session that opens one patient.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startBrowser, withoutBrowser, withoutOhif } from '../support/browser.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { startEhr } from '../support/ehr.ts';
import { startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';

const system = 'urn:oid:1.2.3.4';
const jane = { resourceType: 'Patient', id: 'jane', identifier: [{ system, value: 'P1' }] };
const [own, others] = ['2.25.6001', '2.25.6002'];

async function launched(t: TestContext, viewer: 'look' | 'ohif', isStudy: boolean) {
  const options = { clientId: 'fascia', clientSecret: 's3cret', resources: { 'Patient/jane': jane } };
  const ehr = await startEhr((cleanUp) => t.after(cleanUp), options);
  const { clientId, clientSecret } = options;
  const setting = { issuer: ehr.issuer, clientId, clientSecret, identifiers: { [system]: '' }, viewer };
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), {
    environment: { FASCIA_EHRS: JSON.stringify([setting]) },
  });
  const person = new CookieBrowser();
  await person.fetch(node.url + /(\/sign-in\?token=\S+)/.exec(node.output())![1]!);
  for (const [studyUid, patientId, patientName] of [
    [own, 'P1', 'Doe^Jane'],
    [others, 'P2', 'Roe^Ruth'],
  ] as const) {
    const attributes = { WindowCenter: '1000', WindowWidth: '4000' };
    const { file } = ctSlice({ studyUid, patientId, patientName, rows: 256, columns: 256, attributes });
    const headers = { 'Content-Type': 'application/dicom', Accept: 'application/dicom+json' };
    await person.fetch(`${node.url}/dicomweb/studies`, { method: 'POST', headers, body: file });
  }
  await pagesBundled(node);
  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const identifier = { system: 'urn:dicom:uid', value: `urn:oid:${own}` };
  const about = { patient: 'jane', ...(isStudy && { fhirContext: [{ type: 'ImagingStudy', identifier }] }) };
  const launch = `${node.url}/launch?${new URLSearchParams({ iss: ehr.issuer, launch: ehr.launchOf(about) })}`;
  // As from a link on the EHR's own page.
  await page.goto(`${ehr.issuer}/.well-known/smart-configuration`);
  await Promise.all([page.waitForURL(`${node.url}/**`), page.evaluate(`location.assign(${JSON.stringify(launch)})`)]);
  return { node, page };
}

test('from an EHR on another site to the first image in quick look, and no further', {
  skip: withoutBrowser,
}, async (t) => {
  const { node, page } = await launched(t, 'look', true);
  await page.waitForURL(`${node.url}/look/${own}`);
  await page.getByText('Image 1 of 1').waitFor();
  await page.getByText('DOE, Jane').waitFor();
  await page.keyboard.press('o');
  await page.getByText('Original quality', { exact: true }).waitFor();
  assert.equal((await page.goto(`${node.url}/look/${others}`))!.status(), 403);
});

test('OHIF opens the patient’s study in a session of an EHR, and its list holds nobody else', {
  skip: withoutOhif,
}, async (t) => {
  const { node, page } = await launched(t, 'ohif', false);
  await page.waitForURL(`${node.url}/viewer/**`);
  await page.getByText('Doe, Jane').first().waitFor({ timeout: 60_000 });
  assert.equal(await page.getByText('Roe, Ruth').count(), 0);
  await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${own}`);
  await page.locator('.cornerstone-canvas').first().waitFor({ timeout: 60_000 });
});
