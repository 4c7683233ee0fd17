// The peers a tenant admits and sends to: AE title and address. Rows of the table `peer`, held in memory by every node;
// a change is in force here when its promise resolves, and on other nodes as soon as they hear the notice.

import { X509Certificate } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { PeerTls } from '../base/tls.ts';
import type { Database } from '../storage/database.ts';
import { holdRows } from '../storage/held-rows.ts';
import { limits } from './limits.ts';
import { type PeerAddresses, peerAddresses } from './peer-address.ts';

export interface Peer {
  aeTitle: string;
  /** Address or name: where it calls from and where its DIMSE listener is. */
  host: string;
  port: number;
  /** Storage SOP classes accepted from it beyond those accepted from everybody. */
  sopClasses: readonly string[];
  /** How it is called: plain where absent; true: by TLS, trusting the authorities of the system. */
  tls?: true | PeerTls;
}

export interface Peers {
  list(tenant: number): Peer[];
  find(tenant: number, aeTitle: string): Peer | undefined;
  /** The entries, of any tenant, that this calling AE title at this address fits. */
  matching(aeTitle: string, remoteAddress: string): Promise<{ tenant: number; peer: Peer }[]>;
  /** Adds or replaces; resolves to whether it is new. */
  put(tenant: number, peer: Omit<Peer, 'sopClasses'> & Partial<Peer>): Promise<boolean>;
  /** Rejects with catalogue/not-found. */
  remove(tenant: number, aeTitle: string): Promise<void>;
  close(): void;
}

const CHANNEL = 'peer';

export async function openPeers(database: Database, { clock }: { clock: Clock }): Promise<Peers> {
  const addresses: PeerAddresses = peerAddresses(clock);
  const held = await holdRows(database, CHANNEL, { read: () => readPeers(database) });
  return {
    list: (tenant) => held.rows.filter((entry) => entry.tenant === tenant).map(({ peer }) => peer),
    find: (tenant, aeTitle) =>
      held.rows.find((entry) => entry.tenant === tenant && entry.peer.aeTitle === aeTitle.trim())?.peer,
    async matching(aeTitle, remoteAddress) {
      const found: { tenant: number; peer: Peer }[] = [];
      for (const entry of held.rows) {
        if (entry.peer.aeTitle !== aeTitle.trim()) continue;
        if (await addresses.fits(entry.peer.host, remoteAddress)) found.push(entry);
      }
      return found;
    },
    async put(tenant, { aeTitle, host, port, sopClasses = [], tls }) {
      const peer = checked({ aeTitle: aeTitle.trim(), host: host.trim(), port, sopClasses, ...(tls && { tls }) });
      const [row] = await database.query<{ inserted: boolean }>(
        `with written as (
           insert into peer (tenant, ae_title, host, port, sop_classes, tls) values ($1, $2, $3, $4, $5, $6)
           on conflict (tenant, ae_title) do update
             set host = excluded.host, port = excluded.port, sop_classes = excluded.sop_classes, tls = excluded.tls
           returning xmax = 0 as inserted)
         select inserted, pg_notify($7, '') from written`,
        [
          tenant,
          peer.aeTitle,
          peer.host,
          peer.port,
          peer.sopClasses,
          peer.tls === undefined ? null : JSON.stringify(peer.tls),
          CHANNEL,
        ],
      );
      await held.refresh();
      return row!.inserted;
    },
    async remove(tenant, aeTitle) {
      const removed = await database.query(
        `with removed as (delete from peer where tenant = $1 and ae_title = $2 returning 1)
         select pg_notify($3, '') from removed`,
        [tenant, aeTitle.trim(), CHANNEL],
      );
      if (removed.length === 0) throw new Problem('catalogue/not-found', { what: 'peer' });
      await held.refresh();
    },
    close: held.close,
  };
}

async function readPeers(database: Database): Promise<{ tenant: number; peer: Peer }[]> {
  const rows = await database.kysely.selectFrom('peer').selectAll().orderBy('tenant').orderBy('ae_title').execute();
  return rows.map((row) => ({
    tenant: row.tenant,
    peer: {
      aeTitle: row.ae_title,
      host: row.host,
      port: row.port,
      sopClasses: row.sop_classes,
      ...(row.tls !== null && { tls: row.tls }),
    },
  }));
}

function checked(peer: Peer): Peer {
  // PS3.5 6.2, VR AE: 1 to 16 characters of the default repertoire, no backslash, no control character.
  if (!/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(peer.aeTitle)) refuse('an AE title has 1 to 16 characters, no backslash');
  if (!/^[A-Za-z0-9._:%[\]-]{1,253}$/.test(peer.host)) refuse('host is an address or a name');
  if (!Number.isInteger(peer.port) || peer.port < 1 || peer.port > 65535) refuse('port is a number from 1 to 65535');
  if (peer.sopClasses.length > limits.sopClassesPerPeer) refuse(`at most ${limits.sopClassesPerPeer} SOP classes`);
  // PS3.5 9.1.
  const bad = peer.sopClasses.some((uid) => uid.length > 64 || !/^\d+(\.\d+)+$/.test(uid));
  if (bad) refuse('sopClasses are UIDs');
  if (peer.tls !== undefined && peer.tls !== true) checkTls(peer.tls);
  return peer;
}

function checkTls({ ca, serverName }: PeerTls): void {
  if (serverName !== undefined && !/^[A-Za-z0-9._-]{1,253}$/.test(serverName)) refuse('serverName is a name');
  if (ca === undefined) return;
  if (ca.length > limits.authorityCharacters) refuse(`ca has at most ${limits.authorityCharacters} characters`);
  try {
    new X509Certificate(ca);
  } catch {
    refuse('ca is PEM with a certificate');
  }
}

function refuse(reason: string): never {
  throw new Problem('request/malformed', { reason });
}
