// The console as people use it, in a real browser on a whole node: what is dropped finds its person, what was received shows
// its findings, and all of it goes without a mouse and with a screen reader.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { tinyPng } from '../../src/translate/testing/files.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { openPage, sharedBrowser, withoutBrowser } from '../support/browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { getJson, stow, value } from '../support/dicomweb.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { shared } from '../support/shared.ts';

const skip = withoutBrowser;
const local = '2.25.4001';
const older = '2.25.4002';

const browser = sharedBrowser();
const hospital = shared(async (later) => {
  const node = await startNodeProcess(later, { environment: openDoors });
  await storeOfJane(node);
  await pagesBundled(node);
  return node;
});

/** A page of its own, on the node of all tests. */
async function openedConsole(): Promise<{ node: NodeProcess; page: Page }> {
  const node = await hospital();
  const { page } = await openPage(await browser(), node.url);
  await page.goto(node.url);
  await page.getByRole('option').first().waitFor();
  return { node, page };
}

async function storeOfJane({ url }: NodeProcess): Promise<void> {
  const jane = { patientId: 'L-7', patientName: 'Doe^Jane' };
  // The reader takes it for what it should be, and says so.
  const wrong = { StudyDate: '20240101', SpecificCharacterSet: 'ISO-IR 192' };
  const slices = [ctSlice({ studyUid: local, ...jane }), ctSlice({ studyUid: older, ...jane, attributes: wrong })];
  const files = slices.map(({ file }) => file);
  assert.equal((await stow(url, files)).status, 200);
}

const dropped = (name: string, file: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(file) });
const elsewhere = (studyUid: string, patientId: string) =>
  ctSlice({ studyUid, patientId, patientName: 'Dow^Jane', attributes: { AccessionNumber: 'X1' } }).file;

// First the tests that only look, then those that bring studies in.

test('the newest study stands first, and the findings of what was received stand with their study', {
  skip,
}, async () => {
  const { page } = await openedConsole();
  const rows = page.getByRole('option');
  assert.match((await rows.first().textContent())!, /2026-01-31/);
  await rows.nth(1).click();
  await page.getByText('findings in what was received').waitFor();
  await page
    .getByText(/in 1 instances:/)
    .first()
    .waitFor();
});

test('the console is used by keyboard alone, and a screen reader finds names, roles and contrast', {
  skip,
}, async () => {
  const { page } = await openedConsole();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByLabel('Studies').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.getByRole('option', { selected: true }).count(), 1);
  assert.match((await page.getByRole('option', { selected: true }).textContent())!, /2026-01-31/);
  await page.getByText('1 instances').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: /^Headers/ }).press('Enter');
  await page.getByText('Specific Character Set').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Share' }).press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([dropped('IM1', elsewhere('2.25.4003', '4711'))]);
  await page.getByLabel('under a patient who is known here').check();
  await page.getByLabel('Patient here').fill('doe');
  await page.getByLabel(/DOE, Jane · L-7/).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
});

test('quick look is used by keyboard alone, and a screen reader finds names, roles and contrast', {
  skip,
}, async () => {
  const { node, page } = await openedConsole();
  await page.goto(`${node.url}/look/${local}?with=${older}`);
  await page.getByText('Image 1 of 1').first().waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
});

test('pictures and documents, which say nobody’s name, are given to the patient that is chosen', {
  skip,
}, async () => {
  const { node, page } = await openedConsole();
  const files = [dropped('wound.png', tinyPng()), dropped('letter.pdf', Buffer.from('%PDF-1.7 letter'))];
  await page.locator('input[type=file]').first().setInputFiles(files);
  await page.getByText('do not say it (2 files)').waitFor();
  assert.equal(await page.getByLabel('as they are').isDisabled(), true);
  await page.getByLabel('Patient here').fill('doe');
  await page.getByLabel(/DOE, Jane · L-7/).check();
  await page.getByRole('button', { name: 'Bring in' }).click();
  await page.getByText('2 of 2 kept in 1 studies').waitFor();
  const studies = await getJson(node.url, '/studies?PatientID=L-7');
  assert.equal(studies.length, 3);
});

test('what is dropped is given to the person and order that are chosen beside what it says itself', {
  skip,
}, async () => {
  const { node, page } = await openedConsole();
  const input = page.locator('input[type=file]').first();
  await input.setInputFiles([dropped('IM1', elsewhere('2.25.4003', '4711')), dropped('DICOMDIR', Buffer.from('x'))]);
  await page.getByText('DOW, Jane · 4711').waitFor();
  await page.getByLabel('under a patient who is known here').check();
  assert.equal(await page.getByRole('button', { name: 'Bring in' }).isDisabled(), true, 'nobody is chosen yet');
  await page.getByLabel('Patient here').fill('doe');
  await page.getByLabel(/DOE, Jane · L-7/).check();
  await page.getByLabel('Accession number here').fill('ACC-9');
  await page.getByRole('button', { name: 'Bring in' }).click();
  await page.getByText('1 of 1 kept in 1 studies, 1 passed over (no objects)').waitFor();
  const [study] = await getJson(node.url, '/studies?StudyInstanceUID=2.25.4003');
  assert.deepEqual(
    ['00100010', '00100020', '00080050'].map((tag) => value(study!, tag)),
    ['Doe^Jane', 'L-7', 'ACC-9'],
  );

  const two = ['A', 'B'].map((id) => dropped(id, elsewhere(`2.25.4004${id === 'A' ? 1 : 2}`, id)));
  await input.setInputFiles(two);
  await page.getByText('They are of several patients.').waitFor();
  assert.equal(await page.getByLabel('under a patient who is known here').isDisabled(), true);
  await page.getByRole('button', { name: 'Bring in' }).click();
  await page.getByText('3 of 3 kept in 3 studies').waitFor();
  const [asItIs] = await getJson(node.url, '/studies?PatientID=A');
  assert.equal(value(asItIs!, '00080050'), 'X1');
});
