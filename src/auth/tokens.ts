// API tokens, one-time sign-in links and the sessions they are exchanged for: rows of the table `token`. A change is
// announced on the channel `token`, so that every node forgets what it believed.

import { randomUUID } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { Database } from '../storage/database.ts';
import type { TokenTable } from '../storage/tables.ts';
import { limits } from './limits.ts';
import type { PatientIdentifier } from './patient-context.ts';
import {
  scopes as allScopes,
  DEFAULT_TENANT,
  isScope,
  localPrincipal,
  type Principal,
  type Scope,
} from './principal.ts';
import { newSecret, secretHash } from './secret.ts';

export const TOKEN_CHANNEL = 'token';

export interface NewToken {
  tenant: number;
  name: string;
  scopes: readonly Scope[];
  /** Whose it is; with the scope `report`, and with no other. */
  reader?: string;
  expiresAt: Date;
}

export interface Token extends NewToken {
  id: string;
  createdAt: Date;
  revokedAt: Date | null;
}

type Kind = 'token' | 'sign-in' | 'session' | 'share';

/** The secret is in the answer and nowhere else. */
export async function createToken(
  database: Database,
  token: NewToken,
  clock: Clock,
  kind: 'token' | 'sign-in' = 'token',
): Promise<{ id: string; secret: string }> {
  const lifeMs = token.expiresAt.getTime() - clock.now();
  if (!(lifeMs > 0 && lifeMs <= limits.tokenMs)) refuse('a token expires in the future, within ten years');
  if (token.scopes.length === 0) refuse('a token needs a scope');
  const unknown = token.scopes.find((scope) => !isScope(scope));
  if (unknown !== undefined) refuse(`no such scope; there are ${allScopes.join(', ')}`);
  if (token.scopes.includes('report') !== (token.reader !== undefined))
    refuse('the scope report needs a reader, and a reader that scope');
  if (token.name === '' || token.name.length > limits.nameCharacters) refuse('a token needs a short name');
  return insertToken(database, token, kind);
}

/** Tokens of `tenant`, newest first; sign-in links and sessions are not among them. */
export async function listTokens(database: Database, tenant: number): Promise<Token[]> {
  const rows = await database.kysely
    .selectFrom('token')
    .select(['id', 'tenant', 'name', 'scopes', 'reader', 'created_at', 'expires_at', 'revoked_at'])
    .where('tenant', '=', tenant)
    .where('kind', '=', 'token')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    tenant: row.tenant,
    name: row.name,
    scopes: row.scopes.filter(isScope),
    ...(row.reader !== null && { reader: row.reader }),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }));
}

/** Ends a credential of `tenant`, on every node at once; only one of `kind` where that is given. Rejects with catalogue/not-found. */
export async function revokeToken(database: Database, tenant: number, id: string, kind?: Kind): Promise<void> {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const found = isUuid
    ? await database.query(
        `with ended as (
           update token set revoked_at = coalesce(revoked_at, now()) where tenant = $1 and id = $2 and kind = coalesce($4, kind)
           returning id)
         select pg_notify($3, id::text) from ended`,
        [tenant, id, TOKEN_CHANNEL, kind ?? null],
      )
    : [];
  if (found.length === 0) throw new Problem('catalogue/not-found', { what: 'token' });
}

/** A one-time sign-in for the person at the terminal. */
export async function createSignIn(database: Database, clock: Clock): Promise<{ secret: string; expiresAt: Date }> {
  const expiresAt = new Date(clock.now() + limits.signInMs);
  // A good moment to drop the links and sessions that nobody can use any more; the audit holds what they did.
  await database.query("delete from token where kind <> 'token' and expires_at < $1", [new Date(clock.now())]);
  const link = { tenant: DEFAULT_TENANT, name: 'sign-in link', scopes: allScopes, expiresAt };
  const { secret } = await insertToken(database, link, 'sign-in');
  return { secret, expiresAt };
}

