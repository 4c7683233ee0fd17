// What other connections and nodes announce by NOTIFY, heard on one connection of this process. A notice says only that
// something may have changed: after a break every listener hears an empty one, since some may have been missed.

import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../base/log.ts';

export const limits = {
  /** Before the connection is made again, doubled up to the longest at each failure, in milliseconds. */
  reconnectPauseMs: 50,
  longestReconnectPauseMs: 2_000,
} as const;

export interface Notices {
  /** Resolves once `heard` will be called for every later notice on `channel`; to a function that ends that. */
  on(channel: string, heard: (payload: string) => void): Promise<() => void>;
  /** Whoever listens here hears it now, before what was announced by NOTIFY comes back to us. */
  tell(channel: string): void;
  close(): Promise<void>;
}

type Heard = (payload: string) => void;

/** Connects when the first listener comes. */
export function openNotices(connection: pg.ClientConfig, log: Log): Notices {
  const listeners = new Map<string, Set<Heard>>();
  const closing = new AbortController();
  let client: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    for (
      let pauseMs: number = limits.reconnectPauseMs;
      ;
      pauseMs = Math.min(pauseMs * 2, limits.longestReconnectPauseMs)
    ) {
      const fresh = new pg.Client({ ...connection, application_name: 'fascia notices' });
      fresh.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''));
      fresh.on('error', () => undefined);
      try {
        await fresh.connect();
        for (const channel of listeners.keys()) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
        fresh.on('end', () => lost());
        return fresh;
      } catch (thrown) {
        await fresh.end().catch(() => undefined);
        if (closing.signal.aborted) throw thrown;
      }
      await delay(pauseMs, undefined, { signal: closing.signal });
    }
  }

  function lost(): void {
    if (closing.signal.aborted) return;
    log.warn({}, 'connection for notices lost');
    client = connect();
    client.then(
      () => {
        for (const channel of listeners.keys()) tell(channel, '');
      },
      // Closed while it was connecting.
      () => undefined,
    );
  }

  function tell(channel: string, payload: string): void {
    for (const heard of listeners.get(channel) ?? []) heard(payload);
  }

  return {
    tell: (channel) => tell(channel, ''),
    async on(channel, heard) {
      const known = listeners.get(channel);
      const all = known ?? new Set();
      listeners.set(channel, all.add(heard));
      const fresh = client === undefined;
      client ??= connect();
      const connected = await client;
      if (known === undefined && !fresh) await connected.query(`listen ${pg.escapeIdentifier(channel)}`);
      return () => all.delete(heard);
    },
    async close() {
      closing.abort();
      await (await client?.catch(() => undefined))?.end().catch(() => undefined);
    },
  };
}
