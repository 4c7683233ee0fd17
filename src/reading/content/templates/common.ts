// What many templates of ours begin with: sections whose fields fill themselves.

import type { TemplateBody, TemplateField, TemplateSection } from '../template.ts';

export const indication: TemplateSection = {
  kind: 'indication',
  text: '{{indication}}',
  fields: [{ name: 'indication', label: 'Indication', type: 'text', auto: 'indication' }],
};

export const comparison: TemplateSection = {
  kind: 'comparison',
  text: '{{comparison}}',
  fields: [{ name: 'comparison', label: 'Comparison', type: 'prior', auto: 'comparison' }],
};

export const technique = (text: string, ...fields: TemplateField[]): TemplateSection => ({
  kind: 'technique',
  text,
  fields,
});

export const dose: TemplateField = { name: 'dose', label: 'Dose', type: 'text', auto: 'dose' };
export const contrast: TemplateField = { name: 'contrast', label: 'Contrast', type: 'text', auto: 'contrast' };

export const side: TemplateField = {
  name: 'side',
  label: 'Side',
  type: 'choice',
  auto: 'laterality',
  options: [{ value: 'right' }, { value: 'left' }, { value: 'bilateral' }],
};

export const choice = (name: string, label: string, ...values: string[]): TemplateField => ({
  name,
  label,
  type: 'choice',
  options: values.map((value) => ({ value })),
});

/** What is normal unless somebody says otherwise. */
export const usually = (name: string, label: string, initial: string): TemplateField => ({
  name,
  label,
  type: 'text',
  ...(initial !== '' && { default: initial }),
});

export const size = (name: string, label: string): TemplateField => ({
  name,
  label,
  type: 'number',
  unit: 'mm',
  minimum: 0,
  maximum: 600,
});

export const impression: TemplateSection = {
  kind: 'impression',
  text: '{{impression}}',
  fields: [{ name: 'impression', label: 'Impression', type: 'text', required: true }],
};

type OurTemplate = Omit<TemplateBody, 'language' | 'procedures' | 'creator'> & { procedures?: string[] };

export const ours = (body: OurTemplate): TemplateBody => ({
  language: 'en',
  creator: 'Fascia',
  ...body,
  procedures: body.procedures ?? [],
});
