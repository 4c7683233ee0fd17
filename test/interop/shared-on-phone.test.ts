// A link that was given away, opened on a phone: the first image, the next ones under a finger, whose copy it is in every
// picture, and nothing once it has expired.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { silentLog } from '../../src/base/log.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { startBrowser, withoutBrowser } from '../support/browser.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { ctSlice } from '../support/ct-slice.ts';
import { type NodeProcess, startNodeProcess } from '../support/node-process.ts';
import { pagesBundled } from '../support/pages.ts';
import { pixelsOf } from '../support/screen.ts';

const study = '2.25.5001';
const slices = 8;

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

async function given(t: TestContext): Promise<{ node: NodeProcess; url: string }> {
  const node = await startNodeProcess((cleanUp) => t.after(cleanUp));
  const person = new CookieBrowser();
  await person.fetch(node.url + /(\/sign-in\?token=\S+)/.exec(node.output())![1]!);
  // Black from edge to edge: what is bright is written over it.
  const attributes = { WindowCenter: '30000', WindowWidth: '2' };
  for (let instance = 1; instance <= slices; instance += 1) {
    const { file } = ctSlice({ studyUid: study, instance, rows: 512, columns: 512, attributes });
    const headers = { 'Content-Type': 'application/dicom', Accept: 'application/dicom+json' };
    const stored = await person.fetch(`${node.url}/dicomweb/studies`, { method: 'POST', headers, body: file });
    assert.equal(stored.status, 200);
  }
  const made = await person.fetch(`${node.url}/api/v1/shares`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ studyUid: study, expiresIn: 3600, watermark: 'For Dr. Quill' }),
  });
  await pagesBundled(node);
  return { node, url: ((await made.json()) as { url: string }).url };
}

test('a shared study on a phone: an image at once, the next under a finger, marked in its pixels, until it expires', {
  skip: withoutBrowser,
}, async (t) => {
  const { node, url } = await given(t);
  const browser = await startBrowser((cleanUp) => t.after(cleanUp));
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(url);
  assert.equal(page.url(), `${node.url}/look/${study}`, 'the secret leaves the address bar');
  await page.getByText(`Image 1 of ${slices}`).waitFor();
  await page.getByText('Not for diagnosis').waitFor();
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), phone.viewport.width, 'nothing is cut off');
  assert.deepEqual(await accessibilityFaults(page), []);
  const { data } = (await pixelsOf('.view canvas')(page))!;
  const bright = data.reduce((sum: number, sample) => sum + (sample > 64 ? 1 : 0), 0) / data.length;
  assert.ok(bright > 0.001 && bright < 0.5, `${bright} of the picture is bright`);
  await swipe(page);
  await page.getByText(`Image 1 of ${slices}`).waitFor({ state: 'detached' });
  assert.match((await page.locator('.view').textContent())!, new RegExp(`Image [2-${slices}] of ${slices}`));

  await expireShares(t, node);
  await page.goto(url);
  await page.getByText('This link is no longer good').waitFor();
  assert.equal((await page.goto(`${node.url}/look/${study}`))!.status(), 401);
});

async function swipe(page: Page): Promise<void> {
  const { x, y, width, height } = (await page.locator('.view canvas').boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: x + width / 2, y: y + height / 2 + at }],
    });
  await touch('touchStart', 0);
  for (const at of [10, 20, 30, 40]) await touch('touchMove', at);
  await touch('touchEnd', 40);
}

/** An hour is over for the catalogue; nodes are told as of every change. */
async function expireShares(t: TestContext, { data }: NodeProcess): Promise<void> {
  const database = await openDatabase({ dataDir: data, log: silentLog });
  t.after(() => database.close());
  await database.query(`update token set expires_at = now() where kind = 'share'`);
  await database.query(`select pg_notify('token', '')`);
}
