// C-FIND. PS3.7 9.1.2, PS3.4 C.4.1 and K.4.1: an identifier in, a pending response for each match, a final one without
// identifier.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { answerForm } from '../dicom/find-answer.ts';
import type { AnswerForm, QueryLevel, WorklistQuery } from '../dicom/query.ts';
import type { DimseHandlers, Exchange } from './handlers.ts';
import { agreedOf, findQuery, isUnknown, isUnsupported, worklistQuery } from './identifier.ts';
import { type Operation, type Service, status } from './operation.ts';
import { readPlainDataSet } from './plain-data-set.ts';
import { MODALITY_WORKLIST_FIND, type QueryRetrieve, queryRetrieveClasses } from './services.ts';

export const cFind: Service = (operation) => {
  const { context, command, served } = operation;
  if (command.hasDataSet) {
    const model = queryRetrieveClasses.get(context.abstractSyntax);
    if (model?.service === 'find') return operation.withDataSet((bytes) => find(operation, model, bytes));
    const search = worklistOf(context.abstractSyntax, served.handlers);
    if (search !== undefined) return operation.withDataSet((bytes) => findInWorklist(operation, search, bytes));
  }
  operation.fail(new Problem('request/method-not-allowed', { method: 'C-FIND in this presentation context' }));
  return undefined;
};

async function find(operation: Operation, model: QueryRetrieve, bytes: Uint8Array): Promise<void> {
  const { served, context } = operation;
  const identifier = readPlainDataSet(bytes, context.transferSyntax);
  const query = findQuery(identifier, model, agreedOf(served.extended.get(context.abstractSyntax)));
  const own = ofEveryAnswer(identifier, query.level, served.surroundings.aeTitle);
  const form = answerForm(identifier, own, context.transferSyntax);
  const isWarned = query.returnPaths !== 'all' && query.returnPaths.some((path) => isUnsupported(path, query.level));
  await respondEach(operation, served.handlers.find(operation.exchange, query, form), isWarned);
}

type Search = (exchange: Exchange, query: WorklistQuery, form: AnswerForm) => AsyncIterable<readonly Uint8Array[]>;

/** What answers queries of this SOP class that have no levels. */
function worklistOf(sopClassUid: string, handlers: DimseHandlers): Search | undefined {
  if (sopClassUid === MODALITY_WORKLIST_FIND) return handlers.worklist?.bind(handlers);
  const managed = handlers.managed?.get(sopClassUid);
  return managed?.find?.bind(managed);
}

async function findInWorklist(operation: Operation, search: Search, bytes: Uint8Array): Promise<void> {
  const { served, context } = operation;
  const identifier = readPlainDataSet(bytes, context.transferSyntax);
  const { query, paths } = worklistQuery(identifier, agreedOf(served.extended.get(context.abstractSyntax)));
  const form = answerForm(identifier, new DataSet(), context.transferSyntax);
  await respondEach(operation, search(operation.exchange, query, form), paths.some(isUnknown));
}

/** `isWarned`: not every key is one that we match on or return (PS3.4 C.4.1.1.4). */
async function respondEach(
  operation: Operation,
  found: AsyncIterable<readonly Uint8Array[]>,
  isWarned: boolean,
): Promise<void> {
  const { served, signal } = operation;
  const pending = isWarned ? status.pendingWithWarning : status.pending;
  let responses = 0;
  for await (const answers of found) {
    for (const answer of answers) {
      if (signal.aborted) break;
      operation.respond(pending, {}, [answer]);
      // Most answers find room at once, and an await for each is a tenth of what an answer costs.
      const full = served.messages.drained();
      if (full) await full;
      if (++responses % served.limits.responsesPerTurn === 0) await nextTurn();
    }
    if (signal.aborted) break;
  }
  operation.respond(signal.aborted ? status.cancelled : status.success);
}

/** PS3.4 C.4.1.1.3.2 and C.4.1.1.3.3: the level, where to retrieve and, when asked for, how soon. */
function ofEveryAnswer(identifier: DataSet, level: QueryLevel, aeTitle: string): DataSet {
  const own = new DataSet().set('QueryRetrieveLevel', level).set('RetrieveAETitle', aeTitle);
  return identifier.has('InstanceAvailability') ? own.set('InstanceAvailability', 'ONLINE') : own;
}
