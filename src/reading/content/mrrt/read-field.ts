// A field of an MRRT template: input, select or textarea, alone or as a group of boxes.

import { fieldTypes, type TemplateField } from '../template.ts';
import { attribute, below, collapsed, type Element, textIn } from './html.ts';

type Option = NonNullable<TemplateField['options']>[number];

/** What the document says of a field besides its element. */
export interface FieldContext {
  label: string;
  /** `https://www.radelement.org/element/RDE196` beside it. */
  element?: string | undefined;
  /** By the id of an option. */
  codes: ReadonlyMap<string, string>;
  /** Of an `input list`. */
  list?: Element | undefined;
}

export function readField(source: Element, name: string, context: FieldContext): TemplateField {
  const read = readers[source.tagName] ?? readInput;
  const auto = attribute(source, 'data-fascia-auto') as TemplateField['auto'];
  const field = read(source, context);
  const isRequired = attribute(source, 'required') !== undefined || attribute(source, 'data-required') === 'true';
  return {
    name,
    label: context.label || attribute(source, 'name') || name,
    ...field,
    ...(isRequired && { required: true }),
    ...(auto && { auto }),
    ...(context.element && { element: context.element }),
  };
}

type Read = Omit<TemplateField, 'name' | 'label'>;

const readers: Readonly<Record<string, (source: Element, context: FieldContext) => Read>> = {
  textarea: (source) => ({ type: 'text', ...initially(textIn(source).trim()) }),
  select: readSelect,
};

function readSelect(source: Element, { codes }: FieldContext): Read {
  const options = [...below(source)].filter(({ tagName }) => tagName === 'option');
  const chosen = options.filter((option) => attribute(option, 'selected') !== undefined).map(optionValue);
  const isMultiple = attribute(source, 'multiple') !== undefined;
  const list = optionsOf(options, codes);
  if (list.length === 0) return { type: 'text' };
  return { type: isMultiple ? 'choices' : 'choice', options: list, ...initially(chosen.join(', ')) };
}

function readInput(source: Element, { codes, list }: FieldContext): Read {
  const said = attribute(source, 'data-fascia-type');
  const type = fieldTypes.find((each) => each === said) ?? typeOf(source);
  const initial = (attribute(source, 'value') ?? '').trim();
  if (type === 'number') {
    const unit = attribute(source, 'data-field-units');
    return {
      type,
      ...(unit && { unit }),
      ...numbered('minimum', attribute(source, 'min')),
      ...numbered('maximum', attribute(source, 'max')),
      ...(/^-?\d+(\.\d+)?$/.test(initial) && { default: initial }),
    };
  }
  if (type !== 'text') return { type, ...initially(initial) };
  const suggestions = list === undefined ? [] : optionsOf([...below(list)], codes);
  return { type, ...(suggestions.length > 0 && { options: suggestions }), ...initially(initial) };
}

const typeOf = (source: Element): TemplateField['type'] => {
  const type = attribute(source, 'type')?.toLowerCase();
  const field = attribute(source, 'data-field-type')?.toUpperCase();
  if (type === 'number' || type === 'range' || field === 'NUMERIC' || field === 'NUMBER') return 'number';
  return type === 'date' || field === 'DATE' ? 'date' : 'text';
};

/** Boxes of one name: `checkbox` several of them, `radio` one. */
export function readGroup(boxes: readonly Element[], name: string, context: FieldContext): TemplateField {
  const isOne = attribute(boxes[0]!, 'type')?.toLowerCase() === 'radio';
  const checked = boxes.filter((box) => attribute(box, 'checked') !== undefined).map(optionValue);
  return {
    name,
    label: context.label || name,
    type: isOne ? 'choice' : 'choices',
    options: optionsOf(boxes, context.codes),
    ...initially((isOne ? checked.slice(0, 1) : checked).join(', ')),
    ...(context.element && { element: context.element }),
  };
}

function optionsOf(sources: readonly Element[], codes: ReadonlyMap<string, string>): Option[] {
  const options = new Map<string, Option>();
  for (const source of sources) {
    const value = optionValue(source);
    const element = codes.get(attribute(source, 'id') ?? '') ?? attribute(source, 'data-fascia-element');
    if (value !== '' && !options.has(value)) options.set(value, { value, ...(element && { element }) });
  }
  return [...options.values()];
}

const optionValue = (option: Element): string => collapsed(attribute(option, 'value') || textIn(option));

const initially = (text: string): { default?: string } => (text === '' ? {} : { default: text });

const numbered = (name: 'minimum' | 'maximum', text: string | undefined) =>
  text !== undefined && Number.isFinite(Number(text)) && text.trim() !== '' ? { [name]: Number(text) } : {};
