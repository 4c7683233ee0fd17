// Reads a report template of IHE MRRT (RAD TF-3 4.103): an HTML5 document whose sections and fields become ours, whose dcterms
// say what it is, and whose embedded <template_attributes> say what its parts mean. Scripts are read as data and never run.

import { parse, parseFragment } from 'parse5';
import { Problem } from '../../../base/problem.ts';
import { loincOf, sectionKinds } from '../../../translate/report/section.ts';
import { type TemplateBody, limits as templateLimits } from '../template.ts';
import { attribute, below, collapsed, type Element, textIn } from './html.ts';
import { type Codes, readSection } from './read-section.ts';

export const limits = {
  /** Characters of a document. */
  document: 2_000_000,
  /** Elements of it; depth of a document is its parser's to bear. */
  elements: 50_000,
} as const;

/** Throws request/malformed, request/too-large. */
export function readMrrt(html: string): TemplateBody & { identifier?: string } {
  if (html.length > limits.document)
    throw new Problem('request/too-large', { what: 'template', limit: limits.document });
  const elements = elementsOf(html);
  const metas = new Map(
    elements
      .filter(({ tagName }) => tagName === 'meta')
      .map((meta) => [attribute(meta, 'name')?.toLowerCase() ?? '', collapsed(attribute(meta, 'content') ?? '')]),
  );
  const surroundings = {
    codes: codesOf(elements),
    labels: labelsOf(elements),
    lists: listsOf(elements),
    taken: new Set<string>(),
  };
  const sections = elements
    .filter((each) => each.tagName === 'section' && !isWithinSection(each))
    .map((each) => readSection(each, surroundings))
    .filter(({ text }) => text !== '');
  if (sections.length === 0)
    throw new Problem('request/malformed', { reason: 'the document has no section with text' });
  const title =
    metas.get('dcterms.title') || collapsed(textOfFirst(elements, 'title')) || sections[0]!.title || 'Template';
  return {
    title,
    language: languageOf(metas.get('dcterms.language')),
    ...named('description', metas.get('dcterms.description')),
    ...named('creator', metas.get('dcterms.creator')),
    ...named('publisher', metas.get('dcterms.publisher')),
    ...named('rights', metas.get('dcterms.rights')),
    ...named('identifier', metas.get('dcterms.identifier')),
    modalities: listOf(metas.get('fascia.modalities')),
    regions: listOf(metas.get('fascia.regions')),
    ...(metas.has('fascia.focuses') && { focuses: listOf(metas.get('fascia.focuses')) }),
    procedures: listOf(metas.get('fascia.procedures')),
    sections: sections.slice(0, templateLimits.sections),
  };
}

function elementsOf(html: string): Element[] {
  const elements: Element[] = [];
  for (const element of below(parse(html))) {
    if (elements.push(element) > limits.elements) {
      throw new Problem('request/too-large', { what: 'number of elements', limit: limits.elements });
    }
  }
  return elements;
}

function isWithinSection({ parentNode }: Element): boolean {
  for (let node = parentNode; node !== null && 'tagName' in node; node = node.parentNode) {
    if (node.tagName === 'section') return true;
  }
  return false;
}

const loincs: ReadonlySet<string> = new Set(sectionKinds.map((kind) => loincOf(kind).value));

/** The codes of <template_attributes>: XML as it is often not well-formed, sometimes in a comment. */
function codesOf(elements: readonly Element[]): Codes {
  const sections = new Map<string, string>();
  const codes = new Map<string, string>();
  const scripts = elements.filter((each) => each.tagName === 'script' && attribute(each, 'type') === 'text/xml');
  for (const script of scripts) {
    const source = textIn(script).replaceAll(/<!--|-->/g, '');
    for (const entry of below(parseFragment(source))) {
      const id = attribute(entry, 'origtxt');
      if (entry.tagName !== 'entry' || id === undefined) continue;
      for (const code of [...below(entry)].filter(({ tagName }) => tagName === 'code')) {
        const value = attribute(code, 'value') ?? '';
        if (/loinc|^ln$/i.test(attribute(code, 'scheme') ?? '') || loincs.has(value)) sections.set(id, value);
        else if (/^RDE\d+/.test(value)) codes.set(id, value);
      }
    }
  }
  return { sections, elements: codes };
}

const labelsOf = (elements: readonly Element[]): Map<string, string> =>
  new Map(
    elements
      .filter(({ tagName }) => tagName === 'label')
      .map((label) => [attribute(label, 'for') ?? '', collapsed(textIn(label))]),
  );

const listsOf = (elements: readonly Element[]): Map<string, Element> =>
  new Map(elements.filter(({ tagName }) => tagName === 'datalist').map((list) => [attribute(list, 'id') ?? '', list]));

const textOfFirst = (elements: readonly Element[], tagName: string): string => {
  const found = elements.find((each) => each.tagName === tagName);
  return found === undefined ? '' : textIn(found);
};

const languageOf = (said: string | undefined): string =>
  said !== undefined && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(said) ? said : 'en';

const listOf = (said: string | undefined): string[] =>
  (said ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const named = <K extends string>(name: K, value: string | undefined): { [key in K]?: string } =>
  (value === undefined || value === '' ? {} : { [name]: value }) as { [key in K]?: string };
