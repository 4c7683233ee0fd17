// N-CREATE, N-SET, N-GET and N-ACTION on instances that others stand behind: performed steps, worklist items, notifications.
// PS3.7 10.1. What may be done, and when, is the handler's to say.

import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { commandName } from './command-set.ts';
import type { ManagedInstances } from './handlers.ts';
import type { DataSetSink } from './message-reader.ts';
import { type Operation, type Service, status } from './operation.ts';
import { readPlainDataSet, writePlainDataSet } from './plain-data-set.ts';

/** PS3.7 Annex C. */
const INVALID_ARGUMENT_VALUE = 0x0115;
const NO_SUCH_SOP_CLASS = 0x0118;
const NO_SUCH_ACTION = 0x0123;

export const nCreate: Service = (operation) => {
  const { create, isOther } = behind(operation);
  if (create === undefined) return notOffered(operation);
  if (isOther) return refuse(operation, NO_SUCH_SOP_CLASS);
  return withAttributes(operation, async (attributes) => {
    const { affectedSopInstanceUid } = operation.command;
    const made = await create(operation.exchange, affectedSopInstanceUid, attributes);
    operation.respond(made.status ?? status.success, { affectedSopInstanceUid: made.sopInstanceUid });
  });
};

export const nSet: Service = (operation) => {
  const { set, isOther } = behind(operation);
  if (set === undefined) return notOffered(operation);
  const uid = operation.command.requestedSopInstanceUid;
  if (isOther || uid === undefined) return refuse(operation, isOther ? NO_SUCH_SOP_CLASS : INVALID_ARGUMENT_VALUE);
  return withAttributes(operation, async (modifications) => {
    const made = await set(operation.exchange, uid, modifications);
    operation.respond(made.status ?? status.success);
  });
};

export const nGet: Service = (operation) => {
  const { get, isOther } = behind(operation);
  if (get === undefined) return notOffered(operation);
  const { requestedSopInstanceUid: uid, attributeIdentifierList = [] } = operation.command;
  if (isOther || uid === undefined) return refuse(operation, isOther ? NO_SUCH_SOP_CLASS : INVALID_ARGUMENT_VALUE);
  operation.run(async () => {
    const found = await get(operation.exchange, uid, attributeIdentifierList);
    operation.respond(status.success, {}, writePlainDataSet(found, operation.context.transferSyntax));
  });
  return undefined;
};

export const managedAction: Service = (operation) => {
  const { actions, isOther } = behind(operation);
  if (actions === undefined) return notOffered(operation);
  const { requestedSopInstanceUid: uid, actionTypeId = 0 } = operation.command;
  if (isOther || uid === undefined) return refuse(operation, isOther ? NO_SUCH_SOP_CLASS : INVALID_ARGUMENT_VALUE);
  const action = actions[actionTypeId];
  if (action === undefined) return refuse(operation, NO_SUCH_ACTION);
  return withAttributes(operation, async (information) => {
    const made = await action(operation.exchange, uid, information);
    operation.respond(made.status ?? status.success, { actionTypeId });
  });
};

type Behind = Pick<ManagedInstances, 'create' | 'set' | 'get' | 'actions'> & { isOther: boolean };

/** Whoever stands behind the presentation context, and whether the message names a SOP class that is not its. */
function behind({ served, context, command }: Operation): Behind {
  const instances = served.handlers.managed?.get(context.abstractSyntax);
  const named = command.affectedSopClassUid ?? command.requestedSopClassUid;
  const expected = instances?.sopClassUid ?? context.abstractSyntax;
  return {
    create: instances?.create?.bind(instances),
    set: instances?.set?.bind(instances),
    get: instances?.get?.bind(instances),
    actions: instances?.actions,
    // The class of the context is what some peers write all the same.
    isOther: named !== undefined && named !== expected && named !== context.abstractSyntax,
  };
}

function notOffered(operation: Operation): undefined {
  const method = `${commandName(operation.command.commandField)} in this presentation context`;
  operation.fail(new Problem('request/method-not-allowed', { method }));
}

function refuse(operation: Operation, code: number): undefined {
  operation.respond(code);
}

/** A message without data set has no attributes. */
function withAttributes(operation: Operation, task: (attributes: DataSet) => Promise<void>): DataSetSink | undefined {
  const { command, context } = operation;
  if (command.hasDataSet) {
    return operation.withDataSet((bytes) => task(readPlainDataSet(bytes, context.transferSyntax)));
  }
  operation.run(() => task(new DataSet()));
  return undefined;
}
