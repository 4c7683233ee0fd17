// An object whose head is changed on its way in: everything before its pixels is read, changed and written anew, the pixels
// go through as they come. Of a deflated object, and of one without pixels, the head is all of it.

import { Problem } from '../../base/problem.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { PixelDataLayout } from '../../dicom/pixel-data-layout.ts';
import { DicomReader, readDicom } from '../../dicom/reader.ts';
import type { TransferSyntax } from '../../dicom/transfer-syntax.ts';
import { writePart10 } from '../../dicom/writer.ts';
import type { PartSink, StoredPart } from '../../dicomweb/handlers.ts';

export const limits = {
  /** Held in memory until the pixels begin: four at a time from one browser. */
  headBytes: 64 << 20,
};

export class CoercingSink implements PartSink {
  readonly #sink: PartSink;
  readonly #change: (dataset: DataSet) => void;
  readonly #head: Uint8Array[] = [];
  #headBytes = 0;
  /** Looks for the pixels; undefined once they are passed on. */
  #reader: DicomReader | undefined = new DicomReader();

  constructor(sink: PartSink, change: (dataset: DataSet) => void) {
    this.#sink = sink;
    this.#change = change;
  }

  /** Throws dicom/unreadable, dicom/limit or request/too-large. */
  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#reader === undefined) return this.#sink.write(chunk);
    this.#headBytes += chunk.length;
    if (this.#headBytes > limits.headBytes) {
      throw new Problem('request/too-large', { what: 'headBytes', limit: limits.headBytes });
    }
    this.#head.push(chunk.slice());
    this.#reader.push(chunk);
    const { transferSyntax } = this.#reader;
    const { pixelData } = this.#reader.partial;
    if (pixelData === undefined || transferSyntax === undefined || transferSyntax.deflated) return;
    return this.#passOn(beginOf(pixelData, transferSyntax));
  }

  async finish(): Promise<StoredPart> {
    if (this.#reader !== undefined) await this.#passOn(this.#headBytes);
    return this.#sink.finish();
  }

  abort(reason: string): void {
    this.#sink.abort(reason);
  }

  /** `end`: of what comes before the pixels. */
  async #passOn(end: number): Promise<void> {
    this.#reader = undefined;
    const bytes = concatenated(this.#head.splice(0));
    const read = readDicom(bytes.subarray(0, end));
    this.#change(read.dataset);
    for (const piece of writePart10(read, read.transferSyntax)) await this.#sink.write(piece);
    if (end < bytes.length) await this.#sink.write(bytes.subarray(end));
  }
}

/** Where the element's tag stands: PS3.5 7.1.2, 7.1.3. What is encapsulated is explicit. */
function beginOf({ kind, offset }: PixelDataLayout, { explicitVr }: TransferSyntax): number {
  return offset - (kind === 'encapsulated' || explicitVr ? 12 : 8);
}
