// An XDS.b affinity domain and an Imaging Document Source for tests, from ITI TF-3 4.2 and RAD TF-3 4.69: a repository and its
// registry refuse what these say is wrong, and keep what stands in whose place.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from './http-receiver.ts';
import type { MadeInstance } from './instances.ts';
import { all, one, type Soap, soapAnswer, soapIn, type Xml } from './soap-peer.ts';

export interface KnownDocument {
  entryUuid: string;
  uniqueId: string;
  patientId: string;
  isApproved: boolean;
  bytes: Buffer;
  slots: Record<string, string[]>;
  /** `code^scheme` by attribute. */
  codes: Record<string, string[]>;
}

const RESPONSE = 'urn:oasis:names:tc:ebxml-regrep';

export const registryAnswer = (status: string, codes: readonly string[] = []): string => {
  const errors = codes.map(
    (code) =>
      `<rs:RegistryError errorCode="${code}" codeContext="about Quimbley^Hermione" severity="${RESPONSE}:ErrorSeverityType:Error"/>`,
  );
  const list = errors.length === 0 ? '' : `<rs:RegistryErrorList>${errors.join('')}</rs:RegistryErrorList>`;
  return `<rs:RegistryResponse xmlns:rs="${RESPONSE}:xsd:rs:3.0" status="${status}">${list}</rs:RegistryResponse>`;
};
export const SUCCESS = `${RESPONSE}:ResponseStatusType:Success`;
export const FAILURE = `${RESPONSE}:ResponseStatusType:Failure`;

const schemes: Record<string, string> = {
  'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a': 'class',
  'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f': 'confidentiality',
  'urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4': 'event',
  'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d': 'format',
  'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1': 'facilityType',
  'urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead': 'practiceSetting',
  'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983': 'type',
};

/** A Document Repository with its Registry. */
export class XdsDomain {
  readonly documents: KnownDocument[] = [];
  readonly submissions: string[] = [];
  readonly #patients: ReadonlySet<string>;
  /** Answers a submission about this study so, once, in the place of what it would. */
  failure: { study: string; codes: readonly string[] } | undefined;
  /** Of the next: takes it, but its answer does not arrive; or it never comes. */
  loses: 'answer' | 'message' | undefined;

  /** CX of the patients that it was told of. */
  constructor(patients: readonly string[]) {
    this.#patients = new Set(patients);
  }

  get approved(): KnownDocument[] {
    return this.documents.filter(({ isApproved }) => isApproved);
  }

  answer(request: HttpRequest): HttpAnswer {
    const soap = soapIn(request);
    assert.equal(one(soap.envelope, 'Action').text, 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b');
    const { loses } = this;
    this.loses = undefined;
    if (loses === 'message') return { status: 504 };
    const errors = this.#failing(soap) ?? this.#register(soap);
    const body = registryAnswer(errors.length === 0 ? SUCCESS : FAILURE, errors);
    if (loses === 'answer') return { status: 504 };
    return soapAnswer(soap, 'urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse', body);
  }

  #failing({ envelope }: Soap): readonly string[] | undefined {
    const about = slotsOf(one(envelope, 'ExtrinsicObject'))['urn:ihe:iti:xds:2013:referenceIdList'] ?? [];
    const { failure } = this;
    if (failure === undefined || !about.some((each) => each.startsWith(`${failure.study}^`))) return undefined;
    this.failure = undefined;
    return failure.codes;
  }

  /** Codes of ITI TF-3 Table 4.2.4.1-2. */
  #register({ envelope, parts }: Soap): string[] {
    const entry = one(envelope, 'ExtrinsicObject');
    const set = one(envelope, 'RegistryPackage');
    const slots = slotsOf(entry);
    for (const name of ['creationTime', 'languageCode', 'hash', 'size', 'sourcePatientId']) {
      if (slots[name]?.length !== 1) return ['XDSRepositoryMetadataError'];
    }
    const codes: Record<string, string[]> = {};
    for (const each of all(entry, 'Classification')) {
      const kind = schemes[each.attributes.classificationScheme!];
      if (each.attributes.classifiedObject !== entry.attributes.id) return ['XDSRegistryMetadataError'];
      if (kind)
        codes[kind] = [
          ...(codes[kind] ?? []),
          `${each.attributes.nodeRepresentation}^${slotsOf(each).codingScheme![0]}`,
        ];
    }
    for (const kind of Object.values(schemes)) {
      if (kind !== 'event' && codes[kind]?.length !== 1) return ['XDSRegistryMetadataError'];
    }
    const identifier = (of: Xml, name: string): string =>
      all(of, 'ExternalIdentifier').find((each) => one(each, 'LocalizedString').attributes.value === name)!.attributes
        .value!;
    const patientId = identifier(entry, 'XDSDocumentEntry.patientId');
    if (!this.#patients.has(patientId)) return ['XDSUnknownPatientId'];
    if (identifier(set, 'XDSSubmissionSet.patientId') !== patientId) return ['XDSPatientIdDoesNotMatch'];
    identifier(set, 'XDSSubmissionSet.sourceId');
    const [document] = all(envelope, 'Document');
    const href = one(document!, 'Include').attributes.href!;
    const bytes = parts.get(href.replace('cid:', ''))?.bytes;
    if (document!.attributes.id !== entry.attributes.id || bytes === undefined) return ['XDSMissingDocument'];
    if (createHash('sha1').update(bytes).digest('hex') !== slots.hash![0]) return ['XDSRepositoryMetadataError'];
    if (String(bytes.length) !== slots.size![0]) return ['XDSRepositoryMetadataError'];
    const submission = identifier(set, 'XDSSubmissionSet.uniqueId');
    if (this.submissions.includes(submission)) return ['XDSDuplicateUniqueIdInRegistry'];
    const associations = all(envelope, 'Association');
    const member = associations.find(({ attributes }) => attributes.associationType!.endsWith(':HasMember'));
    if (member?.attributes.targetObject !== entry.attributes.id) return ['XDSRegistryMetadataError'];
    const replaces = associations.find(
      ({ attributes }) => attributes.associationType === 'urn:ihe:iti:2007:AssociationType:RPLC',
    );
    if (replaces) {
      const target = this.documents.find(({ entryUuid }) => entryUuid === replaces.attributes.targetObject);
      if (target === undefined) return ['UnresolvedReferenceException'];
      if (!target.isApproved) return ['XDSRegistryDeprecatedDocumentError'];
      if (target.patientId !== patientId) return ['XDSPatientIdDoesNotMatch'];
      target.isApproved = false;
    }
    this.submissions.push(submission);
    const uniqueId = identifier(entry, 'XDSDocumentEntry.uniqueId');
    this.documents.push({
      entryUuid: entry.attributes.id!,
      uniqueId,
      patientId,
      isApproved: true,
      bytes,
      slots,
      codes,
    });
    return [];
  }
}

