// The peers that this node calls: where they listen, whose certificates they must have where that is by TLS, and the
// certificate of our own for those that demand one.

import type { Peers } from '../auth/peers.ts';
import type { CallerTls, PeerTls, TlsIdentity } from '../base/tls.ts';
import type { Destination } from '../dimse/handlers.ts';

export class CalledPeers {
  readonly #peers: Pick<Peers, 'find'>;
  #identity: TlsIdentity | undefined;

  constructor(peers: Pick<Peers, 'find'>) {
    this.#peers = peers;
  }

  /** What we prove ourselves by from the next connection on. */
  renew(identity: TlsIdentity | undefined): void {
    this.#identity = identity;
  }

  find(tenant: number, aeTitle: string): Destination | undefined {
    const peer = this.#peers.find(tenant, aeTitle);
    if (peer === undefined) return undefined;
    const { host, port, tls } = peer;
    return { aeTitle: peer.aeTitle, host, port, ...(tls && { tls: this.byTls(tls) }) };
  }

  /** What is called by TLS as `tls` has it, with what we prove ourselves by. */
  byTls(tls: true | PeerTls): CallerTls {
    return callerTls(tls, this.#identity);
  }
}

export const callerTls = (tls: true | PeerTls, identity: TlsIdentity | undefined): CallerTls => ({
  ...identity,
  ...(tls === true ? {} : tls),
});
