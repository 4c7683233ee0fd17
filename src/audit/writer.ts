// Writes the audit rows of reads, refusals and administration: everything that waits goes in one INSERT, so that a busy
// node pays one commit for many. Rows of what is kept are written by storage in the keeping transaction itself.

import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Database } from '../storage/database.ts';
import type { AuditEntry } from './entry.ts';
import { limits } from './limits.ts';

export interface Audit {
  /** Resolves when the row is queued: at once, unless the queue is full. Its commit follows without a wait. */
  record(entry: AuditEntry): Promise<void>;
  /** A read of frames or another part of an object: one row for each principal, study and minute. */
  recordFrameRead(entry: AuditEntry & { studyUid: string }): Promise<void>;
  /** Resolves when everything recorded so far is committed. */
  flush(): Promise<void>;
  /** Commits what waits; what cannot be written within the limit is counted in the log. */
  close(): Promise<void>;
}

type Row = AuditEntry & { at: Date };

export function openAudit(database: Database, { clock, log }: { clock: Clock; log: Log }): Audit {
  const queue: Row[] = [];
  const closing = new AbortController();
  let frameReads = new Set<string>();
  let frameMinute = 0;
  let writing: Promise<void> | undefined;
  let deadline = Number.POSITIVE_INFINITY;

  async function record(entry: AuditEntry): Promise<void> {
    while (queue.length >= limits.queuedRows && !closing.signal.aborted) await writing;
    queue.push({ ...entry, query: entry.query?.slice(0, limits.queryCharacters), at: new Date(clock.now()) });
    writing ??= write().finally(() => {
      writing = undefined;
    });
  }

  async function write(): Promise<void> {
    // What is recorded in the same turn goes along.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.slice(0, limits.batchRows);
      if (!(await insertPatiently(batch))) {
        log.error({ count: queue.length }, 'audit rows lost');
        queue.length = 0;
      }
      queue.splice(0, batch.length);
    }
  }

  /** False once the stop cannot wait any longer. */
  async function insertPatiently(batch: Row[]): Promise<boolean> {
    for (let pauseMs: number = limits.retryMs; ; pauseMs = Math.min(pauseMs * 2, limits.longestRetryMs)) {
      try {
        await insert(database, batch);
        return true;
      } catch (error) {
        log.warn({ error, count: queue.length }, 'audit rows wait');
      }
      if (clock.monotonicMs() > deadline) return false;
      if (closing.signal.aborted) await delay(limits.retryMs);
      // A stop that begins meanwhile does not sit out a long pause.
      else await delay(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  return {
    record,
    async recordFrameRead(entry) {
      const minute = Math.floor(clock.now() / 60_000);
      if (minute !== frameMinute || frameReads.size >= limits.frameReadsPerMinute) frameReads = new Set();
      frameMinute = minute;
      const key = `${entry.tenant} ${entry.principal} ${entry.studyUid} ${entry.outcome}`;
      if (frameReads.has(key)) return;
      frameReads.add(key);
      await record(entry);
    },
    flush: async () => writing,
    async close() {
      deadline = clock.monotonicMs() + limits.closeMs;
      closing.abort();
      await writing;
    },
  };
}

/** The columns in the order of the parameters, with their types. */
const columns = {
  tenant: 'smallint',
  at: 'timestamptz',
  principal: 'text',
  door: 'text',
  action: 'text',
  outcome: 'text',
  study_uid: 'text',
  instance_count: 'integer',
  query: 'text',
  request_id: 'text',
  remote_address: 'text',
  resource: 'text',
};

const statement = `insert into audit (${Object.keys(columns).join(', ')}) select * from unnest(${Object.values(columns)
  .map((type, index) => `$${index + 1}::${type}[]`)
  .join(', ')})`;

async function insert(database: Database, rows: Row[]): Promise<void> {
  const values = [
    rows.map((row) => row.tenant),
    rows.map((row) => row.at),
    rows.map((row) => row.principal),
    rows.map((row) => row.door),
    rows.map((row) => row.action),
    rows.map((row) => row.outcome),
    rows.map((row) => row.studyUid),
    rows.map((row) => row.instanceCount),
    rows.map((row) => row.query),
    rows.map((row) => row.requestId),
    rows.map((row) => row.remoteAddress),
    rows.map((row) => row.resource),
  ];
  await database.pool.query({ name: 'audit', text: statement, values });
}
