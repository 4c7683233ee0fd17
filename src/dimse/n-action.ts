// Storage commitment, push model: the request. PS3.7 10.1.4, PS3.4 J.3.2. What is committed is the handler's to say; the
// result follows as N-EVENT-REPORT (commitment-results.ts).

import type { DataSet } from '../dicom/dataset.ts';
import type { CommitmentResult, CommitReference } from './handlers.ts';
import { managedAction } from './managed.ts';
import { type Operation, type Service, status } from './operation.ts';
import { readPlainDataSet } from './plain-data-set.ts';
import { STORAGE_COMMITMENT_PUSH, STORAGE_COMMITMENT_PUSH_INSTANCE } from './services.ts';

/** PS3.7 10.1.4.1.10 and Annex C. */
const NO_SUCH_OBJECT_INSTANCE = 0x0112;
const INVALID_ARGUMENT_VALUE = 0x0115;
const NO_SUCH_ACTION = 0x0123;

export const nAction: Service = (operation) => {
  const { context, command } = operation;
  if (context.abstractSyntax !== STORAGE_COMMITMENT_PUSH) return managedAction(operation);
  if (command.requestedSopInstanceUid !== STORAGE_COMMITMENT_PUSH_INSTANCE)
    return refuse(operation, NO_SUCH_OBJECT_INSTANCE);
  if (command.actionTypeId !== 1) return refuse(operation, NO_SUCH_ACTION);
  if (!command.hasDataSet) return refuse(operation, INVALID_ARGUMENT_VALUE);
  return operation.withDataSet((bytes) => requestCommitment(operation, bytes));
};

function refuse(operation: Operation, code: number): undefined {
  operation.respond(code);
}

async function requestCommitment(operation: Operation, bytes: Uint8Array): Promise<void> {
  const { served, context } = operation;
  const { handlers, exchange } = served;
  const information = readPlainDataSet(bytes, context.transferSyntax);
  const transactionUid = information.text('TransactionUID');
  const references = information.items('ReferencedSOPSequence').map(referenceOf);
  if (transactionUid === undefined || references.length === 0 || references.includes(undefined))
    return operation.respond(INVALID_ARGUMENT_VALUE);
  const result = await handlers.commit(exchange, transactionUid, references as CommitReference[]);
  operation.respond(status.success, { actionTypeId: 1 });
  reportLater(operation, result);
}

/**
 * Most requestors release at once and listen elsewhere; some stay, and expect the result here. Both are given a moment to
 * show which they are.
 */
function reportLater({ served, context }: Operation, result: CommitmentResult): void {
  const { commitmentResults, timers, limits } = served.surroundings;
  timers.after(limits.commitGraceMs, () => {
    if (served.isOpen) commitmentResults.report(served.messages, context, result);
    else commitmentResults.deliver(result);
  });
}

function referenceOf(item: DataSet): CommitReference | undefined {
  const sopClassUid = item.text('ReferencedSOPClassUID');
  const sopInstanceUid = item.text('ReferencedSOPInstanceUID');
  return sopClassUid === undefined || sopInstanceUid === undefined ? undefined : { sopClassUid, sopInstanceUid };
}
