// Hands the parts of a STOW-RS request to whoever keeps them. While one part is made durable the next is received, up to
// a limit; each part succeeds or fails alone (PS3.18 10.5.3).

import { asProblem, Problem } from '../base/problem.ts';
import { plain } from '../dicom/bytes.ts';
import type { PartSink } from './handlers.ts';
import { limits } from './limits.ts';
import { parseMediaType } from './media-type.ts';
import type { MultipartToken } from './multipart/parser.ts';
import type { PartOutcome } from './stow-response.ts';

export class PartIntake {
  readonly #open: () => PartSink;
  readonly #requestId: string;
  /** One for each part begun, in the order of the request; empty until it is decided. */
  readonly #outcomes: (PartOutcome | undefined)[] = [];
  readonly #unsettled = new Set<Promise<void>>();
  /** The part being received; undefined between parts and where the part has failed already. */
  #sink: PartSink | undefined;

  constructor(open: () => PartSink, requestId: string) {
    this.#open = open;
    this.#requestId = requestId;
  }

  /** What became of the parts that were received whole. */
  get outcomes(): PartOutcome[] {
    return this.#outcomes.filter((outcome) => outcome !== undefined);
  }

  /** A promise asks the reader of the body to wait. Never rejects: a failure is the outcome of its part. */
  take(token: MultipartToken): void | Promise<void> {
    if (token.kind === 'part') this.begin(token.headers);
    else if (token.kind === 'data') return this.write(token.bytes);
    else return this.end();
  }

  begin(headers: ReadonlyMap<string, string>): void {
    this.#outcomes.push(undefined);
    try {
      requireDicom(headers);
      this.#sink = this.#open();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** As plain bytes, because `slice` of a Buffer is no copy, and what a sink wants to keep it must copy. */
  write(bytes: Uint8Array): void | Promise<void> {
    try {
      return this.#sink?.write(plain(bytes))?.catch((error) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  end(): void | Promise<void> {
    const sink = this.#sink;
    if (sink === undefined) return;
    this.#sink = undefined;
    const place = this.#outcomes.length - 1;
    const settled = sink.finish().then(
      (stored) => {
        this.#outcomes[place] = { stored };
      },
      (error) => {
        this.#outcomes[place] = { failed: this.#problem(error) };
      },
    );
    const unsettled = settled.then(() => {
      this.#unsettled.delete(unsettled);
    });
    this.#unsettled.add(unsettled);
    if (this.#unsettled.size >= limits.partsAwaitingStore) return Promise.race(this.#unsettled);
  }

  /** Resolves when every part that was received whole is decided. The part being received is given up. */
  async settle(reason: string): Promise<void> {
    if (this.#sink !== undefined) {
      this.#sink.abort(reason);
      this.#sink = undefined;
    }
    await Promise.all(this.#unsettled);
  }

  #fail(error: unknown): void {
    const problem = this.#problem(error);
    this.#outcomes[this.#outcomes.length - 1] = { failed: problem };
    this.#sink?.abort(problem.message);
    this.#sink = undefined;
  }

  #problem(error: unknown): Problem {
    return asProblem(error, { requestId: this.#requestId });
  }
}

/** A part that says nothing about itself is what the multipart type says: application/dicom. */
function requireDicom(headers: ReadonlyMap<string, string>): void {
  const mediaType = parseMediaType(headers.get('content-type'))?.type ?? 'application/dicom';
  if (mediaType !== 'application/dicom') throw new Problem('request/unsupported-media-type', { mediaType });
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (!['binary', '8bit', '7bit'].includes(encoding)) {
    throw new Problem('request/unsupported-media-type', { mediaType: `application/dicom in ${encoding}` });
  }
}
