// A manifest as a Key Object Selection Document (PS3.3 A.35.4): that of IHE XDS-I.b, which lists what there is and where; or
// that of IHE MADO (RAD TF-3 6.X.2), which also describes it in an Image Library (TID 1600 to 1602 as of DICOM CP-2595).

import { DataSet } from '../../dicom/dataset.ts';
import { type Code, content, keyObjectSelection } from '../../dicom/key-object-selection.ts';
import { codeItem, container, dateItem, numberItem, textItem, timeItem, uidItem } from '../content-item.ts';
import type { Manifest, ManifestInstance, ManifestOrder, ManifestSeries, NumberOfIssuer } from './manifest.ts';
import { DESCRIBED_MANIFEST, MANIFEST } from './manifest-title.ts';

/** `isDescribed`: as MADO has it. */
export function kosOfManifest(manifest: Manifest, isDescribed: boolean): DataSet {
  const { patientAndStudy, series, studyInstanceUid } = manifest;
  const retrievals = new Map(series.map(({ seriesInstanceUid, from }) => [seriesInstanceUid, from]));
  const document = keyObjectSelection({
    sopInstanceUid: manifest.sopInstanceUid,
    seriesInstanceUid: manifest.documentSeriesUid,
    studyInstanceUid,
    title: isDescribed ? DESCRIBED_MANIFEST : MANIFEST,
    at: manifest.createdAt,
    offset: manifest.offset,
    manufacturer: manifest.manufacturer,
    patientAndStudy,
    objects: series.flatMap(({ seriesInstanceUid, instances }) =>
      instances.map((instance) => ({ ...instance, seriesInstanceUid })),
    ),
    retrieval: (uid) => retrievalOf(retrievals.get(uid)!),
  });
  document.set('InstitutionName', manifest.institution).set('SeriesDescription', 'Manifest');
  for (const sequence of ['IssuerOfPatientIDQualifiersSequence', 'OtherPatientIDsSequence']) {
    const items = patientAndStudy.items(sequence);
    if (items.length > 0) document.set(sequence, items);
  }
  const [order] = manifest.orders;
  if (order !== undefined && manifest.orders.length === 1) {
    document.set('AccessionNumber', order.accession.number);
    document.set('IssuerOfAccessionNumberSequence', [issuerItem(order.accession)]);
  }
  if (manifest.orders.length > 0) {
    document.set(
      'ReferencedRequestSequence',
      manifest.orders.map((each) => requestItem(each, studyInstanceUid)),
    );
  }
  if (isDescribed) {
    const items = document.items('ContentSequence');
    document.set('ContentSequence', [...manifest.procedures.map(procedureItem), libraryOf(manifest), ...items]);
  }
  return document;
}

const retrievalOf = ({ url, locationUid, aeTitle }: ManifestSeries['from']): Record<string, string> => ({
  ...(aeTitle && { RetrieveAETitle: aeTitle }),
  ...(url && { RetrieveURL: url }),
  ...(locationUid && { RetrieveLocationUID: locationUid }),
});

/** PS3.3 Table 10-17. */
const issuerItem = ({ universalId, universalIdType }: NumberOfIssuer): DataSet =>
  new DataSet().set('UniversalEntityID', universalId).set('UniversalEntityIDType', universalIdType);

/** PS3.3 Table C.17-3c. */
function requestItem({ accession, placer }: ManifestOrder, studyInstanceUid: string): DataSet {
  const item = new DataSet()
    .set('AccessionNumber', accession.number)
    .set('IssuerOfAccessionNumberSequence', [issuerItem(accession)])
    .set('ReferencedStudySequence', [])
    .set('StudyInstanceUID', studyInstanceUid)
    .set('RequestedProcedureDescription', null)
    .set('RequestedProcedureCodeSequence', [])
    .set('RequestedProcedureID', null)
    .set('PlacerOrderNumberImagingServiceRequest', placer?.number ?? null)
    .set('FillerOrderNumberImagingServiceRequest', null);
  if (placer !== undefined) item.set('OrderPlacerIdentifierSequence', [issuerItem(placer)]);
  return item;
}

