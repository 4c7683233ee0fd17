// The senders of HL7 v2 messages that a tenant takes messages from: by application and facility (MSH-3, MSH-4) and the
// address they call from. Held in memory by every node; a change is in force here at once and elsewhere on its notice.

import type { Clock } from '../base/clock.ts';
import { isLoopback } from '../base/listen-address.ts';
import { Problem } from '../base/problem.ts';
import { fieldPath, type SenderProfile } from '../hl7v2/sender-profile.ts';
import type { Database } from '../storage/database.ts';
import { holdRows } from '../storage/held-rows.ts';
import { limits } from './limits.ts';
import { peerAddresses } from './peer-address.ts';
import { DEFAULT_TENANT } from './principal.ts';

export interface Interface {
  name: string;
  sendingApplication: string;
  sendingFacility: string;
  /** Addresses or names it calls from; empty: from this machine only. */
  hosts: readonly string[];
  enabled: boolean;
  profile: SenderProfile;
}

/** As a message and its connection say. */
export interface SenderAddress {
  sendingApplication: string;
  sendingFacility: string;
  remoteAddress: string;
}

export interface Interfaces {
  list(tenant: number): Interface[];
  /** Of all tenants, those that are told of persons: switched on, and with `notify` in their profile. */
  notified(): Entry[];
  /** Rejects with catalogue/not-found. */
  find(tenant: number, name: string): Interface;
  /**
   * Whose message it is. A sender on this machine that nobody has named is given a name here. Rejects with
   * auth/unauthenticated, also where two tenants know the sender: guessing would misfile.
   */
  admit(sender: SenderAddress): Promise<{ tenant: number; interface: Interface }>;
  /** Whose a connection is whose bytes say nothing: that of the only tenant that expects somebody there; undefined where none or several do. */
  tenantAt(remoteAddress: string): Promise<number | undefined>;
  /** Adds or replaces. */
  put(tenant: number, entry: Interface): Promise<void>;
  close(): void;
}

export interface Entry {
  tenant: number;
  interface: Interface;
}

const CHANNEL = 'hl7_interface';

