// The rows of a small table, held in memory by every node: a change is in force here when its promise resolves, and on
// other nodes as soon as they hear the notice.

import type { Database } from './database.ts';

export interface HeldRows<Row> {
  readonly rows: readonly Row[];
  /** Reads them again: after a change of one's own. */
  refresh(): Promise<void>;
  close(): void;
}

/** `channel`: of notices.ts, on which every change is announced. `changed` is called after each reading but the first. */
export async function holdRows<Row>(
  database: Database,
  channel: string,
  { read, changed = () => undefined }: { read: () => Promise<Row[]>; changed?: () => void },
): Promise<HeldRows<Row>> {
  let rows: Row[] = [];
  let reading: Promise<void> = Promise.resolve();

  /** One after the other, so that an older answer never replaces a newer one. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    reading = reading.then(work, work);
    return reading;
  }

  const refresh = () =>
    inTurn(async () => {
      rows = await read();
      changed();
    });

  const close = await database.notices.on(channel, () => {
    // The catalogue cannot be read just now: the notice that follows its return reads it again.
    refresh().catch(() => undefined);
  });
  await inTurn(async () => {
    rows = await read();
  });
  return {
    get rows() {
      return rows;
    },
    refresh,
    close,
  };
}
