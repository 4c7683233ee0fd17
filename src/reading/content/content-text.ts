// Report content as text: the same wherever it is shown, signed, hashed and sent.

import { plainText, type Section } from '../../translate/report/report.ts';
import { headingOf } from '../../translate/report/section.ts';
import type { ContentField, ContentSection, FieldValue, ReportContent } from './report-content.ts';

const PLACE = /\{\{([A-Za-z0-9_.-]{1,64})\}\}/g;

/** The sections as a Report holds them; those without text are none. */
export function sectionsOf(content: ReportContent): Section[] {
  return content.sections
    .map((section) => ({
      kind: section.kind,
      text: textOfSection(section),
      ...(section.at !== undefined && { at: section.at }),
    }))
    .filter(({ text }) => text !== '');
}

/** The whole in one piece, with headings: what is hashed and compared. */
export const textOf = (content: ReportContent): string =>
  content.sections
    .map((section) => ({ title: titleOf(section), text: textOfSection(section) }))
    .filter(({ text }) => text !== '')
    .map(({ title, text }) => `${title}\n${text}`)
    .join('\n\n');

/** Fields in their places; a line of which every place is empty is left out. */
export function textOfSection({ text, fields }: ContentSection): string {
  const shown = new Map(fields.map((field) => [field.name, textOfField(field)]));
  const lines = text.split('\n').filter((line) => {
    const places = placesIn(line);
    return places.length === 0 || places.some((name) => (shown.get(name) ?? '') !== '');
  });
  return plainText(lines.join('\n').replace(PLACE, (_, name: string) => shown.get(name) ?? ''));
}

export const titleOf = ({ title, kind }: ContentSection): string => title ?? headingOf(kind).meaning;

/** Names of the fields that stand in a text, in order. */
export const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name]) => name!);

/** As it is read: `9 mm`, `left, right`, `2024-03-12`; empty without a value. */
export function textOfField({ value, unit }: ContentField): string {
  if (value === undefined) return '';
  if ('number' in value) return unit === undefined || unit === '1' ? value.number : `${value.number} ${unit}`;
  return textOfValue(value);
}

function textOfValue(value: Exclude<FieldValue, { number: string }>): string {
  if ('text' in value) return value.text;
  if ('choices' in value) return value.choices.join(', ');
  if ('date' in value) return value.date;
  return [value.prior.description, value.prior.date].filter((part) => part !== '').join(' ');
}

/** The content with every date that is a field's changed: how shifted ones come home. */
export function withDates(content: ReportContent, change: (date: string) => string): ReportContent {
  const changed = (value: FieldValue): FieldValue => {
    if ('date' in value) return { date: change(value.date) };
    if ('prior' in value) return { prior: { ...value.prior, date: change(value.prior.date) } };
    return value;
  };
  return {
    ...content,
    sections: content.sections.map((section) => ({
      ...section,
      fields: section.fields.map((field) =>
        field.value === undefined ? field : { ...field, value: changed(field.value) },
      ),
    })),
  };
}

/** Dates that fields hold, as they are shown. */
export const datesOf = (content: ReportContent): string[] =>
  content.sections.flatMap(({ fields }) =>
    fields.flatMap(({ value }) => {
      if (value === undefined) return [];
      if ('date' in value) return [value.date];
      return 'prior' in value ? [value.prior.date] : [];
    }),
  );
