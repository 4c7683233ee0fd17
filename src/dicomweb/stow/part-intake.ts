// Hands the parts of a STOW-RS request, each a Part 10 file (PS3.18 10.5.2, application/dicom), to whoever keeps them. While
// one part is made durable the next is received.

import { parseMediaType } from '../../base/http/media-type.ts';
import { Problem } from '../../base/problem.ts';
import { plain } from '../../dicom/bytes.ts';
import type { PartSink } from '../handlers.ts';
import { StoreOutcomes } from './store-outcomes.ts';
import type { PartOutcome } from './stow-response.ts';

/** Takes the parts of a request one after the other. A promise asks the reader of the body to wait. */
export interface Intake {
  /** Decided so far. */
  readonly outcomes: PartOutcome[];
  begin(headers: ReadonlyMap<string, string>): void;
  write(bytes: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
  /** Resolves when all is decided. With a reason: what is not whole is given up for it. */
  settle(reason?: string): Promise<void>;
}

/** What a part fails for it fails alone. */
export class PartIntake implements Intake {
  readonly #open: () => PartSink;
  readonly #outcomes: StoreOutcomes;
  #place = -1;
  /** The part being received; undefined between parts and where the part has failed already. */
  #sink: PartSink | undefined;

  constructor(open: () => PartSink, requestId: string) {
    this.#open = open;
    this.#outcomes = new StoreOutcomes(requestId);
  }

  get outcomes(): PartOutcome[] {
    return this.#outcomes.decided;
  }

  begin(headers: ReadonlyMap<string, string>): void {
    this.#place = this.#outcomes.begin();
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
    this.#sink = undefined;
    if (sink !== undefined) return this.#outcomes.finish(this.#place, sink);
  }

  async settle(reason = ''): Promise<void> {
    this.#sink?.abort(reason);
    this.#sink = undefined;
    await this.#outcomes.settled();
  }

  #fail(error: unknown): void {
    const problem = this.#outcomes.fail(this.#place, error);
    this.#sink?.abort(problem.message);
    this.#sink = undefined;
  }
}

/** A part that says nothing about itself is what the multipart type says: application/dicom. */
function requireDicom(headers: ReadonlyMap<string, string>): void {
  const mediaType = parseMediaType(headers.get('content-type'))?.type ?? 'application/dicom';
  if (mediaType !== 'application/dicom') throw new Problem('request/unsupported-media-type', { mediaType });
  requireBinary(headers, mediaType);
}

/** RFC 2045 6: HTTP needs no other encoding of a part. */
export function requireBinary(headers: ReadonlyMap<string, string>, mediaType: string): void {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (!['binary', '8bit', '7bit'].includes(encoding)) {
    throw new Problem('request/unsupported-media-type', { mediaType: `${mediaType} in ${encoding}` });
  }
}
