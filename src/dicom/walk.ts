// One data set read from one stream of bytes: the window over the stream, the tokenizer that walks it, and the builder
// that keeps what it meets.

import type { ByteWindow } from './byte-window.ts';
import type { DataSet } from './dataset.ts';
import { type BuilderOptions, DataSetBuilder } from './dataset-builder.ts';
import type { Encoding } from './encoding.ts';
import { Tokenizer } from './tokenizer.ts';

export class Walk {
  readonly window: ByteWindow;
  readonly builder: DataSetBuilder;
  readonly #tokenizer: Tokenizer;

  /** `onlyGroup` stops the walk at the first element of another group. */
  constructor(window: ByteWindow, root: DataSet, encoding: Encoding, options: BuilderOptions, onlyGroup?: number) {
    this.window = window;
    this.builder = new DataSetBuilder(window, root, options);
    this.#tokenizer = new Tokenizer(window, encoding, this.builder, options.limits, onlyGroup);
  }

  get stopped(): boolean {
    return this.#tokenizer.stopped;
  }

  /** Goes as far as the window reaches. */
  run(): void {
    this.#tokenizer.run();
  }

  /** For a stream of its own: takes the next chunk, which may be used again afterwards. */
  push(chunk: Uint8Array): void {
    this.window.open(chunk);
    this.run();
    if (this.stopped) this.window.skip(this.window.available);
    this.builder.settle();
    this.window.close();
  }

  end(): void {
    this.#tokenizer.end();
    this.builder.settle();
  }
}
