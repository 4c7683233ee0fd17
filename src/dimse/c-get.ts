// C-GET. PS3.7 9.1.3, PS3.4 C.4.3: the instances come back on the same association, in contexts whose SCP the requestor is.

import { Problem } from '../base/problem.ts';
import { agreedOf, retrieveQuery } from './identifier.ts';
import type { Operation, Service } from './operation.ts';
import { readPlainDataSet } from './plain-data-set.ts';
import { type QueryRetrieve, queryRetrieveClasses } from './services.ts';
import { sendInstance } from './store-scu.ts';
import { performSubOperations } from './sub-operations.ts';

export const cGet: Service = (operation) => {
  const { context, command } = operation;
  const model = queryRetrieveClasses.get(context.abstractSyntax);
  if (model?.service === 'get' && command.hasDataSet)
    return operation.withDataSet((bytes) => get(operation, model, bytes));
  operation.fail(new Problem('request/method-not-allowed', { method: 'C-GET in this presentation context' }));
  return undefined;
};

async function get(operation: Operation, model: QueryRetrieve, bytes: Uint8Array): Promise<void> {
  const { served, context } = operation;
  const identifier = readPlainDataSet(bytes, context.transferSyntax);
  const query = retrieveQuery(identifier, model, agreedOf(served.extended.get(context.abstractSyntax)));
  const instances = await served.handlers.retrieve(operation.exchange, query);
  const contexts = [...served.contexts.values()].filter((each) => each.requestorIsScp);
  await performSubOperations(operation, instances, async (instance, chunks) => {
    const response = await sendInstance(served.messages, contexts, instance, chunks);
    return response.status!;
  });
}