/** Spends a sign-in link; a second attempt, a late one and a wrong one are told the same. */
export async function redeemSignIn(
  database: Database,
  secret: string,
  clock: Clock,
): Promise<{ secret: string; expiresAt: Date }> {
  const [spent] = await database.query<{ tenant: number; scopes: Scope[]; reader: string | null }>(
    `update token set used_at = $2
     where secret_sha256 = $1 and kind = 'sign-in' and used_at is null and revoked_at is null and expires_at > $2
     returning tenant, scopes, reader`,
    [secretHash(secret), new Date(clock.now())],
  );
  if (spent === undefined) throw new Problem('auth/unauthenticated', { reason: 'this link was used or has expired' });
  const expiresAt = new Date(clock.now() + limits.sessionMs);
  const { reader, ...held } = spent;
  const whose = reader === null ? {} : { reader };
  const session = await insertToken(database, { ...held, ...whose, name: 'session', expiresAt }, 'session');
  return { secret: session.secret, expiresAt };
}

/** Whose secret this is, and until when; undefined for an unknown, spent, revoked or expired one alike. */
export async function lookUpSecret(
  database: Database,
  sha256: Buffer,
  clock: Clock,
): Promise<{ principal: Principal; expiresAt: number } | undefined> {
  type Row = Pick<TokenTable, 'id' | 'tenant' | 'name' | 'scopes'> & {
    study_uid: string | null;
    patient: PatientIdentifier[] | null;
    reader: string | null;
    kind: 'token' | 'session' | 'share';
    expires_at: Date;
  };
  const [row] = await database.query<Row>(
    `select id, tenant, name, scopes, kind, study_uid, patient, reader, expires_at from token
     where secret_sha256 = $1 and kind <> 'sign-in' and revoked_at is null and expires_at > $2`,
    [sha256, new Date(clock.now())],
  );
  if (row === undefined) return undefined;
  const { id, kind, tenant, name, scopes, study_uid: studyUid, patient, reader } = row;
  const principal: Principal = { id: `${kind}:${id}`, kind, tenant, scopes: scopes.filter(isScope) };
  if (studyUid !== null) principal.share = { studyUid, watermark: name };
  if (patient !== null) principal.patient = patient;
  if (reader !== null) principal.reader = reader;
  return { principal, expiresAt: row.expires_at.getTime() };
}

/** Who this is by now, of `Principal.id`; undefined where the credential is none any more. */
export async function principalNamed(
  database: Database,
  { tenant, id: name }: { tenant: number; id: string },
  clock: Clock,
): Promise<Principal | undefined> {
  if (name === localPrincipal.id) return { ...localPrincipal, tenant };
  const [, kind, id] = /^(token|session):([0-9a-f-]{36})$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  type Row = { scopes: Scope[]; patient: PatientIdentifier[] | null; reader: string | null };
  const [row] = await database.query<Row>(
    `select scopes, patient, reader from token where tenant = $1 and id = $2 and kind = $3 and revoked_at is null and expires_at > $4`,
    [tenant, id, kind, new Date(clock.now())],
  );
  if (row === undefined) return undefined;
  const principal: Principal = {
    id: name,
    kind: kind as 'token' | 'session',
    tenant,
    scopes: row.scopes.filter(isScope),
  };
  if (row.patient !== null) principal.patient = row.patient;
  if (row.reader !== null) principal.reader = row.reader;
  return principal;
}

/** `studyUid`: the only study it opens. `patient`: whose studies alone. */
export async function insertToken(
  database: Database,
  token: NewToken & { studyUid?: string; patient?: readonly PatientIdentifier[] },
  kind: Kind,
): Promise<{ id: string; secret: string }> {
  const secret = newSecret();
  const id = randomUUID();
  await database.kysely
    .insertInto('token')
    .values({
      id,
      tenant: token.tenant,
      name: token.name,
      kind,
      secret_sha256: secretHash(secret),
      scopes: [...token.scopes],
      study_uid: token.studyUid ?? null,
      reader: token.reader ?? null,
      patient: token.patient === undefined ? null : JSON.stringify(token.patient),
      expires_at: token.expiresAt,
    })
    .execute();
  return { id, secret };
}

function refuse(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
