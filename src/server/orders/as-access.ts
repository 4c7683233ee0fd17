// An operation of a DIMSE peer as an access: allowed or not, measured, in the audit.

import type { Principal } from '../../auth/principal.ts';
import type { Exchange } from '../../dimse/handlers.ts';
import type { Core } from '../core.ts';
import { type Access, access } from '../doors/access.ts';

type Asked = Pick<Access, 'action' | 'query'>;

/** `work` with the tenant of whoever asks. */
export function asAccess<T>(
  core: Core,
  exchange: Exchange,
  asked: Asked,
  work: (tenant: number) => Promise<T>,
): Promise<T> {
  const by = accessBy(exchange, asked);
  return access(core, by, () => work(by.principal.tenant));
}

export function accessBy({ principal, peer, associationId }: Exchange, { action, query }: Asked): Access {
  return {
    principal: principal as Principal,
    door: 'dimse',
    action,
    requestId: associationId,
    remoteAddress: peer.remoteAddress,
    ...(query && { query }),
  };
}
