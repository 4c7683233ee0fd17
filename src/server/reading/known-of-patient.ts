// What this client knows of a patient beyond the object that is about to leave: an image names the accession number of an earlier
// study, a history the doctor who ordered it. All of it is looked for in all that leaves.

import type { PatientNumber } from '../../deidentify/pseudonyms.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import type { Order } from '../../translate/order.ts';
import type { Core } from '../core.ts';
import type { OutboundCase } from './outbound-case.ts';

export const limits = {
  /** Studies of a person whose attributes are looked at, the newest. */
  studies: 200,
} as const;

export interface KnownOfPatient {
  /** Of the study that is to be read; absent where nobody ordered it. */
  order?: Order;
  /** Numbers under which studies of this person came. */
  numbers: PatientNumber[];
  /** Attributes in which names and numbers are looked for. */
  said: DataSet[];
}

export async function knownOfPatient(core: Core, { tenant, study, priors }: OutboundCase): Promise<KnownOfPatient> {
  const { people } = await core.identity();
  await people.follow();
  const ofTenant = people.of(tenant);
  const person = ofTenant.personOfStudy(study);
  const { studyIds = [] } = (person && ofTenant.person(person)) || {};
  const ids = [...new Set([study, ...priors, ...studyIds])];
  const rows = await core.database.query<{ attributes: string; id: string | null; issuer: string | null }>(
    `select attributes, patient_id as id, issuer_of_patient_id as issuer from study
     where tenant = $1 and id = any($2::bigint[]) order by id = $3 desc, id desc limit $4`,
    [tenant, ids, study, limits.studies],
  );
  const orders = (await ordersOfStudies(core.database, ids)).map((each) => ({
    study: each.study,
    order: each.document as Order,
  }));
  const order = orders.find((each) => each.study === study)?.order;
  return {
    ...(order && { order }),
    numbers: rows.flatMap(({ id, issuer }) => (id === null ? [] : [{ id, ...(issuer !== null && { issuer }) }])),
    said: [
      ...rows.map(({ attributes }) => fromJson(JSON.parse(attributes))),
      ...orders.map(({ order }) => saidOf(order)),
    ],
  };
}

/** Everybody and every number that an order names, in attributes in which they are looked for. */
function saidOf({ patient, placer, filler, accession, ...order }: Order): DataSet {
  return attributesOf(
    [
      patient.name,
      ...(patient.otherNames ?? []),
      patient.birthName,
      order.requestingPhysician,
      order.referringPhysician,
      order.enteredBy,
    ],
    [
      patient.patientId,
      ...(patient.otherPatientIds ?? []).map(({ id }) => id),
      placer?.number,
      filler?.number,
      accession?.number,
      patient.nationalId,
    ],
    patient,
  );
}

/** `names` as PN. */
export function attributesOf(
  names: readonly (string | undefined)[],
  numbers: readonly (string | undefined)[] = [],
  { birthDate, phone, address }: { birthDate?: string; phone?: string; address?: string } = {},
): DataSet {
  const said = new DataSet().set('SpecificCharacterSet', 'ISO_IR 192');
  const put = (keyword: string, texts: readonly (string | undefined)[]): void => {
    const there = texts.filter((text) => text !== undefined && text !== '') as string[];
    if (there.length > 0) said.set(keyword, there);
  };
  put('OtherPatientNames', names);
  put('AdmissionID', numbers);
  put('PatientBirthDate', [birthDate?.replaceAll('-', '').slice(0, 8)]);
  put('PatientTelephoneNumbers', [phone]);
  put('PatientAddress', [address]);
  return said;
}
