import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reports } from '../../../test/support/reports.ts';
import { reportPdf } from './report-pdf.ts';

const [report] = fc.sample(reports({ of: ['english'] }), { numRuns: 1, seed: 1 });
const saying = (text: string) => ({ ...report!, sections: [{ kind: 'findings' as const, text }] });

test('a report that is printed again is the same bytes', async () => {
  assert.deepEqual(await reportPdf(report!), await reportPdf(report!));
});

test('a character that no font has is not printed as another: there is no such PDF', async () => {
  await assert.rejects(reportPdf(saying('\u{10ffff}')), { code: 'delivery/not-carried' });
});

test('marks that are never seen are no reason not to print', async () => {
  assert.ok((await reportPdf(saying('a\u200db\u200e\ufe0f'))).length > 0);
});

test('a word that is wider than the page is printed in pieces', async () => {
  assert.ok((await reportPdf(saying('x'.repeat(5_000)))).length > 0);
});
