// Where an object of a study lies in a bucket or on a server: a path of UIDs. It holds nothing of the patient, for names
// stand in logs that are not ours.

import { Problem } from '../../base/problem.ts';

const USUAL = '{study}/{series}/{instance}.dcm';
/** A UID that cannot lead out of its folder: PS3.5 9.1, and what is close to it. */
const UID = /^\d[\d.]{0,63}$/;
const PLACE = /\{(\w*)\}/g;
const places = ['tenant', 'study', 'series', 'instance'];

export interface NamedObject {
  tenant: number;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
}

/** Why objects cannot be named like this; undefined where they can. */
export function nameFault(template: string = USUAL): string | undefined {
  const unknown = [...template.matchAll(PLACE)].find(([, place]) => !places.includes(place!));
  if (unknown !== undefined) return `no ${unknown[0]}: there are {${places.join('} {')}}`;
  if (!template.includes('{instance}')) return 'without {instance} one object would replace another';
  const steps = template.split('/');
  if (steps.some((step) => step === '' || step === '.' || step === '..')) return 'a step of the path is empty or dots';
  return undefined;
}

/** Throws delivery/refused where a UID is none. */
export function objectName(template: string = USUAL, object: NamedObject): string {
  const { tenant, studyInstanceUid, seriesInstanceUid, sopInstanceUid } = object;
  if (![studyInstanceUid, seriesInstanceUid, sopInstanceUid].every((uid) => UID.test(uid)))
    throw new Problem('delivery/refused');
  const values: Record<string, string> = {
    tenant: String(tenant),
    study: studyInstanceUid,
    series: seriesInstanceUid,
    instance: sopInstanceUid,
  };
  return template.replaceAll(PLACE, (_, place) => values[place]!);
}
