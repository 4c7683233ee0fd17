// What an ADT message says of identity, by the profile of its sender and what this sender may say.

import { createHash } from 'node:crypto';
import type { Interface, Interfaces } from '../../auth/interfaces.ts';
import type { Message } from '../../hl7v2/message.ts';
import { ownsAuthority } from '../../hl7v2/sender-profile.ts';
import { type AdtStatements, readAdt } from '../../translate/adt.ts';

/** Throws hl7/missing-field, and identity/not-owner for merges of identifiers that are not this sender's. */
export function statementsOf(
  message: Message,
  { tenant, interface: { name, profile } }: { tenant: number; interface: Interface },
  { interfaces, canonical }: { interfaces: Pick<Interfaces, 'list'>; canonical?: (issuer: string) => string },
): AdtStatements {
  const others = interfaces.list(tenant).filter((other) => other.name !== name);
  const profiles = others.map((other) => other.profile);
  return readAdt(message, {
    // Of the bytes: the same message once more makes the same statements.
    id: `hl7:${createHash('sha256').update(name).update(message.bytes).digest('hex').slice(0, 32)}`,
    site: name,
    receivedAt: new Date().toISOString(),
    profile,
    owns: (issuer) => ownsAuthority(profile, issuer, profiles, canonical),
  });
}
