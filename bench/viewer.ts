// OHIF on CT studies of 300 slices, the application warm: from its first DICOMweb request to the first slice on the screen,
// the same Chromium and the same OHIF on Fascia and on Orthanc in turn, each study opened for the first time and again. And
// quick look, by a browser that has nothing of it: from the request for the page to its first image. Medians of 5.
// Run: npm run bench viewer (TRIXIE: folder of a Debian 13 tree whose newer Orthanc is compared instead of the machine's)

import type { Page, Request } from 'playwright-core';
import { openPage, startBrowser, withoutOhif } from '../test/support/browser.ts';
import { stow } from '../test/support/dicomweb.ts';
import { openDoors, startNodeProcess } from '../test/support/node-process.ts';
import { startOrthanc, withoutOrthanc } from '../test/support/orthanc.ts';
import { ownNetwork } from '../test/support/own-namespace.ts';
import { pagesBundled } from '../test/support/pages.ts';
import { ctSeries } from './support/ct-node.ts';
import { ohifFront, type ServerUnderTest } from './support/ohif-front.ts';

const SLICES = 300;
const RUNS = 5;

const root = process.env.TRIXIE;
for (const reason of [await ownNetwork(import.meta.filename), withoutOhif, root === undefined && withoutOrthanc]) {
  if (reason) throw new Error(String(reason));
}
await using closing = new AsyncDisposableStack();
const after = (cleanUp: () => unknown) => closing.defer(async () => void (await cleanUp()));

const node = await startNodeProcess(after, { environment: openDoors });
const orthanc = await startOrthanc(after, { dicomPort: 4242, httpPort: 8042, modalities: {}, root });
const servers: ServerUnderTest[] = [
  { name: 'fascia', port: Number(new URL(node.url).port), path: '/dicomweb' },
  { name: 'orthanc', port: 8042, path: '/dicom-web' },
];
const browser = await startBrowser(after, await ohifFront(after, node.url, servers));
await pagesBundled(node);

const warmUp = await keepStudy(2);
const studies = await Array.fromAsync({ length: RUNS }, () => keepStudy(SLICES));
const viewers = await Promise.all(
  servers.map(async (server) => ({
    server,
    ...(await warmPage(server)),
    first: [] as number[],
    again: [] as number[],
  })),
);
for (const study of studies) {
  for (const { server, page, calm, first, again } of viewers) {
    for (const times of [first, again]) {
      times.push(await firstSlice(page, server, study));
      await go(page, '/viewer/');
      // Until then it fetches the slices after the first, also of a study that was left.
      await calm();
    }
  }
}
for (const { server, first, again } of viewers) {
  report(`OHIF on ${server.name}, a study's first slice`, first);
  report(`OHIF on ${server.name}, opened again`, again);
}
for (const { page } of viewers) await page.context().close();
report('quick look, first image', await Array.fromAsync(studies, quickLook));

/** The application with all of its parts loaded by a study that it has shown. */
async function warmPage(server: ServerUnderTest): Promise<{ page: Page; calm(): Promise<void> }> {
  const { page } = await openPage(browser, '');
  const asked = new Set<Request>();
  page.on('request', (request) => asked.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfailed', (request) => asked.delete(request));
  await page.addInitScript(`document.addEventListener('CORNERSTONE_IMAGE_RENDERED', () => {
    window.firstSlice ??= performance.now();
  }, { capture: true })`);
  await page.goto(`http://${server.name}.test:${server.port}${pathOf(warmUp)}`);
  await page.waitForFunction('window.firstSlice');
  const calm = async () => {
    while (asked.size > 0) await page.evaluate('new Promise(requestAnimationFrame)');
  };
  await go(page, '/viewer/');
  await calm();
  return { page, calm };
}

/** In ms, from the list of studies on. */
async function firstSlice(page: Page, { path }: ServerUnderTest, study: string): Promise<number> {
  await page.bringToFront();
  await page.getByRole('row').first().waitFor();
  await page.evaluate('performance.clearResourceTimings(); window.firstSlice = undefined');
  await go(page, pathOf(study));
  await page.waitForFunction('window.firstSlice', undefined, { timeout: 120_000 });
  return page.evaluate<number>(`window.firstSlice - Math.min(...performance.getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.startsWith('${path}/')).map(({ startTime }) => startTime))`);
}

/** Within the application, as its own links do. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'))`);
}

function pathOf(study: string): string {
  return `/viewer/viewer?StudyInstanceUIDs=${study}`;
}

async function quickLook(study: string): Promise<number> {
  const { page } = await openPage(browser, '');
  await page.goto(`${node.url}/look/${study}`);
  const shown = await page.evaluate<number>(`(async () => {
    const image = () => performance.getEntriesByType('resource').find(({ name }) => name.includes('/rendered?'))?.responseEnd;
    while (!image()) await new Promise(requestAnimationFrame);
    return image();
  })()`);
  await page.context().close();
  return shown;
}

async function keepStudy(slices: number): Promise<string> {
  let study = '';
  for (const { file, path } of ctSeries(slices)) {
    if ((await stow(node.url, [file])).status !== 200) throw new Error('a slice was not kept');
    await orthanc.keep(file);
    study = /studies\/([^/]+)/.exec(path)![1]!;
  }
  return study;
}

function report(what: string, times: number[]): void {
  const median = times.toSorted((a, b) => a - b)[times.length >> 1]!;
  const each = times.map((ms) => ms.toFixed(0)).join(' ');
  console.log(`${what.padEnd(44)} ${median.toFixed(0).padStart(5)} ms  (${each})`);
}
