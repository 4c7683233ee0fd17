// The sections of a CDA R2 document (PS3.20 imaging reports, C-CDA Diagnostic Imaging Report): structuredBody/component/section, and
// those within, by their LOINC or DCM codes, else by their titles. Of level 1 (nonXMLBody) there are none.

import { Problem } from '../../base/problem.ts';
import { parseXml, type XmlElement } from '../../base/xml-parser.ts';
import { fromBase64 } from '../../dicom/base64.ts';
import { narrativeText } from './narrative-text.ts';
import { type ReportDocument, type Section, together } from './report.ts';
import { isUsual, kindOf } from './section.ts';

/** Empty for what is no CDA document, or none that has sections. */
export function cdaSections(source: string): Section[] {
  const document = rootOf(source);
  if (document?.name !== 'ClinicalDocument') return [];
  const bodies = below(below([document], 'component'), 'structuredBody');
  return together(below(below(bodies, 'component'), 'section').flatMap((section) => sectionsOf(section, source)));
}

/** Of the first of these that is a CDA document with sections. */
export function sectionsOfDocuments(documents: readonly ReportDocument[]): Section[] {
  for (const { mediaType, data } of documents) {
    if (!/xml|cda/i.test(mediaType)) continue;
    const bytes = fromBase64(data);
    const sections = bytes === undefined ? [] : cdaSections(new TextDecoder().decode(bytes));
    if (sections.length > 0) return sections;
  }
  return [];
}

/** undefined for what is not well-formed: it is kept as it is. */
function rootOf(source: string): XmlElement | undefined {
  try {
    return parseXml(source);
  } catch (thrown) {
    if (thrown instanceof Problem) return undefined;
    throw thrown;
  }
}

const below = (elements: readonly XmlElement[], name: string): XmlElement[] =>
  elements.flatMap(({ children }) => children.filter((child) => child.name === name));

/** PS3.20 9.8.6: the DICOM Object Catalog lists objects, and is nothing to read. */
const CATALOG = '121181';

function sectionsOf(section: XmlElement, source: string): Section[] {
  const inner = below(below([section], 'component'), 'section').flatMap((each) => sectionsOf(each, source));
  const [code] = below([section], 'code');
  const [title] = below([section], 'title');
  const value = code?.attributes.get('code') ?? '';
  const [narrative] = below([section], 'text');
  const text = narrative === undefined ? '' : narrativeText(source.slice(narrative.start, narrative.end));
  if (text === '' || value === CATALOG) return inner;
  const called = (title?.text ?? '').trim();
  const own = {
    value: value || called,
    scheme: schemes[code?.attributes.get('codeSystem') ?? ''] ?? 'L',
    meaning: code?.attributes.get('displayName') ?? called,
  };
  const kind = kindOf(own) ?? kindOf({ value: called, scheme: 'L', meaning: called }) ?? 'report';
  const isKnown = own.value === '' || isUsual(own, kind);
  return [{ kind, ...(!isKnown && { code: { ...own, meaning: own.meaning || own.value } }), text }, ...inner];
}

const schemes: Readonly<Record<string, string>> = {
  '2.16.840.1.113883.6.1': 'LN',
  '1.2.840.10008.2.16.4': 'DCM',
  '2.16.840.1.113883.6.96': 'SCT',
};
