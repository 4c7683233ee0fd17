// Whose file it is and where it belongs: what a photograph, a video or a document does not say of itself. The modules that
// every such instance has: Patient, General Study, General Series, General Equipment, SOP Common (PS3.3 C.7.1, C.7.2, C.7.3,
// C.7.5, C.12.1).

import { DataSet } from '../dicom/dataset.ts';
import { setAbsent } from './pixel-description.ts';

/** Dates as `YYYYMMDD`, times as `HHMMSS`; names in components, `Family^Given`. What is not known is left out. */
export interface InstanceContext {
  patient: { name?: string; id?: string; issuerOfId?: string; birthDate?: string; sex?: 'F' | 'M' | 'O' };
  study: {
    studyInstanceUid: string;
    date?: string;
    time?: string;
    id?: string;
    accessionNumber?: string;
    referringPhysicianName?: string;
    description?: string;
    /** Of the encounter. */
    admissionId?: string;
  };
  series: {
    seriesInstanceUid: string;
    number?: number;
    description?: string;
    /** What the file's kind usually has, unless given. */
    modality?: string;
    laterality?: 'L' | 'R';
    bodyPartExamined?: string;
    /** Of models, which lie in a space: the same for those that lie in the same. */
    frameOfReferenceUid?: string;
    /** CID 4 of PS3.16. */
    anatomicRegion?: { code: string; scheme: string; meaning: string };
  };
  instance: { sopInstanceUid: string; number: number; date: string; time: string };
  /** Who makes the instance. */
  equipment?: { manufacturer?: string; model?: string; serialNumber?: string; softwareVersions?: string };
}

/** Of whom a data set is. */
export function patientIn(dataset: DataSet): InstanceContext['patient'] {
  const sex = dataset.text('PatientSex');
  return {
    name: dataset.text('PatientName'),
    id: dataset.text('PatientID'),
    issuerOfId: dataset.text('IssuerOfPatientID'),
    birthDate: dataset.text('PatientBirthDate'),
    ...(isSex(sex) && { sex }),
  };
}

/** PS3.3 C.7.1.1. */
export const isSex = (text: string | undefined): text is 'F' | 'M' | 'O' => ['F', 'M', 'O'].includes(text ?? '');

/** What a data set says of its study besides the UID. */
export const studyIn = (dataset: DataSet): Omit<InstanceContext['study'], 'studyInstanceUid' | 'admissionId'> => ({
  date: dataset.text('StudyDate'),
  time: dataset.text('StudyTime'),
  id: dataset.text('StudyID'),
  accessionNumber: dataset.text('AccessionNumber'),
  referringPhysicianName: dataset.text('ReferringPhysicianName'),
  description: dataset.text('StudyDescription'),
});

/** A data set with these modules and no more, in UTF-8. */
export function dataSetIn(context: InstanceContext, sopClassUid: string, modality: string): DataSet {
  const { patient, study, series, instance, equipment } = context;
  const dataset = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('SOPClassUID', sopClassUid)
    .set('SOPInstanceUID', instance.sopInstanceUid)
    .set('StudyDate', study.date ?? null)
    .set('StudyTime', study.time ?? null)
    .set('AccessionNumber', study.accessionNumber ?? null)
    .set('Modality', series.modality ?? modality)
    .set('Manufacturer', equipment?.manufacturer ?? null)
    .set('ReferringPhysicianName', study.referringPhysicianName ?? null)
    .set('PatientName', patient.name ?? null)
    .set('PatientID', patient.id ?? null)
    .set('PatientBirthDate', patient.birthDate ?? null)
    .set('PatientSex', patient.sex ?? null)
    .set('StudyInstanceUID', study.studyInstanceUid)
    .set('SeriesInstanceUID', series.seriesInstanceUid)
    .set('StudyID', study.id ?? null)
    .set('SeriesNumber', series.number ?? null)
    .set('InstanceNumber', instance.number)
    .set('ContentDate', instance.date)
    .set('ContentTime', instance.time);
  const optional = {
    IssuerOfPatientID: patient.issuerOfId,
    StudyDescription: study.description,
    AdmissionID: study.admissionId,
    SeriesDescription: series.description,
    Laterality: series.laterality,
    BodyPartExamined: series.bodyPartExamined,
    ManufacturerModelName: equipment?.model,
    DeviceSerialNumber: equipment?.serialNumber,
    SoftwareVersions: equipment?.softwareVersions,
  };
  for (const [keyword, value] of Object.entries(optional)) if (value !== undefined) setAbsent(dataset, keyword, value);
  return dataset;
}
