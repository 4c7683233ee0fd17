// The native DICOM model (PS3.19 A.1) of a data set, as XML, both ways. Reading goes by way of the JSON model, which
// checks the values: the two models differ in their form only (PS3.18 F.2).

import { Problem } from '../base/problem.ts';
import { escapeXml } from '../base/xml-escape.ts';
import { parseXml, type XmlElement } from '../base/xml-parser.ts';
import { toBase64 } from './base64.ts';
import type { DataSet } from './dataset.ts';
import { entryOf } from './dictionary.ts';
import { type Element, isItems } from './element.ts';
import { textsOf } from './element-values.ts';
import { type DicomJson, type DicomJsonElement, fromJson, isAttribute, limits, vrOfModel } from './json.ts';
import type { FromJsonOptions } from './json-reader.ts';
import { formatPersonName, type PersonNameComponents, parsePersonName } from './person-name.ts';
import { hexOf, isPrivate, isPrivateCreator, privateCreatorOf, tag as tagOf, tagOfHex } from './tag.ts';
import { type VR, vrs } from './vr.ts';

export interface XmlOptions {
  /** The URI of a value's bulk data, or undefined to write it inline; a value not at hand is then left out, its VR stays. */
  bulkDataUri?(path: string, element: Element): string | undefined;
}

const NAMESPACE = 'http://dicom.nema.org/PS3.19/models/NativeDICOM';
const SPECIFIC_CHARACTER_SET = 0x0008_0005;
const UTF8_DECLARED =
  '<DicomAttribute tag="00080005" vr="CS" keyword="SpecificCharacterSet"><Value number="1">ISO_IR 192</Value></DicomAttribute>';

