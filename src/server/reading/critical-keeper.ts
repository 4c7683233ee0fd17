// Sees that every critical result is received by somebody: takes each step when its time has come, and has it told by each way of
// the policy. One node at a time; what was stored is all that the next one needs.

import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { pauseMs } from '../../delivery/back-off.ts';
import type { Actor, CaseHappening } from '../../reading/case/case-event.ts';
import { type DueStep, dueStep } from '../../reading/critical/due-step.ts';
import { criticalRecords } from '../../reading/critical/record.ts';
import { type Moment, waited } from '../../reading/critical/wait.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import {
  beginLoop,
  dueNotices,
  endLoop,
  type Notice,
  noteWaits,
  noticeFailed,
  noticeSent,
  takeStep,
  type WaitingLoop,
  waitingLoops,
} from '../../reading/store/critical-loops.ts';
import { policyNamed } from '../../reading/store/critical-policies.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';
import { alone } from '../../storage/alone.ts';
import { Follower } from '../../storage/follower.ts';
import { transact } from '../../storage/transaction.ts';
import type { Core } from '../core.ts';

export const limits = {
  /** Between two looks at what is due. */
  lookMs: 2_000,
  /** Notices that are sent at once. */
  notices: 16,
} as const;

/** Channel of notices on which those who send are told that there is something to send. */
const NOTICE_CHANNEL = 'reading_notice';

export interface CriticalKeeperOptions {
  core: Pick<Core, 'database' | 'log'>;
  cases: CaseLog;
  term(reference: TermReference): ServiceTerm | undefined;
  clock: Clock;
  /** Tells the recipient by the channel of a notice. Rejects where that was not possible now. */
  tell(notice: Notice): Promise<void>;
  /** What others keep of it follows: it was flagged, told or received. */
  changed(caseId: string, loop: string): Promise<void>;
}

const exchange: Actor = { kind: 'exchange', id: 'critical' };

export class CriticalKeeper {
  readonly #options: CriticalKeeperOptions;
  /** Of this node since it began: see critical/wait.ts. */
  readonly #run = randomUUID();
  #followers: Follower[] = [];

  constructor(options: CriticalKeeperOptions) {
    this.#options = options;
  }

  static async open(options: CriticalKeeperOptions): Promise<CriticalKeeper> {
    const keeper = new CriticalKeeper(options);
    const { database, log } = options.core;
    const follow = (look: () => Promise<void>, channels: readonly string[]) =>
      Follower.open({
        notices: database.notices,
        channels,
        lookMs: limits.lookMs,
        look,
        failed: (code) => log.warn({ code }, 'critical results cannot be followed just now'),
      });
    keeper.#followers = [await follow(() => keeper.step(), []), await follow(() => keeper.send(), [NOTICE_CHANNEL])];
    return keeper;
  }

  async close(): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower.close()));
  }

  /** Follows what the log of a case says of its critical results. May be done again. */
  async follow(caseId: string): Promise<void> {
    const { core, cases, changed } = this.#options;
    const { reading, client, room } = await cases.stored(caseId);
    const term = reading.term && this.#options.term(reading.term);
    const { ladders } = await policyNamed(core.database, client, term?.critical ?? 'standard');
    for (const record of criticalRecords(await cases.events(caseId))) {
      const { loop, category, finding, foundAt, received } = record;
      const made = { loop, case: caseId, client, ...(room !== undefined && { room }), category, finding };
      await beginLoop(core.database, { ...made, ladder: ladders[category], flaggedAt: foundAt }, this.#now());
      if (received !== undefined) await endLoop(core.database, loop, received.at);
      await changed(caseId, loop);
    }
  }

  /** Takes the steps whose time has come. */
  async step(): Promise<void> {
    const { database } = this.#options.core;
    await alone(database, 'critical steps', async () => {
      const now = this.#now();
      const loops = (await waitingLoops(database)).map((loop) => ({ ...loop, wait: waited(loop.wait, now) }));
      await noteWaits(database, loops, now);
      for (const loop of loops) {
        const due = dueStep(loop, loop.ladder, loop.wait);
        // One whose case moves on at the same moment is looked at again in a second, and holds up no other.
        if (due !== undefined) await this.#take(loop, due).catch((thrown) => this.#told(thrown, loop));
      }
    });
  }

  /** Tells those who are to be told. */
  async send(): Promise<void> {
    const { database } = this.#options.core;
    await alone(database, 'critical notices', async () => {
      for (;;) {
        const due = await dueNotices(database, limits.notices);
        await Promise.all(due.map((notice) => this.#send(notice)));
        if (due.length < limits.notices) return;
      }
    });
  }

  async #take(loop: WaitingLoop, due: DueStep): Promise<void> {
    const { core, cases } = this.#options;
    const { reading } = await cases.stored(loop.case);
    await transact(core.database, async (transaction) => {
      if (!(await takeStep(transaction, loop, due))) return;
      const happenings = happeningsOf(loop.loop, due);
      if (happenings.length > 0) {
        await cases.append(loop.case, reading.sequence, exchange, happenings, { transaction });
      }
      await transaction.query('select pg_notify($1, $2)', [NOTICE_CHANNEL, '']);
    });
  }

  /** Never rejects: what cannot be told now is told later, again and again. */
  async #send(notice: Notice): Promise<void> {
    const { core, cases, changed } = this.#options;
    const { id, loop, recipient, channel } = notice;
    try {
      await this.#options.tell(notice);
      const told: CaseHappening = { kind: 'critical-notified', loop, recipient, channel };
      await cases.change(notice.case, exchange, () => [told]);
      await noticeSent(core.database, id);
      await changed(notice.case, loop);
    } catch (thrown) {
      const { code } = asProblem(thrown);
      // It was acknowledged while it was told.
      if (code === 'reading/out-of-step') return noticeSent(core.database, id);
      core.log.warn({ code, attempt: notice.attempts + 1 }, 'a critical result could not be told');
      await noticeFailed(core.database, id, code, pauseMs(notice.attempts + 1)).catch(() => undefined);
    }
  }

  #told(thrown: unknown, { loop }: WaitingLoop): void {
    const { code } = asProblem(thrown);
    if (thrown instanceof Problem && code === 'reading/moved') return;
    this.#options.core.log.warn({ code, objectId: loop }, 'a step of a critical result could not be taken');
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { run: this.#run, monotonicMs: clock.monotonicMs(), wallMs: clock.now() };
  }
}

/** The first step is on record once somebody was told. */
function happeningsOf(loop: string, { kind, step, rung }: DueStep): CaseHappening[] {
  if (kind === 'escalate') return [{ kind: 'critical-escalated', loop, recipient: rung.recipient, step }];
  return kind === 'exhaust' ? [{ kind: 'critical-exhausted', loop }] : [];
}
