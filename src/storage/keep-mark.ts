// How far this node's instances are known to be durable, row and file: recovery looks only at what came after. The mark
// is written now and then, never in the way of a keep; an old one costs recovery time and nothing else.

import type { Clock } from '../base/clock.ts';
import type { Database } from './database.ts';

export const limits = { saveEveryMs: 5_000 } as const;

export class KeepMark {
  readonly #database: Database;
  readonly #node: string;
  readonly #clock: Clock;
  /** Rows that are committed while their files are not durable yet. */
  readonly #open = new Map<bigint, PromiseWithResolvers<void>>();
  #highest = 0n;
  #saved = 0n;
  #savedAt: number;

  constructor(database: Database, node: string, clock: Clock) {
    this.#database = database;
    this.#node = node;
    this.#clock = clock;
    this.#savedAt = clock.monotonicMs();
  }

  committed(instanceIds: readonly string[]): void {
    for (const id of instanceIds) {
      const number = BigInt(id);
      this.#open.set(number, Promise.withResolvers());
      if (number > this.#highest) this.#highest = number;
    }
  }

  /** The file has its final name, durably; or the row is gone again. */
  durable(instanceId: string): void {
    const number = BigInt(instanceId);
    this.#open.get(number)?.resolve();
    this.#open.delete(number);
  }

  /** Resolves when `durable` was called for an instance that this node is keeping; at once for any other. */
  async settled(instanceId: string): Promise<void> {
    await this.#open.get(BigInt(instanceId))?.promise;
  }

  async saveWhenDue(): Promise<void> {
    if (this.#clock.monotonicMs() - this.#savedAt < limits.saveEveryMs) return;
    this.#savedAt = this.#clock.monotonicMs();
    // A mark that could not be written is only an older mark.
    await this.save().catch(() => undefined);
  }

  async save(): Promise<void> {
    let mark = this.#highest;
    for (const id of this.#open.keys()) if (id <= mark) mark = id - 1n;
    if (mark <= this.#saved) return;
    this.#saved = mark;
    await this.#database.query(
      `insert into keep_mark (node, instance) values ($1, $2)
       on conflict (node) do update set instance = excluded.instance`,
      [this.#node, String(mark)],
    );
  }

  /**
   * At its first start, before it keeps anything, a node begins where every other node's instances are known to be durable:
   * behind that may lie what this machine left under another name.
   */
  async read(): Promise<bigint> {
    const [row] = await this.#database.query<{ instance: string }>(
      `with first as (
         insert into keep_mark (node, instance) select $1, coalesce(min(instance), 0) from keep_mark
         on conflict (node) do nothing returning instance
       )
       select instance from first union all select instance from keep_mark where node = $1`,
      [this.#node],
    );
    return BigInt(row!.instance);
  }
}
