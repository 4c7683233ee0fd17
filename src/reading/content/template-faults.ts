// What is wrong with a template beyond its form: all of it at once, each fault with its place.

import { placesIn } from './content-text.ts';
import type { TemplateBody, TemplateField } from './template.ts';

export interface TemplateFault {
  /** `sections[1].fields[0]` */
  path: string;
  message: string;
}

export function templateFaults(template: TemplateBody): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const seen = new Set<string>();
  for (const [at, section] of template.sections.entries()) {
    const path = `sections[${at}]`;
    for (const [index, field] of section.fields.entries()) {
      const place = `${path}.fields[${index}]`;
      if (seen.has(field.name)) faults.push({ path: place, message: `${field.name} is there twice` });
      seen.add(field.name);
      for (const message of fieldFaults(field)) faults.push({ path: place, message });
    }
    const names = section.fields.map(({ name }) => name);
    const places = placesIn(section.text);
    for (const name of places.filter((each) => !names.includes(each)))
      faults.push({ path, message: `{{${name}}} has no field in this section` });
    for (const name of names.filter((each) => !places.includes(each)))
      faults.push({ path, message: `${name} has no place in the text` });
  }
  return faults;
}

function fieldFaults({ type, options, default: initial, minimum, maximum }: TemplateField): string[] {
  const isChoice = type === 'choice' || type === 'choices';
  const faults: string[] = [];
  if (isChoice && (options === undefined || options.length === 0)) {
    faults.push('a choice has no options');
  }
  const values = options?.map(({ value }) => value) ?? [];
  if (new Set(values).size < values.length) faults.push('an option is there twice');
  if (initial !== undefined && type === 'choice' && !values.includes(initial)) faults.push('its default is no option');
  if (initial !== undefined && type === 'number' && !isNumber(initial)) faults.push('its default is no number');
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) faults.push('minimum is above maximum');
  return faults;
}

export const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);