/** TID 2010 row 4b. */
const procedureItem = (code: Code): DataSet =>
  codeItem('HAS CONCEPT MOD', { value: '121023', scheme: 'DCM', meaning: 'Procedure Code' }, code);

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });
const ucum = (value: string, meaning: string): Code => ({ value, scheme: 'UCUM', meaning });
const mado = (value: string, meaning: string): Code => ({ value: `MADOTEMP${value}`, scheme: '99IHE', meaning });

const names = {
  library: dcm('111028', 'Image Library'),
  group: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  region: dcm('123014', 'Target Region'),
  laterality: dcm('111027', 'Image Laterality'),
  seriesUid: dcm('112002', 'Series Instance UID'),
  seriesNumber: dcm('113607', 'Series Number'),
  seriesDescription: mado('002', 'Series Description'),
  seriesDate: mado('003', 'Series Date'),
  seriesTime: mado('004', 'Series Time'),
  instancesOfSeries: mado('007', 'Number of Series Related Instances'),
  seriesOfStudy: mado('009', 'Number of Study Related Series'),
  instanceNumber: dcm('113609', 'Instance Number'),
  frames: dcm('121140', 'Number of Frames'),
  documentTitle: dcm('121144', 'Document Title'),
  description: dcm('113012', 'Key Object Description'),
} as const;

const CONTEXT = 'HAS ACQ CONTEXT';

/** TID 1600. */
function libraryOf({ series, regions }: Manifest): DataSet {
  const modalities = [...new Set(series.map(modalityOf))].sort();
  return container('CONTAINS', names.library, [
    ...modalities.map((modality) => codeItem(CONTEXT, names.modality, dcm(modality, modality))),
    ...regions.map((region) => codeItem(CONTEXT, names.region, region)),
    numberItem(CONTEXT, names.seriesOfStudy, String(series.length), ucum('{series}', 'series')),
    ...series.map(groupOf),
  ]);
}

const modalityOf = ({ attributes }: ManifestSeries): string => attributes.text('Modality') ?? 'OT';

const sides: Readonly<Record<string, Code>> = {
  L: { value: '7771000', scheme: 'SCT', meaning: 'Left' },
  R: { value: '24028007', scheme: 'SCT', meaning: 'Right' },
  B: { value: '51440002', scheme: 'SCT', meaning: 'Right and left' },
};

/** TID 1602, then an entry for each instance. */
function groupOf(series: ManifestSeries): DataSet {
  const { attributes, region, instances, seriesInstanceUid } = series;
  const said = (keyword: string, item: (value: string) => DataSet): DataSet[] => {
    const value = attributes.text(keyword);
    return value === undefined ? [] : [item(value)];
  };
  const side = sides[attributes.text('Laterality') ?? ''];
  const modality = modalityOf(series);
  return container('CONTAINS', names.group, [
    codeItem(CONTEXT, names.modality, dcm(modality, modality)),
    ...said('SeriesDate', (value) => dateItem(CONTEXT, names.seriesDate, value)),
    ...said('SeriesTime', (value) => timeItem(CONTEXT, names.seriesTime, value)),
    ...said('SeriesDescription', (value) => textItem(CONTEXT, names.seriesDescription, value)),
    ...said('SeriesNumber', (value) => textItem(CONTEXT, names.seriesNumber, value)),
    ...(region ? [codeItem(CONTEXT, names.region, region)] : []),
    ...(side ? [codeItem(CONTEXT, names.laterality, side)] : []),
    uidItem(CONTEXT, names.seriesUid, seriesInstanceUid),
    numberItem(CONTEXT, names.instancesOfSeries, String(instances.length), ucum('{instances}', 'instances')),
    ...instances.map((instance) => entryOf(instance, seriesInstanceUid)),
  ]);
}

/** TID 1601. */
function entryOf(instance: ManifestInstance, seriesInstanceUid: string): DataSet {
  const entry = content({ ...instance, seriesInstanceUid });
  const { number: ordinal, frames, title, description } = instance;
  const descriptors = [
    ...(ordinal === undefined ? [] : [textItem(CONTEXT, names.instanceNumber, String(ordinal))]),
    ...(frames === undefined ? [] : [numberItem(CONTEXT, names.frames, String(frames))]),
    ...(title ? [codeItem(CONTEXT, names.documentTitle, title)] : []),
    ...(description ? [textItem(CONTEXT, names.description, description)] : []),
  ];
  return descriptors.length === 0 ? entry : entry.set('ContentSequence', descriptors);
}
