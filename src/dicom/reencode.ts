// The same data set in another uncompressed transfer syntax, or edited in any, as its bytes come: implicit or explicit VR,
// either byte order, deflated or not. PS3.5 7.3, A.1 to A.3, A.5. Memory does not grow with the object: values beyond a size go
// through in pieces, and sequences leave with undefined length because theirs is not known beforehand.

import { ByteSink } from './byte-sink.ts';
import { ByteWindow } from './byte-window.ts';
import { Deflater } from './deflate.ts';
import { EditingSink, type Edits } from './editing-sink.ts';
import { encodingOf } from './encoding.ts';
import { Inflater } from './inflate.ts';
import { type ReaderLimits, readerLimits } from './reader-limits.ts';
import { Tokenizer } from './tokenizer.ts';
import { isUncompressed, type TransferSyntax } from './transfer-syntax.ts';
import { WritingSink } from './writing-sink.ts';

export interface ReencoderOptions {
  limits?: Partial<ReaderLimits>;
  /** Elements that leave otherwise than they came. */
  edits?: Edits;
}

export class Reencoder {
  readonly #window = new ByteWindow(0);
  readonly #tokenizer: Tokenizer;
  readonly #out = new ByteSink();
  readonly #writing: WritingSink;
  readonly #deflater: Deflater | undefined;
  readonly #inflater: Inflater | undefined;
  #ready: Uint8Array[] = [];

  /** Both syntaxes must be uncompressed, or the same (TypeError): pixels are not decoded here. */
  constructor(source: TransferSyntax, target: TransferSyntax, { limits, edits }: ReencoderOptions = {}) {
    const isPlain = isUncompressed(source) && isUncompressed(target);
    if (!isPlain && source.uid !== target.uid) throw new TypeError('only uncompressed syntaxes');
    const inForce = { ...readerLimits, ...limits };
    const encoding = encodingOf(target);
    const writing =
      edits === undefined ? new WritingSink(this.#out, encoding) : new EditingSink(this.#out, encoding, edits);
    this.#writing = writing;
    const everyDepth = { ...inForce, depth: inForce.nesting };
    this.#tokenizer = new Tokenizer(this.#window, encodingOf(source), writing, everyDepth);
    if (target.deflated) this.#deflater = new Deflater((bytes) => this.#ready.push(bytes));
    if (source.deflated) this.#inflater = new Inflater(0, inForce.inflatedBytes, (bytes) => this.#read(bytes));
  }

  /** Takes the next bytes of the data set, which may be used again afterwards; returns what is ready of the other. */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#inflater === undefined) this.#read(chunk);
    else this.#inflater.push(chunk);
    return this.#take();
  }

  /** The whole of it as its chunks come. */
  async *through(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) yield* this.push(chunk);
    yield* this.end();
  }

  end(): Uint8Array[] {
    this.#inflater?.end();
    this.#tokenizer.end();
    this.#writing.end();
    this.#pass();
    this.#deflater?.end();
    return this.#take();
  }

  #read(bytes: Uint8Array): void {
    this.#window.open(bytes);
    this.#tokenizer.run();
    if (this.#tokenizer.stopped) this.#window.skip(this.#window.available);
    this.#pass();
    this.#window.close();
  }

  /** Before the window gives its bytes back: what was written and is a view into them is copied. */
  #pass(): void {
    const borrowed = this.#window.bytes.buffer;
    for (const part of this.#out.take()) {
      if (this.#deflater !== undefined) this.#deflater.push(part);
      else this.#ready.push(part.buffer === borrowed ? part.slice() : part);
    }
  }

  #take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