/** The document, to be sent in UTF-8. Control characters that XML 1.0 does not have become U+FFFD. */
export function toXml(dataset: DataSet, options: XmlOptions = {}): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<NativeDicomModel xmlns="${NAMESPACE}" xml:space="preserve">${attributes(dataset, '', 0, options)}</NativeDicomModel>`
  );
}

/** The data set of a document. Throws request/malformed for what is no XML or does not follow the model. */
export function fromXml(text: string, options: FromJsonOptions = {}): DataSet {
  return fromJson(jsonOfXml(text), options);
}

/** The same as JSON, whose values are not checked yet. */
export function jsonOfXml(text: string): DicomJson {
  const root = parseXml(text);
  if (root.name !== 'NativeDicomModel') throw malformed('', 'the root element is not NativeDicomModel');
  return jsonOf(root, '');
}

function attributes(dataset: DataSet, path: string, depth: number, options: XmlOptions): string {
  if (depth > limits.depth) throw new Problem('dicom/limit', { limit: 'depth', offset: -1 });
  const elements = [...dataset.elements.values()].filter((element) => isAttribute(element.tag));
  elements.sort((a, b) => a.tag - b.tag);
  const written = elements.map((element) => attribute(dataset, element, path, depth, options));
  if (depth === 0 && !dataset.has(SPECIFIC_CHARACTER_SET) && written.some((text) => /[^\0-\x7f]/.test(text))) {
    const before = elements.filter((element) => element.tag < SPECIFIC_CHARACTER_SET).length;
    written.splice(before, 0, UTF8_DECLARED);
  }
  return written.join('');
}

function attribute(dataset: DataSet, element: Element, path: string, depth: number, options: XmlOptions): string {
  const { tag } = element;
  const creator = dataset.privateCreator(tag);
  const keyword = entryOf(tag, creator)?.keyword;
  const names =
    `tag="${hexOf(tag)}" vr="${vrOfModel(element)}"` +
    (keyword && !isPrivate(tag) ? ` keyword="${keyword}"` : '') +
    (creator === undefined ? '' : ` privateCreator="${escapeXml(creator)}"`);
  const content = contentOf(dataset, element, path + hexOf(tag), depth, options);
  return content === '' ? `<DicomAttribute ${names}/>` : `<DicomAttribute ${names}>${content}</DicomAttribute>`;
}

function contentOf(dataset: DataSet, element: Element, path: string, depth: number, options: XmlOptions): string {
  const { value, vr, tag } = element;
  if (isItems(value)) {
    const item = (inner: DataSet, at: number): string =>
      `<Item number="${at + 1}">${attributes(inner, `${path}/${at + 1}/`, depth + 1, options)}</Item>`;
    return value.map(item).join('');
  }
  if (value instanceof Uint8Array && value.length === 0) return '';
  const uri = options.bulkDataUri?.(path, element);
  if (uri !== undefined) return `<BulkData uri="${escapeXml(uri)}"/>`;
  if (!(value instanceof Uint8Array)) return '';
  if (vrs[vr].kind === 'bytes' || vr === 'SQ') return `<InlineBinary>${toBase64(value)}</InlineBinary>`;
  const texts = tag === SPECIFIC_CHARACTER_SET ? ['ISO_IR 192'] : textsOf(element, dataset.characterSet);
  if (texts.length === 1 && texts[0] === '') return '';
  return texts.map((text, at) => (vr === 'PN' ? personName(text, at + 1) : valueElement(text, at + 1))).join('');
}

const valueElement = (text: string, number: number): string =>
  text === '' ? `<Value number="${number}"/>` : `<Value number="${number}">${escapeXml(text)}</Value>`;

const groupElements = [
  ['Alphabetic', 'alphabetic'],
  ['Ideographic', 'ideographic'],
  ['Phonetic', 'phonetic'],
] as const;

const componentElements = [
  ['FamilyName', 'family'],
  ['GivenName', 'given'],
  ['MiddleName', 'middle'],
  ['NamePrefix', 'prefix'],
  ['NameSuffix', 'suffix'],
] as const;

function personName(text: string, number: number): string {
  const name = parsePersonName(text);
  const groups = groupElements.map(([element, group]) => {
    const parts = componentElements.map(([part, component]) => {
      const value = name[group]?.[component];
      return value === undefined ? '' : `<${part}>${escapeXml(value)}</${part}>`;
    });
    return name[group] === undefined ? '' : `<${element}>${parts.join('')}</${element}>`;
  });
  return `<PersonName number="${number}">${groups.join('')}</PersonName>`;
}

function jsonOf(model: XmlElement, path: string): DicomJson {
  const json: DicomJson = {};
  for (const child of model.children) {
    if (child.name !== 'DicomAttribute') throw malformed(path, 'an element is not DicomAttribute');
    const tag = tagOfHex(child.attributes.get('tag') ?? '');
    if (tag === undefined) throw malformed(path, 'tag is not eight hexadecimal digits');
    const hex = hexOf(placed(tag, child.attributes.get('privateCreator'), json));
    json[hex] = jsonElement(child, path + hex);
  }
  return json;
}

/** A private attribute in the block of its creator, which is reserved where the document does not (PS3.5 7.8.1). */
function placed(tag: number, creator: string | undefined, json: DicomJson): number {
  if (creator === undefined || !isPrivate(tag) || isPrivateCreator(tag)) return tag;
  const own = (tag >>> 8) & 0xff;
  const blocks = [...(own >= 0x10 ? [own] : []), ...Array.from({ length: 0xf0 }, (_, at) => at + 0x10)];
  for (const block of blocks) {
    const owner = hexOf(tagOf(tag >>> 16, block));
    const inForce = json[owner]?.Value?.[0];
    if (inForce !== undefined && String(inForce).trim() !== creator.trim()) continue;
    json[owner] ??= { vr: 'LO', Value: [creator] };
    return tagOf(tag >>> 16, (block << 8) | (tag & 0xff));
  }
  throw malformed(hexOf(privateCreatorOf(tag)), 'no block is left for a private creator');
}

function jsonElement(attribute: XmlElement, path: string): DicomJsonElement {
  const vr = attribute.attributes.get('vr') as VR | undefined;
  const json = (vr === undefined ? {} : { vr }) as DicomJsonElement;
  const values: unknown[] = [];
  for (const child of attribute.children) {
    const reader = Object.hasOwn(contents, child.name) ? contents[child.name]! : undefined;
    if (reader === undefined) throw malformed(path, 'an element is none that DicomAttribute may hold');
    reader(child, json, values, path);
  }
  if (values.length > 0) json.Value = values;
  return json;
}

type ContentReader = (child: XmlElement, json: DicomJsonElement, values: unknown[], path: string) => void;

/** PS3.19 Table A.1.5-2: what a DicomAttribute holds. */
const contents: Record<string, ContentReader> = {
  Value: (child, _json, values, path) => {
    values[positionOf(child, values, path)] = child.text === '' ? null : child.text;
  },
  PersonName: (child, _json, values, path) => {
    values[positionOf(child, values, path)] = personNameOf(child) || null;
  },
  Item: (child, _json, values, path) => {
    const at = positionOf(child, values, path);
    values[at] = jsonOf(child, `${path}/${at + 1}/`);
  },
  BulkData: (child, json, _values, path) => {
    const uuid = child.attributes.get('uuid');
    const uri = child.attributes.get('uri') ?? (uuid === undefined ? undefined : `urn:uuid:${uuid}`);
    if (uri === undefined) throw malformed(path, 'BulkData has neither uri nor uuid');
    json.BulkDataURI = uri;
  },
  InlineBinary: (child, json) => {
    json.InlineBinary = child.text;
  },
};

/** Values count from 1 in `number`; those left out are empty. */
function positionOf(child: XmlElement, values: unknown[], path: string): number {
  const number = child.attributes.get('number');
  const at = number === undefined ? values.length : Number(number) - 1;
  if (!Number.isInteger(at) || at < values.length || at > values.length + MOST_VALUES_LEFT_OUT) {
    throw malformed(path, 'number does not count the values');
  }
  while (values.length < at) values.push(null);
  return at;
}

/** How far `number` may run ahead of the values that are there. */
const MOST_VALUES_LEFT_OUT = 1000;

function personNameOf(element: XmlElement): string {
  const textOf = (parent: XmlElement | undefined, name: string): string | undefined =>
    parent?.children.find((child) => child.name === name)?.text;
  const groups = groupElements.map(([groupName, group]) => {
    const found = element.children.find((child) => child.name === groupName);
    const components: PersonNameComponents = {};
    for (const [part, component] of componentElements) components[component] = textOf(found, part);
    return [group, components] as const;
  });
  return formatPersonName(Object.fromEntries(groups));
}

function malformed(path: string, reason: string): Problem {
  return new Problem('request/malformed', { reason: path === '' ? reason : `${path}: ${reason}` });
}
