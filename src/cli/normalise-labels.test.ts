import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Row, readTable } from '../base/csv.ts';
import { labelCtSeries, labelMrSeries, labelProcedure } from './normalise-labels.ts';

const folder = join(process.env.FASCIA_SHARED ?? '../shared', 'data/normalise/labels');

/** Least share that is right, by column, and of the rows told with a confidence of .95 or more the least share and count. */
const goals: Record<string, { label: () => (row: Row) => Row; least: Record<string, number> }> = {
  procedures: {
    label: labelProcedure,
    least: { modality: 0.99, body_region: 0.95, anatomic_focus: 0.95, laterality: 0.95, contrast: 0.95, rpid: 0.9 },
  },
  mr_series: { label: labelMrSeries, least: { sequence_class: 0.95, plane: 0.98 } },
  ct_series: { label: labelCtSeries, least: { phase: 0.93, reconstruction: 0.97 } },
};

for (const [name, { label, least }] of Object.entries(goals)) {
  const file = join(folder, `${name}.csv`);
  const skip = existsSync(file) ? false : `skipped: ${file} not found (FASCIA_SHARED)`;
  test(`${name}: the goals hold on the shared sample, and what is ambiguous goes to a person`, { skip }, () => {
    const labeller = label();
    const rows = readTable(readFileSync(file, 'utf8')).map((truth) => ({ truth, found: labeller(truth) }));
    const clear = rows.filter(({ truth }) => truth.ambiguous === 'n');
    const right = ({ truth, found }: (typeof rows)[number], column: string): boolean => truth[column] === found[column];
    for (const [column, goal] of Object.entries(least)) {
      const share = clear.filter((row) => right(row, column)).length / clear.length;
      assert.ok(share >= goal, `${column}: ${share}`);
    }
    const sure = clear.filter(({ found }) => Number(found.confidence) >= 0.95);
    const wrong = sure.filter((row) => Object.keys(least).some((column) => !right(row, column)));
    assert.ok(sure.length >= clear.length * 0.75, `${sure.length} of ${clear.length} are sure`);
    assert.ok(wrong.length <= sure.length * 0.02, `${wrong.length} of ${sure.length} sure ones are wrong`);
    const ambiguous = rows.filter(({ truth }) => truth.ambiguous === 'y');
    const asked = ambiguous.filter(({ found }) => Number(found.confidence) < 0.95);
    assert.ok(asked.length >= ambiguous.length * 0.9, `${asked.length} of ${ambiguous.length} are asked`);
  });
}
