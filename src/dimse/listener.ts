// Listens for associations and counts them: by connection before a peer has said who it is, by AE title afterwards.
// PS3.8 9.1.4. What an association does is in served-association.ts.

import type { Socket } from 'node:net';
import { type Log, silentLog } from '../base/log.ts';
import { systemTimers, type Timers } from '../base/timers.ts';
import type { TlsIdentity } from '../base/tls.ts';
import { Association } from './association.ts';
import { CommitmentResults } from './commitment-results.ts';
import type { DimseHandlers } from './handlers.ts';
import { type DimseLimits, dimseLimits } from './limits.ts';
import { ServedAssociation, type Surroundings } from './served-association.ts';
import { Transport, type TransportAddress } from './transport.ts';

export interface DimseListenerOptions extends TransportAddress {
  /** Another address with the same door behind it. */
  beside?: TransportAddress;
  /** Ours; a request to another is rejected (1/1/7). */
  aeTitle: string;
  handlers: DimseHandlers;
  log?: Log;
  limits?: Partial<DimseLimits>;
  timers?: Timers;
}

export interface DimseListener {
  readonly port: number;
  /** Of the address beside; absent where there is none. */
  readonly portBeside: number | undefined;
  /** Associations in force. */
  readonly associations: number;
  /** Proves itself by another certificate from the next connection on, where it listens by TLS. */
  renew(identity: TlsIdentity): void;
  /** Takes no more connections, lets operations under way finish for a while, then ends what is left. */
  close(): Promise<void>;
}

export async function listenDimse(options: DimseListenerOptions): Promise<DimseListener> {
  const { host, port, tls, beside, aeTitle, handlers, log = silentLog, timers = systemTimers } = options;
  const limits = { ...dimseLimits, ...options.limits };
  const doorkeeper = new Doorkeeper(limits);
  const commitmentResults = new CommitmentResults(aeTitle, limits, timers, log);
  const enter = (callingAeTitle: string) => doorkeeper.enter(callingAeTitle);
  const surroundings: Surroundings = { aeTitle, handlers, limits, timers, log, commitmentResults, enter };
  const connected = (socket: Socket): void => {
    const served = new ServedAssociation(surroundings);
    doorkeeper.connected(socket, served);
    served.serve(Association.accepting(socket, served, limits, timers));
  };
  const transport = new Transport(tls, connected, limits, log);
  const another = beside && new Transport(beside.tls, connected, limits, log);
  // Before the door opens: what is asked from then on is reported by the association that asked.
  const unreported = (await handlers.unreported?.()) ?? [];
  const listening = await transport.listen(host, port);
  const listeningBeside = await another?.listen(beside!.host, beside!.port).catch(async (error) => {
    await transport.close();
    throw error;
  });
  for (const result of unreported) commitmentResults.deliver(result);
  return {
    port: listening,
    portBeside: listeningBeside,
    get associations() {
      return doorkeeper.associations;
    },
    renew(identity) {
      transport.renew(identity);
      another?.renew(identity);
    },
    async close() {
      commitmentResults.close();
      const closed = Promise.all([transport.close(), another?.close()]);
      doorkeeper.close();
      const stopWaiting = timers.after(limits.closeMs, () => doorkeeper.destroy());
      await closed;
      stopWaiting();
    },
  };
}

/** Knows who is in. */
class Doorkeeper {
  readonly #limits: DimseLimits;
  readonly #connections = new Map<Socket, ServedAssociation>();
  readonly #byAeTitle = new Map<string, number>();
  associations = 0;

  constructor(limits: DimseLimits) {
    this.#limits = limits;
  }

  /** Idle connections must not keep others out: the oldest of too many that have asked nothing is closed. */
  connected(socket: Socket, served: ServedAssociation): void {
    this.#connections.set(socket, served);
    socket.once('close', () => this.#connections.delete(socket));
    if (this.#connections.size - this.associations <= this.#limits.unassociatedConnections) return;
    for (const [oldest, each] of this.#connections)
      if (!each.isAssociated) {
        oldest.destroy();
        return;
      }
  }

  enter(callingAeTitle: string): (() => void) | undefined {
    const ofTitle = this.#byAeTitle.get(callingAeTitle) ?? 0;
    if (this.associations >= this.#limits.associations || ofTitle >= this.#limits.associationsPerAeTitle)
      return undefined;
    this.associations++;
    this.#byAeTitle.set(callingAeTitle, ofTitle + 1);
    return () => this.#leave(callingAeTitle);
  }

  close(): void {
    for (const served of this.#connections.values()) served.close();
  }

  destroy(): void {
    for (const socket of this.#connections.keys()) socket.destroy();
  }

  #leave(callingAeTitle: string): void {
    this.associations--;
    const left = this.#byAeTitle.get(callingAeTitle)! - 1;
    if (left === 0) this.#byAeTitle.delete(callingAeTitle);
    else this.#byAeTitle.set(callingAeTitle, left);
  }
}
