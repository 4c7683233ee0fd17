// Of which type (PS3.5 7.4) the attributes are to which PS3.15 Table E.1-1 does one of several things. Types of PS3.3 where they
// are the same in all IODs of a kind; where nothing is known the caller takes what is good for all of them.

import { tagOf } from '../dicom/dictionary.ts';

export type AttributeType = 1 | 2 | 3;

/** SOP classes by the last components of their UIDs below 1.2.840.10008.5.1.4.1.1. */
const STORAGE_ROOT = '1.2.840.10008.5.1.4.1.1.';

/** Enhanced multi-frame IODs, in which the acquisition is told by frame (PS3.3 C.7.6.16). */
const enhanced = [
  '2.1',
  '2.2',
  '4.1',
  '4.2',
  '4.3',
  '4.4',
  '6.2',
  '12.1.1',
  '12.2.1',
  '13.1.1',
  '13.1.2',
  '13.1.3',
  '128.1',
  '130',
];
/** RT plans of all kinds. */
const plans = ['481.5', '481.8'];
/** Treatment records. */
const treated = ['481.4', '481.6', '481.7', '481.9'];
/** Digital X-Ray, mammography, intra-oral (C.8.11.1: DX Series). */
const digitalXRay = ['1.1', '1.1.1', '1.2', '1.2.1', '1.3', '1.3.1'];
const states = ['11.1', '11.2', '11.3', '11.4', '11.5', '11.6', '11.7', '11.8', '11.9', '11.10', '11.11', '11.12'];
const reports = [
  '88.11',
  '88.22',
  '88.33',
  '88.34',
  '88.35',
  '88.40',
  '88.50',
  '88.59',
  '88.65',
  '88.67',
  '88.68',
  '88.69',
  '88.70',
  '88.71',
  '88.72',
  '88.73',
  '88.74',
  '88.75',
];
const documents = ['104.1', '104.2', '104.3', '104.4', '104.5'];

/** Keywords with the type they have; `in` where that is so only in these. The first row that fits holds. */
const rows: readonly (readonly [keywords: string, type: AttributeType, only?: readonly string[]])[] = [
  // C.7.6.16 and C.8.x: enhanced equipment and times are Type 1 there. C.7.5.2.
  ['DeviceSerialNumber AcquisitionDateTime ContentDate ContentTime', 1, enhanced],
  // C.7.5.1 General Equipment, C.7.3.1 General Series, C.12.1 SOP Common.
  ['DeviceSerialNumber StationName InstitutionName InstitutionCodeSequence OperatorsName ProtocolName', 3],
  [
    'OperatorIdentificationSequence ReferencedPerformedProcedureStepSequence InstanceCreationDate InstanceCreationTime',
    3,
  ],
  [
    'ReferencedStudySequence PatientSexNeutered RequestedProcedureDescription AcquisitionDeviceProcessingDescription',
    3,
  ],
  // C.7.3.1: Type 3; C.8.9.1: Type 1 in PET.
  ['SeriesDate SeriesTime', 1, ['128']],
  ['SeriesDate SeriesTime', 3],
  // C.7.6.1: Type 3; C.8.8 and C.8.3: where a curved or an RT image has no such module they are Type 3 as well.
  ['AcquisitionDate AcquisitionTime', 2, ['128']],
  ['AcquisitionDate AcquisitionTime', 3],
  // C.17.1, C.11.10, C.24.1: a report, a state and a document say when they were made.
  ['ContentDate ContentTime', 1, [...reports, ...states, '66', '66.4', '66.5']],
  ['ContentDate ContentTime', 2],
  ['ContentCreatorName', 2, [...states, '66', '66.4', '66.5']],
  ['AcquisitionDateTime', 2, documents],
  ['AcquisitionDateTime', 3],
  // C.7.6.4: Type 2.
  ['ContrastBolusAgent', 2],
  // C.7.1.1: Type 2.
  ['PatientID', 2],
  // C.8.11.4 DX Detector.
  ['DetectorID DateOfLastDetectorCalibration TimeOfLastDetectorCalibration', 3, digitalXRay],
  // C.8.8.9, C.8.8.21.
  ['RTPlanDate RTPlanTime', 2, plans],
  ['TreatmentDate TreatmentTime FirstTreatmentDate MostRecentTreatmentDate', 2, treated],
  ['TreatmentMachineName ReviewerName SourceSerialNumber', 2],
  // C.17.3: Type 1C, where an item was observed at another time than its container.
  ['ObservationDateTime', 3],
  ['AcquisitionContextSequence', 2],
];

/** At the top of an instance of this class; undefined where nothing is known. */
export function attributeType(tag: number, sopClassUid = ''): AttributeType | undefined {
  const end = sopClassUid.startsWith(STORAGE_ROOT) ? sopClassUid.slice(STORAGE_ROOT.length) : undefined;
  return byTag()
    .get(tag)
    ?.find(({ only }) => only === undefined || (end !== undefined && only.includes(end)))?.type;
}

let tagged: Map<number, { type: AttributeType; only?: readonly string[] }[]> | undefined;

function byTag(): NonNullable<typeof tagged> {
  if (tagged !== undefined) return tagged;
  tagged = new Map();
  for (const [keywords, type, only] of rows) {
    for (const keyword of keywords.split(' ')) {
      const tag = tagOf(keyword)!;
      tagged.set(tag, [...(tagged.get(tag) ?? []), { type, only }]);
    }
  }
  return tagged;
}
