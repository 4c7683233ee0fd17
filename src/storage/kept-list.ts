// The instances of one retrieve, held small: a study has thousands, and hundreds of clients may take it at their own pace.
// Which instances they are is decided at the beginning, in some twenty bytes each; the rest is read a page at a time, when it
// is their turn. A row's bytes never change, so that what was announced is what comes.

import { createHash } from 'node:crypto';
import { Problem } from '../base/problem.ts';
import { absence, INSTANCE_ORDER, type KeptInstance, SERIES_ORDER } from './catalogue.ts';
import type { Database } from './database.ts';
import type { Scope } from './hide.ts';
import { PLACE_COLUMNS } from './instance-places.ts';
import { metadataText } from './metadata.ts';

export const limits = {
  pageRows: 64,
  /** So many rows before its end, the next page is asked for. */
  aheadRows: 8,
  /** Metadata are large. */
  metadataRows: 16,
} as const;

interface Outline {
  id: string;
  study: string;
  series: string;
  transferSyntaxUid: string;
  sizeBytes: string;
}

interface Page {
  number: number;
  rows: Promise<Map<string, KeptInstance>>;
}

export class KeptList {
  readonly length: number;
  /** Names these instances in this order: other ones have another name. */
  readonly version: string;
  readonly #database: Database;
  readonly #tenant: number;
  readonly #ids: BigInt64Array;
  readonly #sizes: Float64Array;
  readonly #syntaxes = new Map<string, number>();
  readonly #syntaxUids: string[] = [];
  readonly #syntax: Uint16Array;
  readonly #series: Uint32Array;
  /** Of each series of the list. */
  readonly #studies: string[] = [];
  #page: Page | undefined;
  #next: Page | undefined;

  /** By series number and instance number; `sopInstanceUids`: those alone. Rejects with catalogue/not-found or catalogue/hidden. */
  static async below(
    database: Database,
    tenant: number,
    scope: Scope,
    sopInstanceUids?: readonly string[],
  ): Promise<KeptList> {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = scope;
    const uids = [studyInstanceUid, seriesInstanceUid, sopInstanceUid].filter((uid) => uid !== undefined);
    const among = sopInstanceUids === undefined ? undefined : uids.length + 2;
    const values = [...uids, ...(among ? [[...sopInstanceUids!]] : [])];
    const { rows } = await database.pool.query<Outline>({
      name: `kept_list_${uids.length}${among ? '_among' : ''}`,
      text: `select i.id, s.id as study, r.id as series, i.transfer_syntax as "transferSyntaxUid", i.size_bytes as "sizeBytes"
        from study s join series r on r.study = s.id join instance i on i.series = r.id
        where s.tenant = $1 and r.tenant = $1 and i.tenant = $1 and s.study_uid = $2
          ${seriesInstanceUid === undefined ? '' : 'and r.series_uid = $3'} ${sopInstanceUid === undefined ? '' : 'and i.sop_uid = $4'}
          ${among ? `and i.sop_uid = any($${among}::text[])` : ''}
          and i.served and s.hidden_at is null and r.hidden_at is null and i.hidden_at is null
        order by s.id, ${SERIES_ORDER}, ${INSTANCE_ORDER}`,
      values: [tenant, ...values],
    });
    if (rows.length === 0) throw await absence(database, tenant, scope);
    return new KeptList(database, tenant, rows);
  }

  private constructor(database: Database, tenant: number, rows: readonly Outline[]) {
    this.#database = database;
    this.#tenant = tenant;
    this.length = rows.length;
    this.#ids = new BigInt64Array(rows.length);
    this.#sizes = new Float64Array(rows.length);
    this.#syntax = new Uint16Array(rows.length);
    this.#series = new Uint32Array(rows.length);
    const series = new Map<string, number>();
    for (const [at, row] of rows.entries()) {
      this.#ids[at] = BigInt(row.id);
      this.#sizes[at] = Number(row.sizeBytes);
      this.#syntax[at] = this.#syntaxNumber(row.transferSyntaxUid);
      const number = series.get(row.series) ?? series.size;
      series.set(row.series, number);
      this.#studies[number] = row.study;
      this.#series[at] = number;
    }
    this.version = createHash('sha256').update(this.#ids).digest('base64url').slice(0, 22);
  }

  transferSyntaxUid(index: number): string {
    return this.#syntaxUids[this.#syntax[index]!]!;
  }

  sizeBytes(index: number): number {
    return this.#sizes[index]!;
  }

  /** Which of the series of this list, from 0. */
  series(index: number): number {
    return this.#series[index]!;
  }

  /** The study in the catalogue: the same Study Instance UID with another patient is another one. */
  study(index: number): string {
    return this.#studies[this.#series[index]!]!;
  }

  get studies(): string[] {
    return [...new Set(this.#studies)];
  }

  /** Rejects with catalogue/not-found where it is gone meanwhile. */
  async row(index: number): Promise<KeptInstance> {
    const number = Math.floor(index / limits.pageRows);
    if (this.#page?.number !== number) {
      this.#page = this.#next?.number === number ? this.#next : this.#ask(number);
      this.#next = undefined;
    }
    const isLast = (number + 1) * limits.pageRows >= this.length;
    if (!isLast && this.#next === undefined && index % limits.pageRows >= limits.pageRows - limits.aheadRows) {
      this.#next = this.#ask(number + 1);
    }
    const found = (await this.#page.rows).get(String(this.#ids[index]));
    if (found === undefined) throw new Problem('catalogue/not-found', { what: 'instance' });
    return found;
  }

  /** Of each, in order: its data set as DICOM JSON, without bulk data. */
  async *metadata(): AsyncGenerator<string> {
    for (let at = 0; at < this.length; at += limits.metadataRows) {
      const ids = this.#idsFrom(at, limits.metadataRows);
      const { rows } = await this.#database.pool.query<{ metadata: Buffer }>({
        name: 'kept_list_metadata',
        text: `select i.metadata from unnest($2::bigint[]) with ordinality as wanted (id, place)
               join instance i on i.id = wanted.id where i.tenant = $1 order by wanted.place`,
        values: [this.#tenant, ids],
      });
      if (rows.length < ids.length) throw new Problem('catalogue/not-found', { what: 'instance' });
      for (const { metadata } of rows) yield metadataText(metadata, '');
    }
  }

  #ask(number: number): Page {
    const rows = this.#readPage(this.#idsFrom(number * limits.pageRows, limits.pageRows));
    // Heard by whoever asks for a row of it, if anybody does.
    rows.catch(() => {});
    return { number, rows };
  }

  async #readPage(ids: readonly string[]): Promise<Map<string, KeptInstance>> {
    const { rows } = await this.#database.pool.query<Omit<KeptInstance, 'sizeBytes'> & { sizeBytes: string }>({
      name: 'kept_list_page',
      text: `select ${PLACE_COLUMNS} from instance i join series r on r.id = i.series join study s on s.id = r.study
             where i.tenant = $1 and i.id = any($2::bigint[])`,
      values: [this.#tenant, ids],
    });
    return new Map(rows.map((row) => [row.id, { ...row, sizeBytes: Number(row.sizeBytes) }]));
  }

  #idsFrom(start: number, count: number): string[] {
    return Array.from(this.#ids.subarray(start, start + count), String);
  }

  #syntaxNumber(uid: string): number {
    const known = this.#syntaxes.get(uid);
    if (known !== undefined) return known;
    this.#syntaxes.set(uid, this.#syntaxUids.length);
    return this.#syntaxUids.push(uid) - 1;
  }
}
