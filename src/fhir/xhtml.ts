// What the narrative of a resource may hold (R4 narrative.html, txt-1 and txt-2): formatting, tables, lists, images and
// links. Nothing that runs, so that a page may show it.

import { parseXml, type XmlElement } from '../base/xml-parser.ts';

const XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';

/** txt-1: chapters 7 to 11 and 15 of HTML 4.0, links and images. */
const elements = new Set(
  (
    'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins del ' +
    'li ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
);

const attributes = new Set(
  (
    'xmlns abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite ' +
    'class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev rowspan ' +
    'rules scope shape span src start style summary tabindex title type valign value vspace width xml:lang xml:space'
  ).split(' '),
);

/** What is wrong with `div` as a narrative; undefined where it is one. Many leave the namespace out, in JSON, where nothing reads it, or show nothing. */
export function narrativeProblem(div: string): { severity: 'error' | 'warning'; reason: string } | undefined {
  let root: XmlElement;
  try {
    root = parseXml(div.trim());
  } catch {
    return { severity: 'error', reason: 'the narrative is not well-formed XHTML' };
  }
  const namespace = root.attributes.get('xmlns');
  if (root.name !== 'div' || (namespace !== undefined && namespace !== XHTML_NAMESPACE)) {
    return { severity: 'error', reason: 'the narrative is no div of XHTML' };
  }
  if (!isFormatting(root)) return { severity: 'error', reason: 'txt-1: the narrative holds more than formatting' };
  if (!hasContent(root)) return { severity: 'warning', reason: 'txt-2: the narrative is empty' };
  return namespace === undefined
    ? { severity: 'warning', reason: 'the narrative does not name its namespace' }
    : undefined;
}

/** `div` as it stands in a document whose namespace is another. */
export function inNamespace(div: string): string {
  const text = div.trim();
  return /^<div[^>]*\sxmlns\s*=/.test(text) ? text : text.replace('<div', `<div xmlns="${XHTML_NAMESPACE}"`);
}

function isFormatting(element: XmlElement): boolean {
  if (!elements.has(element.name)) return false;
  for (const [name, value] of element.attributes) {
    if (!attributes.has(name)) return false;
    if ((name === 'href' || name === 'src') && /^\s*(javascript|vbscript):/i.test(value)) return false;
  }
  return element.children.every(isFormatting);
}

const hasContent = (element: XmlElement): boolean =>
  element.text.trim() !== '' || element.name === 'img' || element.children.some(hasContent);
