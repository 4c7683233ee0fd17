// The fields of a procedure as a person decides them: their words, their keys, and what each may be.

import { bodyParts } from '../normalize/procedures/anatomy.ts';
import type { Weighed } from '../normalize/procedures/normalise-procedure.ts';
import type { Decisions } from '../normalize/procedures/procedure.ts';

export interface ProcedureField {
  name: keyof Decisions;
  label: string;
  /** Goes on to the next candidate. */
  key: string;
  /** Every value, with its words. */
  values: { value: string; label: string }[];
}

const asTheyAre = (values: Iterable<string>) => [...values].map((value) => ({ value, label: value }));
const worded = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export const procedureFields: readonly ProcedureField[] = [
  {
    name: 'modality',
    label: 'Modality',
    key: 'm',
    values: asTheyAre(['CT', 'MR', 'XR', 'US', 'MG', 'NM', 'PT', 'PT&CT', 'NM&CT', 'RF', 'XA']),
  },
  { name: 'focus', label: 'Part of the body', key: 'p', values: asTheyAre(bodyParts.keys()) },
  {
    name: 'laterality',
    label: 'Side',
    key: 's',
    values: worded({ R: 'right', L: 'left', B: 'both sides', none: 'has no side', unspecified: 'not said' }),
  },
  {
    name: 'contrast',
    label: 'Contrast',
    key: 'c',
    values: worded({
      with: 'with',
      without: 'without',
      both: 'without and with',
      none: 'does not apply',
      unspecified: 'not said',
    }),
  },
  {
    name: 'interventional',
    label: 'Intervention',
    key: 'i',
    values: worded({ false: 'no', true: 'yes' }),
  },
];

/** Field by field, as text; empty where a person has to choose first. */
export type Chosen = Record<keyof Decisions, string>;

export const chosenOf = ({ modality, focus, laterality, contrast, interventional }: Decisions): Chosen => ({
  ...{ modality, laterality, contrast },
  // That nobody can tell the part is a decision too, and not one to be made by the stroke of a key.
  focus: focus === 'unspecified' ? '' : focus,
  interventional: String(interventional),
});

/** undefined while a field has no value that can be answered. */
export function decisionsOf(chosen: Chosen): Decisions | undefined {
  if (procedureFields.some(({ name, values }) => !values.some(({ value }) => value === chosen[name]))) return undefined;
  return { ...chosen, interventional: chosen.interventional === 'true' } as Decisions;
}

/** What comes after the value that is chosen: the candidates, the likeliest first, then all others, round and round. */
export function nextCandidate({ name, values }: ProcedureField, { candidates }: Weighed, chosen: string): string {
  const likely = candidates[name].map(({ value }) => value);
  const round = [...new Set([...likely, ...values.map(({ value }) => value)])];
  return round[(round.indexOf(chosen) + 1) % round.length]!;
}

export const wordsOf = ({ values }: ProcedureField, value: string): string =>
  values.find((each) => each.value === value)?.label ?? value;

/** In one line: `MR, knee, right, not said`. */
export const inWords = (decisions: Decisions): string =>
  procedureFields
    .filter(({ name }) => name !== 'interventional' || decisions.interventional)
    .map((field) => (field.name === 'interventional' ? 'intervention' : wordsOf(field, String(decisions[field.name]))))
    .join(', ');

/** What is odd about a choice, in words; empty where nothing is. */
export function oddityOf({ modality, focus, laterality }: Chosen): string {
  if (modality === '') return 'Choose the modality.';
  if (focus === '') return 'Choose the part of the body.';
  const part = bodyParts.get(focus);
  if (part === undefined) return '';
  const hasSide = 'RLB'.includes(laterality);
  if (part.paired && laterality === 'none') return `There are two of this part (${focus}): a side is expected.`;
  if (hasSide && !part.sided) return `This part (${focus}) has no sides.`;
  return '';
}
