// What quick look and OHIF paint of real images, compared with our own rendering, which DCMTK agrees with pixel by pixel
// (src/pixels/corpus.test.ts). Both scale to the screen, and quick look shows a JPEG: means over cells are compared.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { readDicom } from '../../src/dicom/reader.ts';
import type { Raster } from '../../src/pixels/raster.ts';
import type { Window } from '../../src/pixels/voi.ts';
import { openPage, startBrowser, withoutBrowser, withoutOhif } from '../support/browser.ts';
import { corpus, readCorpus, withoutCorpus } from '../support/corpus.ts';
import { stow } from '../support/dicomweb.ts';
import { without } from '../support/needs.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import {
  colourOf,
  pixelsOf,
  placeOf,
  reference,
  type Seen,
  shows,
  slideReference,
  type Tolerance,
  turned,
} from '../support/screen.ts';
import { segmentedStudy } from '../support/segmented-study.ts';
import { shared } from '../support/shared.ts';
import { videoReference } from '../support/video-frame.ts';

interface Case {
  name: string;
  file: string;
  /** The window that OHIF chooses where it does not go by what the image says. */
  ohifWindow?: Window;
}

/** In levels of 255. JPEG, and scaling by other filters than ours, move a cell by less. */
const tolerance: Tolerance = { meanDifference: 2, largestDifference: 24 };

const range = (low: number, high: number): Window => ({
  center: (low + high) / 2,
  width: high - low,
  function: 'LINEAR_EXACT',
});

const images: Case[] = [
  // Without a window: all values, those of padding too.
  { name: 'CT, JPEG 2000', file: 'dicom/dicom-test-files__CT1_J2KR.dcm', ohifWindow: range(-3024, 1254) },
  { name: 'MR, JPEG-LS', file: 'dicom/dicom-test-files__MR3_JLSL.dcm' },
  { name: 'multi-frame US, colour', file: 'dicom/go-dicom__I_000009.dcm' },
  { name: 'radiograph, MONOCHROME1', file: 'dicom-malformed/highdicom__dx_image.dcm' },
  { name: 'MG, sigmoid', file: 'dicom/fo-dicom__GH133.dcm' },
  // By Standardized Uptake Value, from 0 to 5: of 82,174 g and 173,529,998.7793 Bq.
  { name: 'PET', file: 'dicom/dicom__2.dcm', ohifWindow: range(0, (5 * 173_529_998.7793) / 82_174) },
];
const lookCanvas = pixelsOf('.view canvas');
const ohifCanvas = pixelsOf('.cornerstone-canvas');
const slide = 'wsi/highdicom__sm_image_dots.dcm';
const video = 'video/derived__video_endoscopy_mpeg4_h264.dcm';

test('quick look paints real images as DCMTK does', { skip: withoutBrowser || withoutCorpus }, async (t) => {
  const compare = await viewers(t, (study) => `/look/${study}`);
  for (const { name, file } of images) await compare(name, file, lookCanvas, await reference(bytesOf(file)));
  await compare('slide', slide, lookCanvas, await slideReference(bytesOf(slide)));
});

test('a slide in quick look is made smaller and is itself again', {
  skip: withoutBrowser || withoutCorpus,
}, async (t) => {
  const compare = await viewers(t, (study) => `/look/${study}`);
  const picture = await slideReference(bytesOf(slide));
  const page = await compare('whole', slide, lookCanvas, picture);
  await page.keyboard.press('-');
  await shows(page, lookCanvas, picture, { ...tolerance, meanDifference: 3, share: 0.8 });
  await page.keyboard.press('r');
  await shows(page, lookCanvas, picture, tolerance);
});

