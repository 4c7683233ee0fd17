// What every copy of a case is made by: the profile, the pseudonyms of its domain, and under which of the patient's numbers the
// patient is called there. Whoever was merged since is still called by the pseudonym that was given first.

import type { Profile } from '../../deidentify/profile.ts';
import type { PatientNumber, PatientPseudonym, Pseudonyms } from '../../deidentify/pseudonyms.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import type { MappedPatient, Twofold } from '../../reading/privacy/pseudonym-map.ts';
import { domainName, type Vault, type VaultCase } from '../../reading/store/vault.ts';
import type { Step } from '../../routing/step.ts';
import type { Core } from '../core.ts';
import { type KnownOfPatient, knownOfPatient } from './known-of-patient.ts';
import type { OutboundCase } from './outbound-case.ts';

export interface CopyPlan {
  /** Of the study: patient and study attributes. */
  study: DataSet;
  profile: Profile;
  pseudonyms: Pseudonyms;
  steps: readonly Step[];
  /** By which the patient is called in the domain. */
  number: PatientNumber;
  patient: PatientPseudonym;
  known: KnownOfPatient;
  entry: VaultCase;
}

/** undefined where the study is gone, or the term names a profile that nobody knows: then `missing` says which. */
export type Planned = { plan: CopyPlan } | { missing: 'study' | 'profile' };

export async function copyPlan(core: Core, vault: Vault, one: OutboundCase): Promise<Planned> {
  const { database, deidentifier } = core;
  const [row] = await database.query<{ attributes: string; study_uid: string }>(
    'select attributes, study_uid from study where tenant = $1 and id = $2',
    [one.tenant, one.study],
  );
  if (row === undefined) return { missing: 'study' };
  const { disclosure } = one.term;
  const profile = deidentifier.profiles.get(disclosure.mode === 'pseudonymised' ? disclosure.profile : 'R-ident');
  if (profile === undefined) return { missing: 'profile' };
  const study = fromJson(JSON.parse(row.attributes));
  const domain = { tenant: one.tenant, name: domainName(one.client, one.provider) };
  const pseudonyms = deidentifier.pseudonyms(String(one.tenant), domain.name);
  const own: PatientNumber = { issuer: study.text('IssuerOfPatientID'), id: study.text('PatientID') };
  const called = (number: PatientNumber) => pseudonyms.patient(number, row.study_uid);
  const known = await knownOfPatient(core, one);
  const numbers = [own, ...known.numbers];
  const first = await vault.firstGiven(
    domain,
    numbers.map((each) => called(each).id),
  );
  const number = numbers.find((each) => called(each).id === first) ?? own;
  const patient = called(number);
  const isShifted = profile.options.has('retain-modified-dates');
  const said = {
    original: withoutEmpty({
      ...own,
      name: study.text('PatientName'),
      birthDate: study.text('PatientBirthDate'),
    }),
  };
  const accession = study.text('AccessionNumber');
  const placer = known.order?.placer?.number;
  const twofold = (kind: string, original: string | undefined): Twofold<string> | undefined =>
    original === undefined || original === ''
      ? undefined
      : { original, pseudonym: profile.identified ? original : pseudonyms.identifier(kind, original) };
  return {
    plan: {
      study,
      profile,
      pseudonyms,
      steps: profile.identified ? [] : [{ deidentify: { profile: profile.name, domain: domain.name } }],
      number,
      patient,
      known,
      entry: {
        case: one.id,
        domain,
        patient: {
          ...said,
          pseudonym: profile.identified ? said.original : { id: patient.id, name: patient.id },
        },
        studyUid: {
          original: row.study_uid,
          pseudonym: profile.identified ? row.study_uid : pseudonyms.uid(row.study_uid),
        },
        ...withoutEmpty({
          accession: twofold('accession', accession),
          placerOrderNumber: twofold('PlacerOrderNumberImagingServiceRequest', placer),
        }),
        shiftDays: profile.identified || !isShifted ? 0 : patient.shiftDays,
      },
    },
  };
}

function withoutEmpty<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept = Object.entries(value).filter(([, each]) => each !== undefined && each !== '');
  return Object.fromEntries(kept) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** As it is called in the room. */
export const patientInRoom = ({ entry }: CopyPlan): string => (entry.patient.pseudonym as MappedPatient).id ?? '';
