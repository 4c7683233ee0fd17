// Where a peer listens, and the transport connection to it: plain (PS3.8 9.1) or by TLS (PS3.15 B.12).

import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type CallerTls, callerOptions } from '../base/tls.ts';

export interface CalledAddress {
  host: string;
  port: number;
  /** Absent: plain. */
  tls?: CallerTls;
}

/** `ready`: the event of the socket after which an association can be requested; by TLS the peer is known then to be the right one. */
export function connectTo({ host, port, tls }: CalledAddress): { socket: Socket; ready: string } {
  if (tls === undefined) return { socket: connect({ host, port }), ready: 'connect' };
  return { socket: connectTls({ host, port, ...callerOptions(tls) }), ready: 'secureConnect' };
}
