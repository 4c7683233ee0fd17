// Evidence as a waterfall: from how rarely two records are one person, by what each comparison adds or takes, to what is
// believed in the end.

import type { Evidence } from '../identity/explain.ts';

export interface Step {
  label: string;
  level: string;
  /** log2 of odds. */
  bits: number;
  /** Where its bar begins and ends, in percent of the width from the left. */
  from: number;
  to: number;
}

const labels: Record<Evidence['comparison'], string> = {
  prior: 'Any two records',
  family: 'Family name',
  given: 'Given name',
  middle: 'Middle name',
  order: 'Order of names',
  date: 'Birth date',
  sex: 'Sex',
  national: 'National id',
  phone: 'Phone',
  address: 'Address',
  generation: 'Junior or senior',
  issuer: 'Second number of one issuer',
  claim: 'One names the other’s number',
};

/** `even`: where odds are even, in percent as the bars are. */
export function waterfall(evidence: readonly Evidence[]): { steps: Step[]; even: number } {
  const sums = [0];
  for (const { bits } of evidence) sums.push(sums.at(-1)! + bits);
  const [least, most] = [Math.min(...sums), Math.max(...sums)];
  const place = (bits: number): number => (most === least ? 50 : ((bits - least) / (most - least)) * 100);
  const steps = evidence.map(({ comparison, level, bits }, at) => ({
    label: labels[comparison],
    level,
    bits,
    from: place(sums[at]!),
    to: place(sums[at + 1]!),
  }));
  return { steps, even: place(0) };
}
