// Where clients make images: rows of the table `reading_site`.

import type { Database } from '../../storage/database.ts';
import type { Queries } from '../../storage/transaction.ts';
import type { Site } from '../gate/site.ts';

export const SITES_CHANNEL = 'reading_sites';

export interface ClientSite {
  /** Name of the tenant. */
  client: string;
  site: Site;
}

export const readSites = (queries: Queries): Promise<ClientSite[]> =>
  queries.query<ClientSite & Record<string, unknown>>(
    `select t.name as client, s.document as site from reading_site s join tenant t on t.id = s.tenant
     order by t.name, s.id`,
  );

export async function writeSite(database: Database, tenant: number, site: Site): Promise<void> {
  await database.query(
    `with written as (
       insert into reading_site (tenant, id, document) values ($1, $2, $3)
       on conflict (tenant, id) do update set document = excluded.document, updated_at = now() returning 1)
     select pg_notify($4, '') from written`,
    [tenant, site.id, JSON.stringify(site), SITES_CHANNEL],
  );
}
