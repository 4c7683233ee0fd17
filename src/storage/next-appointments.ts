// The next appointment of a patient that is for no images (migrations/0025-deadlines.sql).

import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';
import type { Queries } from './transaction.ts';

export interface NextAppointment {
  startsAt: Date;
  service: string | null;
  location: string | null;
}

export const limits = {
  /** How long after its beginning an appointment is still the next: images of an operation are needed while it goes on. */
  afterHours: 12,
} as const;

const SELECT = `select a.starts_at as "startsAt", a.service, a.location from appointment a`;
const NEXT = `not a.is_off and a.starts_at > now() - make_interval(hours => ${limits.afterHours}) order by a.starts_at limit 1`;

/** `study`: its row. Who assigned the Patient ID may be unsaid. */
export async function nextOfStudy(queries: Queries, study: string): Promise<NextAppointment | undefined> {
  const [row] = await queries.query<NextAppointment & Record<string, unknown>>(
    `${SELECT} join study s on s.tenant = a.tenant and s.patient_id = a.patient_id and (a.issuer_of_patient_id = ''
       or coalesce(s.issuer_of_patient_id, '') in ('', a.issuer_of_patient_id))
     where s.id = $1 and ${NEXT}`,
    [study],
  );
  return row;
}

export async function nextOfPatient(
  transaction: Transaction<Tables>,
  tenant: number,
  { issuer, patientId }: { issuer: string; patientId: string },
): Promise<NextAppointment | undefined> {
  const { rows } =
    await sql<NextAppointment>`${sql.raw(SELECT)} where a.tenant = ${tenant} and a.patient_id = ${patientId}
    and (a.issuer_of_patient_id in ('', ${issuer}) or ${issuer} = '') and ${sql.raw(NEXT)}`.execute(transaction);
  return rows[0];
}
