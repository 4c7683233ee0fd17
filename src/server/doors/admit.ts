// Who comes in through a web door.

import type { AuditEntry } from '../../audit/entry.ts';
import type { Authenticator, Credentials } from '../../auth/authenticator.ts';
import { DEFAULT_TENANT, type Principal } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import type { Core } from '../core.ts';

/** A credential that opens nothing is on record too. */
export async function admit(
  { audit }: Core,
  authenticator: Authenticator,
  door: AuditEntry['door'],
  request: Credentials & { requestId: string },
): Promise<Principal> {
  try {
    return await authenticator.authenticate(request);
  } catch (error) {
    const { remoteAddress, requestId } = request;
    const outcome = asProblem(error).code;
    await audit.record({
      tenant: DEFAULT_TENANT,
      principal: 'unknown',
      door,
      action: 'admit',
      outcome,
      remoteAddress,
      requestId,
    });
    throw error;
  }
}
