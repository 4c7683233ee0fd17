// What may-leave.ts asks about, as this installation knows it: the patient's consents, and how many persons a recipient has had.

import type { Consent } from '@medplum/fhirtypes';
import { isDenied } from '../../reading/privacy/consent.ts';
import { type LeaveRefusal, mayLeave } from '../../reading/privacy/may-leave.ts';
import { personsGiven } from '../../reading/store/egress.ts';
import type { Room } from '../../reading/store/rooms.ts';
import { writtenWith } from '../../storage/fhir-patients.ts';
import type { Core } from '../core.ts';
import { KnownPatients } from '../fhir/known-patients.ts';
import type { CopyPlan } from './copy-plan.ts';
import { patientInRoom } from './copy-plan.ts';
import type { OutboundCase } from './outbound-case.ts';

const DAY_MS = 86_400_000;
/** 28 CFR 202.205: within a period of 12 months. */
const COUNTED_DAYS = 365;

/** Since when persons are counted, at `at`. */
export const countedSince = (at: number): Date => new Date(at - COUNTED_DAYS * DAY_MS);

/** Treatment: whoever asks for a reading is treated. */
const PURPOSE = 'TREAT';

/** undefined where it may. */
export async function refusalOf(
  core: Core,
  one: OutboundCase,
  room: Room,
  plan: CopyPlan,
  at: number,
): Promise<LeaveRefusal | undefined> {
  const counted = await personsGiven(core.database, {
    recipient: one.provider,
    since: countedSince(at),
    tenant: one.tenant,
    patient: patientInRoom(plan),
  });
  const consents = await consentsOf(core, one);
  const isForbidden = isDenied(consents, { purpose: PURPOSE, recipient: [one.provider], at });
  const { term, patientAt } = one;
  return mayLeave({ term, patientAt, roomAt: room.restsAt, isDenied: isForbidden, ...counted, at });
}

/** All that are in force of whoever the study is of, under any of their numbers. */
async function consentsOf(core: Core, { tenant, study }: OutboundCase): Promise<Consent[]> {
  const { database } = core;
  const { people } = await core.identity();
  await people.follow();
  const person = people.of(tenant).personOfStudy(study);
  if (person === undefined) return [];
  const [known] = await new KnownPatients(core).persons(tenant, [person]);
  const written = known === undefined ? [] : await writtenWith(database, tenant, known.registrations);
  const rows = await database.query<{ resource: Consent }>(
    `select resource from fhir_resource where tenant = $1 and type = 'Consent' and not deleted and patients && $2::text[]`,
    [tenant, [person, ...written.map(({ id }) => id)]],
  );
  return rows.map(({ resource }) => resource);
}
