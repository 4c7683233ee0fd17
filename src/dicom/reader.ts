// Reads DICOM objects as their bytes come: Part 10 files (PS3.10 7) and bare data sets (PS3.8 E.2), in every transfer
// syntax of PS3.5 Annex A. Pixel Data and other large values are passed over and noted by place. Defects that can be
// read past come back as findings; pixels are decoded elsewhere.

import { Problem } from '../base/problem.ts';
import { ByteWindow } from './byte-window.ts';
import { concatenated } from './bytes.ts';
import { DataSet } from './dataset.ts';
import type { BuilderOptions } from './dataset-builder.ts';
import { explicitLittle } from './encoding.ts';
import { FILE_START_BYTES, fileStart } from './file-start.ts';
import { type Finding, findingCodes } from './finding.ts';
import { type FrameIndex, frameIndex } from './frame-index.ts';
import { Inflater } from './inflate.ts';
import type { PixelDataLayout } from './pixel-data-layout.ts';
import { type ReaderLimits, readerLimits } from './reader-limits.ts';
import { type SettledSyntax, settleSyntax } from './settle-syntax.ts';
import type { TransferSyntax } from './transfer-syntax.ts';
import { Walk } from './walk.ts';

export interface ReaderOptions {
  /**
   * What comes: a file with preamble and DICM, a bare data set, or whatever it proves to be. The default is 'dataset'
   * where a transfer syntax is given, else 'detect'.
   */
  form?: 'part10' | 'dataset' | 'detect';
  /** Of a bare data set. */
  transferSyntaxUid?: string;
  /** Offset of the first byte pushed; all offsets in the result count from there. */
  baseOffset?: number;
  /** Longer values, in bytes, become BulkRefs, and so does Pixel Data of any length. Default 64 KiB. */
  holdValuesUpTo?: number;
  /** All bytes come in one push and stay as they are: every value is held, as a view into them. */
  whole?: boolean;
  limits?: Partial<ReaderLimits>;
  /** Findings are failures: dicom/unreadable. */
  strict?: boolean;
}

export interface ReadResult {
  preamble?: Uint8Array;
  /** Group 0002; empty where there was none. */
  meta: DataSet;
  dataset: DataSet;
  /** The one the data set is written in, which need not be the one declared. */
  transferSyntax: TransferSyntax;
  /** Offset of the first byte after group 0002. */
  datasetOffset: number;
  /** Where Pixel Data lies, and each of its frames; offsets count as in BulkRef. */
  pixelData?: PixelDataLayout;
  frames?: FrameIndex;
  findings: Finding[];
}

const HOLD_VALUES_UP_TO = 64 * 1024;
const META_GROUP = 0x0002;

export class DicomReader {
  readonly #options: ReaderOptions;
  readonly #building: BuilderOptions;
  readonly #findings: Finding[] = [];
  readonly #window: ByteWindow;
  readonly #meta = new DataSet();
  readonly #dataset = new DataSet();
  #phase: Phase;
  #inputEnded = false;
  #preamble: Uint8Array | undefined;
  #metaWalk: Walk | undefined;
  #settled: SettledSyntax | undefined;
  #walk: Walk | undefined;
  #inflater: Inflater | undefined;
  /** Of a whole deflated data set: what was inflated. */
  #inflated: Uint8Array[] = [];
  /** Offset of the first byte after group 0002; undefined until that was passed. */
  datasetOffset: number | undefined;