const slotsOf = (xml: Xml): Record<string, string[]> =>
  Object.fromEntries(
    xml.children
      .filter(({ name }) => name.endsWith('}Slot'))
      .map((slot) => [slot.attributes.name!, all(slot, 'Value').map(({ text }) => text)]),
  );

/** An Imaging Document Source under this id: what it has of what it is asked for, as RAD-69 gives it. */
export function imagingSource(repository: string, made: readonly MadeInstance[], { isInline = false } = {}) {
  const asked: { uid: string; study: string; series: string }[] = [];
  return {
    asked,
    answer(request: HttpRequest): HttpAnswer {
      const soap = soapIn(request);
      assert.equal(one(soap.envelope, 'Action').text, 'urn:ihe:rad:2009:RetrieveImagingDocumentSet');
      const syntaxes = all(soap.envelope, 'TransferSyntaxUID').map(({ text }) => text);
      const wanted = all(soap.envelope, 'StudyRequest').flatMap((study) =>
        all(study, 'SeriesRequest').flatMap((series) =>
          all(series, 'DocumentRequest').map((document) => {
            assert.equal(one(document, 'RepositoryUniqueId').text, repository);
            const uid = one(document, 'DocumentUniqueId').text;
            return { uid, study: study.attributes.studyInstanceUID!, series: series.attributes.seriesInstanceUID! };
          }),
        ),
      );
      asked.push(...wanted);
      const found = made.filter(
        (each) =>
          syntaxes.includes(each.transferSyntaxUid) &&
          wanted.some(
            ({ uid, study, series }) =>
              uid === each.sopInstanceUid && study === each.studyInstanceUid && series === each.seriesInstanceUid,
          ),
      );
      const status = found.length === wanted.length ? SUCCESS : found.length > 0 ? PARTIAL : FAILURE;
      const errors = found.length === wanted.length ? [] : ['XDSDocumentUniqueIdError'];
      const documents = found.map(({ sopInstanceUid, file }) => {
        const include = `<inc:Include xmlns:inc="http://www.w3.org/2004/08/xop/include" href="cid:${sopInstanceUid}%40source"/>`;
        return (
          `<DocumentResponse><RepositoryUniqueId>${repository}</RepositoryUniqueId>` +
          `<DocumentUniqueId>${sopInstanceUid}</DocumentUniqueId><mimeType>application/dicom</mimeType>` +
          `<Document>${isInline ? Buffer.from(file).toString('base64') : include}</Document></DocumentResponse>`
        );
      });
      return soapAnswer(
        soap,
        'urn:ihe:iti:2007:RetrieveDocumentSetResponse',
        `<RetrieveDocumentSetResponse xmlns="urn:ihe:iti:xds-b:2007">${registryAnswer(status, errors)}${documents.join('')}</RetrieveDocumentSetResponse>`,
        isInline ? {} : Object.fromEntries(found.map(({ sopInstanceUid, file }) => [`${sopInstanceUid}@source`, file])),
      );
    },
  };
}
const PARTIAL = 'urn:ihe:iti:2007:ResponseStatusType:PartialSuccess';

/** RetrieveImagingDocumentSetRequest for these, in these transfer syntaxes. */
export function rad69Request(
  repository: string,
  wanted: readonly Pick<MadeInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sopInstanceUid'>[],
  transferSyntaxes: readonly string[],
): string {
  const documents = wanted.map(
    ({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }) =>
      `<i:StudyRequest studyInstanceUID="${studyInstanceUid}"><i:SeriesRequest seriesInstanceUID="${seriesInstanceUid}">` +
      `<DocumentRequest xmlns="urn:ihe:iti:xds-b:2007"><RepositoryUniqueId>${repository}</RepositoryUniqueId>` +
      `<DocumentUniqueId>${sopInstanceUid}</DocumentUniqueId></DocumentRequest></i:SeriesRequest></i:StudyRequest>`,
  );
  const syntaxes = transferSyntaxes.map((uid) => `<i:TransferSyntaxUID>${uid}</i:TransferSyntaxUID>`);
  return (
    `<i:RetrieveImagingDocumentSetRequest xmlns:i="urn:ihe:rad:xdsi-b:2009">${documents.join('')}` +
    `<i:TransferSyntaxUIDList>${syntaxes.join('')}</i:TransferSyntaxUIDList></i:RetrieveImagingDocumentSetRequest>`
  );
}
export const RAD69 = 'urn:ihe:rad:2009:RetrieveImagingDocumentSet';
