// Reads on in the feed: a report that was written is filed in its study, a document that was kept in a study is told as a
// report, a study that came is asked who waited for it. One node at a time does it; each step can be done again.

import { asProblem } from '../../base/problem.ts';
import type { CatalogueEvent } from '../../storage/events.ts';
import { FeedFollower } from '../../storage/feed-follower.ts';
import { waitingFor } from '../../storage/report-documents.ts';
import { NOT_WITHDRAWN } from '../../storage/withheld.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';
import { DocumentReader, documentClasses, type KeptDocument } from './document-reader.ts';
import { ReportFiler } from './report-filer.ts';
import { TYPE } from './report-store.ts';

export const limits = {
  /** Events that one step takes in. */
  events: 200,
  /** Between two looks at a feed that goes on. */
  pauseMs: 250,
  /** Looks by itself so often: a notice was missed, or the node that did it is gone. */
  lookMs: 2_000,
} as const;

export class ReportKeeper {
  readonly #core: Core;
  readonly #filer: ReportFiler;
  readonly #reader: DocumentReader;
  #follower: FeedFollower | undefined;

  private constructor(core: Core, spine: Spine) {
    this.#core = core;
    this.#filer = new ReportFiler(core, spine);
    this.#reader = new DocumentReader(core, spine);
  }

  static async open(core: Core, spine: Spine): Promise<ReportKeeper> {
    const keeper = new ReportKeeper(core, spine);
    const { database, log } = core;
    keeper.#follower = await FeedFollower.open({
      ...{ database, reader: 'report_cursor', ...limits },
      take: (events, signal) => keeper.#take(events, signal),
      failed: (code) => log.warn({ code }, 'reports cannot be filed just now'),
    });
    return keeper;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async #take(events: readonly CatalogueEvent[], signal: AbortSignal): Promise<void> {
    for await (const work of this.#workOf(events)) {
      if (signal.aborted) return;
      await this.#one(work);
    }
  }

  /** What came in the same moment is asked for together: most of it is images, of which nothing follows. */
  async *#workOf(events: readonly CatalogueEvent[]): AsyncGenerator<() => Promise<void>> {
    for (const { kind, tenant, detail } of events) {
      const { type, id, version } = (detail ?? {}) as { type?: string; id: string; version: number };
      if (kind === 'resource-changed' && type === TYPE) yield () => this.#filer.file(tenant, id, version);
    }
    const kept = events.filter(({ kind }) => kind === 'instances-kept');
    if (kept.length === 0) return;
    const documents = await this.#documents(kept.flatMap(({ instanceIds }) => instanceIds));
    for (const document of documents) yield () => this.#reader.read(document);
    const studies = [...new Set(kept.flatMap(({ studyId }) => studyId ?? []))];
    for (const { tenant, report, version } of await waitingFor(this.#core.database, studies))
      yield () => this.#filer.file(tenant, report, version);
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
       where i.id = any($1::bigint[]) and i.sop_class = any($2) and i.served and ${NOT_WITHDRAWN} order by i.id`,
      [instances, documentClasses],
    );
    return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
  }
}
