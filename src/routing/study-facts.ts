// The facts that the instances of a study say themselves. Order, person as identified, and what normalisation found come
// from those who know them.

import type { DataSet } from '../dicom/dataset.ts';
import { dateInterval } from '../dicom/date-time.ts';
import type { SeriesFacts, StudyFacts } from './facts.ts';

/** `datasets` are of one study, without regard to their order; bulk need not be held. */
export function factsOfInstances(
  datasets: readonly DataSet[],
  { tenant, source }: Pick<StudyFacts, 'tenant' | 'source'>,
): StudyFacts {
  const first = (keyword: string) => known(datasets.map((dataset) => dataset.text(keyword)));
  const all = (keyword: string) => each(datasets.flatMap((dataset) => dataset.texts(keyword)));
  const anySays = (keyword: string, value: string) => datasets.some((dataset) => dataset.text(keyword) === value);
  const date = first('StudyDate');
  const bySeries = Map.groupBy(datasets, (dataset) => dataset.text('SeriesInstanceUID') ?? '');
  return {
    tenant,
    study: present({
      uid: first('StudyInstanceUID') ?? '',
      accessionNumber: first('AccessionNumber'),
      date: date === undefined ? undefined : isoDate(date),
      description: first('StudyDescription'),
      modalities: all('Modality'),
      sopClasses: all('SOPClassUID'),
      bodyParts: all('BodyPartExamined'),
      institution: first('InstitutionName'),
      department: first('InstitutionalDepartmentName'),
      referringPhysician: first('ReferringPhysicianName'),
      instances: new Set(datasets.map((dataset) => dataset.text('SOPInstanceUID'))).size,
      lossy: anySays('LossyImageCompression', '01'),
      burnedIn: anySays('BurnedInAnnotation', 'YES'),
      identityRemoved: anySays('PatientIdentityRemoved', 'YES'),
      series: [...bySeries].map(([uid, instances]) => factsOfSeries(uid, instances)),
    }),
    person: present({
      patientId: first('PatientID'),
      issuer: first('IssuerOfPatientID'),
      identifiers: identifiersOf(datasets),
      ageYears: ageInYears((keyword) => known(datasets.map((dataset) => dataset.text(keyword)))),
      ageDays: ageDays(first('PatientBirthDate'), date),
      sex: first('PatientSex'),
    }),
    source: present({
      ...source,
      station: source?.station ?? first('StationName'),
      manufacturer: source?.manufacturer ?? first('Manufacturer'),
      model: source?.model ?? first('ManufacturerModelName'),
    }),
  };
}

function factsOfSeries(uid: string, instances: readonly DataSet[]): SeriesFacts {
  const first = (keyword: string) => known(instances.map((dataset) => dataset.text(keyword)));
  const number = (keyword: string) => known(instances.map((dataset) => dataset.number(keyword)));
  const all = (keyword: string) => each(instances.flatMap((dataset) => dataset.texts(keyword)));
  return present({
    uid,
    number: number('SeriesNumber'),
    modality: first('Modality'),
    description: first('SeriesDescription'),
    protocol: first('ProtocolName'),
    bodyPart: first('BodyPartExamined'),
    laterality: first('Laterality'),
    station: first('StationName'),
    sopClasses: all('SOPClassUID'),
    imageTypes: all('ImageType'),
    sliceThickness: number('SliceThickness'),
    instances: new Set(instances.map((dataset) => dataset.text('SOPInstanceUID'))).size,
  });
}

const known = <T>(values: readonly (T | undefined)[]): T | undefined => values.find((value) => value !== undefined);
const each = (values: readonly string[]): string[] => [...new Set(values.filter((value) => value !== ''))];

/** Without what is not known. */
function present<T extends object>(facts: { [name in keyof T]: T[name] | undefined }): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}

function identifiersOf(datasets: readonly DataSet[]): string[] {
  return each(
    datasets.flatMap((dataset) => {
      const id = dataset.text('PatientID');
      return id === undefined ? [] : [`${dataset.text('IssuerOfPatientID') ?? ''}|${id}`];
    }),
  );
}

/** From the dates; where one is missing, from Patient's Age (PS3.5 6.2 AS). */
export function ageInYears(text: (keyword: string) => string | undefined): number | undefined {
  const [birth, study] = [text('PatientBirthDate'), text('StudyDate')].map((date) => date && isoDate(date));
  if (birth && study) {
    const years = Number(study.slice(0, 4)) - Number(birth.slice(0, 4));
    return study.slice(4) < birth.slice(4) ? years - 1 : years;
  }
  const age = /^(\d{3})([DWMY])$/.exec(text('PatientAge') ?? '');
  if (age === null) return undefined;
  const inYear = { D: 365, W: 52, M: 12, Y: 1 }[age[2] as 'D' | 'W' | 'M' | 'Y'];
  return Math.floor(Number(age[1]) / inYear);
}

const DAY = 86_400_000_000;

function ageDays(birth: string | undefined, study: string | undefined): number | undefined {
  const [from, to] = [birth, study].map((date) => (date === undefined ? undefined : dateInterval(date)?.from));
  return from === undefined || to === undefined ? undefined : Math.round((to - from) / DAY);
}

/** `2026-11-23`; undefined where it is no date. */
function isoDate(date: string): string | undefined {
  const from = dateInterval(date)?.from;
  return from === undefined ? undefined : new Date(from / 1000).toISOString().slice(0, 10);
}
