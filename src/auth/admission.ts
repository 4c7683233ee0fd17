// Whether an association is let in, and as whom: PS3.8 9.3.4. The allow-list holds AE titles with their addresses; an
// unknown title and a known one from elsewhere get the same answer.

import { Problem } from '../base/problem.ts';
import type { Peer, Peers } from './peers.ts';
import { DEFAULT_TENANT, type Principal, type Scope } from './principal.ts';

export interface Caller {
  callingAeTitle: string;
  remoteAddress: string;
}

/** PS3.8 Table 9-21: rejected-permanent by the service user, calling AE title not recognized. */
const callingAeTitleNotRecognized = { result: 1, source: 1, reason: 3 } as const;

export type Admission =
  | { principal: Principal; peer: Peer | undefined }
  | { reject: typeof callingAeTitleNotRecognized };

export interface AdmissionRules {
  peers: Peers;
  /** AE titles let in from any address without an entry (FASCIA_PEERS). */
  without: 'ANY' | readonly string[];
}

/** What a modality, a workstation or an archive does; hiding and administering take a person or a token. */
const peerScopes: readonly Scope[] = ['read', 'write'];

export async function admit({ peers, without }: AdmissionRules, caller: Caller): Promise<Admission> {
  const aeTitle = caller.callingAeTitle.trim();
  const matches = await peers.matching(aeTitle, caller.remoteAddress);
  // Which of two tenants it calls for cannot be told from the title and address they both entered; guessing would misfile.
  if (matches.length > 1) return { reject: callingAeTitleNotRecognized };
  const [match] = matches;
  if (match !== undefined) return { principal: peerPrincipal(aeTitle, match.tenant), peer: match.peer };
  if (without === 'ANY' || without.includes(aeTitle)) {
    return { principal: peerPrincipal(aeTitle, DEFAULT_TENANT), peer: undefined };
  }
  return { reject: callingAeTitleNotRecognized };
}

/** Where a C-MOVE of this principal may send to: a peer of its own tenant. */
export function destinationOf(peers: Peers, principal: Principal, aeTitle: string): Peer {
  const peer = peers.find(principal.tenant, aeTitle);
  if (peer === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: aeTitle.trim() });
  return peer;
}

function peerPrincipal(aeTitle: string, tenant: number): Principal {
  return { id: `peer:${aeTitle}`, kind: 'peer', tenant, scopes: peerScopes };
}
