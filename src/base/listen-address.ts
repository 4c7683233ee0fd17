// Where a listener listens: `host:port`, `[::1]:port`, or a port alone for loopback.

import { isIP } from 'node:net';

export interface ListenAddress {
  host: string;
  port: number;
}

/** `undefined` when the text is none. Port 0 lets the system pick one. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const match = /^(?:(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]]*)):)?(\d{1,5})$/.exec(text.trim());
  if (!match) return undefined;
  const [, bracketed, plain, digits] = match;
  const port = Number(digits);
  if (port > 65535 || (bracketed !== undefined && isIP(bracketed) !== 6)) return undefined;
  const host = bracketed ?? plain ?? '127.0.0.1';
  return { host: host === '' || host === '*' ? '0.0.0.0' : host, port };
}

export function printListenAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether only programs of this machine can reach `host`. A name other than localhost counts as reachable. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^::ffff:/, '');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}
