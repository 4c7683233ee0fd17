import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkReport } from './check-report.ts';
import { textOf } from './content-text.ts';
import { generatedReport, randomFrom } from './testing/generated-reports.ts';

// FASCIA_REPORTS=100000 for the long form.
const reports = Number(process.env.FASCIA_REPORTS ?? 2_000);

it('finds what is wrong in generated reports of six languages, and says little of what is not', (t) => {
  const random = randomFrom(7);
  const count = { seeded: 0, found: 0, raised: 0, rightly: 0 };
  const missed: string[] = [];
  const wrongly: string[] = [];
  for (let n = 0; n < reports; n++) {
    const { content, facts, subject, wrong } = generatedReport(random);
    const checks = new Set(checkReport(content, facts, { subject }).map(({ check }) => check));
    if (wrong !== undefined) count.seeded++;
    if (wrong !== undefined && checks.has(wrong)) count.found++;
    else if (wrong !== undefined) missed.push(`${wrong} in ${textOf(content)}`);
    count.raised += checks.size;
    for (const check of checks) {
      if (check === wrong) count.rightly++;
      else wrongly.push(`${check} in ${textOf(content)}`);
    }
  }
  const recall = count.found / count.seeded;
  const precision = count.rightly / count.raised;
  t.diagnostic(`${reports} reports, recall ${recall.toFixed(4)}, precision ${precision.toFixed(4)}`);
  assert.ok(recall === 1, [...new Set(missed)].slice(0, 8).join('\n\n'));
  assert.ok(precision >= 0.99, [...new Set(wrongly)].slice(0, 8).join('\n\n'));
});
