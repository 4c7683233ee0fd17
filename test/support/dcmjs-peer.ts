// An independent peer in JavaScript: dcmjs-dimse, as user of services and as an archive in memory. It sends the very bytes
// it is given and keeps the very bytes it receives. Its server listens on every address: for test files in a network of
// their own.

import { once } from 'node:events';
import { Writable } from 'node:stream';
import dcmjsDimse from 'dcmjs-dimse';
import type { MadeInstance } from './instances.ts';
import type { Received, Sendable } from './peer.ts';

const { Client, Dataset, Scp, Server } = dcmjsDimse;
const { PresentationContextResult, Status } = dcmjsDimse.constants;
const { CStoreRequest, NEventReportRequest } = dcmjsDimse.requests;
const responses = dcmjsDimse.responses;
type Request = InstanceType<typeof dcmjsDimse.requests.Request>;
type TheirResponse = InstanceType<typeof responses.Response>;
type Association = InstanceType<typeof dcmjsDimse.association.Association>;
type Elements = Record<string, unknown>;

const STORAGE_COMMITMENT_PUSH = '1.2.840.10008.1.20.1';
const STORAGE_COMMITMENT_PUSH_INSTANCE = '1.2.840.10008.1.20.1.1';

dcmjsDimse.log.setLevel('silent');

/** A data set whose encoding is at hand and is not made anew. */
class EncodedDataset extends Dataset {
  readonly #bytes: Uint8Array;

  constructor({ sopClassUid, sopInstanceUid, transferSyntaxUid, bytes }: Sendable) {
    super({ SOPClassUID: sopClassUid, SOPInstanceUID: sopInstanceUid }, transferSyntaxUid);
    this.#bytes = bytes;
  }

  override getDenaturalizedDataset(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

export const storeRequest = (instance: Sendable) => new CStoreRequest(new EncodedDataset(instance));

/** What dcmjs-dimse makes of a data set, encoded anew: to compare what it received with what was sent. */
export const asTheyEncode = ({ bytes, transferSyntaxUid }: Pick<Sendable, 'bytes' | 'transferSyntaxUid'>): Buffer =>
  new Dataset(Buffer.from(bytes), transferSyntaxUid).getDenaturalizedDataset();

export interface InvokeOptions {
  /** Told of the client before it connects, to listen for requests of the peer. */
  prepare?: (client: InstanceType<typeof Client>) => void;
  /** How long the association lasts after the last response. */
  lingerMs?: number;
}

/** Sends requests on one association and resolves once it is released to all responses of each, in order. */
export function invoke<Heard extends TheirResponse = TheirResponse>(
  port: number,
  requests: readonly Request[],
  { prepare, lingerMs = 0 }: InvokeOptions = {},
): Promise<Heard[][]> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const answers = requests.map((request) => {
      const heard: Heard[] = [];
      request.on('response', (response) => heard.push(response));
      client.addRequest(request);
      return heard;
    });
    client.on('networkError', reject);
    client.on('associationRejected', (reason) => reject(new Error(`rejected: ${JSON.stringify(reason)}`)));
    client.on('closed', () => resolve(answers));
    prepare?.(client);
    client.send('127.0.0.1', port, 'DCMJS', 'FASCIA', { associationLingerTimeout: lingerMs });
  });
}

export interface DcmjsArchive {
  received: Received[];
  /** Event Information of storage commitment, as it comes. */
  commitmentResult(): Promise<{ eventTypeId: number; information: Elements }>;
}

