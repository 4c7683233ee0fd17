// DIMSE-N services that we invoke on an association of ours: PS3.7 10.1. Used to pass performed steps on, to tell events of
// workitems, and by tests.

import type { DataSet } from '../dicom/dataset.ts';
import { type CommandSet, commands } from './command-set.ts';
import type { Response } from './message-exchange.ts';
import { readPlainDataSet, writePlainDataSet } from './plain-data-set.ts';
import type { RequestedAssociation } from './requested-association.ts';

/** What a request is about. `abstractSyntax`: of the context, where it is not the SOP class (PS3.4 CC.3.1). */
export interface Target {
  sopClassUid: string;
  sopInstanceUid: string;
  abstractSyntax?: string;
}

/** A response, with its data set where it has one. */
export interface Answered {
  command: CommandSet;
  dataset?: DataSet;
}

export const createInstance = (association: RequestedAssociation, target: Target, attributes: DataSet) =>
  invoke(association, target, { commandField: commands['N-CREATE-RQ'], ...affected(target) }, attributes);

export const setInstance = (association: RequestedAssociation, target: Target, modifications: DataSet) =>
  invoke(association, target, { commandField: commands['N-SET-RQ'], ...requested(target) }, modifications);

/** `attributes`: tags; none: all. */
export const getInstance = (association: RequestedAssociation, target: Target, attributes: readonly number[] = []) =>
  invoke(association, target, {
    commandField: commands['N-GET-RQ'],
    ...requested(target),
    ...(attributes.length > 0 && { attributeIdentifierList: attributes }),
  });

export const actOn = (
  association: RequestedAssociation,
  target: Target,
  actionTypeId: number,
  information: DataSet | undefined,
) =>
  invoke(
    association,
    target,
    { commandField: commands['N-ACTION-RQ'], ...requested(target), actionTypeId },
    information,
  );

export const reportEvent = (
  association: RequestedAssociation,
  target: Target,
  eventTypeId: number,
  information: DataSet,
) =>
  invoke(
    association,
    target,
    { commandField: commands['N-EVENT-REPORT-RQ'], ...affected(target), eventTypeId },
    information,
  );

const affected = ({ sopClassUid, sopInstanceUid }: Target) => ({
  affectedSopClassUid: sopClassUid,
  affectedSopInstanceUid: sopInstanceUid,
});

const requested = ({ sopClassUid, sopInstanceUid }: Target) => ({
  requestedSopClassUid: sopClassUid,
  requestedSopInstanceUid: sopInstanceUid,
});

async function invoke(
  association: RequestedAssociation,
  { sopClassUid, abstractSyntax = sopClassUid }: Target,
  command: Omit<CommandSet, 'hasDataSet'>,
  dataset?: DataSet,
): Promise<Answered> {
  const { id, transferSyntax } = association.contextOf(abstractSyntax);
  // A message that announces a data set has bytes of one.
  const sent = dataset && dataset.elements.size > 0 ? writePlainDataSet(dataset, transferSyntax) : undefined;
  const response: Response = await association.messages.invoke(id, command, sent);
  return {
    command: response.command,
    ...(response.dataset && { dataset: readPlainDataSet(response.dataset, transferSyntax) }),
  };
}
