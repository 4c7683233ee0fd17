// Sends stored instances by C-STORE, over whatever association: of a C-GET, a C-MOVE or our own. PS3.7 9.1.1, PS3.4 B.

import { Problem } from '../base/problem.ts';
import { Reencoder } from '../dicom/reencode.ts';
import { isUncompressed, transferSyntax } from '../dicom/transfer-syntax.ts';
import { type CommandSet, commands, priorities } from './command-set.ts';
import type { SendableInstance } from './handlers.ts';
import type { MessageExchange } from './message-exchange.ts';
import type { AcceptedContext } from './negotiation.ts';

/** PS3.7 9.1.1.1.5-6: the C-MOVE on whose behalf an instance is sent. */
export interface MoveOriginator {
  moveOriginatorAeTitle: string;
  moveOriginatorMessageId: number;
}

type Sent = Omit<SendableInstance, 'studyInstanceUid' | 'seriesInstanceUid' | 'sizeBytes'>;

/**
 * Sends one instance and resolves with the response. `contexts`: those in which we may be SCU. `chunks`: the bytes of its
 * data set, where somebody has begun to read them. Rejects with dimse/context-refused, dimse/association-ended, or with
 * what reading threw.
 */
export async function sendInstance(
  messages: MessageExchange,
  contexts: Iterable<AcceptedContext>,
  instance: Sent,
  chunks: AsyncIterable<Uint8Array> = instance.open(),
  originator?: MoveOriginator,
): Promise<CommandSet> {
  const { sopClassUid, sopInstanceUid } = instance;
  const context = contextFor([...contexts], instance);
  if (!context) throw new Problem('dimse/context-refused', { sopClassUid });
  const request = {
    commandField: commands['C-STORE-RQ'],
    affectedSopClassUid: sopClassUid,
    affectedSopInstanceUid: sopInstanceUid,
    priority: priorities.medium,
    ...originator,
  };
  const bytes = await dataSetIn(context.transferSyntax, instance, chunks);
  return (await messages.invoke(context.id, request, bytes)).command;
}

/**
 * The context in the very transfer syntax, else one whose transfer syntax differs in nothing that concerns pixels, else one
 * to which the pixels can be brought: uncompressed rather than otherwise compressed.
 */
function contextFor(
  contexts: AcceptedContext[],
  { sopClassUid, transferSyntaxUid, transcodable }: Sent,
): AcceptedContext | undefined {
  const ofClass = contexts.filter((context) => context.abstractSyntax === sopClassUid);
  const canBe = ofClass.filter((context) => transcodable?.transferSyntaxes.includes(context.transferSyntax));
  return (
    ofClass.find((context) => context.transferSyntax === transferSyntaxUid) ??
    (isPlain(transferSyntaxUid) ? ofClass.find((context) => isPlain(context.transferSyntax)) : undefined) ??
    canBe.find((context) => isPlain(context.transferSyntax)) ??
    canBe[0]
  );
}

async function dataSetIn(
  uid: string,
  { transferSyntaxUid, transcodable }: Sent,
  chunks: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
  if (uid === transferSyntaxUid) return chunks;
  if (!isPlain(uid) || !isPlain(transferSyntaxUid)) return transcodable!.open(uid);
  return new Reencoder(transferSyntax(transferSyntaxUid)!, transferSyntax(uid)!).through(chunks);
}

function isPlain(uid: string): boolean {
  const syntax = transferSyntax(uid);
  return syntax !== undefined && isUncompressed(syntax);
}
