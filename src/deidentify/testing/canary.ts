// A patient whose name, numbers and dates are nobody's: wherever one of them is found afterwards, it got through.

import { DataSet } from '../../dicom/dataset.ts';
import { tagOf, vrOf } from '../../dicom/dictionary.ts';
import { tag } from '../../dicom/tag.ts';

export const canary = {
  family: 'Kanarienvögel',
  given: 'Zwitscherine',
  id: 'KNRY-7788123',
  birthDate: '19610504',
  phone: '+49 30 5550199',
  physician: 'Quittenbaum',
  accession: 'ACCKNRY4711',
  institution: 'Klinik am Vogelsang',
  studyUid: '1.2.826.0.1.3680043.99.20260131.1',
} as const;

const said = `Pat. ${canary.family}, ${canary.given} (geb. 04.05.1961), Nr ${canary.id}`;

/** One attribute of each VR that nothing in Table E.1-1 is said of, and some that it names; all of them hold the canary. */
const seeded: Record<string, string> = {
  // Named by the table.
  OtherPatientNames: `${canary.given}^${canary.family}`,
  PatientComments: said,
  StudyDescription: `CT Thorax ${canary.family.toUpperCase()}`,
  SeriesDescription: 'Kanarienvoegel axial',
  ProtocolName: `Protokoll ${canary.id}`,
  ReferringPhysicianName: `${canary.physician}^Rosa`,
  InstitutionName: canary.institution,
  StationName: 'CT-KANARIEN',
  // Not named by the table, one or more of each VR.
  ConvolutionKernel: 'Zwitscherine',
  PartialViewDescription: said,
  FilterMaterial: 'KANARIENVOGEL',
  PositionReferenceIndicator: said,
  ContrastBolusAgent: `Agens fuer ${canary.given}`,
  ImageComments: said,
  DerivationDescription: `by Dr. ${canary.physician}, ${canary.birthDate}`,
  ContentLabel: 'ZWITSCHERINE',
  RetrieveURL: `https://pacs.example.org/${canary.id}`,
  LongCodeValue: canary.id,
  TextValue: said,
  UnformattedTextValue: `${canary.given} ${canary.family}`,
  EvaluatorName: `${canary.family}^${canary.given}`,
  SoftwareVersions: `V1 ${canary.accession}`,
  SliceThickness: '1.25',
  PatientWeight: canary.id,
  InstanceNumber: canary.family.slice(0, 6),
};

/** A data set of an image that says who it is of wherever it can. */
export function canaryImage(depth = 8): DataSet {
  const dataset = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('ImageType', ['ORIGINAL', 'PRIMARY', 'AXIAL'])
    .set('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
    .set('SOPInstanceUID', `${canary.studyUid}.1.1`)
    .set('StudyDate', '20260131')
    .set('StudyTime', '101500')
    .set('AcquisitionDateTime', '20260131101512.5+0100')
    .set('AccessionNumber', canary.accession)
    .set('Modality', 'CT')
    .set('PatientName', `${canary.family}^${canary.given}`)
    .set('PatientID', canary.id)
    .set('PatientBirthDate', canary.birthDate)
    .set('PatientSex', 'F')
    .set('PatientAge', '093Y')
    .set('PatientTelephoneNumbers', canary.phone)
    .set('StudyInstanceUID', canary.studyUid)
    .set('SeriesInstanceUID', `${canary.studyUid}.1`)
    .set('FrameOfReferenceUID', `${canary.studyUid}.9`)
    .set('Rows', 2)
    .set('Columns', 2)
    .set('BitsAllocated', 16)
    .set('PixelData', new Uint8Array(8), 'OW');
  seed(dataset);
  let around = dataset;
  for (let level = 0; level < depth; level++) {
    const item = new DataSet();
    // Any sequence nests: readers and writers do not ask whether the IOD knows it.
    around.set(level % 2 === 0 ? 'ReferencedImageSequence' : 'DerivationCodeSequence', [item]);
    seed(item);
    around = item;
  }
  return dataset;
}

function seed(dataset: DataSet): void {
  for (const [keyword, text] of Object.entries(seeded)) {
    const vr = vrOf(tagOf(keyword)!);
    dataset.set(keyword, text, vr);
  }
  const bytes = new TextEncoder().encode(`${canary.id} `.repeat(2));
  dataset
    .set('ReferencedSOPInstanceUID', `${canary.studyUid}.1.2`)
    .set('ReferencedSOPClassUID', '1.2.840.10008.5.1.4.1.1.2')
    // Values that are no text.
    .set('ICCProfile', even(bytes), 'OB')
    .set('LUTData', even(wide(canary.given)), 'OW')
    .set('DataPointRows', even(bytes).slice(0, 24), 'UL')
    .set(tag(0x0011, 0x0010), 'KANARIENVOGEL PRIVAT', 'LO')
    .set(tag(0x0011, 0x1001), said, 'LT')
    .set(tag(0x0011, 0x1002), [new DataSet().set('PatientName', `${canary.family}^${canary.given}`)], 'SQ')
    .set(tag(0x6000, 0x3000), even(bytes), 'OW')
    .set(tag(0x6000, 0x4000), said, 'LT')
    .set('IconImageSequence', [new DataSet().set('ImageComments', said).set('PixelData', even(bytes), 'OW')]);
}

const even = (bytes: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(bytes.length + ((8 - (bytes.length % 8)) % 8));
  padded.set(bytes);
  return padded;
};

const wide = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));

/** What must not be found, in the encodings that bytes are met in; case does not matter. */
export function canaryHits(bytes: Uint8Array): string[] {
  const needles = [
    ...[
      'Kanarienvögel',
      'Kanarienvoegel',
      'Kanarienvogel',
      'Zwitscherine',
      'Quittenbaum',
      'KNRY',
      '7788123',
      'Vogelsang',
    ],
    ...['19610504', '04.05.1961', '20260131', '5550199', canary.studyUid],
  ];
  const texts = ['utf-8', 'latin1', 'utf-16le', 'utf-16be', 'shift_jis'].map((each) =>
    new TextDecoder(each).decode(bytes).toLowerCase(),
  );
  const shifted = new TextDecoder('utf-16le').decode(bytes.subarray(1)).toLowerCase();
  return needles.filter((needle) => [...texts, shifted].some((text) => text.includes(needle.toLowerCase())));
}
