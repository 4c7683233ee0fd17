// How well procedures, MR series and CT series are told: on the shared labelled samples where they lie (FASCIA_SHARED), and
// on rows made here by generators with seeds that nothing was learned from: the one that teaches, and one of hospitals of
// other words, by language; and on the names that the RadLex Playbook has for its rows. One line for each; the goals are
// those of shared/data/normalise/README.md.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, readTable } from '../src/base/csv.ts';
import { labelCtSeries, labelMrSeries, labelProcedure } from '../src/cli/normalise-labels.ts';
import { fields, textOf } from '../src/normalize/procedures/features.ts';
import { ProcedureNormaliser } from '../src/normalize/procedures/normalise-procedure.ts';
import { playbook } from '../src/normalize/procedures/playbook.ts';
import { HeldOutRows } from '../src/normalize/procedures/testing/held-out.ts';
import { heldOutWords } from '../src/normalize/procedures/testing/held-out-words.ts';
import { type GeneratedRow, RowGenerator } from '../src/normalize/procedures/training/generator.ts';
import type { Language } from '../src/normalize/procedures/vocabulary/index.ts';

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
const normaliser = new ProcedureNormaliser();
for (const seed of [901, 902, 903]) {
  const generator = new RowGenerator(seed);
  rowsOf(`generated ${seed}`, 3000, () => generator.row());
}
const hospitals = new HeldOutRows(901);
rowsOf('held out', 6000, () => hospitals.row());
for (const language of Object.keys(heldOutWords) as Language[])
  rowsOf(`held out ${language}`, 1000, () => hospitals.row(language));
playbookNames();

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

function rowsOf(name: string, count: number, row: () => GeneratedRow): void {
  const told = Array.from({ length: count }, row).map((one) => ({ row: one, found: normaliser.normalise(one.input) }));
  const clear = told.filter(({ row: { ambiguous } }) => !ambiguous);
  const parts = fields.map(
    (field) => `${field} ${share(clear, ({ row: { truth }, found }) => textOf(truth, field) === textOf(found, field))}`,
  );
  const all = ({ row: { truth, ambiguous }, found }: (typeof told)[number]): boolean =>
    !ambiguous && fields.every((field) => textOf(truth, field) === textOf(found, field));
  const sure = told.filter(({ found }) => found.confidence >= 0.95);
  console.log(
    `${name.padEnd(12)} ${parts.join('  ')}  all ${share(clear, all)}  sure ${(sure.length / told.length).toFixed(3)} of which right ${share(sure, all)}`,
  );
}

/** By the modality that the header has, in words of no other kind than the name. */
function playbookNames(): void {
  const ofHeader: Record<string, string> = { XR: 'DX', 'NM&CT': 'NM', 'PT&CT': 'PT' };
  for (const [at, kind] of ['long names', 'short names'].entries()) {
    const told = playbook.map((row) => ({
      row,
      found: normaliser.normalise({
        ...{ modality: ofHeader[row.modality] ?? row.modality, bodyPart: '', laterality: '', contrastAgent: '' },
        ...{ studyDescription: row.names[at]!, seriesDescriptions: [] },
      }),
    }));
    const given = told.filter(({ found }) => found.rpid !== '');
    console.log(
      `${kind.padEnd(12)} RPID ${share(told, ({ row, found }) => row.rpid === found.rpid)}  of those given right ${share(given, ({ row, found }) => row.rpid === found.rpid)}`,
    );
  }
}

function share<T>(rows: readonly T[], right: (row: T) => boolean): string {
  return (rows.filter(right).length / Math.max(1, rows.length)).toFixed(3);
}
