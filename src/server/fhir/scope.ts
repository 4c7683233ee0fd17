// Where the statements of the FHIR door go: each to the catalogue by itself, or all into one transaction.

import type { Database } from '../../storage/database.ts';
import { Announcer } from '../../storage/events.ts';
import { type Queries, type Transaction, transact } from '../../storage/transaction.ts';
import { Turns } from '../pixels/turns.ts';

export const limits = {
  /** Transactions at once: each holds a connection of the pool, and may ask for another. */
  transactions: 8,
  /** Those that wait for their turn. */
  waitingTransactions: 1000,
} as const;

export interface Scope {
  queries: Queries;
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** Every transaction by itself; those who wait for events are told of each. */
export function outside(database: Database): Scope {
  const announcer = new Announcer(database);
  const turns = new Turns(limits.transactions, limits.waitingTransactions, 'waitingTransactions');
  return {
    queries: database,
    async transact(work) {
      await turns.take();
      try {
        const done = await transact(database, work);
        announcer.announce();
        return done;
      } finally {
        turns.give();
      }
    },
  };
}

/** All of them are part of `transaction`. */
export const inside = (transaction: Transaction): Scope => ({
  queries: transaction,
  transact: (work) => work(transaction),
});
