// `/metadata` of a study, series or instance (PS3.18 10.4.1.1.2): one read of what keep prepared, and a memory of what was
// put together lately, for a viewer asks for every series of a study at once, and again.

import { createHash } from 'node:crypto';
import { absence, INSTANCE_ORDER, SERIES_ORDER } from './catalogue.ts';
import type { Database } from './database.ts';
import type { Scope } from './hide.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';
import { type ChangedInstances, changedMetadata, composeMetadata, type MetadataBody } from './metadata.ts';
import { coercedObject } from './search/coerced-members.ts';
import { type ServedDemographics, type StudyCoercion, versionOf } from './served-demographics.ts';

export const limits = {
  /** Bytes of answers that are remembered. */
  rememberedBytes: 48 * 1024 * 1024,
} as const;

export interface Metadata {
  /** Strong validator, without quotes: changes with every change below the scope. */
  etag: string;
  /** The DICOM JSON array as UTF-8. */
  body(): Promise<Buffer>;
  /** The same as one gzip member. */
  gzip(): Promise<Buffer>;
}

const INSTANCE_IS_SERVED = `and exists (
  select from instance i where i.series = r.id and i.sop_uid = $4 and i.served and i.hidden_at is null)`;

interface SeriesVersion {
  id: string;
  version: number;
  study: string;
}

export interface MetadataOptions {
  /** Bytes of answers that are remembered. */
  rememberedBytes?: number;
  served?: ServedDemographics | undefined;
}

export class MetadataReader {
  readonly #database: Database;
  readonly #served: ServedDemographics | undefined;
  readonly #remembered: LeastRecentlyUsed<string, Buffer>;

  constructor(database: Database, { rememberedBytes = limits.rememberedBytes, served }: MetadataOptions = {}) {
    this.#database = database;
    this.#served = served;
    this.#remembered = new LeastRecentlyUsed(rememberedBytes, (body) => body.length);
  }

  /** `base`: what BulkDataURIs begin with, up to `/studies`. Rejects with catalogue/not-found or catalogue/hidden. */
  async read(tenant: number, scope: Scope, base: string): Promise<Metadata> {
    const series = await this.#versions(tenant, scope);
    if (series.length === 0) throw await absence(this.#database, tenant, scope);
    const versions = series.map(({ id, version }) => `${id}.${version}`).join(' ');
    const coercions = await this.#served?.(tenant, [...new Set(series.map(({ study }) => study))]);
    const key = [base, versions, scope.sopInstanceUid ?? '', ...(coercions ? [versionOf(coercions)] : [])].join('\n');
    const compose = () => this.#compose(series, scope, base, coercions);
    return {
      etag: createHash('sha256').update(key).digest('base64url').slice(0, 27),
      body: () => this.#remember(`body ${key}`, async () => (await compose()).identity()),
      gzip: () => this.#remember(`gzip ${key}`, async () => (await compose()).gzip()),
    };
  }

  async #versions(tenant: number, scope: Scope): Promise<SeriesVersion[]> {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = scope;
    const values = [studyInstanceUid, seriesInstanceUid, sopInstanceUid].filter((uid) => uid !== undefined);
    const { rows } = await this.#database.pool.query<SeriesVersion>({
      // Prepared once for each connection: planning would take longer than the answer.
      name: `metadata_versions_${values.length}`,
      text: `select r.id, r.version, s.id as study from study s join series r on r.study = s.id
             where s.tenant = $1 and s.study_uid = $2 ${seriesInstanceUid === undefined ? '' : 'and r.series_uid = $3'}
               and s.hidden_at is null and r.hidden_at is null and r.instance_count > 0
               ${sopInstanceUid === undefined ? '' : INSTANCE_IS_SERVED}
             order by s.id, ${SERIES_ORDER}`,
      values: [tenant, ...values],
    });
    return rows;
  }

  async #compose(
    series: readonly SeriesVersion[],
    { sopInstanceUid }: Scope,
    base: string,
    coercions: ReadonlyMap<string, StudyCoercion> = new Map(),
  ): Promise<MetadataBody> {
    const parts: ChangedInstances[] = [];
    for (const { id, study } of series) {
      // One value: as rows, most of the time would go into taking them apart.
      const { rows } = await this.#database.pool.query<{ encoded: Buffer | null }>({
        name: sopInstanceUid === undefined ? 'series_metadata' : 'instance_metadata',
        text: `select string_agg(i.metadata, '' order by ${INSTANCE_ORDER}) as encoded from instance i
               where i.series = $1 and i.served and i.hidden_at is null ${sopInstanceUid === undefined ? '' : 'and i.sop_uid = $2'}`,
        values: sopInstanceUid === undefined ? [id] : [id, sopInstanceUid],
      });
      if (!rows[0]?.encoded) continue;
      const coercion = coercions.get(study);
      parts.push({ encoded: rows[0].encoded, change: coercion && ((text) => coercedObject(text, coercion)) });
    }
    if (coercions.size > 0) return changedMetadata(parts, base);
    return composeMetadata(Buffer.concat(parts.map(({ encoded }) => encoded)), base);
  }

  async #remember(key: string, compose: () => Promise<Buffer>): Promise<Buffer> {
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined) return remembered;
    const body = await compose();
    this.#remembered.set(key, body);
    return body;
  }
}
