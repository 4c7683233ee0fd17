// Rooms: for each reading provider a tenant of its own, in which copies for its readers lie and nothing else. Whoever belongs to
// a provider belongs to its room, so that no door has to know what a copy is.

import { tenantNamed } from '../../auth/tenants.ts';
import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import type { Jurisdiction } from '../terms/service-term.ts';

export interface Room {
  provider: string;
  tenant: number;
  /** Where its copies rest. */
  restsAt: Jurisdiction;
}

export const limits = {
  /** Characters of a provider's id. */
  providerId: 64,
} as const;

export const roomName = (provider: string): string => `reading/${provider}`;

/** The room of a provider, made where there is none. Rejects with request/malformed where its copies rest elsewhere. */
export async function openRoom(database: Database, provider: string, restsAt: Jurisdiction): Promise<Room> {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(provider) || provider.length > limits.providerId)
    throw new Problem('request/malformed', { reason: 'a provider is named by letters, digits, points and dashes' });
  const tenant = await tenantNamed(database, roomName(provider));
  await database.query(
    'insert into reading_room (provider, tenant, rests_at) values ($1, $2, $3) on conflict (provider) do nothing',
    [provider, tenant, restsAt],
  );
  const room = (await roomOf(database, provider))!;
  if (room.restsAt !== restsAt)
    throw new Problem('request/malformed', { reason: `copies for this provider rest in ${room.restsAt}` });
  return room;
}

export async function roomOf(database: Database, provider: string): Promise<Room | undefined> {
  const [room] = await database.query<Room & Record<string, unknown>>(
    'select provider, tenant, rests_at as "restsAt" from reading_room where provider = $1',
    [provider],
  );
  return room;
}

/** Whose room a tenant is; undefined of all others. */
export async function providerOfRoom(database: Database, tenant: number): Promise<string | undefined> {
  const [room] = await database.query<{ provider: string }>('select provider from reading_room where tenant = $1', [
    tenant,
  ]);
  return room?.provider;
}
