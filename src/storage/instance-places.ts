// Where one instance and its frames lie, for requests that come by the thousand: what the catalogue said is believed until a
// change is announced, and no longer than a few seconds. The places of frames belong to the object's bytes, which never
// change: they are read once.

import { type Clock, systemClock } from '../base/clock.ts';
import { decodeFrameIndex, type FrameIndex } from '../dicom/frame-index.ts';
import { absence, INSTANCE_ORDER, SERIES_ORDER } from './catalogue.ts';
import type { Database } from './database.ts';
import { EVENT_CHANNEL } from './events.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';

export const limits = {
  /** How long an answer is believed where no announcement comes: the connection for them may be broken. */
  believedMs: 2_000,
  places: 50_000,
  /** Frames and fragments of all frame indexes that are remembered, some 60 bytes each. */
  rememberedPieces: 500_000,
} as const;

export interface InstanceUids {
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
}

/** The served version of an instance. */
export interface InstancePlace extends InstanceUids {
  id: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  /** Name in the object store, under which the bytes never change. */
  object: string;
  /** Of the file. */
  sizeBytes: number;
  /** Where the data set begins in the file. */
  datasetOffset: number;
}

/** What a place is made of, of instance `i` in series `r` of study `s`. */
export const PLACE_COLUMNS = `i.id, s.id as "studyId", s.study_uid as "studyInstanceUid", r.series_uid as "seriesInstanceUid",
  i.sop_uid as "sopInstanceUid", i.sop_class as "sopClassUid", i.transfer_syntax as "transferSyntaxUid", i.object,
  i.size_bytes as "sizeBytes", i.dataset_offset as "datasetOffset"`;

interface Believed {
  place: InstancePlace;
  generation: number;
  untilMs: number;
}

export class InstancePlaces {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #believed = new LeastRecentlyUsed<string, Believed>(limits.places);
  readonly #indexes = new LeastRecentlyUsed<string, { index: FrameIndex | undefined }>(
    limits.rememberedPieces,
    ({ index }) => 1 + (index === undefined || index.kind === 'native' ? 0 : index.frames + index.fragments.length),
  );
  /** Counts announced changes: an answer of an older generation is asked for again. */
  #generation = 0;
  #listening: Promise<unknown> | undefined;

  constructor(database: Database, clock: Clock = systemClock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Rejects with catalogue/not-found or catalogue/hidden. */
  async find(tenant: number, uids: InstanceUids): Promise<InstancePlace> {
    const key = `${tenant} ${uids.studyInstanceUid} ${uids.seriesInstanceUid} ${uids.sopInstanceUid}`;
    const believed = this.#believed.get(key);
    if (believed?.generation === this.#generation && this.#clock.monotonicMs() < believed.untilMs)
      return believed.place;
    await this.#listen();
    const generation = this.#generation;
    const place = await this.#ask(tenant, uids);
    this.#believed.set(key, { place, generation, untilMs: this.#clock.monotonicMs() + limits.believedMs });
    return place;
  }

  /**
   * What stands for a study or series: the image in the middle of its first series with images, else its first instance.
   * Rejects as `find` does.
   */
  async representative(
    tenant: number,
    scope: Pick<InstanceUids, 'studyInstanceUid'> & Partial<InstanceUids>,
  ): Promise<InstancePlace> {
    const { studyInstanceUid, seriesInstanceUid } = scope;
    const { rows } = await this.#database.pool.query<InstanceUids>({
      name: seriesInstanceUid === undefined ? 'study_representative' : 'series_representative',
      // What has no Rows is no image: reports, presentation states, documents.
      text: `select $2 as "studyInstanceUid", r.series_uid as "seriesInstanceUid", i.sop_uid as "sopInstanceUid"
        from (
          select r.id, r.series_uid, shown.images from study s join series r on r.study = s.id
            cross join lateral (select count(*) as instances, count(i.rows) as images from instance i
              where i.series = r.id and i.served and i.hidden_at is null) shown
          where s.tenant = $1 and s.study_uid = $2 ${seriesInstanceUid === undefined ? '' : 'and r.series_uid = $3'}
            and s.hidden_at is null and r.hidden_at is null and shown.instances > 0
          order by shown.images > 0 desc, s.id, ${SERIES_ORDER} limit 1
        ) r
        cross join lateral (select sop_uid from instance i
          where i.series = r.id and i.served and i.hidden_at is null
          order by i.rows is null, ${INSTANCE_ORDER} offset r.images / 2 limit 1) i`,
      values:
        seriesInstanceUid === undefined ? [tenant, studyInstanceUid] : [tenant, studyInstanceUid, seriesInstanceUid],
    });
    if (rows[0] === undefined) throw await absence(this.#database, tenant, scope);
    return this.find(tenant, rows[0]);
  }

  /** The served ones among these rows, in the order in which people look at them. */
  async amongst(tenant: number, ids: readonly string[]): Promise<InstancePlace[]> {
    const rows = await this.#database.query<Omit<InstancePlace, 'sizeBytes'> & { sizeBytes: string }>(
      `select ${PLACE_COLUMNS} from instance i join series r on r.id = i.series join study s on s.id = r.study
       where i.id = any($2::bigint[]) and i.tenant = $1 and i.served
         and i.hidden_at is null and r.hidden_at is null and s.hidden_at is null
       order by s.id, ${SERIES_ORDER}, ${INSTANCE_ORDER}`,
      [tenant, [...ids]],
    );
    return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
  }

  /** Where its frames are; undefined for what has no pixels, or whose attributes do not say how large a frame is. */
  async framesOf({ object, id }: InstancePlace): Promise<FrameIndex | undefined> {
    const remembered = this.#indexes.get(object);
    if (remembered !== undefined) return remembered.index;
    const { rows } = await this.#database.pool.query<{ frames: Buffer | null }>({
      name: 'instance_frames',
      text: 'select frames from instance where id = $1 and object = $2',
      values: [id, object],
    });
    const frames = rows[0]?.frames;
    const index = frames ? decodeFrameIndex(frames) : undefined;
    this.#indexes.set(object, { index });
    return index;
  }

  /** Something was changed here: nothing is believed any more, before the announcement comes back to us. */
  changed(): void {
    this.#generation += 1;
  }

  #listen(): Promise<unknown> {
    this.#listening ??= this.#database.notices
      .on(EVENT_CHANNEL, () => this.changed())
      .catch((error) => {
        this.#listening = undefined;
        throw error;
      });
    return this.#listening;
  }

  async #ask(tenant: number, uids: InstanceUids): Promise<InstancePlace> {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = uids;
    const { rows } = await this.#database.pool.query<Omit<InstancePlace, 'sizeBytes'> & { sizeBytes: string }>({
      name: 'instance_place',
      // One Study Instance UID with two patients may hold the instance twice: the older study's is meant.
      text: `select ${PLACE_COLUMNS} from instance i join series r on r.id = i.series join study s on s.id = r.study
        where i.tenant = $1 and i.sop_uid = $4 and r.series_uid = $3 and s.study_uid = $2 and s.tenant = $1
          and i.served and i.hidden_at is null and r.hidden_at is null and s.hidden_at is null
        order by s.id limit 1`,
      values: [tenant, studyInstanceUid, seriesInstanceUid, sopInstanceUid],
    });
    const [row] = rows;
    if (row === undefined) throw await absence(this.#database, tenant, uids);
    return { ...row, sizeBytes: Number(row.sizeBytes) };
  }
}
