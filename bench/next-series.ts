// OHIF on a study of three series: how long after a double click on the next series its first slice is on the screen, with
// the series fetched ahead (studyPrefetcher of OHIF, as our configuration has it) and without, on a line of 20 Mbit/s and 40 ms
// and on none. Medians of 3. Run: npm run bench next-series

import type { Page, Request } from 'playwright-core';
import { openPage, startBrowser, withoutOhif } from '../test/support/browser.ts';
import { stow } from '../test/support/dicomweb.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { pagesBundled } from '../test/support/pages.ts';
import { ctSeries } from './support/ct-node.ts';

const SERIES = 3;
const SLICES = 40;
const RUNS = 3;

if (withoutOhif) throw new Error(withoutOhif);
await using closing = new AsyncDisposableStack();
const after = (cleanUp: () => unknown) => closing.defer(async () => void (await cleanUp()));
const node = await startNodeProcess(after, { environment: openDoors });
const browser = await startBrowser(after);
await pagesBundled(node);
const study = await keepStudy();
for (const [line, conditions] of Object.entries({
  'no line': undefined,
  '20 Mbit/s, 40 ms': { offline: false, latency: 40, downloadThroughput: 2.5e6, uploadThroughput: 2.5e6 },
})) {
  for (const ahead of [false, true]) {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await nextSeries(ahead, conditions));
    const median = times.toSorted((a, b) => a - b)[RUNS >> 1]!;
    const each = times.map((ms) => ms.toFixed(0)).join(' ');
    console.log(`${line}, ${ahead ? 'fetched ahead' : 'not ahead'}: ${median.toFixed(0)} ms (${each})`);
  }
}

type Conditions = { offline: boolean; latency: number; downloadThroughput: number; uploadThroughput: number };

async function nextSeries(ahead: boolean, conditions: Conditions | undefined): Promise<number> {
  const { page } = await openPage(browser, '');
  await page.route('**/app-config.js', async (route) => {
    const answer = await route.fetch();
    const config = (await answer.text()).replace(/("studyPrefetcher": \{\s*"enabled": )\w+/, `$1${ahead}`);
    await route.fulfill({ response: answer, body: config });
  });
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfailed', (request) => underWay.delete(request));
  await page.addInitScript(`document.addEventListener('CORNERSTONE_STACK_NEW_IMAGE', ({ detail }) => {
    window.newImage = detail.imageId;
  }, { capture: true });
  document.addEventListener('CORNERSTONE_IMAGE_RENDERED', () => {
    if (window.newImage) window.shown ??= performance.now();
  }, { capture: true })`);
  const session = await page.context().newCDPSession(page);
  await page.goto(`${node.url}/viewer/viewer?StudyInstanceUIDs=${study}`);
  await page.waitForFunction('window.shown', undefined, { timeout: 120_000 });
  if (conditions !== undefined) await session.send('Network.emulateNetworkConditions', conditions);
  await calm(page, underWay);
  const second = page.locator('[data-cy="study-browser-thumbnail"]').nth(1);
  await second.waitFor();
  await page.evaluate('window.newImage = window.shown = undefined');
  const clicked = await page.evaluate<number>('performance.now()');
  await second.dblclick();
  await page.waitForFunction('window.shown', undefined, { timeout: 120_000 });
  const shown = await page.evaluate<number>('window.shown');
  await page.context().close();
  return shown - clicked;
}

/** Until nothing was under way for a second. */
async function calm(page: Page, under: ReadonlySet<Request>): Promise<void> {
  for (let quiet = performance.now(); performance.now() - quiet < 1_000; ) {
    await page.evaluate('new Promise(requestAnimationFrame)');
    if (under.size > 0) quiet = performance.now();
  }
}

async function keepStudy(): Promise<string> {
  let studyUid: string | undefined;
  for (let series = 1; series <= SERIES; series++) {
    for (const { file, studyInstanceUid } of ctSeries(SLICES, { studyInstanceUid: studyUid, series })) {
      if ((await stow(node.url, [file])).status !== 200) throw new Error('a slice was not kept');
      studyUid = studyInstanceUid;
    }
  }
  return studyUid!;
}
