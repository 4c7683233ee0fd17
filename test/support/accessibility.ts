// What axe finds wrong with a page as it stands: WCAG 2.2 A and AA.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core');

/** One line for each fault: the rule, and where. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // What is still fading in has another contrast than what people read.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => 0)))');
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate<string[]>(`(async () => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
      id + ' ' + target.join(' ') + ' ' + failureSummary.split('\\n')[1]));
  })()`);
}
