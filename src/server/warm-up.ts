// Asks a node's catalogue, before its doors open, what its first client is likely to ask. The first answer of its kind
// costs several times the second: connections are made, statements planned, code compiled, pages of the database read.

import type { Log } from '../base/log.ts';
import type { Database } from '../storage/database.ts';
import { search } from '../storage/search/search.ts';
import { MetadataReader } from '../storage/series-metadata.ts';

export const limits = {
  /** Of the newest series, the smallest among so many is read: to be warm costs little, whatever is in the archive. */
  newestSeries: 50,
  /** How often it is read: code is compiled once it has run often. */
  times: 8,
} as const;

/** Never rejects: a node that is cold is a node. */
export async function warmUp(database: Database, log: Log): Promise<void> {
  try {
    const [newest] = await database.query<{ tenant: number; study_uid: string; series_uid: string }>(
      `select s.tenant, s.study_uid, r.series_uid
         from (select id, study, series_uid, instance_count from series where hidden_at is null order by id desc limit $1) r
         join study s on s.id = r.study where r.instance_count > 0 and s.hidden_at is null
        order by r.instance_count limit 1`,
      [limits.newestSeries],
    );
    if (newest === undefined) return;
    const { tenant, study_uid: studyInstanceUid, series_uid: seriesInstanceUid } = newest;
    for (let time = 0; time < limits.times; time++) {
      const metadata = await new MetadataReader(database).read(tenant, { studyInstanceUid, seriesInstanceUid }, '');
      await metadata.body();
      await metadata.gzip();
    }
    for (const level of ['STUDY', 'SERIES', 'IMAGE'] as const) {
      const query = { level, keys: [], returnPaths: [], fuzzy: false, limit: 1 };
      await search(database, { tenant, query, baseUrl: '' });
    }
  } catch (error) {
    log.warn({ error }, 'the catalogue could not be asked before the doors opened');
  }
}