export async function openInterfaces(database: Database, { clock }: { clock: Clock }): Promise<Interfaces> {
  const addresses = peerAddresses(clock);
  let bySender = new Map<string, Entry[]>();
  const read = async () => {
    const entries = await readInterfaces(database);
    bySender = Map.groupBy(entries, (entry) => senderKey(entry.interface));
    return entries;
  };
  const held = await holdRows(database, CHANNEL, { read });

  async function fits({ hosts }: Interface, remoteAddress: string): Promise<boolean> {
    if (hosts.length === 0) return isLoopback(remoteAddress);
    for (const host of hosts) if (await addresses.fits(host, remoteAddress)) return true;
    return false;
  }

  async function matching(sender: SenderAddress): Promise<Entry[]> {
    const found: Entry[] = [];
    for (const entry of bySender.get(senderKey(sender)) ?? []) {
      if (await fits(entry.interface, sender.remoteAddress)) found.push(entry);
    }
    return found;
  }

  async function put(tenant: number, entry: Interface): Promise<void> {
    const { name, sendingApplication, sendingFacility, hosts, enabled, profile } = checked(entry);
    await database.query(
      `with written as (
         insert into hl7_interface (tenant, name, sending_application, sending_facility, hosts, enabled, profile)
           values ($1, $2, $3, $4, $5, $6, $7::jsonb)
         on conflict (tenant, name) do update set sending_application = excluded.sending_application,
           sending_facility = excluded.sending_facility, hosts = excluded.hosts, enabled = excluded.enabled,
           profile = excluded.profile
         returning 1),
       -- The first that is to be told of persons is told what happens from now on.
       begun as (
         insert into pix_cursor (position) select pg_snapshot_xmin(pg_current_snapshot())::text || '.0' where $7::jsonb ? 'notify'
         on conflict (is_only) do update set position = excluded.position
           where not exists (select from hl7_interface where profile ? 'notify'))
       select pg_notify($8, '') from written`,
      [tenant, name, sendingApplication, sendingFacility, hosts, enabled, profile, CHANNEL],
    );
    await held.refresh();
  }

  async function introduce({ sendingApplication, sendingFacility }: SenderAddress): Promise<Entry> {
    if (held.rows.length >= limits.interfaces) throw new Problem('request/overloaded', { limit: 'known senders' });
    const parts = [sendingApplication, sendingFacility].filter((part) => part !== '');
    const name = parts.join('@').slice(0, limits.nameCharacters) || 'unnamed';
    const taken = held.rows.some((entry) => entry.tenant === DEFAULT_TENANT && entry.interface.name === name);
    if (taken) throw new Problem('auth/unauthenticated', { reason: 'this sender is known at another address' });
    const entry = { name, sendingApplication, sendingFacility, hosts: [], enabled: true, profile: {} };
    await put(DEFAULT_TENANT, entry);
    return { tenant: DEFAULT_TENANT, interface: entry };
  }

  return {
    list: (tenant) => held.rows.filter((entry) => entry.tenant === tenant).map((entry) => entry.interface),
    notified: () => held.rows.filter(({ interface: { enabled, profile } }) => enabled && profile.notify !== undefined),
    find(tenant, name) {
      const found = held.rows.find((entry) => entry.tenant === tenant && entry.interface.name === name);
      if (found === undefined) throw new Problem('catalogue/not-found', { what: 'interface' });
      return found.interface;
    },
    async admit(sender) {
      const found = await matching(sender);
      if (found.length > 1) throw new Problem('auth/unauthenticated', { reason: 'two interfaces know this sender' });
      if (found[0] !== undefined) return found[0];
      if (!isLoopback(sender.remoteAddress)) {
        throw new Problem('auth/unauthenticated', { reason: 'no interface knows this sender at this address' });
      }
      return introduce(sender);
    },
    async tenantAt(remoteAddress) {
      if (isLoopback(remoteAddress)) return DEFAULT_TENANT;
      const tenants = new Set<number>();
      for (const entry of held.rows) if (await fits(entry.interface, remoteAddress)) tenants.add(entry.tenant);
      return tenants.size === 1 ? [...tenants][0] : undefined;
    },
    put,
    close: held.close,
  };
}

interface Row {
  tenant: number;
  name: string;
  sending_application: string;
  sending_facility: string;
  hosts: string[];
  enabled: boolean;
  profile: SenderProfile;
}

async function readInterfaces(database: Database): Promise<Entry[]> {
  const rows = await database.query<Row>('select * from hl7_interface order by tenant, name');
  return rows.map(({ tenant, name, sending_application, sending_facility, hosts, enabled, profile }) => ({
    tenant,
    interface: {
      name,
      sendingApplication: sending_application,
      sendingFacility: sending_facility,
      hosts,
      enabled,
      profile,
    },
  }));
}

function senderKey({ sendingApplication, sendingFacility }: Omit<SenderAddress, 'remoteAddress'>): string {
  return JSON.stringify([sendingApplication, sendingFacility]);
}

function checked(entry: Interface): Interface {
  const { identifiers = [], names = [], phones = [], ...profile } = entry.profile;
  const { birthDate, sex, address, nationalId, birthName } = profile;
  const single = [birthDate, sex, address, nationalId, birthName].filter((path) => path !== undefined);
  const wrong = [...identifiers, ...names, ...phones, ...single].find((path) => fieldPath(path) === undefined);
  if (wrong !== undefined) throw new Problem('request/malformed', { reason: 'fields are written as PID-3 or PID-3.1' });
  const hosts = [...entry.hosts, ...(profile.notify === undefined ? [] : [profile.notify.host])];
  if (hosts.some((host) => !/^[A-Za-z0-9._:%[\]-]{1,253}$/.test(host))) {
    throw new Problem('request/malformed', { reason: 'hosts are addresses or names' });
  }
  return entry;
}
