// The services that we invoke on an association of ours. PS3.7 9.1 and 10.1; PS3.4 A, B, C, J. Used by the command line,
// storage commitment and tests; C-MOVE and delivery send by store-scu.ts.

import { Problem } from '../base/problem.ts';
import { DataSet } from '../dicom/dataset.ts';
import { commandName, commands, priorities } from './command-set.ts';
import type { CommitReference, StoreRequest } from './handlers.ts';
import type { Response } from './message-exchange.ts';
import { Collector } from './message-reader.ts';
import { status } from './operation.ts';
import { readPlainDataSet, writePlainDataSet } from './plain-data-set.ts';
import type { RequestedAssociation } from './requested-association.ts';
import { STORAGE_COMMITMENT_PUSH, STORAGE_COMMITMENT_PUSH_INSTANCE, VERIFICATION } from './services.ts';

/** PS3.7 C.5.17. */
const PROCESSING_FAILURE = 0x0110;

/** Takes one instance of a C-GET; resolves with the status that the peer is answered. */
export interface InstanceSink {
  /** `bytes` are lent, as in StoreSink. */
  write(bytes: Uint8Array): void | Promise<void>;
  finish(): Promise<number>;
  abort(reason: string): void;
}

/** Resolves with the status of the C-ECHO response. */
export async function echo(association: RequestedAssociation): Promise<number> {
  const { id } = association.contextOf(VERIFICATION);
  const request = { commandField: commands['C-ECHO-RQ'], affectedSopClassUid: VERIFICATION };
  return (await association.messages.invoke(id, request)).command.status!;
}

/**
 * The matches of a C-FIND as they come; the peer waits for whoever reads them. Leaving early cancels. Throws
 * dimse/operation-failed where the final status is neither success nor cancelled.
 */
export async function* find(
  association: RequestedAssociation,
  sopClassUid: string,
  identifier: DataSet,
): AsyncGenerator<DataSet> {
  const { transferSyntax } = association.contextOf(sopClassUid);
  const leaving = new AbortController();
  let arrived = Promise.withResolvers<DataSet>();
  let taken = Promise.withResolvers<void>();
  const final = invokeWithIdentifier(
    association,
    { commandField: commands['C-FIND-RQ'], affectedSopClassUid: sopClassUid },
    identifier,
    leaving.signal,
    ({ dataset }) => {
      if (!dataset || leaving.signal.aborted) return undefined;
      arrived.resolve(readPlainDataSet(dataset, transferSyntax));
      return taken.promise;
    },
  );
  try {
    for (;;) {
      const match = await Promise.race([arrived.promise, final.then(() => undefined)]);
      if (!match) break;
      yield match;
      arrived = Promise.withResolvers();
      taken.resolve();
      taken = Promise.withResolvers();
    }
    requireSuccess(await final);
  } finally {
    leaving.abort();
    taken.resolve();
  }
}

/** Resolves with the final C-MOVE response, whatever its status; an aborted signal cancels. */
export function move(
  association: RequestedAssociation,
  sopClassUid: string,
  identifier: DataSet,
  moveDestination: string,
  signal?: AbortSignal,
): Promise<Response> {
  const command = { commandField: commands['C-MOVE-RQ'], affectedSopClassUid: sopClassUid, moveDestination };
  return invokeWithIdentifier(association, command, identifier, signal);
}

/** Resolves with the final C-GET response, whatever its status, once `receive` has taken every instance. */
export async function get(
  association: RequestedAssociation,
  sopClassUid: string,
  identifier: DataSet,
  receive: (request: StoreRequest) => InstanceSink,
  signal?: AbortSignal,
): Promise<Response> {
  association.served.set(commands['C-STORE-RQ'], (context, command) => {
    const sink = receive({
      sopClassUid: command.affectedSopClassUid ?? '',
      sopInstanceUid: command.affectedSopInstanceUid ?? '',
      transferSyntaxUid: context.transferSyntax,
    });
    return {
      write: (bytes) => sink.write(bytes),
      end: async () => association.respond(context, command, await sink.finish()),
      abort: (reason) => sink.abort(reason),
    };
  });
  const command = { commandField: commands['C-GET-RQ'], affectedSopClassUid: sopClassUid };
  return invokeWithIdentifier(association, command, identifier, signal);
}

/** Requests storage commitment; resolves with the status of the N-ACTION response. The result comes by N-EVENT-REPORT. */
export async function commit(
  association: RequestedAssociation,
  transactionUid: string,
  references: readonly CommitReference[],
): Promise<number> {
  const { id, transferSyntax } = association.contextOf(STORAGE_COMMITMENT_PUSH);
  const information = new DataSet()
    .set('TransactionUID', transactionUid)
    .set('ReferencedSOPSequence', references.map(referenceItem));
  const request = {
    commandField: commands['N-ACTION-RQ'],
    requestedSopClassUid: STORAGE_COMMITMENT_PUSH,
    requestedSopInstanceUid: STORAGE_COMMITMENT_PUSH_INSTANCE,
    actionTypeId: 1,
  };
  const { command } = await association.messages.invoke(id, request, writePlainDataSet(information, transferSyntax));
  return command.status!;
}

/**
 * Takes the results of storage commitment that come on this association. The peer is told Success once `result` has taken it,
 * and a processing failure (0110H) where it rejects.
 */
export function onCommitmentResult(
  association: RequestedAssociation,
  result: (information: DataSet) => void | Promise<void>,
): void {
  association.served.set(
    commands['N-EVENT-REPORT-RQ'],
    (context, command) =>
      new Collector(
        1 << 20,
        async (bytes) => {
          const taken = async () => result(readPlainDataSet(bytes, context.transferSyntax));
          const answer = await taken().then(
            () => status.success,
            () => PROCESSING_FAILURE,
          );
          association.respond(context, command, answer);
        },
        () => {},
      ),
  );
}

export function referenceItem({ sopClassUid, sopInstanceUid }: CommitReference): DataSet {
  return new DataSet().set('ReferencedSOPClassUID', sopClassUid).set('ReferencedSOPInstanceUID', sopInstanceUid);
}

async function invokeWithIdentifier(
  association: RequestedAssociation,
  command: { commandField: number; affectedSopClassUid: string; moveDestination?: string },
  identifier: DataSet,
  signal?: AbortSignal,
  pending?: (response: Response) => void | Promise<void>,
): Promise<Response> {
  const { id, transferSyntax } = association.contextOf(command.affectedSopClassUid);
  const messageId = association.messages.nextMessageId();
  const cancel = (): void => {
    const request = { commandField: commands['C-CANCEL-RQ'], messageIdBeingRespondedTo: messageId };
    association.messages.send(id, request);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  const request = { ...command, messageId, priority: priorities.medium };
  try {
    return await association.messages.invoke(id, request, writePlainDataSet(identifier, transferSyntax), pending);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function requireSuccess({ command }: Response): void {
  if (command.status === status.success || command.status === status.cancelled) return;
  const code = `${command.status?.toString(16).toUpperCase().padStart(4, '0')}H`;
  throw new Problem('dimse/operation-failed', { operation: commandName(command.commandField), status: code });
}
