// The assigning authorities a tenant knows (migrations/0008-identity.sql): rows held in memory by every node.

import { createHash } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import { Authorities, type Authority } from '../identity/authorities.ts';
import type { Database } from './database.ts';
import { holdRows } from './held-rows.ts';

const CHANNEL = 'authority';

export interface StoredAuthorities {
  of(tenant: number): Authorities;
  /** Adds or replaces, by name. */
  put(tenant: number, authority: Authority): Promise<void>;
  /** Rejects with catalogue/not-found. */
  remove(tenant: number, name: string): Promise<void>;
  /** Of all of them: another one whenever any of them is another. */
  readonly fingerprint: string;
  close(): void;
}

/** `changed` is called when they are no longer what they were, here or on another node. */
export async function openAuthorities(database: Database, changed?: () => void): Promise<StoredAuthorities> {
  let byTenant = new Map<number, Authorities>();
  const held = await holdRows(database, CHANNEL, {
    read: () => readAuthorities(database),
    changed() {
      byTenant = new Map();
      changed?.();
    },
  });
  return {
    of(tenant) {
      let known = byTenant.get(tenant);
      if (known === undefined) {
        known = new Authorities(held.rows.filter((row) => row.tenant === tenant).map(({ authority }) => authority));
        byTenant.set(tenant, known);
      }
      return known;
    },
    async put(tenant, { name, namespaceId, universalId, universalIdType, system, sources }) {
      await database.query(
        `with written as (
           insert into authority (tenant, name, namespace_id, universal_id, universal_id_type, system, sources)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (tenant, name) do update set namespace_id = excluded.namespace_id, universal_id = excluded.universal_id,
             universal_id_type = excluded.universal_id_type, system = excluded.system, sources = excluded.sources
           returning 1)
         select pg_notify($8, '') from written`,
        [tenant, name, namespaceId, universalId, universalIdType, system, sources, CHANNEL],
      );
      await held.refresh();
    },
    async remove(tenant, name) {
      const removed = await database.query(
        `with removed as (delete from authority where tenant = $1 and name = $2 returning 1)
         select pg_notify($3, '') from removed`,
        [tenant, name, CHANNEL],
      );
      if (removed.length === 0) throw new Problem('catalogue/not-found', { what: 'authority' });
      await held.refresh();
    },
    get fingerprint() {
      return createHash('sha256').update(JSON.stringify(held.rows)).digest('hex');
    },
    close: held.close,
  };
}

interface Row {
  tenant: number;
  name: string;
  namespace_id: string | null;
  universal_id: string | null;
  universal_id_type: string | null;
  system: string | null;
  sources: string[];
}

/** Of all tenants, as they are now. */
export async function readAuthorities(database: Database): Promise<{ tenant: number; authority: Authority }[]> {
  const rows = await database.query<Row>('select * from authority order by tenant, name');
  return rows.map(({ tenant, name, sources, ...row }) => ({
    tenant,
    authority: {
      name,
      namespaceId: row.namespace_id ?? undefined,
      universalId: row.universal_id ?? undefined,
      universalIdType: row.universal_id_type ?? undefined,
      system: row.system ?? undefined,
      sources,
    },
  }));
}
