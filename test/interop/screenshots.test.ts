// What quick look and OHIF paint of real images, compared with our own rendering, which DCMTK agrees with pixel by pixel
// (src/pixels/corpus.test.ts). Both scale to the screen, and quick look shows a JPEG: means over cells are compared.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openPage, pagesBundled, startBrowser, withoutBrowser, withoutOhif } from '../support/browser.ts';
import { corpus, readCorpus, withoutCorpus } from '../support/corpus.ts';
import { stow } from '../support/dicomweb.ts';
import { type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { reference, shows, type Tolerance } from '../support/screen.ts';

interface Case {
  name: string;
  file: string;
  /** Whether OHIF has the window that we have: not where it counts padding in the range, or goes by SUV. */
  ohif?: true;
}

/** In levels of 255. JPEG, and scaling by other filters than ours, move a cell by less. */
const tolerance: Tolerance = { meanDifference: 2, largestDifference: 24 };

const cases: Case[] = [
  { name: 'CT, JPEG 2000', file: 'dicom/dicom-test-files__CT1_J2KR.dcm' },
  { name: 'MR, JPEG-LS', file: 'dicom/dicom-test-files__MR3_JLSL.dcm', ohif: true },
  { name: 'multi-frame US, colour', file: 'dicom/go-dicom__I_000009.dcm', ohif: true },
  { name: 'MG', file: 'dicom/fo-dicom__GH133.dcm' },
  { name: 'PET', file: 'dicom/dicom__2.dcm' },
];

test('quick look paints real images as DCMTK does', { skip: withoutBrowser || withoutCorpus }, async (t) => {
  const { node, browser } = await archive(t);
  for (const { name, file } of cases) {
    const { page, outside } = await openPage(browser, node.url);
    await page.goto(`${node.url}/look/${studyOf(file)}`);
    const found = await shows(page, '.view canvas', await reference(bytesOf(file)), tolerance);
    t.diagnostic(`${name}: ${found.meanDifference.toFixed(2)}, at most ${found.largestDifference.toFixed(1)} levels`);
    assert.deepEqual(outside, []);
    await page.context().close();
  }
});

test('OHIF paints real images as DCMTK does', { skip: withoutOhif || withoutCorpus }, async (t) => {
  const { node, browser } = await archive(t);
  for (const { name, file } of cases.filter(({ ohif }) => ohif)) {
    const { page, outside } = await openPage(browser, node.url);
    await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${studyOf(file)}`);
    const picture = await reference(bytesOf(file));
    const found = await shows(page, '.cornerstone-canvas', picture, tolerance);
    t.diagnostic(`${name}: ${found.meanDifference.toFixed(2)}, at most ${found.largestDifference.toFixed(1)} levels`);
    assert.deepEqual(outside, []);
    await page.context().close();
  }
});

const all = withoutCorpus ? [] : corpus();
const entry = (file: string) => all.find((each) => each.file === file)!;
const bytesOf = (file: string): Uint8Array => readCorpus(entry(file));
const studyOf = (file: string): string => entry(file).expected!.StudyInstanceUID!;

async function archive(t: TestContext): Promise<{ node: NodeProcess; browser: Browser }> {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment: openDoors });
  const files = cases.map(({ file }) => bytesOf(file));
  assert.equal((await stow(node.url, files)).status, 200);
  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  await pagesBundled(node);
  return { node, browser };
}
