// Several objects under one SOP Instance UID: all are kept, one is served.

import { sql } from 'kysely';
import { Problem } from '../base/problem.ts';
import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import type { InstanceRow, KeepAnswer, KeepRequest } from './keep-rows.ts';

/** How other bytes relate to the first that were kept under their UID. */
export type VersionClass = 'transcoded' | 'demographics' | 'conflict';

/** Which version is served: the first, or the latest unless it is in conflict with the first. */
export type ServedPolicy = 'first' | 'latest';

export interface Version {
  id: string;
  version: number;
  object: string;
  sha256: Buffer;
  size_bytes: string;
  dataset_offset: number;
  transfer_syntax: string;
  /** Its bytes are gone. */
  purged: boolean;
}

export const limits = {
  /** Of one SOP Instance UID; a sender that changes its objects without end is stopped. */
  versions: 100,
} as const;

/** The versions of an instance, the first one first. */
export function versionsOf(database: Database, seriesId: string, sopUid: string): Promise<Version[]> {
  return database.query<Version>(
    `select id, version, object, sha256, size_bytes, dataset_offset, transfer_syntax, purged_at is not null as purged
     from instance where series = $1 and sop_uid = $2 order by version`,
    [seriesId, sopUid],
  );
}

/**
 * Keeps other bytes under a UID that is there. Resolves to the id of the new version, or of an older one with the same
 * bytes where another sender was faster.
 */
export async function keepVersion(
  database: Database,
  request: KeepRequest,
  { seriesId, studyId }: KeepAnswer,
  versionClass: VersionClass,
  policy: ServedPolicy,
): Promise<{ id: string; isNew: boolean }> {
  const { tenant, instance, audit, studyUid } = request;
  return database.kysely.transaction().execute(async (transaction) => {
    // Whoever adds a version to this series waits here for the others.
    await transaction.selectFrom('series').select('id').where('id', '=', seriesId).forUpdate().execute();
    const there = await transaction
      .selectFrom('instance')
      .select(['id', 'version', 'sha256'])
      .where('series', '=', seriesId)
      .where('sop_uid', '=', instance.sop_uid)
      .orderBy('version')
      .execute();
    const twin = there.find(({ sha256 }) => Buffer.compare(sha256, instance.sha256) === 0);
    if (twin) return { id: twin.id, isNew: false };
    if (there.length >= limits.versions) throw new Problem('request/overloaded', { limit: 'versions' });
    const served = policy === 'latest' && versionClass !== 'conflict';
    if (served) {
      await transaction
        .updateTable('instance')
        .set({ served: false })
        .where(
          'id',
          'in',
          there.map(({ id }) => id),
        )
        .execute();
    }
    const { id } = await transaction
      .insertInto('instance')
      .values({
        ...columnsOf(instance),
        tenant,
        series: seriesId,
        study: studyId,
        version: there.at(-1)!.version + 1,
        served,
        class: versionClass,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await transaction
      .updateTable('series')
      .set(({ eb }) => ({ version: eb('version', '+', 1), updated_at: new Date() }))
      .where('id', '=', seriesId)
      .execute();
    await transaction
      .insertInto('event')
      .values({ tenant, kind: `instance-${versionClass}`, study: studyId, instances: [id] })
      .execute();
    await transaction
      .insertInto('audit')
      .values({
        tenant,
        principal: audit.principal,
        door: audit.door,
        action: 'store',
        outcome: versionClass,
        study_uid: studyUid,
        instance_count: 1,
        request_id: audit.requestId,
        remote_address: audit.remoteAddress,
      })
      .execute();
    await sql`select pg_notify(${EVENT_CHANNEL}, '')`.execute(transaction);
    return { id, isNew: true };
  });
}

const columnsOf = ({ findings, ...columns }: InstanceRow) => ({
  ...columns,
  size_bytes: String(columns.size_bytes),
  findings,
});

/** The bytes of a purged instance have come again: its row gets the new file, and stays as hidden as it was. */
export async function restoreBytes(database: Database, id: string, instance: InstanceRow): Promise<void> {
  const { object, header_sha256, size_bytes, dataset_offset, frames } = instance;
  await database.kysely
    .updateTable('instance')
    .set({ object, header_sha256, size_bytes, dataset_offset, frames, purged_at: null })
    .where('id', '=', id)
    .execute();
}
