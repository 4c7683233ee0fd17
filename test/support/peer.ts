// A DIMSE peer for scenarios: our own user of the services, and a destination that keeps what it is sent in memory.

import { EventEmitter, once } from 'node:events';
import { silentLog } from '../../src/base/log.ts';
import type { ListenerTls } from '../../src/base/tls.ts';
import { DataSet, type NewValue } from '../../src/dicom/dataset.ts';
import type { DimseHandlers, SendableInstance, StoreRequest } from '../../src/dimse/handlers.ts';
import { type DimseListener, listenDimse } from '../../src/dimse/listener.ts';
import {
  type AssociationRequest,
  openAssociation,
  type RequestedAssociation,
} from '../../src/dimse/requested-association.ts';
import * as scu from '../../src/dimse/scu.ts';
import { type ContextProposal, planAssociations } from '../../src/dimse/store-contexts.ts';
import { sendInstance } from '../../src/dimse/store-scu.ts';

export const VERIFICATION = '1.2.840.10008.1.1';
export const STUDY_ROOT_FIND = '1.2.840.10008.5.1.4.1.2.2.1';
const STUDY_ROOT_MOVE = '1.2.840.10008.5.1.4.1.2.2.2';
export const STUDY_ROOT_GET = '1.2.840.10008.5.1.4.1.2.2.3';
export const UNCOMPRESSED = ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'];

export interface Received extends StoreRequest {
  bytes: Uint8Array;
}

/** What C-STORE needs of an instance. */
export type Sendable = StoreRequest & Pick<Received, 'bytes'>;

/** `more`: another host, other AE titles. */
export function associate(
  port: number,
  contexts: readonly ContextProposal[],
  more: Partial<AssociationRequest> = {},
): Promise<RequestedAssociation> {
  return openAssociation({
    host: '127.0.0.1',
    port,
    calledAeTitle: 'FASCIA',
    callingAeTitle: 'TESTPEER',
    contexts,
    ...more,
  });
}

export async function echo(port: number, more: Partial<AssociationRequest> = {}): Promise<number> {
  const association = await associate(port, [{ abstractSyntax: VERIFICATION, transferSyntaxes: UNCOMPRESSED }], more);
  const status = await scu.echo(association);
  await association.release();
  return status;
}

/** C-STOREs every instance as it is encoded; resolves to the status of each, in order. */
export async function storeAll(
  port: number,
  instances: readonly Sendable[],
  more: Partial<AssociationRequest> = {},
): Promise<Map<string, number>> {
  const statuses = new Map<string, number>();
  for (const { contexts, instances: planned } of planAssociations(instances.map(sendable), 128)) {
    // One context with the very transfer syntax for each, so that nothing is encoded anew on the way.
    const asStored = contexts.filter(({ transferSyntaxes }) => transferSyntaxes.length === 1);
    const association = await associate(port, asStored, more);
    for (const instance of planned) {
      const { status } = await sendInstance(association.messages, association.contexts.values(), instance);
      statuses.set(instance.sopInstanceUid, status!);
    }
    await association.release();
  }
  return statuses;
}

export async function find(
  port: number,
  level: string,
  keys: Record<string, NewValue>,
  more: Partial<AssociationRequest> = {},
): Promise<DataSet[]> {
  const association = await associate(
    port,
    [{ abstractSyntax: STUDY_ROOT_FIND, transferSyntaxes: UNCOMPRESSED }],
    more,
  );
  const matches = await Array.fromAsync(scu.find(association, STUDY_ROOT_FIND, identifier(level, keys)));
  await association.release();
  return matches;
}

