// A template becomes the beginning of a report: fields with what is known, else with their defaults.

import { autoValue } from './auto-fields.ts';
import type { ContentField, FieldValue, ReportContent } from './report-content.ts';
import type { ReportFacts } from './report-facts.ts';
import type { Template, TemplateField } from './template.ts';

export function fillTemplate(template: Template, facts: ReportFacts): ReportContent {
  return {
    language: template.language,
    template: { id: template.id, version: template.version },
    sections: template.sections.map(({ kind, title, text, fields }) => ({
      kind,
      ...(title !== undefined && { title }),
      text,
      fields: fields.map((field) => contentField(field, facts)),
    })),
  };
}

function contentField(field: TemplateField, facts: ReportFacts): ContentField {
  const value = autoValue(field, facts) ?? defaultOf(field);
  const elementValues = Object.fromEntries(
    (field.options ?? []).flatMap(({ value, element }) => (element === undefined ? [] : [[value, element]])),
  );
  return {
    name: field.name,
    label: field.label,
    ...(value !== undefined && { value }),
    ...(field.unit !== undefined && { unit: field.unit }),
    ...(field.element !== undefined && { element: field.element }),
    ...(Object.keys(elementValues).length > 0 && { elementValues }),
  };
}

function defaultOf({ type, default: initial }: TemplateField): FieldValue | undefined {
  if (initial === undefined || initial === '') return undefined;
  if (type === 'number') return { number: initial };
  if (type === 'choice') return { choices: [initial] };
  if (type === 'choices') return { choices: initial.split(',').map((value) => value.trim()) };
  return type === 'date' ? { date: initial } : { text: initial };
}

/** Of those that the template wants filled. */
export const requiredOf = (template: Template): ReadonlySet<string> =>
  new Set(template.sections.flatMap(({ fields }) => fields.filter((field) => field.required).map(({ name }) => name)));
