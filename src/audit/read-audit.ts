// The audit of one tenant, newest first, page by page.

import type { Database } from '../storage/database.ts';
import type { AuditRow } from './entry.ts';
import { limits } from './limits.ts';

export interface AuditQuery {
  principal?: string;
  studyUid?: string;
  action?: string;
  door?: string;
  /** Type/id. */
  resource?: string;
  /** The row of this id alone. */
  id?: string;
  since?: Date;
  until?: Date;
  /** The last row of the page before. */
  after?: { at: Date; id: string };
  limit?: number;
}

export async function readAudit(database: Database, tenant: number, query: AuditQuery = {}): Promise<AuditRow[]> {
  let select = database.kysely.selectFrom('audit').selectAll().where('tenant', '=', tenant);
  if (query.principal !== undefined) select = select.where('principal', '=', query.principal);
  if (query.studyUid !== undefined) select = select.where('study_uid', '=', query.studyUid);
  if (query.action !== undefined) select = select.where('action', '=', query.action);
  if (query.door !== undefined) select = select.where('door', '=', query.door);
  if (query.resource !== undefined) select = select.where('resource', '=', query.resource);
  if (query.id !== undefined) select = select.where('id', '=', query.id);
  if (query.since !== undefined) select = select.where('at', '>=', query.since);
  if (query.until !== undefined) select = select.where('at', '<', query.until);
  const { after } = query;
  if (after !== undefined) {
    select = select.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '<', tuple(after.at, after.id)));
  }
  const rows = await select
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(query.limit ?? limits.pageRows, limits.pageRows))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    tenant: row.tenant,
    principal: row.principal,
    door: row.door as AuditRow['door'],
    action: row.action,
    outcome: row.outcome,
    studyUid: row.study_uid ?? undefined,
    instanceCount: row.instance_count ?? undefined,
    query: row.query ?? undefined,
    requestId: row.request_id ?? undefined,
    remoteAddress: row.remote_address ?? undefined,
    ...(row.resource !== null && { resource: row.resource }),
  }));
}
