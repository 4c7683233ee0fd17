// One case that is away: what stands for what in its copies, and what a reader's workstation would make of them.

import { DataSet } from '../../../dicom/dataset.ts';
import { newUid } from '../../../dicom/uid.ts';
import { type PseudonymMap, pseudonymMap } from '../pseudonym-map.ts';
import type { WayHome } from '../way-home.ts';

/** A UID that stands for `name`, of the kind that our pseudonyms are. */
export const uidFor = (name: string): string => {
  const bytes = new Uint8Array(16);
  for (const [at, unit] of [...name].entries())
    bytes[at % 16] = (bytes[at % 16]! * 31 + unit.charCodeAt(0) + at) & 0xff;
  return newUid(bytes, 8);
};

export const original = {
  study: '1.2.826.0.1.3680043.10.7.1',
  series: '1.2.826.0.1.3680043.10.7.1.1',
  image: '1.2.826.0.1.3680043.10.7.1.1.1',
  frameOfReference: '1.2.826.0.1.3680043.10.7.1.9',
  name: 'Kanarienvogel^Zwitscherine',
  id: 'KNRY-7788123',
  birthDate: '19610504',
  accession: 'ACCKNRY4711',
} as const;

/** As a reader knows them. */
export interface Away {
  study: string;
  series: string;
  image: string;
  frameOfReference: string;
  id: string;
  accession: string;
  studyDate: string;
}

export const away: Away = {
  study: uidFor('study'),
  series: uidFor('series'),
  image: uidFor('image'),
  frameOfReference: uidFor('frame of reference'),
  id: 'QWERTZUIOP234567',
  accession: 'ASDFGHJKLYXCVB23',
  /** Of 2026-01-31, moved. */
  studyDate: '20251023',
};

export const SHIFT_DAYS = -100;

export const mapOfCase = (): PseudonymMap =>
  pseudonymMap({
    case: 'K7-F4-9T',
    patient: {
      pseudonym: { id: away.id, name: away.id },
      original: { id: original.id, issuer: 'NORTH', name: original.name, birthDate: original.birthDate },
    },
    accession: { pseudonym: away.accession, original: original.accession },
    studyUid: { pseudonym: away.study, original: original.study },
    shiftDays: SHIFT_DAYS,
    tokens: new Map([['[P1]', 'Dr. Quittenbaum']]),
    uids: [
      [away.study, original.study],
      [away.series, original.series],
      [away.image, original.image],
      [away.frameOfReference, original.frameOfReference],
    ],
    identifiers: [['SERIALNUMBER2345', 'SN-42']],
  });

export function wayHome(more: Partial<WayHome> = {}): WayHome {
  return {
    map: mapOfCase(),
    leftOn: '20260201',
    studyDays: new Set(['2025-10-23']),
    isOwn: () => false,
    minted: (uid) => uidFor(`home ${uid}`),
    ...more,
  };
}

/** As the client's catalogue has it. */
export const studyAtHome = (): DataSet =>
  new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('PatientName', original.name)
    .set('PatientID', original.id)
    .set('IssuerOfPatientID', 'NORTH')
    .set('PatientBirthDate', original.birthDate)
    .set('PatientSex', 'F')
    .set('StudyDate', '20260131')
    .set('StudyTime', '101500')
    .set('AccessionNumber', original.accession)
    .set('ReferringPhysicianName', 'Quittenbaum^Rosa')
    .set('StudyDescription', 'CT head');

const code = (value: string, meaning: string): DataSet =>
  new DataSet().set('CodeValue', value).set('CodingSchemeDesignator', 'DCM').set('CodeMeaning', meaning);

/** What a reader in the room has of the patient and the study. */
function attributes(of: Away, sopClass: string, name: string): DataSet {
  return new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', `1.2.840.10008.5.1.4.1.1.${sopClass}`)
    .set('SOPInstanceUID', `1.3.6.1.4.1.5962.1.${name.length}.${sopClass}`)
    .set('InstanceCreationDate', '20260202')
    .set('StudyDate', of.studyDate)
    .set('StudyTime', '101500')
    .set('SeriesDate', '20260202')
    .set('ContentDate', '20260202')
    .set('ContentTime', '031500')
    .set('AccessionNumber', of.accession)
    .set('Manufacturer', 'Reader')
    .set('PatientName', of.id)
    .set('PatientID', of.id)
    .set('PatientBirthDate', null)
    .set('PatientSex', 'F')
    .set('PatientIdentityRemoved', 'YES')
    .set('DeidentificationMethod', 'PS3.15 2024e, R-read')
    .set('LongitudinalTemporalInformationModified', 'MODIFIED')
    .set('StudyInstanceUID', of.study)
    .set('SeriesInstanceUID', `1.3.6.1.4.1.5962.1.${name.length}`);
}

const image = (of: Away): DataSet =>
  new DataSet().set('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.2').set('ReferencedSOPInstanceUID', of.image);

