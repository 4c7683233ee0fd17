// One section of a report: its text, in which macros expand, and the fields that stand in it.

import { MultiSelect, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { textOfSection, titleOf } from '../reading/content/content-text.ts';
import { expandMacro, type TabStop } from '../reading/content/macros.ts';
import type { ContentField, ContentSection, FieldValue } from '../reading/content/report-content.ts';
import type { TemplateField, TemplateMacro, TemplateSection } from '../reading/content/template.ts';
import classes from './reading.module.css';

interface SectionProps {
  section: ContentSection;
  /** What its fields may hold; absent of a section without a template. */
  template: TemplateSection | undefined;
  macros: readonly TemplateMacro[];
  onChange(section: ContentSection): void;
}

export function ReadingSection({ section, template, macros, onChange }: SectionProps) {
  const title = titleOf(section);
  const change = (name: string, value: FieldValue | undefined) =>
    onChange({
      ...section,
      fields: section.fields.map((field) => {
        if (field.name !== name) return field;
        const { value: _, ...rest } = field;
        return value === undefined ? rest : { ...rest, value };
      }),
    });
  return (
    <fieldset className={classes.section}>
      <legend>{title}</legend>
      {section.fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          template={template?.fields.find(({ name }) => name === field.name)}
          macros={macros}
          onChange={(value) => change(field.name, value)}
        />
      ))}
      {section.fields.length === 0 && (
        <MacroText
          label={title}
          text={section.text}
          macros={macros}
          onChange={(text) => onChange({ ...section, text })}
        />
      )}
      {section.fields.length > 1 && (
        <Text role="note" size="sm" className={classes.shown} aria-label={`${title}, as it will read`}>
          {textOfSection(section)}
        </Text>
      )}
    </fieldset>
  );
}

interface FieldProps {
  field: ContentField;
  template: TemplateField | undefined;
  macros: readonly TemplateMacro[];
  onChange(value: FieldValue | undefined): void;
}

function Field({ field: { label, value, unit }, template, macros, onChange }: FieldProps) {
  const type = template?.type ?? 'text';
  const options = template?.options?.map((option) => option.value) ?? [];
  const isRequired = template?.required === true;
  if (type === 'number') {
    const { minimum, maximum } = template!;
    return (
      <NumberInput
        size="xs"
        label={unit === undefined ? label : `${label} (${unit})`}
        required={isRequired}
        {...(minimum !== undefined && { min: minimum })}
        {...(maximum !== undefined && { max: maximum })}
        value={value !== undefined && 'number' in value ? value.number : ''}
        onChange={(number) => onChange(number === '' ? undefined : { number: String(number) })}
      />
    );
  }
  const chosen = value !== undefined && 'choices' in value ? [...value.choices] : [];
  if (type === 'choice') {
    return (
      <Select
        size="xs"
        label={label}
        required={isRequired}
        clearable
        data={options}
        value={chosen[0] ?? null}
        onChange={(choice) => onChange(choice === null ? undefined : { choices: [choice] })}
      />
    );
  }
  if (type === 'choices') {
    return (
      <MultiSelect
        size="xs"
        label={label}
        required={isRequired}
        data={options}
        value={chosen}
        onChange={(choices) => onChange(choices.length === 0 ? undefined : { choices })}
      />
    );
  }
  if (value !== undefined && ('prior' in value || 'date' in value)) {
    const shown = 'prior' in value ? `${value.prior.description} ${value.prior.date}` : value.date;
    return <TextInput size="xs" label={label} value={shown} readOnly />;
  }
  const text = value !== undefined && 'text' in value ? value.text : '';
  const change = (written: string) => onChange(written === '' ? undefined : { text: written });
  return <MacroText label={label} text={text} macros={macros} onChange={change} isRequired={isRequired} />;
}

interface MacroTextProps {
  label: string;
  text: string;
  macros: readonly TemplateMacro[];
  onChange(text: string): void;
  isRequired?: boolean;
}

/** Tab after the name of a macro puts its text there; Tab again goes from place to place in it, and then on. */
function MacroText({ label, text, macros, onChange, isRequired = false }: MacroTextProps) {
  const stops = useRef<TabStop[]>([]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Tab' || event.shiftKey) return;
    const input = event.currentTarget;
    const expanded = expandMacro(input.value, input.selectionStart, macros);
    if (expanded !== undefined) {
      stops.current = [...expanded.stops];
      onChange(expanded.text);
    }
    const stop = stops.current.shift();
    if (stop === undefined) return;
    event.preventDefault();
    // Once the text is there.
    requestAnimationFrame(() => input.setSelectionRange(stop.start, stop.end));
  };
  return (
    <Textarea
      size="xs"
      label={label}
      required={isRequired}
      autosize
      minRows={1}
      value={text}
      onChange={(event) => {
        shift(stops.current, event.currentTarget.value.length - text.length, event.currentTarget.selectionStart);
        onChange(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

/** Places behind the cursor move with what is typed before them. */
function shift(stops: TabStop[], by: number, cursor: number): void {
  for (const stop of stops) {
    if (stop.start + by < cursor) continue;
    stop.start += by;
    stop.end += by;
  }
}
