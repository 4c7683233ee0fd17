// C-FIND. PS3.7 9.1.2, PS3.4 C.4.1: an identifier in, a pending response for each match, a final one without identifier.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from '../base/problem.ts';
import { agreedOf, findAnswer, findQuery, isUnsupported } from './identifier.ts';
import { type Operation, type Service, status } from './operation.ts';
import { readPlainDataSet, writePlainDataSet } from './plain-data-set.ts';
import { type QueryRetrieve, queryRetrieveClasses } from './services.ts';

export const cFind: Service = (operation) => {
  const { context, command } = operation;
  const model = queryRetrieveClasses.get(context.abstractSyntax);
  if (model?.service === 'find' && command.hasDataSet)
    return operation.withDataSet((bytes) => find(operation, model, bytes));
  operation.fail(new Problem('request/method-not-allowed', { method: 'C-FIND in this presentation context' }));
  return undefined;
};

async function find(operation: Operation, model: QueryRetrieve, bytes: Uint8Array): Promise<void> {
  const { served, context, signal } = operation;
  const identifier = readPlainDataSet(bytes, context.transferSyntax);
  const query = findQuery(identifier, model, agreedOf(served.extended.get(context.abstractSyntax)));
  const isWarned = query.returnPaths !== 'all' && query.returnPaths.some((path) => isUnsupported(path, query.level));
  const pending = isWarned ? status.pendingWithWarning : status.pending;
  let responses = 0;
  for await (const match of served.handlers.find(operation.exchange, query)) {
    if (signal.aborted) break;
    const answer = findAnswer(identifier, match, query.level, served.surroundings.aeTitle);
    operation.respond(pending, {}, writePlainDataSet(answer, context.transferSyntax));
    // Most answers find room at once, and an await for each is a tenth of what an answer costs.
    const full = served.messages.drained();
    if (full) await full;
    if (++responses % served.limits.responsesPerTurn === 0) await nextTurn();
  }
  operation.respond(signal.aborted ? status.cancelled : status.success);
}
