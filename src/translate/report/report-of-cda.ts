// An Encapsulated CDA (PS3.3 A.45.2) as a report: its sections by the CDA, whom and which study it is of by the header of the object,
// which is what identity goes by. PS3.20 10: who signed it, and what it takes the place of.

import { parseXml, type XmlElement } from '../../base/xml-parser.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { readDateTime } from '../../hl7v2/date-time.ts';
import { codeOfItem, numberIn as identifierIn } from '../dicom-items.ts';
import { dateTimeOf } from '../local-moment.ts';
import type { OrderNumber } from '../order.ts';
import { present } from '../order-segments.ts';
import { cdaSections } from './cda-sections.ts';
import type { Participant, Report, ReportStatus } from './report.ts';
import { patientOf, zoneOf } from './report-of-sr.ts';

/** One that holds no sections is no report: it stays a document. */
export function reportOfCda(dataset: DataSet): Report {
  const source = new TextDecoder()
    .decode(dataset.bytes('EncapsulatedDocument') ?? new Uint8Array())
    .replace(/\0+$/, '');
  const sections = cdaSections(source);
  // What has sections was parsed.
  const document = sections.length === 0 ? undefined : parseXml(source);
  const at = (...path: string[]): XmlElement | undefined => first(document, path);
  const signed = at('legalAuthenticator');
  return {
    ...present({
      filler: numberOf(at('setId') ?? at('id')),
      accession:
        identifierIn(dataset, 'AccessionNumber', 'IssuerOfAccessionNumberSequence') ??
        numberOf(at('inFulfillmentOf', 'order', 'id')),
      studyInstanceUid: dataset.text('StudyInstanceUID'),
      language: at('languageCode')?.attributes.get('code'),
      issuedAt: momentOf(first(signed, ['time'])) ?? momentOf(at('effectiveTime')),
      observedAt: dateTimeOf(dataset.text('StudyDate'), dataset.text('StudyTime'), zoneOf(dataset)),
      organization: at('custodian', 'assignedCustodian', 'representedCustodianOrganization', 'name')?.text.trim(),
    }),
    code: codeOf(at('documentationOf', 'serviceEvent', 'code')) ??
      codeOfItem(dataset.items('ConceptNameCodeSequence')[0]) ?? {
        value: '18748-4',
        scheme: 'LN',
        meaning: 'Diagnostic imaging study',
      },
    patient: patientOf(dataset),
    status: statusOf(document, signed !== undefined),
    people: [signed ?? at('author')].flatMap(personOf),
    sections,
    observations: [],
    documents: [],
  };
}

/** CDA R2 4.2.2.3: RPLC takes the place of its parent, APND adds to it. Nobody has answered for what is not signed. */
function statusOf(document: XmlElement | undefined, isSigned: boolean): ReportStatus {
  if (!isSigned) return 'preliminary';
  const related = (document?.children ?? []).filter(({ name }) => name === 'relatedDocument');
  const types = related.map(({ attributes }) => attributes.get('typeCode'));
  if (types.includes('APND')) return 'appended';
  return types.includes('RPLC') ? 'corrected' : 'final';
}

function first(element: XmlElement | undefined, path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    element,
  );
}

/** II: an extension of a root, or the root by itself. */
function numberOf(id: XmlElement | undefined): OrderNumber | undefined {
  const [root, extension] = [id?.attributes.get('root'), id?.attributes.get('extension')];
  if (root === undefined) return undefined;
  return extension === undefined ? { number: root, issuer: '' } : { number: extension, issuer: root };
}

function codeOf(code: XmlElement | undefined): Report['code'] | undefined {
  const value = code?.attributes.get('code');
  if (value === undefined) return undefined;
  const isLoinc = code!.attributes.get('codeSystem') === '2.16.840.1.113883.6.1';
  const meaning = code!.attributes.get('displayName') ?? value;
  return { value, scheme: isLoinc ? 'LN' : (code!.attributes.get('codeSystemName') ?? 'L'), meaning };
}

const momentOf = (time: XmlElement | undefined): string | undefined => {
  const value = time?.attributes.get('value');
  return value === undefined ? undefined : readDateTime(value)?.iso;
};

function personOf(signer: XmlElement | undefined): Participant[] {
  const entity = first(signer, ['assignedEntity']) ?? first(signer, ['assignedAuthor']);
  const name = first(entity, ['assignedPerson', 'name']);
  if (name === undefined) return [];
  const part = (kind: string): string =>
    name.children
      .filter((child) => child.name === kind)
      .map(({ text }) => text.trim())
      .join(' ');
  const written = [part('family') || name.text.trim(), part('given'), '', part('prefix'), part('suffix')];
  const id = numberOf(first(entity, ['id']));
  return [{ role: 'interpreter', name: written.join('^').replace(/\^+$/, ''), ...(id && { id }) }];
}