const evidence = (of: Away): DataSet[] => [
  new DataSet()
    .set('ReferencedSeriesSequence', [
      new DataSet().set('ReferencedSOPSequence', [image(of)]).set('SeriesInstanceUID', of.series),
    ])
    .set('StudyInstanceUID', of.study),
];

const item = (relation: string, type: string, concept?: DataSet): DataSet => {
  const content = new DataSet().set('RelationshipType', relation).set('ValueType', type);
  return concept === undefined ? content : content.set('ConceptNameCodeSequence', [concept]);
};

/** A Basic Text SR with whatever such documents name their patient, order and images in. */
export function structuredReport(text = 'No haemorrhage. Compared with CT of 23 October 2025.', of = away): DataSet {
  return attributes(of, '88.11', 'report')
    .set('Modality', 'SR')
    .set('CompletionFlag', 'COMPLETE')
    .set('VerificationFlag', 'VERIFIED')
    .set('VerifyingObserverSequence', [
      new DataSet()
        .set('VerifyingOrganization', 'Far Reading')
        .set('VerificationDateTime', '20260202031500')
        .set('VerifyingObserverName', 'READER^ROBIN'),
    ])
    .set('ReferencedRequestSequence', [
      new DataSet().set('StudyInstanceUID', of.study).set('AccessionNumber', of.accession),
    ])
    .set('CurrentRequestedProcedureEvidenceSequence', evidence(of))
    .set('PertinentOtherEvidenceSequence', evidence(of))
    .set('ValueType', 'CONTAINER')
    .set('ConceptNameCodeSequence', [code('121111', 'Summary')])
    .set('ContinuityOfContent', 'SEPARATE')
    .set('ContentSequence', [
      item('HAS OBS CONTEXT', 'PNAME', code('121029', 'Subject Name')).set('PersonName', of.id),
      item('HAS OBS CONTEXT', 'TEXT', code('121030', 'Subject ID')).set('TextValue', of.id),
      item('HAS OBS CONTEXT', 'UIDREF', code('121018', 'Procedure Study Instance UID')).set('UID', of.study),
      item('CONTAINS', 'DATE', code('111060', 'Study Date')).set('Date', of.studyDate),
      item('CONTAINS', 'IMAGE').set('ReferencedSOPSequence', [image(of)]),
      item('CONTAINS', 'TEXT', code('121071', 'Finding')).set('TextValue', `${text} [P1] was told of ${of.accession}.`),
    ]);
}

/** A Grayscale Softcopy Presentation State with text on an image. */
export function presentationState(of = away): DataSet {
  return attributes(of, '11.1', 'marks')
    .set('Modality', 'PR')
    .set('ContentLabel', 'MARKS')
    .set('PresentationCreationDate', '20260202')
    .set('ReferencedSeriesSequence', [
      new DataSet().set('ReferencedImageSequence', [image(of)]).set('SeriesInstanceUID', of.series),
    ])
    .set('GraphicAnnotationSequence', [
      new DataSet()
        .set('ReferencedImageSequence', [image(of)])
        .set('GraphicLayer', 'MARKS')
        .set('TextObjectSequence', [new DataSet().set('UnformattedTextValue', `${of.id}: 9 mm, since 2025-10-23`)]),
    ]);
}

/** A Key Object Selection that names the presentation state beside the image. */
export function keyObjects(of = away): DataSet {
  const state = presentationState(of);
  const reference = new DataSet()
    .set('ReferencedSOPClassUID', state.text('SOPClassUID')!)
    .set('ReferencedSOPInstanceUID', state.text('SOPInstanceUID')!);
  const series = new DataSet()
    .set('ReferencedSOPSequence', [reference])
    .set('SeriesInstanceUID', state.text('SeriesInstanceUID')!);
  const [ofImages] = evidence(of);
  ofImages!.set('ReferencedSeriesSequence', [...ofImages!.items('ReferencedSeriesSequence'), series]);
  return attributes(of, '88.59', 'keys')
    .set('Modality', 'KO')
    .set('CurrentRequestedProcedureEvidenceSequence', [ofImages!])
    .set('ContentSequence', [item('CONTAINS', 'IMAGE').set('ReferencedSOPSequence', [image(of)])]);
}

/** A segmentation of one frame. */
export function segmentation(of = away): DataSet {
  const dimensions = '1.3.6.1.4.1.5962.1.77';
  return attributes(of, '66.4', 'segments')
    .set('Modality', 'SEG')
    .set('FrameOfReferenceUID', of.frameOfReference)
    .set('Rows', 2)
    .set('Columns', 2)
    .set('BitsAllocated', 8)
    .set('DimensionOrganizationSequence', [new DataSet().set('DimensionOrganizationUID', dimensions)])
    .set('DimensionIndexSequence', [new DataSet().set('DimensionOrganizationUID', dimensions)])
    .set('SharedFunctionalGroupsSequence', [
      new DataSet().set('DerivationImageSequence', [new DataSet().set('SourceImageSequence', [image(of)])]),
    ])
    .set('PixelData', new Uint8Array(4), 'OB');
}
