// Dispatch on a node: the pool of waiting cases, the readers, whoever asks, and what time is up of.

import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ReadingCase } from '../../reading/case/reading-case.ts';
import type { GateResult, Stage } from '../../reading/gate/gate.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import type { InUse } from '../../reading/store/in-use.ts';
import type { Readers } from '../../reading/store/readers.ts';
import type { Terms } from '../../reading/store/terms.ts';
import type { Database } from '../../storage/database.ts';
import { DispatchKeeper } from './dispatch-keeper.ts';
import { Dispatcher } from './dispatcher.ts';
import { ReadersOnDuty } from './readers-on-duty.ts';
import { WaitingPool } from './waiting-pool.ts';

export interface DispatchOptions {
  database: Database;
  inUse: Pick<InUse, 'now'>;
  log: Pick<Log, 'warn'>;
  clock: Clock;
  cases: CaseLog;
  terms: Pick<Terms, 'term'>;
  readers: Pick<Readers, 'all' | 'reader' | 'roomOf'>;
  /** What binds before a case is offered or claimed. */
  gatesOf(reading: ReadingCase, reader: string, stage: Stage): Promise<GateResult>;
}

export interface Dispatch {
  dispatcher: Dispatcher;
  /** Takes back what nobody holds, and climbs ladders, once it is opened: where a node runs. */
  keeper: DispatchKeeper;
  pool: WaitingPool;
  close(): Promise<void>;
}

/** Has all cases that wait when it resolves. */
export async function openDispatch({
  database,
  inUse,
  log,
  clock,
  cases,
  terms,
  readers,
  gatesOf,
}: DispatchOptions): Promise<Dispatch> {
  const term = terms.term.bind(terms);
  const failed = (code: string): void => log.warn({ code }, 'cases cannot be dispatched just now');
  const onDuty = new ReadersOnDuty({ clock, readers, term });
  const pool: WaitingPool = new WaitingPool({
    ...{ database, inUse, clock, term, failed },
    isOpenBeside: (of, others) => onDuty.isOpenBeside(of, others),
    signed: (ids) => dispatcher.signed(ids),
  });
  const dispatcher = new Dispatcher({ database, clock, log: cases, pool, onDuty, gatesOf });
  await dispatcher.signed();
  await pool.open();
  const keeper = new DispatchKeeper({ database, clock, log: cases, pool, dispatcher, term, failed });
  return {
    ...{ dispatcher, keeper, pool },
    async close() {
      await keeper.close();
      await pool.close();
    },
  };
}
