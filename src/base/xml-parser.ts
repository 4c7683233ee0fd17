// A bounded XML 1.0 parser for the documents of DICOM and FHIR: elements, attributes, text, CDATA, the five predefined
// entities and character references. A document type declaration, and so every other entity, is refused. Pure.

import { Problem } from './problem.ts';

export interface XmlElement {
  /** Local name; prefixes are dropped. */
  name: string;
  /** By their name as written: one with a prefix belongs to another vocabulary (Namespaces in XML 6.2). */
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** All character data directly below, in order. */
  text: string;
  /** Where the element begins and ends in the source. */
  start: number;
  end: number;
}

export const limits = {
  /** Elements within each other. Native DICOM has two a sequence, and four around them. */
  depth: 132,
  elements: 500_000,
} as const;

/** The root element. Throws request/malformed with the offset of what is wrong. */
export function parseXml(source: string): XmlElement {
  const document: XmlElement = { name: '', attributes: new Map(), children: [], text: '', start: 0, end: 0 };
  const open = [document];
  let elements = 0;
  for (let at = source.charCodeAt(0) === 0xfeff ? 1 : 0; at < source.length; ) {
    const parent = open.at(-1)!;
    if (source[at] !== '<') {
      const end = endOf(source, '<', at, source.length);
      addText(parent, decodeReferences(source.slice(at, end), at), open.length === 1, at);
      at = end;
    } else if (source.startsWith('</', at)) {
      const end = source.indexOf('>', at);
      const name = localName(source.slice(at + 2, end).trim());
      if (end < 0 || open.length === 1 || name !== parent.name) throw malformed(at, 'an end tag without its start');
      open.pop();
      at = end + 1;
      parent.end = at;
    } else if (source.startsWith('<!--', at)) {
      at = after(source, '-->', at + 4);
    } else if (source.startsWith('<![CDATA[', at)) {
      const end = after(source, ']]>', at);
      addText(parent, source.slice(at + 9, end - 3), open.length === 1, at);
      at = end;
    } else if (source.startsWith('<?', at)) {
      at = after(source, '?>', at);
    } else if (source.startsWith('<!', at)) {
      throw malformed(at, 'a document type declaration');
    } else {
      const { element, empty, end } = startTag(source, at);
      if (++elements > limits.elements) throw malformed(at, 'more elements than the limit');
      if (open.length === 1 && document.children.length > 0) throw malformed(at, 'a second root element');
      parent.children.push(element);
      if (!empty) open.push(element);
      if (open.length > limits.depth) throw malformed(at, 'elements nested deeper than the limit');
      at = end;
    }
  }
  if (open.length > 1) throw malformed(source.length, 'an element without its end tag');
  const root = document.children[0];
  if (root === undefined) throw malformed(source.length, 'no element');
  return root;
}

const startOfTag = /<([^\s/>=<"'&]+)/y;
const attribute = /\s+([^\s/>=<"'&]+)\s*=\s*(?:"([^<"]*)"|'([^<']*)')/y;
const endOfTag = /\s*(\/?)>/y;

function startTag(source: string, at: number): { element: XmlElement; empty: boolean; end: number } {
  const name = matchAt(startOfTag, source, at)?.[1];
  if (name === undefined) throw malformed(at, 'a tag without a name');
  const attributes = new Map<string, string>();
  let next = at + 1 + name.length;
  for (let match = matchAt(attribute, source, next); match !== null; match = matchAt(attribute, source, next)) {
    const key = match[1]!;
    if (attributes.has(key)) throw malformed(next, 'an attribute twice');
    // XML 1.0 3.3.3: white space that is no reference is read as spaces.
    const written = (match[2] ?? match[3]!).replace(/\r\n|[\t\n\r]/g, ' ');
    attributes.set(key, decodeReferences(written, next));
    next += match[0].length;
  }
  const end = matchAt(endOfTag, source, next);
  if (end === null) throw malformed(next, 'a tag that does not end');
  return {
    element: { name: localName(name), attributes, children: [], text: '', start: at, end: next + end[0].length },
    empty: end[1] === '/',
    end: next + end[0].length,
  };
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function addText(element: XmlElement, text: string, outside: boolean, at: number): void {
  if (outside && text.trim() !== '') throw malformed(at, 'text outside the root element');
  element.text += text;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML 1.0 2.11 and 4.1: line ends are LF, references are replaced. */
/** Character data as it is meant. `at`: where it stands, for the refusal of what is not defined. */
export function decodeReferences(text: string, at: number): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!lines.includes('&')) return lines;
  return lines.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,10}));|&/g, (_, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    const character = point === undefined ? named(name) : characterOf(point);
    if (character === undefined) throw malformed(at, 'a reference to nothing that is defined');
    return character;
  });
}

const named = (name: string | undefined): string | undefined =>
  name !== undefined && Object.hasOwn(entities, name) ? entities[name] : undefined;

/** XML 1.0 2.2: what a document may contain. */
function characterOf(point: number): string | undefined {
  if (point < 0x20 && point !== 9 && point !== 10 && point !== 13) return undefined;
  return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? undefined : String.fromCodePoint(point);
}

function endOf(source: string, mark: string, from: number, otherwise: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? otherwise : end;
}

function after(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  if (end < 0) throw malformed(from, `a part that does not end in ${mark}`);
  return end + mark.length;
}

function malformed(at: number, reason: string): Problem {
  return new Problem('request/malformed', { reason: `XML at character ${at}: ${reason}` });
}