/** Retrieves a study by C-GET; contexts are proposed for the classes and syntaxes named. */
export async function get(
  port: number,
  keys: Record<string, NewValue>,
  classes: readonly Omit<StoreRequest, 'sopInstanceUid'>[],
  more: Partial<AssociationRequest> = {},
): Promise<Received[]> {
  const received: Received[] = [];
  const proposals = new Map<string, ContextProposal>();
  for (const { sopClassUid, transferSyntaxUid } of classes) {
    proposals.set(`${sopClassUid} ${transferSyntaxUid}`, {
      abstractSyntax: sopClassUid,
      transferSyntaxes: [transferSyntaxUid],
      role: { scuRole: false, scpRole: true },
    });
  }
  const retrieval = { abstractSyntax: STUDY_ROOT_GET, transferSyntaxes: UNCOMPRESSED };
  const association = await associate(port, [retrieval, ...proposals.values()], more);
  await scu.get(association, STUDY_ROOT_GET, identifier('STUDY', keys), (request) => collecting(request, received));
  await association.release();
  return received;
}

/** Has a study sent to an AE title that the peer knows; resolves to the final status. */
export async function move(
  port: number,
  keys: Record<string, NewValue>,
  destination: string,
  more: Partial<AssociationRequest> = {},
): Promise<number> {
  const association = await associate(
    port,
    [{ abstractSyntax: STUDY_ROOT_MOVE, transferSyntaxes: UNCOMPRESSED }],
    more,
  );
  const { command } = await scu.move(association, STUDY_ROOT_MOVE, identifier('STUDY', keys), destination);
  await association.release();
  return command.status!;
}

export interface DestinationOptions {
  port?: number;
  /** Absent: plain. */
  tls?: ListenerTls;
  /** Takes results of storage commitment. */
  committed?: (information: DataSet) => void;
  /** The status it answers, having thrown away what it was sent where that is a failure; success where absent. */
  answer?: (request: StoreRequest) => number;
}

/** A storage SCP that takes everything in whatever syntax it is offered. */
export async function destination(
  aeTitle: string,
  { port = 0, tls, committed, answer = () => 0 }: DestinationOptions = {},
): Promise<{ listener: DimseListener; received: Received[]; arrived(count: number): Promise<void> }> {
  const received: Received[] = [];
  const arrivals = new EventEmitter();
  const refuse = () => Promise.reject(new Error('this peer only stores'));
  const handlers: DimseHandlers = {
    admit: async () => ({ principal: undefined }),
    storesSopClass: () => true,
    echo: async () => {},
    store: (_exchange, request) => {
      const status = answer(request);
      const sink = collecting(request, status === 0 ? received : []);
      const finish = async () => {
        await sink.finish();
        arrivals.emit('arrival');
        return { status };
      };
      return { ...sink, finish };
    },
    find: () => {
      throw new Error('this peer only stores');
    },
    retrieve: refuse,
    destination: refuse,
    commit: refuse,
    committed: committed && (async (_exchange, information) => committed(information)),
  };
  const listener = await listenDimse({ host: '127.0.0.1', port, tls, aeTitle, handlers, log: silentLog });
  const arrived = async (count: number) => {
    while (received.length < count) await once(arrivals, 'arrival');
  };
  return { listener, received, arrived };
}

export function identifier(level: string, keys: Record<string, NewValue>): DataSet {
  const dataset = new DataSet();
  dataset.set('SpecificCharacterSet', 'ISO_IR 192').set('QueryRetrieveLevel', level);
  for (const [keyword, value] of Object.entries(keys)) dataset.set(keyword, value);
  return dataset;
}

/** As the door is handed what it is to send. */
export function sendable({ bytes, ...instance }: Sendable): SendableInstance {
  return {
    ...instance,
    studyInstanceUid: '',
    seriesInstanceUid: '',
    sizeBytes: bytes.length,
    open: async function* () {
      yield bytes.slice(); // what is sent is given away
    },
  };
}

function collecting(request: StoreRequest, received: Received[]) {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk: Uint8Array) => {
      chunks.push(chunk.slice());
    },
    finish: async () => {
      received.push({ ...request, bytes: new Uint8Array(Buffer.concat(chunks)) });
      return 0;
    },
    abort: () => {},
  };
}
