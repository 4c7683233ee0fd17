// How well procedures, MR series and CT series are told: on the shared labelled samples where they lie (FASCIA_SHARED), and
// on rows made here by generators with seeds that nothing was learned from. One line for each; the goals are those of
// shared/data/normalise/README.md.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, readTable } from '../src/cli/csv.ts';
import { labelCtSeries, labelMrSeries, labelProcedure } from '../src/cli/normalise-labels.ts';
import { fields, textOf } from '../src/normalize/procedures/features.ts';
import { ProcedureNormaliser } from '../src/normalize/procedures/normalise-procedure.ts';
import { RowGenerator } from '../src/normalize/procedures/training/generator.ts';

const folder = join(process.env.FASCIA_SHARED ?? '../shared', 'data/normalise/labels');
const sets: [string, () => (row: Row) => Row, string[]][] = [
  [
    'procedures',
    labelProcedure,
    ['modality', 'body_region', 'anatomic_focus', 'laterality', 'contrast', 'rpid', 'interventional'],
  ],
  ['mr_series', labelMrSeries, ['sequence_class', 'plane', 'fat_suppressed']],
  ['ct_series', labelCtSeries, ['phase', 'reconstruction', 'body_region']],
];

for (const [name, labeller, columns] of sets) {
  const file = join(folder, `${name}.csv`);
  if (existsSync(file)) shared(name, readTable(readFileSync(file, 'utf8')), labeller(), columns);
  else console.log(`${name.padEnd(12)} skipped: ${file} not found`);
}
for (const seed of [901, 902, 903]) generated(seed);

function shared(name: string, rows: Row[], label: (row: Row) => Row, columns: string[]): void {
  const told = rows.map((row) => ({ truth: row, found: label(row) }));
  const right = (one: (typeof told)[number], column: string): boolean =>
    (one.truth[column] ?? '').toLowerCase() === (one.found[column] ?? '').toLowerCase();
  const all = (one: (typeof told)[number]): boolean => columns.every((column) => right(one, column));
  const clear = told.filter(({ truth }) => truth.ambiguous === 'n');
  const sure = clear.filter(({ found }) => Number(found.confidence) >= 0.95);
  const asked = told.filter(({ truth, found }) => truth.ambiguous === 'y' && Number(found.confidence) < 0.95);
  const parts = columns.map((column) => `${column} ${share(clear, (one) => right(one, column))}`);
  console.log(
    `${name.padEnd(12)} ${parts.join('  ')}  all ${share(clear, all)}  sure ${(sure.length / clear.length).toFixed(3)} ` +
      `of which right ${share(sure, all)}  ambiguous left to review ${asked.length} of ${told.length - clear.length}`,
  );
}

function generated(seed: number): void {
  const generator = new RowGenerator(seed);
  const normaliser = new ProcedureNormaliser();
  const told = Array.from({ length: 3000 }, () => {
    const row = generator.row();
    return { row, found: normaliser.normalise(row.input) };
  });
  const clear = told.filter(({ row }) => !row.ambiguous);
  const parts = fields.map(
    (field) => `${field} ${share(clear, ({ row, found }) => textOf(row.truth, field) === textOf(found, field))}`,
  );
  const all = ({ row, found }: (typeof told)[number]): boolean =>
    !row.ambiguous && fields.every((field) => textOf(row.truth, field) === textOf(found, field));
  const sure = told.filter(({ found }) => found.confidence >= 0.95);
  console.log(
    `generated ${seed} ${parts.join('  ')}  all ${share(clear, all)}  sure ${(sure.length / told.length).toFixed(3)} of which right ${share(sure, all)}`,
  );
}

function share<T>(rows: readonly T[], right: (row: T) => boolean): string {
  return (rows.filter(right).length / Math.max(1, rows.length)).toFixed(3);
}
