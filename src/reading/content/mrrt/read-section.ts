// A section of an MRRT template becomes text with places for its fields; sections within it become lines under their heading.

import { kindOf, type SectionKind } from '../../../translate/report/section.ts';
import type { TemplateField, TemplateSection } from '../template.ts';
import { attribute, below, collapsed, type Element, isElement, type Node } from './html.ts';
import { type FieldContext, readField, readGroup } from './read-field.ts';

export interface Codes {
  /** By the id of a section: its LOINC code. */
  sections: ReadonlyMap<string, string>;
  /** By the id of a field or an option: its RadElement code. */
  elements: ReadonlyMap<string, string>;
}

/** `known`: what the whole document has of labels and lists; `taken`: names of fields that were given already. */
export interface Surroundings {
  codes: Codes;
  labels: ReadonlyMap<string, string>;
  lists: ReadonlyMap<string, Element>;
  taken: Set<string>;
}

export function readSection(source: Element, surroundings: Surroundings): TemplateSection {
  const title = collapsed(attribute(source, 'data-section-name') ?? '');
  const reader = new SectionReader(surroundings);
  reader.children(source, true);
  return {
    kind: kindOfSection(title, surroundings.codes.sections.get(attribute(source, 'id') ?? '')),
    ...(title !== '' && { title }),
    text: reader.text(),
    fields: reader.fields,
  };
}

function kindOfSection(title: string, loinc: string | undefined): SectionKind {
  const known = kindOf({ value: loinc ?? '', scheme: 'LN', meaning: title });
  return known ?? (/^clinical/i.test(title) ? 'history' : 'report');
}

const breaks: ReadonlySet<string> = new Set(['p', 'div', 'br', 'li', 'tr', 'section', 'ul', 'ol', 'table', 'header']);
const silent: ReadonlySet<string> = new Set(['script', 'style', 'datalist', 'option', 'template']);
const inputs: ReadonlySet<string> = new Set(['input', 'select', 'textarea']);

class SectionReader {
  readonly fields: TemplateField[] = [];
  readonly #surroundings: Surroundings;
  readonly #lines: string[] = [''];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  text(): string {
    return this.#lines
      .map(collapsed)
      .filter((line) => line !== '')
      .join('\n');
  }

  /** `isTop`: its own heading is its title. */
  children(source: Element, isTop: boolean): void {
    for (const child of source.childNodes) {
      if (isTop && isElement(child) && child.tagName === 'header') continue;
      this.#read(child, source);
    }
  }

  #read(node: Node, parent: Element): void {
    if (!isElement(node)) {
      if ('value' in node) this.#say(node.value);
      return;
    }
    const { tagName } = node;
    if (silent.has(tagName)) return;
    const boxes = isGroup(node) ? boxesIn(node) : [];
    if (boxes.length > 0) this.#group(boxes, attribute(node, 'id') ?? attribute(boxes[0]!, 'name'), node);
    else if (inputs.has(tagName)) this.#field(node, parent);
    else {
      if (breaks.has(tagName)) this.#lines.push('');
      this.children(node, false);
      if (breaks.has(tagName)) this.#lines.push('');
    }
  }

  #say(text: string): void {
    // Braces of the template's own text are no places of ours.
    this.#lines[this.#lines.length - 1] += text.replaceAll('{{', '{ {');
  }

  /** A label that ends right before its field is told apart from it. */
  #place(name: string): void {
    const last = this.#lines.length - 1;
    const gap = /[\p{L}\p{N}:;,]$/u.test(this.#lines[last]!) ? ' ' : '';
    this.#lines[last] += `${gap}{{${name}}}`;
  }

  #field(source: Element, parent: Element): void {
    const type = attribute(source, 'type')?.toLowerCase();
    const isBox = type === 'checkbox' || type === 'radio';
    if (isBox) this.#group([source], attribute(source, 'id'), parent);
    if (isBox || type === 'hidden' || type === 'button' || type === 'submit') return;
    const id = attribute(source, 'id') ?? attribute(source, 'name') ?? '';
    const name = this.#nameFor(id);
    this.fields.push(readField(source, name, this.#context(id, source, parent)));
    this.#place(name);
  }

  #group(boxes: readonly Element[], id = '', parent: Element): void {
    const name = this.#nameFor(id);
    this.fields.push(readGroup(boxes, name, this.#context(id, boxes[0]!, parent)));
    this.#place(name);
  }

  #context(id: string, source: Element, parent: Element): FieldContext {
    const { codes, labels, lists } = this.#surroundings;
    const beside = /\bRDE\d+/.exec(attribute(parent, 'title') ?? '')?.[0];
    return {
      label: (labels.get(id) ?? '').replace(/\s*:$/, ''),
      element: attribute(source, 'data-fascia-element') ?? codes.elements.get(id) ?? beside,
      codes: codes.elements,
      list: lists.get(attribute(source, 'list') ?? ''),
    };
  }

  #nameFor(id: string): string {
    const { taken } = this.#surroundings;
    const plain = id.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 56) || 'field';
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
    taken.add(name);
    return name;
  }
}

const isGroup = (node: Element): boolean =>
  /^(?:CHECKBOX|RADIO)$/i.test(attribute(node, 'data-field-type') ?? '') || node.tagName === 'fieldset';

const boxesIn = (node: Element): Element[] =>
  [...below(node)].filter((each) => /^(?:checkbox|radio)$/i.test(attribute(each, 'type') ?? ''));
