// Storage commitment as this node keeps its word: what is answered is remembered by the catalogue, so that a result
// reaches its requestor also after a restart. PS3.4 J.3.

import type { CommitmentResult, CommitReference } from '../../dimse/handlers.ts';
import { commitmentOf, failureReasons } from '../../storage/commitment.ts';
import {
  endTransaction,
  rememberTransaction,
  type Transaction,
  type TransactionResult,
  waitingResults,
} from '../../storage/commitment-transactions.ts';
import type { Core } from '../core.ts';
import { nodeName } from '../node-name.ts';
import type { Spine } from '../spine.ts';

export interface Commitments {
  /** A Transaction UID that this requestor has used before commits to nothing: 0131H. */
  commit(transaction: Transaction, references: CommitReference[]): Promise<CommitmentResult>;
  unreported(): Promise<CommitmentResult[]>;
}

export function commitments({ config, database, called }: Core, { objects }: Spine): Commitments {
  const node = nodeName(config, 'node');
  const resultOf = (result: TransactionResult): CommitmentResult => ({
    ...result,
    destination: async () => called.find(result.tenant, result.requestor),
    ended: (outcome) => endTransaction(database, result, outcome),
  });
  return {
    async commit(transaction, references) {
      const failures = await commitmentOf(database, objects, transaction.tenant, references);
      const result = { ...transaction, references, failures };
      if (await rememberTransaction(database, node, result)) return resultOf(result);
      const repeated = references.map(() => failureReasons.duplicateTransactionUid);
      return { ...resultOf({ ...result, failures: repeated }), ended: async () => {} };
    },
    unreported: async () => (await waitingResults(database, node)).map(resultOf),
  };
}