test('quick look lays a segmentation over its images by segment, and tells why where it does not lie on them', {
  skip: withoutBrowser || withoutCorpus,
}, async (t) => {
  const { studyInstanceUid, segmentation, node, browser } = await segmented();
  const { page, outside } = await openPage(browser, node.url);
  t.after(() => page.context().close());
  await page.goto(`${node.url}/look/${studyInstanceUid}`);
  const painted = colourOf(lookCanvas);
  const exact: Tolerance = { meanDifference: 3, largestDifference: 128 };
  await page.getByText('Image 1 of 3').waitFor();
  const segment = await reference(segmentation, {}, 2);
  const nothing: Raster = { ...segment, data: new Uint8Array(segment.data.length) };
  assert.ok(segment.data.some((value) => value > 0));
  await page.keyboard.press('ArrowDown');
  await shows(page, painted, segment, exact);
  const liver = page.getByRole('checkbox', { name: 'Liver' });
  await liver.uncheck();
  await shows(page, painted, nothing, { meanDifference: 0, largestDifference: 0 });
  await page.locator('.pane').focus();
  await page.keyboard.press('g');
  await shows(page, painted, segment, exact);
  assert.ok(await liver.isChecked());

  // As though it had been made in another place, ten centimetres from there.
  await page.route(`**/series/${seriesOf(segmentation)}/metadata`, async (route) => {
    const text = await (await route.fetch()).text();
    const moved = text.replace(/-1\.7(\d+e\+02)/g, '-2.7$1');
    await route.fulfill({ contentType: 'application/dicom+json', body: moved });
  });
  await page.reload();
  await page.getByText('Image 1 of 3').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByText('Not painted: it names this image, and lies elsewhere.').waitFor();
  await page.getByText('Image 2 of 3').waitFor();
  await shows(page, painted, nothing, { meanDifference: 0, largestDifference: 0 });
  assert.deepEqual(outside, []);
});

test('OHIF paints real images as DCMTK does', { skip: withoutOhif || withoutCorpus }, async (t) => {
  const compare = await viewers(t, (study) => `/viewer/viewer?StudyInstanceUIDs=${study}`);
  for (const { name, file, ohifWindow } of images) {
    const picture = await reference(bytesOf(file), { window: ohifWindow });
    await compare(name, file, ohifCanvas, picture);
  }
  // It turns a slide as Image Orientation (Slide) has it lie, and shows it in half the size that would fit.
  const lying = turned(await slideReference(bytesOf(slide)));
  await compare('slide', slide, placeOf('.ol-layer canvas'), lying, { ...tolerance, share: 0.5 });
});

test('OHIF lays a segmentation over the images that it was made of', {
  skip: withoutOhif || withoutCorpus,
}, async (t) => {
  const { studyInstanceUid, segmentation, node, browser } = await segmented();
  const { page, outside } = await openPage(browser, node.url);
  t.after(() => page.context().close());
  await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${studyInstanceUid}`);
  await page.getByText('SEG', { exact: true }).dblclick();
  await page.getByRole('button', { name: 'Yes' }).click();
  // It opens in the middle of the three images.
  const segment = await reference(segmentation, {}, 2);
  await shows(page, colourOf(ohifCanvas), segment, { meanDifference: 3, largestDifference: 128 });
  assert.deepEqual(outside, []);
});

test('both play a video from its first picture', {
  skip: withoutOhif || withoutCorpus || without('ffmpeg', 'ffmpeg'),
}, async (t) => {
  const picture = await videoReference(bytesOf(video));
  const inLook = await viewers(t, (study) => `/look/${study}`);
  await inLook('quick look', video, pixelsOf('.view video'), picture);
  const inOhif = await viewers(t, (study) => `/viewer/viewer?StudyInstanceUIDs=${study}`);
  await inOhif('OHIF', video, ohifCanvas, picture);
});

const all = withoutCorpus ? [] : corpus();
const entry = (file: string) => all.find((each) => each.file === file)!;
const bytesOf = (file: string): Uint8Array => readCorpus(entry(file));
const studyOf = (file: string): string => entry(file).expected!.StudyInstanceUID!;

const archive = shared(async (later) => {
  const node = await startNodeProcess(later, { environment: openDoors });
  const files = [...images.map(({ file }) => file), slide, video].map(bytesOf);
  assert.equal((await stow(node.url, files)).status, 200);
  const browser = await startBrowser(later);
  await pagesBundled(node);
  return { node, browser };
});

const segmented = shared(async () => {
  const { node, browser } = await archive();
  const { files, ...study } = segmentedStudy();
  assert.equal((await stow(node.url, files)).status, 200);
  return { ...study, node, browser };
});

const seriesOf = (file: Uint8Array): string => readDicom(file).dataset.text('SeriesInstanceUID')!;

/** Opens a study and compares what an element of the page shows. */
async function viewers(t: TestContext, pathOf: (studyUid: string) => string) {
  const { node, browser } = await archive();
  const { page, outside } = await openPage(browser, node.url);
  t.after(() => page.context().close());
  return async (name: string, file: string, seen: Seen, picture: Raster, allowed = tolerance): Promise<Page> => {
    await page.goto(`${node.url}${pathOf(studyOf(file))}`);
    const found = await shows(page, seen, picture, allowed);
    t.diagnostic(`${name}: ${found.meanDifference.toFixed(2)}, at most ${found.largestDifference.toFixed(1)} levels`);
    assert.deepEqual(outside, []);
    return page;
  };
}
