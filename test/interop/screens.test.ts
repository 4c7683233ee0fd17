// Our pages and OHIF in a real browser on a whole node: images are seen, soon, and nothing is asked of anybody outside.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, withoutBrowser as skip, startBrowser, withoutOhif } from '../support/browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { stow } from '../support/dicomweb.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { shared } from '../support/shared.ts';

const study = '2.25.2001';
const slices = 12;

// What runs in the browser is text: its names are not those of Node.

/** When the first rendered image was whole, in ms after the page was asked for; how long that may take is for `npm run bench viewer`. */
const firstImageEnd = `(async () => {
  const ended = () => performance.getEntriesByType('resource').find(({ name }) => name.includes('/rendered?'))?.responseEnd;
  while (!ended()) await new Promise(requestAnimationFrame);
  return ended();
})()`;

const ohifShowsAnImage = `(() => {
  const canvas = document.querySelector('.cornerstone-canvas');
  const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels?.some((value, at) => at % 4 < 3 && value > 128);
})()`;

/** Of the image that quick look shows, from 0 to 1. */
const brightness = `(() => {
  const canvas = document.querySelector('.view canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, at) => (at % 4 < 3 ? sum + value : sum), 0) / (data.length * 0.75) / 255;
})()`;

test('quick look shows an image, who it is, where right is, and the pixels as they were stored', {
  skip,
}, async (t) => {
  const { node, page, outside } = await openedBrowser();
  await page.goto(`${node.url}/look/${study}`);
  const shownMs = await page.evaluate<number>(firstImageEnd);
  t.diagnostic(`the first image was there after ${Math.round(shownMs)} ms`);
  await page.getByText(`Image 1 of ${slices}`).waitFor();
  await page.getByText('DOE, Jane').waitFor();
  await page.getByText('Not for diagnosis').waitFor();
  assert.equal(await page.locator('.edge.left').textContent(), 'R');
  assert.equal(await page.locator('.edge.top').textContent(), 'A');
  await page.getByText(`${slices} of ${slices} received`).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByText(`Image 2 of ${slices}`).waitFor();
  assert.ok((await page.evaluate<number>(brightness)) > 0.05);
  await page.keyboard.press('o');
  await page.getByText('Original quality', { exact: true }).waitFor();
  assert.equal(await page.locator('.message').textContent(), '');
  assert.ok((await page.evaluate<number>(brightness)) > 0.05);
  assert.deepEqual(outside, []);
});

test('OHIF opens a CT from our frames, in isolation, asking nobody outside', { skip: withoutOhif }, async () => {
  const { node, page, outside } = await openedBrowser();
  await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${study}`);
  await page.locator('.cornerstone-canvas').first().waitFor({ timeout: 60_000 });
  await page.waitForFunction(ohifShowsAnImage, undefined, { timeout: 60_000 });
  assert.equal(await page.evaluate('crossOriginIsolated'), true);
  assert.deepEqual(outside, []);
});

test('the console finds a study as its name is typed, shows its headers, and takes files in', { skip }, async () => {
  const { node, page, outside } = await openedBrowser();
  await page.goto(node.url);
  const rows = page.getByRole('option', { name: 'DOE, Jane' });
  await rows.first().waitFor();
  await page.getByLabel('Search', { exact: true }).fill('nobody of this name');
  await page.getByText('No study matches.').waitFor();
  await page.getByLabel('Search', { exact: true }).fill('jane');
  await rows.first().click();
  await page.getByText(`${slices} instances`).waitFor();
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.getByText('Specific Character Set').waitFor();
  await page.keyboard.press('Escape');
  const another = ctSlice({ studyUid: '2.25.2002', patientName: 'Roe^Ruth' }).file;
  const files = [
    { name: 'IM1', mimeType: '', buffer: another },
    { name: 'IM2', mimeType: '', buffer: Buffer.from('no DICOM at all'.repeat(100)) },
    { name: 'DICOMDIR', mimeType: '', buffer: Buffer.from('a directory') },
  ];
  await page.locator('input[type=file]').first().setInputFiles(files);
  await page.getByRole('button', { name: 'Bring in' }).click();
  await page.getByText('1 of 2 kept in 1 studies, 1 passed over (no objects), 1 refused').waitFor();
  await page.getByText(/^IM2: /).waitFor();
  await page.getByLabel('Search', { exact: true }).fill('roe');
  await page.getByRole('option', { name: 'ROE, Ruth' }).waitFor();
  assert.deepEqual(outside, []);
});

interface Opened {
  node: NodeProcess;
  page: Page;
  /** Addresses beside the node's that were asked. */
  outside: string[];
  /** A page of a browser that shares nothing with the other. */
}

const archive = shared(async (later) => {
  const node = await startNodeProcess(later, { environment: openDoors });
  const files = Array.from({ length: slices }, (_, at) => {
    const attributes = { WindowCenter: '1000', WindowWidth: '4000' };
    return ctSlice({ studyUid: study, instance: at + 1, rows: 512, columns: 512, attributes }).file;
  });
  assert.equal((await stow(node.url, files)).status, 200);
  const browser = await startBrowser(later);
  await pagesBundled(node);
  return { node, browser };
});

async function openedBrowser(): Promise<Opened> {
  const { node, browser } = await archive();
  const { page, outside } = await openPage(browser, node.url);
  return { node, page, outside };
}
