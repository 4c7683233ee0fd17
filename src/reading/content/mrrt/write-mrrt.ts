// Writes a template as IHE MRRT has it. What MRRT has no word for (fields that fill themselves, for which studies it is)
// goes in attributes and metas of ours, which others pass over; macros stay behind.

import { escapeXml } from '../../../base/xml-escape.ts';
import { loincOf } from '../../../translate/report/section.ts';
import { titleOf } from '../content-text.ts';
import type { Template, TemplateField, TemplateSection } from '../template.ts';

export function writeMrrt(template: Template): string {
  const metas: [string, string | undefined][] = [
    ['dcterms.identifier', template.id],
    ['dcterms.title', template.title],
    ['dcterms.description', template.description],
    ['dcterms.type', 'IMAGE_REPORT_TEMPLATE'],
    ['dcterms.language', template.language],
    ['dcterms.publisher', template.publisher],
    ['dcterms.rights', template.rights],
    ['dcterms.creator', template.creator],
    ['fascia.modalities', template.modalities.join('; ')],
    ['fascia.regions', template.regions.join('; ')],
    ['fascia.focuses', template.focuses?.join('; ')],
    ['fascia.procedures', template.procedures.join('; ')],
  ];
  const ids = template.sections.map((_, at) => `section-${at + 1}`);
  return [
    '<!DOCTYPE html>',
    '<html>',
    '<head>',
    `<title>${escapeXml(template.title)}</title>`,
    '<meta charset="UTF-8">',
    ...metas
      .filter(([, content]) => content !== undefined && content !== '')
      .map(([name, content]) => `<meta${attributes({ name, content })}>`),
    '<script type="text/xml">',
    codes(template, ids),
    '</script>',
    '</head>',
    '<body>',
    ...template.sections.map((section, at) => writeSection(section, ids[at]!)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function codes({ sections }: Template, ids: readonly string[]): string {
  const entry = (id: string, value: string, meaning: string, scheme: string) =>
    `<entry${attributes({ ORIGTXT: id })}><term><code${attributes({ meaning, value, scheme })}></code></term></entry>`;
  const entries = sections.flatMap((section, at) => {
    const { value, meaning } = loincOf(section.kind);
    return [
      entry(ids[at]!, value, meaning, 'LOINC'),
      ...section.fields
        .filter(({ element }) => element !== undefined)
        .map(({ name, label, element }) => entry(name, element!, label, 'RADELEMENT')),
    ];
  });
  return [
    '<template_attributes><coded_content><coding_schemes>',
    '<coding_scheme name="LOINC" designator="2.16.840.1.113883.6.1"></coding_scheme>',
    '</coding_schemes>',
    ...entries,
    '</coded_content></template_attributes>',
  ].join('\n');
}

function writeSection(section: TemplateSection, id: string): string {
  const title = titleOf({ ...section, fields: [] });
  const fields = new Map(section.fields.map((field) => [field.name, field]));
  const paragraphs = section.text.split('\n').map((line) => {
    const pieces = line.split(/\{\{([A-Za-z0-9_.-]{1,64})\}\}/);
    // At odd places stand the names that were between braces.
    const written = pieces.map((piece, at) => (at % 2 === 0 ? escapeXml(piece) : writeField(fields.get(piece)!)));
    return `<p>${written.join('')}</p>`;
  });
  const heading = `<header class="level1">${escapeXml(title)}</header>`;
  return [
    `<section${attributes({ id, class: 'level1', 'data-section-name': title })}>`,
    heading,
    ...paragraphs,
    '</section>',
  ].join('\n');
}

function writeField(field: TemplateField): string {
  const { name, label, type, options, unit, minimum, maximum, required, auto, default: initial } = field;
  const common = {
    id: name,
    name: label,
    required: required && 'required',
    'data-fascia-auto': auto,
    'data-fascia-element': field.element,
  };
  if (type === 'choice' || type === 'choices') {
    const chosen = type === 'choice' ? [initial] : (initial ?? '').split(',').map((each) => each.trim());
    const written = options!.map(({ value, element }) => {
      const selected = chosen.includes(value) ? 'selected' : undefined;
      return `<option${attributes({ value, selected, 'data-fascia-element': element })}>${escapeXml(value)}</option>`;
    });
    const multiple = type === 'choices' ? 'multiple' : undefined;
    return `<select${attributes({ ...common, 'data-field-type': 'SELECTION_LIST', multiple })}>${written.join('')}</select>`;
  }
  const dataType = { number: 'NUMERIC', date: 'DATE', text: 'TEXT', prior: 'TEXT' }[type];
  const list = options === undefined ? undefined : `${name}-list`;
  const input = `<input${attributes({
    ...common,
    type: { number: 'number', date: 'date', text: 'text', prior: 'text' }[type],
    'data-field-type': dataType,
    'data-field-units': unit,
    'data-fascia-type': type === 'prior' ? type : undefined,
    min: minimum?.toString(),
    max: maximum?.toString(),
    list,
    value: initial,
  })}>`;
  if (options === undefined) return input;
  const suggestions = options.map(({ value }) => `<option${attributes({ value })}></option>`).join('');
  return `${input}<datalist${attributes({ id: list })}>${suggestions}</datalist>`;
}

const attributes = (values: Readonly<Record<string, string | false | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escapeXml(value as string)}"`)
    .join('');
