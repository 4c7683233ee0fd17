// Storage commitment, push model: the result of a request of ours, brought by the peer on an association that it requested.
// PS3.7 10.1.1, PS3.4 J.3.3. One that comes on the association of the request is heard by scu.ts.

import { Problem } from '../base/problem.ts';
import { type Operation, type Service, status } from './operation.ts';
import { readPlainDataSet } from './plain-data-set.ts';
import { STORAGE_COMMITMENT_PUSH } from './services.ts';

/** PS3.7 Annex C. */
const NO_SUCH_EVENT_TYPE = 0x0113;
const INVALID_ARGUMENT_VALUE = 0x0115;
/** PS3.4 Table J.3-2: all committed, failures exist. */
const EVENT_TYPES = [1, 2];

export const nEventReport: Service = (operation) => {
  const { served, context, command } = operation;
  const { committed } = served.handlers;
  if (context.abstractSyntax !== STORAGE_COMMITMENT_PUSH || committed === undefined) {
    operation.fail(
      new Problem('request/method-not-allowed', { method: 'N-EVENT-REPORT in this presentation context' }),
    );
    return undefined;
  }
  if (!EVENT_TYPES.includes(command.eventTypeId ?? 0)) return refuse(operation, NO_SUCH_EVENT_TYPE);
  if (!command.hasDataSet) return refuse(operation, INVALID_ARGUMENT_VALUE);
  return operation.withDataSet(async (bytes) => {
    await committed.call(served.handlers, operation.exchange, readPlainDataSet(bytes, context.transferSyntax));
    operation.respond(status.success, { eventTypeId: command.eventTypeId });
  });
};

function refuse(operation: Operation, code: number): undefined {
  operation.respond(code);
}
