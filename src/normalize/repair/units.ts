// Numbers in another unit than PS3.3 gives the attribute: a height in centimetres, an echo time in seconds. Told by ranges
// that do not overlap: what is plausible in the right unit is left alone.

import type { DataSet } from '../../dicom/dataset.ts';
import type { Reporter } from './repair.ts';
import { sourceOf } from './source-of.ts';

interface UnitRule {
  attribute: string;
  modality?: string;
  /** Values that can be right. */
  plausible: readonly [number, number];
  /** Values in the wrong unit, what to multiply them with, and the unit. */
  wrong: readonly { range: readonly [number, number]; factor: number; unit: string; right: string }[];
}

const rules: readonly UnitRule[] = [
  {
    attribute: 'PatientSize',
    plausible: [0.2, 2.6],
    wrong: [
      { range: [25, 260], factor: 0.01, unit: 'centimetres', right: 'metres' },
      { range: [400, 2600], factor: 0.001, unit: 'millimetres', right: 'metres' },
    ],
  },
  {
    attribute: 'PatientWeight',
    plausible: [0.3, 450],
    wrong: [{ range: [1000, 450_000], factor: 0.001, unit: 'grams', right: 'kilograms' }],
  },
  {
    attribute: 'EchoTime',
    modality: 'MR',
    plausible: [0.3, 2000],
    wrong: [{ range: [0.0003, 0.25], factor: 1000, unit: 'seconds', right: 'milliseconds' }],
  },
  {
    attribute: 'RepetitionTime',
    modality: 'MR',
    plausible: [1.5, 60_000],
    wrong: [{ range: [0.0015, 1.2], factor: 1000, unit: 'seconds', right: 'milliseconds' }],
  },
  {
    attribute: 'KVP',
    modality: 'CT',
    plausible: [40, 200],
    wrong: [{ range: [40_000, 200_000], factor: 0.001, unit: 'volts', right: 'kilovolts' }],
  },
  {
    attribute: 'RadionuclideTotalDose',
    modality: 'PT',
    plausible: [1e6, 5e9],
    wrong: [{ range: [20, 1500], factor: 1e6, unit: 'megabecquerels', right: 'becquerels' }],
  },
];

export function units(dataset: DataSet, report: Reporter): void {
  const modality = dataset.text('Modality');
  const dose = dataset.items('RadiopharmaceuticalInformationSequence')[0];
  for (const rule of rules) {
    if (rule.modality !== undefined && rule.modality !== modality) continue;
    const holder = rule.attribute === 'RadionuclideTotalDose' ? dose : dataset;
    const value = holder?.number(rule.attribute);
    if (value !== undefined) compare(value, rule, report);
  }
}

const lies = (value: number, [least, most]: readonly [number, number]): boolean => value >= least && value <= most;

function compare(value: number, { attribute, plausible, wrong }: UnitRule, report: Reporter): void {
  // Zero is what senders write for unknown.
  if (value === 0 || lies(value, plausible)) return;
  const meant = wrong.find(({ range }) => lies(value, range));
  if (meant === undefined) {
    report.finding('unit', attribute, 'a value that nothing measured has in any unit');
    return;
  }
  report.fact('unit', {
    attribute,
    value: Number((value * meant.factor).toPrecision(6)),
    sources: [sourceOf(attribute)],
    confidence: 0.97,
    reason: `a value in ${meant.unit} where ${meant.right} belong`,
  });
}