/** An archive of what it is given and what it receives; `destinations` are the ports of AE titles it may send to. */
export async function startDcmjsArchive(
  after: (cleanUp: () => void) => void,
  port: number,
  holdings: readonly MadeInstance[] = [],
  destinations: Record<string, number> = {},
): Promise<DcmjsArchive> {
  const received: Received[] = [];
  const results: { eventTypeId: number; information: Elements }[] = [];
  let told = () => {};

  class Archive extends Scp {
    override associationRequested(association: Association): void {
      for (const { id } of association.getPresentationContexts() as { id: number }[]) {
        const context = association.getPresentationContext(id);
        context.setResult(PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
      }
      this.sendAssociationAccept();
    }

    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse();
    }

    override cEchoRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['cEchoRequest']>): void {
      const response = responses.CEchoResponse.fromRequest(request);
      response.setStatus(Status.Success);
      answer(response);
    }

    override createStoreWritableStream(): Collected {
      return new Collected();
    }

    override createDatasetFromStoreWritableStream(
      ...[stream, context, take]: Parameters<InstanceType<typeof Scp>['createDatasetFromStoreWritableStream']>
    ): void {
      const transferSyntaxUid = context.getAcceptedTransferSyntaxUid()!;
      take(
        new EncodedDataset({
          sopClassUid: '',
          sopInstanceUid: '',
          transferSyntaxUid,
          bytes: (stream as Collected).bytes,
        }),
      );
    }

    override cStoreRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['cStoreRequest']>): void {
      const dataset = request.getDataset()!;
      received.push({
        sopClassUid: request.getAffectedSopClassUid(),
        sopInstanceUid: request.getAffectedSopInstanceUid(),
        transferSyntaxUid: dataset.getTransferSyntaxUid(),
        bytes: new Uint8Array(dataset.getDenaturalizedDataset()),
      });
      const response = responses.CStoreResponse.fromRequest(request);
      response.setStatus(Status.Success);
      answer(response);
    }

    override cFindRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['cFindRequest']>): void {
      const { _vrMap, ...asked } = request.getDataset()!.getElements();
      const pending = belowKeys(asked).map(({ dataset }) => {
        const response = responses.CFindResponse.fromRequest(request);
        const match = Object.fromEntries(Object.keys(asked).map((key) => [key, dataset.text(key) ?? '']));
        response.setDataset(new Dataset({ ...match, QueryRetrieveLevel: asked.QueryRetrieveLevel }));
        response.setStatus(Status.Pending);
        return response;
      });
      const final = responses.CFindResponse.fromRequest(request);
      final.setStatus(Status.Success);
      answer([...pending, final]);
    }

    override cGetRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['cGetRequest']>): void {
      const requests = belowKeys(request.getDataset()!.getElements()).map(storeRequest);
      let left = requests.length;
      for (const each of requests) {
        each.on('done', () => {
          left -= 1;
          if (left > 0) return;
          const response = responses.CGetResponse.fromRequest(request);
          response.setStatus(Status.Success);
          answer([response]);
        });
      }
      this.sendRequests(requests);
    }

    override cMoveRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['cMoveRequest']>): void {
      const requests = belowKeys(request.getDataset()!.getElements()).map(storeRequest);
      const client = new Client();
      for (const each of requests) client.addRequest(each);
      client.on('closed', () => {
        const response = responses.CMoveResponse.fromRequest(request);
        response.setStatus(Status.Success);
        answer([response]);
      });
      const title = request.getCommandDataset()!.getElement('MoveDestination')!.trim();
      client.send('127.0.0.1', destinations[title]!, 'DCMJS', title);
    }

    override nActionRequest(...[request, answer]: Parameters<InstanceType<typeof Scp>['nActionRequest']>): void {
      const response = responses.NActionResponse.fromRequest(request);
      response.setStatus(Status.Success);
      answer(response);
      const report = new NEventReportRequest(STORAGE_COMMITMENT_PUSH, STORAGE_COMMITMENT_PUSH_INSTANCE, 1);
      report.setDataset(new Dataset(request.getDataset()!.getElements()));
      this.sendRequests([report]);
    }

    override nEventReportRequest(
      ...[request, answer]: Parameters<InstanceType<typeof Scp>['nEventReportRequest']>
    ): void {
      const response = responses.NEventReportResponse.fromRequest(request);
      response.setStatus(Status.Success);
      answer(response);
      results.push({ eventTypeId: request.getEventTypeId(), information: request.getDataset()!.getElements() });
      told();
    }
  }

  const belowKeys = ({ StudyInstanceUID: study, SeriesInstanceUID: series }: Elements) =>
    holdings.filter(
      (one) =>
        one.studyInstanceUid === study && (series === undefined || series === '' || one.seriesInstanceUid === series),
    );

  const server = new Server(Archive as unknown as typeof Scp);
  const listening = once(server as unknown as NodeJS.EventEmitter, 'listening');
  server.listen(port);
  await listening;
  after(() => server.close());
  return {
    received,
    commitmentResult: async () => {
      if (results.length === 0)
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      return results.shift()!;
    },
  };
}

/** Bytes as they came. */
class Collected extends Writable {
  readonly #chunks: Uint8Array[] = [];

  get bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}
