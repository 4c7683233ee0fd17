// What of a client's archive does not leave with a case, and how long what left stays.

import type { Database } from '../../storage/database.ts';

/** Instances of a study, by row, that came home from readers: nobody reads from what was read. */
export async function cameHome(database: Database, study: string): Promise<Set<string>> {
  const rows = await database.query<{ id: string }>(
    `select i.id from instance i where i.study = $1 and (i.source like 'reading/%' or exists (
       select from report_document d join fhir_resource f
         on f.tenant = d.tenant and f.type = 'DiagnosticReport' and f.id = d.report
       where d.tenant = i.tenant and d.sop_uid = i.sop_uid
         and f.resource->'meta'->>'source' like 'urn:fascia:reading:%'))`,
    [study],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Nothing more leaves of cases that are over, and what left goes so long after. Resolves to their number. */
export async function endOver(database: Database, keptDays: number): Promise<number> {
  const rows = await database.query<{ id: string }>(
    `with ended as (
       update reading_outbound o set state = 'ended' from reading_case c
       where c.id = o.case_id and o.state <> 'ended' and c.state in ('closed', 'cancelled', 'rejected', 'in-error')
       returning o.case_id as id),
     limited as (
       update reading_egress e set expires_at = least(e.expires_at, now() + make_interval(days => $1))
       from ended where e.case_id = ended.id and e.removed_at is null)
     select id from ended`,
    [keptDays],
  );
  return rows.length;
}
