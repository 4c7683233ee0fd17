// Closes what is over: a case that is at every destination, has none, was answered elsewhere, or asked for no more than the
// preliminary report that it has, and of which nobody has said anything for a while. Only what is closed lets its copies go from
// the room of its provider (outbound.ts). An addendum makes it final again.

import type { Clock } from '../../base/clock.ts';
import { asProblem } from '../../base/problem.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import { casesToClose } from '../../reading/store/cases.ts';
import { alone } from '../../storage/alone.ts';
import { Follower } from '../../storage/follower.ts';
import type { Core } from '../core.ts';

const DAY_MS = 86_400_000;

export const limits = {
  lookMs: 60_000,
  /** After the last entry: addenda and questions mostly come within the day. */
  deliveredMs: DAY_MS,
  /** What an exchange elsewhere adds later is fetched as long as the case is open. */
  answeredMs: 30 * DAY_MS,
  /** Where only a preliminary report was asked for its client reads it over: after a long weekend, and says what differs. */
  preliminaryMs: 7 * DAY_MS,
} as const;

const closing: ReadonlySet<string> = new Set(['preliminary', 'final', 'delivered', 'answered']);
const exchange = { kind: 'exchange', id: 'closer' } as const;

export class CaseCloser {
  readonly #core: Pick<Core, 'database' | 'log' | 'readingInUse'>;
  readonly #cases: CaseLog;
  readonly #clock: Clock;
  #follower: Follower | undefined;

  constructor(core: Pick<Core, 'database' | 'log' | 'readingInUse'>, cases: CaseLog, clock: Clock) {
    this.#core = core;
    this.#cases = cases;
    this.#clock = clock;
  }

  async open(): Promise<this> {
    const { database, log, readingInUse } = this.#core;
    this.#follower = await Follower.open({
      notices: database.notices,
      channels: [],
      lookMs: limits.lookMs,
      look: async () => {
        if (await readingInUse.now()) await this.look();
      },
      failed: (code) => log.warn({ code }, 'cases cannot be closed just now'),
    });
    return this;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  /** Closes all that is due; one node at a time does it. Rejects where the catalogue is away. */
  async look(): Promise<void> {
    const { database } = this.#core;
    await alone(database, 'reading closer', async () => {
      const now = this.#clock.now();
      const before = {
        delivered: new Date(now - limits.deliveredMs),
        answered: new Date(now - limits.answeredMs),
        preliminary: new Date(now - limits.preliminaryMs),
      };
      for (;;) {
        const due = await casesToClose(database, before);
        const closed = await Promise.all(due.map(({ reading }) => this.#one(reading.id)));
        if (!closed.includes(true)) return;
      }
    });
  }

  /** Whether it is closed; one that has moved on meanwhile is not, and holds up no other. */
  async #one(id: string): Promise<boolean> {
    try {
      await this.#cases.change(id, exchange, ({ reading: { state } }) =>
        closing.has(state) ? [{ kind: 'closed' }] : [],
      );
      return true;
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (!code.startsWith('reading/')) throw thrown;
      this.#core.log.warn({ code }, 'a case is not closed');
      return false;
    }
  }
}
