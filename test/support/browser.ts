// A real browser on a node's pages: Debian's Chromium without a window, and note of every address it asked beside the node's.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { repository } from '../../src/server/screens/cache-folder.ts';
import { ohifFolder } from '../../src/server/screens/ohif-install.ts';
import { findProgram, without } from './needs.ts';
import { shared } from './shared.ts';

const ohif = ohifFolder(join(repository, '.cache'));

/** For `test(name, { skip: withoutBrowser }, …)`. */
export const withoutBrowser = without('chromium', 'chromium');
export const withoutOhif =
  withoutBrowser || (existsSync(ohif) ? false : 'skipped: OHIF not found (./fascia viewer install)');

/** As root a browser has no sandbox of its own; it sees nothing but our pages. WebGL is drawn by the processor. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--enable-unsafe-swiftshader'];

/** One for a whole test file, as starting it takes longer than most of what is asked of it. */
export async function startBrowser(
  later: (cleanUp: () => Promise<void>) => void,
  more: readonly string[] = [],
): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: findProgram('chromium')!, args: [...args, ...more] });
  later(() => browser.close());
  return browser;
}

/** The same, for all tests of a file. */
export const sharedBrowser = (): (() => Promise<Browser>) => shared((later) => startBrowser(later));

export interface WatchedPage {
  page: Page;
  /** Addresses beside the node's that were asked. */
  outside: string[];
}

/** A page that shares nothing with any other. */
export async function openPage(browser: Browser, origin: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob|about):/.test(request.url())) outside.push(request.url());
  });
  return { page, outside };
}
