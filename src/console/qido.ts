// What the console asks of QIDO-RS (PS3.18 10.6): pages of studies, and the series of one.

import { type JsonObject, personNameOf, textOf, textsOf } from '../viewer/dicom-json.ts';
import { getJson } from './http.ts';

export interface Search {
  key: 'PatientName' | 'PatientID' | 'AccessionNumber' | 'StudyDescription';
  text: string;
  modality: string;
  /** `20260101-`, or empty. */
  dates: string;
}

export const noSearch: Search = { key: 'PatientName', text: '', modality: '', dates: '' };

export const limits = {
  pageRows: 100,
  /** Studies that are looked through for the patients of a name. */
  patientRows: 50,
};

export interface Study {
  uid: string;
  patientName: string;
  patientId: string;
  birthDate: string;
  date: string;
  description: string;
  accessionNumber: string;
  modalities: string;
  instances: number;
}

/** A patient, by the newest study that says who it is. */
export interface KnownPatient {
  studyUid: string;
  name: string;
  id: string;
  issuer: string;
  birthDate: string;
}

export interface Series {
  uid: string;
  modality: string;
  number: string;
  description: string;
  instances: number;
}

export async function searchStudies(search: Search, offset: number, signal: AbortSignal): Promise<Study[]> {
  const query = new URLSearchParams({
    limit: String(limits.pageRows),
    offset: String(offset),
    orderby: '-StudyDate',
    includefield: '00081030,00080061,00100030,00201208',
  });
  const text = search.text.trim();
  if (text !== '') query.set(search.key, `*${text}*`);
  if (search.modality !== '') query.set('ModalitiesInStudy', search.modality);
  if (search.dates !== '') query.set('StudyDate', search.dates);
  const found = (await getJson<JsonObject[] | undefined>(`/dicomweb/studies?${query}`, signal)) ?? [];
  return found.map(studyOf);
}

/** Whose name or ID holds `text`, each once. */
export async function knownPatients(text: string, signal: AbortSignal): Promise<KnownPatient[]> {
  const ask = (key: string) => {
    const query = new URLSearchParams({
      [key]: `*${text}*`,
      limit: String(limits.patientRows),
      orderby: '-StudyDate',
      includefield: '00100021,00100030',
    });
    return getJson<JsonObject[] | undefined>(`/dicomweb/studies?${query}`, signal);
  };
  const found = (await Promise.all([ask('PatientName'), ask('PatientID')])).flatMap((objects) => objects ?? []);
  const patients = found.map((object) => ({
    studyUid: textOf(object, '0020000D'),
    name: personNameOf(object, '00100010'),
    id: textOf(object, '00100020'),
    issuer: textOf(object, '00100021'),
    birthDate: textOf(object, '00100030'),
  }));
  const isFirst = ({ id, issuer }: KnownPatient, at: number) =>
    id !== '' && patients.findIndex((other) => other.id === id && other.issuer === issuer) === at;
  return patients.filter(isFirst);
}

export async function seriesOf(studyUid: string, signal: AbortSignal): Promise<Series[]> {
  const url = `/dicomweb/studies/${studyUid}/series?includefield=0008103E,00201209`;
  const found = (await getJson<JsonObject[] | undefined>(url, signal)) ?? [];
  return found.map((object) => ({
    uid: textOf(object, '0020000E'),
    modality: textOf(object, '00080060'),
    number: textOf(object, '00200011'),
    description: textOf(object, '0008103E'),
    instances: Number(textOf(object, '00201209')),
  }));
}

const studyOf = (object: JsonObject): Study => ({
  uid: textOf(object, '0020000D'),
  patientName: personNameOf(object, '00100010'),
  patientId: textOf(object, '00100020'),
  birthDate: textOf(object, '00100030'),
  date: textOf(object, '00080020'),
  description: textOf(object, '00081030'),
  accessionNumber: textOf(object, '00080050'),
  modalities: textsOf(object, '00080061').join(' '),
  instances: Number(textOf(object, '00201208')),
});