  constructor(options: ReaderOptions = {}) {
    this.#options = options;
    this.#building = {
      holdValuesUpTo: options.holdValuesUpTo ?? HOLD_VALUES_UP_TO,
      whole: options.whole ?? false,
      limits: { ...readerLimits, ...options.limits },
      found: (finding) => this.#found(finding),
    };
    this.#window = new ByteWindow(options.baseOffset ?? 0);
    const form = options.form ?? (options.transferSyntaxUid === undefined ? 'detect' : 'dataset');
    this.#phase = form === 'dataset' ? 'syntax' : 'start';
  }

  /** Takes the next bytes, which may be used again afterwards. Throws dicom/unreadable or dicom/limit. */
  push(chunk: Uint8Array): void {
    this.#window.open(chunk);
    this.#advance();
    if (this.#building.whole) return;
    this.#metaWalk?.builder.settle();
    if (this.#inflater === undefined) this.#walk?.builder.settle();
    this.#window.close();
  }

  /** Whether the head is complete: Pixel Data was reached, or the data set has ended. */
  get atPixelData(): boolean {
    return this.#walk !== undefined && (this.#walk.builder.pixelData !== undefined || this.#walk.stopped);
  }

  /** The one the data set is written in; undefined until `datasetOffset` is known. */
  get transferSyntax(): TransferSyntax | undefined {
    return this.#settled?.syntax;
  }

  /** What was read so far. */
  get partial(): { meta: DataSet; dataset: DataSet; pixelData?: PixelDataLayout } {
    return { meta: this.#meta, dataset: this.#dataset, pixelData: this.#walk?.builder.pixelData };
  }

  /** The input has ended. Throws as `push` does. */
  end(): ReadResult {
    this.#inputEnded = true;
    this.#advance();
    const { builder } = this.#walk!;
    for (const misfit of builder.misfits()) this.#found(misfit);
    const { pixelData } = builder;
    const frames = pixelData && frameIndex(this.#dataset, pixelData, this.#settled!.syntax);
    for (const { code, assumed } of frames?.findings ?? []) {
      this.#found({ code, path: '7FE00010', offset: pixelData!.offset, assumed });
    }
    return {
      preamble: this.#preamble,
      meta: this.#meta,
      dataset: this.#dataset,
      transferSyntax: this.#settled!.syntax,
      datasetOffset: this.datasetOffset!,
      pixelData,
      frames: frames?.index,
      findings: this.#findings,
    };
  }

  /** Goes from phase to phase while the bytes at hand allow it. */
  #advance(): void {
    while (this.#phases[this.#phase]());
  }

  readonly #phases: Record<Phase, () => boolean> = {
    start: () => this.#readStart(),
    meta: () => this.#readMeta(),
    syntax: () => this.#readSyntax(),
    dataset: () => this.#readDataSet(),
    deflated: () => this.#readDeflated(),
  };

  #readStart(): boolean {
    const window = this.#window;
    if (window.available < FILE_START_BYTES && !this.#inputEnded) return false;
    const first = window.bytes.subarray(window.at, window.end);
    const start = fileStart(first, this.#options.form === 'part10' ? 'part10' : 'detect');
    for (const { code, assumed } of start.findings) {
      this.#found({ code, path: '', offset: window.position, assumed });
    }
    this.#preamble = start.preamble;
    window.at += start.lengthBytes;
    this.#phase = start.meta ? 'meta' : 'syntax';
    return true;
  }

  #readMeta(): boolean {
    const window = this.#window;
    this.#metaWalk ??= new Walk(window, this.#meta, explicitLittle, this.#building, META_GROUP);
    const walk = this.#metaWalk;
    walk.run();
    if (!walk.stopped) {
      if (!this.#inputEnded) return false;
      walk.end();
      if (this.#findings.some(({ code }) => code === 'truncated')) {
        throw new Problem('dicom/unreadable', {
          offset: window.position,
          reason: 'it ends in the File Meta Information',
        });
      }
    }
    // Values are looked at below, while the window still has the chunk.
    walk.builder.settle();
    this.#checkMetaLength(window.position);
    this.#phase = 'syntax';
    return true;
  }

  #readSyntax(): boolean {
    const window = this.#window;
    if (window.available < 8 && !this.#inputEnded) return false;
    this.datasetOffset = window.position;
    const declared = this.#meta.text('TransferSyntaxUID') ?? this.#options.transferSyntaxUid;
    this.#settled = settleSyntax(declared, window.bytes.subarray(window.at, window.end), window.position);
    const { syntax, encoding, finding } = this.#settled;
    if (finding !== undefined) this.#found({ ...finding, path: '00020010', offset: window.position });
    this.#phase = syntax.deflated ? 'deflated' : 'dataset';
    const over = syntax.deflated ? new ByteWindow(0) : window;
    this.#walk = new Walk(over, this.#dataset, encoding, this.#building);
    return true;
  }

  #readDataSet(): boolean {
    this.#walk!.run();
    if (this.#inputEnded) this.#walk!.end();
    if (this.#walk!.stopped) this.#window.skip(this.#window.available);
    return false;
  }

  #readDeflated(): boolean {
    const window = this.#window;
    const walk = this.#walk!;
    const { limits, whole } = this.#building;
    this.#inflater ??= new Inflater(this.datasetOffset!, limits.inflatedBytes, (bytes) => {
      if (whole) this.#inflated.push(bytes);
      else walk.push(bytes);
      // What a value announces counts as inflated already: a bomb is refused before it goes off.
      if (walk.window.position + walk.window.toSkip > limits.inflatedBytes) {
        throw new Problem('dicom/limit', { limit: 'inflatedBytes', offset: window.position });
      }
    });
    this.#inflater.push(window.bytes.subarray(window.at, window.end));
    window.at = window.end;
    if (!this.#inputEnded) return false;
    this.#inflater.end();
    if (whole) walk.window.open(concatenated(this.#inflated));
    walk.end();
    return false;
  }

  /** PS3.10 7.1: (0002,0000) counts the bytes after it up to the end of group 0002. The group's end is seen anyway. */
  #checkMetaLength(end: number): void {
    const element = this.#meta.get('FileMetaInformationGroupLength');
    const first = this.#meta.elements.values().next().value;
    if (first === undefined) return;
    const assumed = 'the group ends where another begins';
    const length = element === undefined ? undefined : this.#meta.number(element.tag);
    const begin = element === undefined ? first.offset : element.offset + 12;
    if (length !== end - begin)
      this.#found({ code: 'meta-length-wrong', path: '00020000', offset: first.offset, assumed });
  }

  #found(finding: Finding): void {
    if (this.#options.strict) {
      throw new Problem('dicom/unreadable', { offset: finding.offset, reason: findingCodes[finding.code] });
    }
    this.#findings.push(finding);
  }
}

type Phase = 'start' | 'meta' | 'syntax' | 'dataset' | 'deflated';

/** Reads an object that is in memory. Every value is held, as a view into `bytes`, and what is not edited is written as it was. */
export function readDicom(
  bytes: Uint8Array,
  options: Omit<ReaderOptions, 'whole' | 'holdValuesUpTo'> = {},
): ReadResult {
  const reader = new DicomReader({ ...options, whole: true });
  reader.push(bytes);
  const result = reader.end();
  const begin = result.datasetOffset - (options.baseOffset ?? 0);
  result.meta.encoded = { bytes: bytes.subarray(0, begin), transferSyntax: undefined };
  result.dataset.encoded = { bytes: bytes.subarray(begin), transferSyntax: result.transferSyntax };
  return result;
}
