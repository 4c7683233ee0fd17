// What was wrong with the bytes of a data set, said to the sink as findings: where, what, and what was assumed.

import { type ElementHeader, UNDEFINED_LENGTH } from './element-header.ts';
import type { FindingCode } from './finding.ts';
import { creatorOf, type Frame, pathOf } from './frames.ts';
import { isWrongVr } from './intent.ts';
import type { ReaderLimits } from './reader-limits.ts';
import { elementOf, isPrivate, privateCreatorOf } from './tag.ts';
import type { Token, TokenSink } from './token-sink.ts';

export class Defects {
  readonly #frames: readonly Frame[];
  readonly #sink: TokenSink;
  readonly #limits: ReaderLimits;
  readonly #unowned = new Set<number>();
  #count = 0;
  #openEnd = false;
  /** Whether what ends too early ends because there is no more input. */
  inputEnded = false;

  /** `frames` are those open at the time something is said. */
  constructor(frames: readonly Frame[], sink: TokenSink, limits: ReaderLimits) {
    this.#frames = frames;
    this.#sink = sink;
    this.#limits = limits;
  }

  /** Something at `offset`, of an element or of what is open. Paths are cut where they are deeper than is read. */
  say(code: FindingCode, tag: number | undefined, offset: number, assumed: string): void {
    if (this.#count++ >= this.#limits.findings) return;
    const path = pathOf(this.#frames.slice(0, 2 * this.#limits.depth), tag);
    this.#sink.finding(code, path, offset, assumed);
  }

  /** What is wrong with an element that is certain to be read. `repeated`: the data set has it already. */
  ofElement(frame: Frame, header: ElementHeader, { tag, vr, offset, length }: Token, repeated: boolean): void {
    if (repeated) this.say('duplicate-element', tag, offset, 'the later one is meant');
    else if (tag < frame.lastTag) this.say('out-of-order', tag, offset, 'the order as written');
    if (length < header.length && header.length !== UNDEFINED_LENGTH) this.overrun(tag, offset);
    else if (length % 2 === 1) this.say('odd-length', tag, offset, 'the length as written');
    if (header.defect === 'no-vr') this.say('unknown-vr', tag, offset, `an element without VR, as ${vr}`);
    else if (header.defect === 'unknown-vr') this.say('unknown-vr', tag, offset, vr);
    else if (header.vr !== undefined && header.vr !== 'UN' && isWrongVr(tag, header.vr)) {
      this.say('wrong-vr', tag, offset, `written ${header.vr}, read as ${vr}`);
    }
    const isOwned = !isPrivate(tag) || elementOf(tag) < 0x1000 || creatorOf(frame, tag) !== undefined;
    if (!isOwned) this.#unownedElement(tag, offset);
  }

  /** Something is longer than what encloses it. */
  overrun(tag: number | undefined, offset: number): void {
    if (this.inputEnded) this.say('truncated', tag, offset, 'it ends with the input');
    else this.say('length-overrun', tag, offset, 'it ends with what encloses it');
  }

  /** A sequence, item or fragments that end without their delimiter, or with the input: that is said once for all. */
  openEnd({ undefinedLength }: Frame, offset: number): void {
    if (this.inputEnded && !this.#openEnd) {
      this.#openEnd = true;
      this.say('truncated', undefined, offset, 'what is open ends with the input');
    } else if (!this.inputEnded && undefinedLength) {
      this.say('unexpected-delimiter', undefined, offset, 'it ends with what encloses it');
    }
  }

  /** Once for each block of private elements: some vendors leave the creators out of every item. */
  #unownedElement(tag: number, offset: number): void {
    if (this.#unowned.has(privateCreatorOf(tag))) return;
    this.#unowned.add(privateCreatorOf(tag));
    this.say('private-without-creator', tag, offset, 'its meaning is unknown');
  }
}
