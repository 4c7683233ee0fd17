// Images that a foreign manifest lists, from an Imaging Document Source: Retrieve Imaging Document Set (IHE RAD TF-3 4.69), as
// Imaging Document Consumer. It asks for what is listed and can find nothing else.

import { asProblem, Problem } from '../../base/problem.ts';
import type { Archive, ListedPart } from '../../delivery/archive.ts';
import { transferSyntaxes } from '../../dicom/transfer-syntax.ts';
import type { InstanceSink } from '../../dimse/scu.ts';
import type { PriorFacts } from '../../routing/facts.ts';
import { readAnswer } from '../../xds/envelope.ts';
import { faultIn } from '../../xds/fault.ts';
import { actions } from '../../xds/namespaces.ts';
import { retrieveRequest } from '../../xds/retrieve-request.ts';
import { type RetrieveResponse, readRetrieveResponse } from '../../xds/retrieve-response.ts';
import { type SoapAnswer, type SoapEndpoint, soapCall } from './soap-client.ts';

export interface XdsArchiveOptions extends SoapEndpoint {
  /** By which its manifests name it. */
  locationUid: string;
  /** Takes one Part 10 file, of this study alone. */
  receive(studyInstanceUid: string): InstanceSink;
}

const limits = {
  /** Documents of one request: what comes until an error is known. */
  documents: 500,
} as const;

export class XdsArchive implements Archive {
  readonly #options: XdsArchiveOptions;

  constructor(options: XdsArchiveOptions) {
    this.#options = options;
  }

  /** A registry knows of documents, the source of images answers no question. */
  async studiesOf(): Promise<PriorFacts[]> {
    return [];
  }

  async pull(studyInstanceUid: string, signal: AbortSignal, series?: readonly ListedPart[]): Promise<void> {
    if (series === undefined) throw new Problem('delivery/refused');
    for (const { seriesInstanceUid, instances } of series) {
      for (let at = 0; at < instances.length; at += limits.documents) {
        const uids = instances.slice(at, at + limits.documents);
        await this.#retrieve(studyInstanceUid, seriesInstanceUid, uids, signal);
      }
    }
  }

  async #retrieve(study: string, series: string, uids: readonly string[], signal: AbortSignal): Promise<void> {
    const asked = uids.map((documentUniqueId) => ({
      ...{ studyInstanceUid: study, seriesInstanceUid: series, documentUniqueId },
      repositoryUniqueId: this.#options.locationUid,
    }));
    const body = retrieveRequest(
      asked,
      transferSyntaxes.map(({ uid }) => uid),
    );
    const answer = await soapCall(this.#options, { action: actions.retrieveImaging, body }, signal);
    const { status, inline } = await this.#kept(study, answer);
    for (const text of inline) await this.#keep(study, [Buffer.from(text, 'base64')]);
    // Of a part of them the prefetcher knows by itself that not all are here.
    if (status === 'failure') throw new Problem('delivery/not-now');
  }

  /** What stands beside the answer is kept as it comes; what the answer does not name is nothing that was asked for. */
  async #kept(study: string, { status, tokens }: SoapAnswer): Promise<RetrieveResponse> {
    let response: RetrieveResponse | undefined;
    let sink: InstanceSink | undefined;
    if (status === 401 || status === 403) throw new Problem('delivery/not-admitted');
    try {
      for await (const token of tokens ?? []) {
        if (token.kind === 'envelope') response = responseIn(token.source);
        else if (token.kind === 'document') {
          sink = response?.included.includes(token.id) ? this.#options.receive(study) : undefined;
        } else if (token.kind === 'data') await sink?.write(token.bytes);
        else {
          const whole = sink;
          sink = undefined;
          await whole?.finish();
        }
      }
    } finally {
      sink?.abort('the answer ended before it');
    }
    if (response === undefined) throw new Problem('delivery/not-now');
    return response;
  }

  async #keep(study: string, chunks: readonly Uint8Array[]): Promise<void> {
    const sink = this.#options.receive(study);
    for (const chunk of chunks) await sink.write(chunk);
    await sink.finish();
  }
}

/** Rejects with delivery/not-now for a fault, and for what is no such answer. */
function responseIn(source: string): RetrieveResponse {
  try {
    const body = readAnswer(source);
    if (faultIn(body) === undefined) return readRetrieveResponse(body);
  } catch (thrown) {
    if (asProblem(thrown).code === 'internal/unexpected') throw thrown;
  }
  throw new Problem('delivery/not-now');
}
