// Fields that fill themselves: what is known of the study, the order and the priors. What nobody knows stays empty.

import type { FieldValue } from './report-content.ts';
import type { PriorFacts, ReportFacts } from './report-facts.ts';
import type { AutoField, TemplateField } from './template.ts';

export function autoValue(field: TemplateField, facts: ReportFacts): FieldValue | undefined {
  if (field.auto === undefined) return undefined;
  const value = autoValues[field.auto](facts);
  if (value === undefined || !('text' in value)) return value;
  if (field.type === 'number') {
    const number = /^-?\d+(\.\d+)?/.exec(value.text)?.[0];
    return number === undefined ? undefined : { number };
  }
  if (field.type !== 'choice' && field.type !== 'choices') return value;
  const option = field.options?.find((each) => each.value.toLowerCase() === value.text.toLowerCase());
  return option && { choices: [option.value] };
}

const text = (value: string | undefined): FieldValue | undefined =>
  value === undefined || value === '' ? undefined : { text: value };

const autoValues: Readonly<Record<AutoField, (facts: ReportFacts) => FieldValue | undefined>> = {
  age: ({ ageYears }) => text(ageYears === undefined ? undefined : String(ageYears)),
  sex: ({ sex }) => text(sex && { M: 'male', F: 'female', O: 'other' }[sex]),
  indication: ({ indication }) => text(indication),
  procedure: ({ description }) => text(description),
  laterality: ({ laterality }) => text(laterality && { R: 'right', L: 'left', B: 'bilateral' }[laterality]),
  contrast: ({ contrast }) => text(contrast),
  dose: ({ dose }) => text(doseText(dose)),
  comparison: ({ priors }) => comparisonOf(priors),
  'study-date': ({ studyDate }) => (studyDate === '' ? undefined : { date: studyDate }),
};

const doseText = (dose: ReportFacts['dose']): string =>
  [
    dose?.ctdiVol === undefined ? '' : `CTDIvol ${dose.ctdiVol} mGy`,
    dose?.dlp === undefined ? '' : `DLP ${dose.dlp} mGy·cm`,
  ]
    .filter((part) => part !== '')
    .join(', ');

/** The newest that was opened: with its day as a value, which comes home as the day it was. */
export function comparisonOf(priors: readonly PriorFacts[]): FieldValue | undefined {
  const [prior] = priors
    .filter(({ isOpened, date }) => isOpened && date !== '')
    .toSorted((one, other) => other.date.localeCompare(one.date));
  if (prior === undefined) return undefined;
  const { studyUid, date, description, modality } = prior;
  return { prior: { studyUid, date, description: description || modality } };
}
