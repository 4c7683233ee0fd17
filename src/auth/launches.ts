// Launches that an EHR has begun, and the sessions they lead to: rows of the tables `launch` and `token`. Any node may
// answer the way back.

import type { Clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import { limits } from './limits.ts';
import type { PatientIdentifier } from './patient-context.ts';
import { secretHash } from './secret.ts';
import { insertToken } from './tokens.ts';

export interface Launch {
  /** FHIR base URL of the EHR. */
  ehr: string;
  /** PKCE S256, RFC 7636 4.2. */
  codeChallenge: string;
}

export async function beginLaunch(
  database: Database,
  launch: Launch & { state: string },
  clock: Clock,
): Promise<{ expiresAt: Date }> {
  const expiresAt = new Date(clock.now() + limits.launchMs);
  await database.query('delete from launch where expires_at < $1', [new Date(clock.now())]);
  await database.query('insert into launch (state_sha256, ehr, code_challenge, expires_at) values ($1, $2, $3, $4)', [
    secretHash(launch.state),
    launch.ehr,
    launch.codeChallenge,
    expiresAt,
  ]);
  return { expiresAt };
}

/** Spends the state. Rejects with launch/refused: an unknown, a late and a second one are told the same. */
export async function takeLaunch(database: Database, state: string, clock: Clock): Promise<Launch> {
  const [launch] = await database.query<Launch>(
    `delete from launch where state_sha256 = $1 and expires_at > $2
     returning ehr, code_challenge as "codeChallenge"`,
    [secretHash(state), new Date(clock.now())],
  );
  if (launch === undefined) {
    throw new Problem('launch/refused', { reason: 'it is unknown here, was used already, or has expired' });
  }
  return launch;
}

/** A session that opens the studies of one patient. `name`: who looks, as the EHR calls them. */
export async function createPatientSession(
  database: Database,
  { tenant, name, patient }: { tenant: number; name: string; patient: readonly PatientIdentifier[] },
  clock: Clock,
): Promise<{ id: string; secret: string; expiresAt: Date }> {
  const expiresAt = new Date(clock.now() + limits.launchedSessionMs);
  const session = { tenant, name: name.slice(0, limits.nameCharacters), scopes: ['read'], patient, expiresAt } as const;
  return { ...(await insertToken(database, session, 'session')), expiresAt };
}
