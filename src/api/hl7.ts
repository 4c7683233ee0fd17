// /hl7: what was received by HL7 v2, what waits for somebody to look at it, and the senders with their switches and
// profiles. Messages hold patients: each route needs the right to administer.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import {
  ById,
  ByName,
  Edited,
  Entry,
  entryFilter,
  type Filter,
  Interface,
  Notice,
  noticeFilter,
  Replayed,
} from './hl7-schemas.ts';
import { page } from './page.ts';
import type { ApiContext, ApiRequest, ApiRoute } from './route.ts';

export const hl7Routes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/hl7/messages',
    summary: 'HL7 v2 messages received, newest first',
    action: 'administer',
    query: entryFilter,
    answer: Type.Array(Entry),
    handle: ({ context, principal, query }: ApiRequest<unknown, Filter, unknown>) =>
      listed(context, principal.tenant, query),
  },
  {
    method: 'GET',
    path: '/hl7/messages/{id}',
    summary: 'The bytes of a message as they arrived',
    action: 'administer',
    params: ById,
    answer: Type.String(),
    mediaType: 'application/octet-stream',
    async handle({ context, principal, params }: ApiRequest<Static<typeof ById>, unknown, unknown>) {
      const { bytes } = await stored(context, principal.tenant, params.id);
      return [bytes];
    },
  },
  {
    method: 'GET',
    path: '/hl7/quarantine',
    summary: 'HL7 v2 messages that somebody has to look at, newest first',
    action: 'administer',
    query: page,
    answer: Type.Array(Entry),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof page>, unknown>) =>
      listed(context, principal.tenant, { ...query, state: 'quarantined' }),
  },
  {
    method: 'POST',
    path: '/hl7/quarantine/{id}/replay',
    summary: 'Takes a quarantined message again, as it is or corrected',
    action: 'administer',
    params: ById,
    body: Edited,
    answer: Replayed,
    handle: ({ context, principal, params, body }: ApiRequest<Static<typeof ById>, unknown, Static<typeof Edited>>) =>
      replay(context, principal.tenant, params.id, body.text),
  },
  {
    method: 'GET',
    path: '/hl7/notifications',
    summary: 'PIX update notifications, newest first: what waits, what was acknowledged, what was refused',
    action: 'administer',
    query: noticeFilter,
    answer: Type.Array(Notice),
    handle: ({ context, principal, query }: ApiRequest<unknown, Filter, unknown>) =>
      context.database.query(
        `select id, interface, identifiers, state, attempts, problem, created_at as at, settled_at as "settledAt"
         from pix_notice
         where tenant = $1 and ($2::bigint is null or id < $2) and ($4::text is null or state = $4)
           and ($5::text is null or interface = $5)
         order by id desc limit $3`,
        [principal.tenant, query.before, query.limit, query.state, query.interface],
      ),
  },
  {
    method: 'GET',
    path: '/hl7/interfaces',
    summary: 'The senders of HL7 v2 messages',
    action: 'administer',
    answer: Type.Array(Interface),
    handle: async ({ context, principal }: ApiRequest<unknown, unknown, unknown>) =>
      context.interfaces.list(principal.tenant),
  },
  {
    method: 'GET',
    path: '/hl7/interfaces/{name}',
    summary: 'One sender: its switch and its profile',
    action: 'administer',
    params: ByName,
    answer: Interface,
    handle: async ({ context, principal, params }: ApiRequest<Static<typeof ByName>, unknown, unknown>) =>
      context.interfaces.find(principal.tenant, params.name),
  },
  {
    method: 'PUT',
    path: '/hl7/interfaces/{name}',
    summary: 'Lets a sender in, switches it on or off, or changes its profile',
    action: 'administer',
    params: ByName,
    body: Interface,
    answer: Interface,
    async handle({
      context,
      principal,
      params,
      body,
    }: ApiRequest<Static<typeof ByName>, unknown, Static<typeof Interface>>) {
      if (body.name !== params.name) throw new Problem('request/malformed', { reason: 'name is not that of the path' });
      await context.interfaces.put(principal.tenant, body);
      return context.interfaces.find(principal.tenant, body.name);
    },
  },
];

function listed({ database }: ApiContext, tenant: number, query: Filter): Promise<object[]> {
  return database.query(
    `select id, interface, control_id as "controlId", message_type as "messageType", state, problem, reason, findings,
       control_id_of as "controlIdOf", replay_of as "replayOf", size_bytes as "sizeBytes", received_at as at
     from hl7_message
     where tenant = $1 and ($2::bigint is null or id < $2) and ($4::text is null or state = $4)
       and ($5::text is null or interface = $5)
     order by id desc limit $3`,
    [tenant, query.before, query.limit, query.state, query.interface],
  );
}

async function stored(
  { database }: ApiContext,
  tenant: number,
  id: string,
): Promise<{ bytes: Buffer; interface: string; state: string }> {
  const [row] = await database.query<{ bytes: Buffer | null; interface: string; state: string }>(
    'select bytes, interface, state from hl7_message where tenant = $1 and id = $2',
    [tenant, id],
  );
  if (!row?.bytes) throw new Problem('catalogue/not-found', { what: 'message' });
  return { ...row, bytes: row.bytes };
}

/** The message it replaces leaves the quarantine when the new one is taken. */
async function replay(context: ApiContext, tenant: number, id: string, edited: string | undefined) {
  const found = await stored(context, tenant, id);
  if (found.state !== 'quarantined') throw new Problem('catalogue/not-found', { what: 'quarantined message' });
  const bytes = edited === undefined ? found.bytes : new TextEncoder().encode(edited);
  const { acknowledgements: _, ...taken } = await context.takeMessage(
    bytes,
    { tenant, interface: found.interface },
    id,
  );
  if (taken.id !== undefined && taken.id !== id && (taken.state === 'accepted' || taken.state === 'applied')) {
    await context.database.query(
      `update hl7_message set state = 'refused', reason = $3 where tenant = $1 and id = $2 and state = 'quarantined'`,
      [tenant, id, `replaced by message ${taken.id}`],
    );
  }
  return taken;
}
