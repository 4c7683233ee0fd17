// Reads on in the feed: a report that was written is filed in its study, a document that was kept in a study is told as a
// report, a study that came is asked who waited for it. One node at a time does it; each step can be done again.

import { asProblem } from '../../base/problem.ts';
import { alone } from '../../storage/alone.ts';
import { type CatalogueEvent, EVENT_CHANNEL, readEvents } from '../../storage/events.ts';
import { advance, feedPosition } from '../../storage/feed-position.ts';
import { waitingFor } from '../../storage/report-documents.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';
import { DocumentReader, documentClasses, type KeptDocument } from './document-reader.ts';
import { ReportFiler } from './report-filer.ts';
import { TYPE } from './report-store.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 200,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

export class ReportKeeper {
  readonly #core: Core;
  readonly #filer: ReportFiler;
  readonly #reader: DocumentReader;
  #running: Promise<void> | undefined;
  #isBehind = false;
  #isClosing = false;
  #timer: NodeJS.Timeout | undefined;
  #stop: () => void = () => undefined;

  private constructor(core: Core, spine: Spine) {
    this.#core = core;
    this.#filer = new ReportFiler(core, spine);
    this.#reader = new DocumentReader(core, spine);
  }

  static async open(core: Core, spine: Spine): Promise<ReportKeeper> {
    const keeper = new ReportKeeper(core, spine);
    keeper.#stop = await core.database.notices.on(EVENT_CHANNEL, () => keeper.look());
    keeper.#timer = setInterval(() => keeper.look(), limits.lookMs).unref();
    keeper.look();
    return keeper;
  }

  /** Something may have been written or kept. */
  look(): void {
    this.#isBehind = true;
    if (!this.#isClosing) this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    this.#stop();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#isBehind && !this.#isClosing) {
        this.#isBehind = false;
        await alone(this.#core.database, 'reports', async () => {
          while (!this.#isClosing && (await this.#step()));
        });
      }
    } catch (thrown) {
      if (!this.#isClosing) this.#core.log.warn({ code: asProblem(thrown).code }, 'reports cannot be filed just now');
    }
  }

  /** Resolves to whether there may be more to read. */
  async #step(): Promise<boolean> {
    const { database } = this.#core;
    const from = await feedPosition(database, 'report_cursor');
    const events = await readEvents(database, { ...(from && { after: from }), limit: limits.events });
    const to = events.at(-1)?.cursor;
    if (to === undefined) return false;
    for (const event of events) {
      if (this.#isClosing) return false;
      await this.#take(event);
    }
    // Nothing but the place: what was done is durable, and would be the same again.
    const isMine = await advance(database, 'report_cursor', { from, to }, async () => undefined);
    return isMine && events.length === limits.events;
  }

  async #take({ kind, tenant, studyId, instanceIds, detail }: CatalogueEvent): Promise<void> {
    if (kind === 'resource-changed') {
      const { type, id, version } = detail as { type: string; id: string; version: number };
      if (type === TYPE) await this.#one(() => this.#filer.file(tenant, id, version));
    } else if (kind === 'instances-kept') {
      for (const document of await this.#documents(instanceIds)) await this.#one(() => this.#reader.read(document));
      for (const { report, version } of studyId === undefined ? [] : await waitingFor(this.#core.database, [studyId])) {
        await this.#one(() => this.#filer.file(tenant, report, version));
      }
    }
  }

  /** One that cannot be read or filed holds up no other; where the catalogue or the disk is away all of them wait. */
  async #one(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      this.#core.log.warn({ code, ...(code === 'internal/unexpected' && { error: cause }) }, 'a report is not filed');
    }
  }

  async #documents(instances: readonly string[]): Promise<KeptDocument[]> {
    const rows = await this.#core.database.query<KeptDocument & Record<string, unknown>>(
      `select i.tenant, s.study_uid as "studyInstanceUid", r.series_uid as "seriesInstanceUid", i.sop_uid as "sopInstanceUid",
         i.sop_class as "sopClassUid", i.object, i.size_bytes as "sizeBytes"
       from instance i join series r on r.id = i.series join study s on s.id = r.study
       where i.id = any($1::bigint[]) and i.sop_class = any($2) and i.served and i.hidden_at is null order by i.id`,
      [instances, documentClasses],
    );
    return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
  }
}
