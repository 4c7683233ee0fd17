// A message: its segments in order, what its header says, and the bytes it came as. HL7 v2.8.2 2.4 and 2.14.9 (MSH).

import { type CharacterSetName, encode, isWritable } from './character-set.ts';
import { type Delimiters, usualDelimiters } from './delimiters.ts';
import type { Finding } from './finding.ts';
import { Segment } from './segment.ts';

/** One line of the message: a segment and what ended it. */
export interface Line {
  segment: Segment;
  /** CR, LF, CR LF, or nothing at the end. */
  end: string;
}

/** What MSH says, in the standard's words; '' where it says nothing. */
export interface Header {
  sendingApplication: string;
  sendingFacility: string;
  receivingApplication: string;
  receivingFacility: string;
  messageCode: string;
  triggerEvent: string;
  messageControlId: string;
  processingId: string;
  versionId: string;
  acceptAcknowledgmentType: string;
  applicationAcknowledgmentType: string;
}

interface MessageParts {
  lines: readonly Line[];
  characterSet?: CharacterSetName;
  findings?: readonly Finding[];
  bytes?: Uint8Array;
}

export class Message {
  readonly lines: readonly Line[];
  readonly delimiters: Delimiters;
  /** In which the bytes are, or will be. */
  readonly characterSet: CharacterSetName;
  /** What the reader noticed. */
  readonly findings: readonly Finding[];
  readonly #bytes: Uint8Array | undefined;
  #header: Header | undefined;

  constructor({ lines, characterSet = 'UNICODE UTF-8', findings = [], bytes }: MessageParts) {
    this.lines = lines;
    this.delimiters = lines[0]?.segment.delimiters ?? usualDelimiters;
    this.characterSet = characterSet;
    this.findings = findings;
    this.#bytes = bytes;
  }

  get header(): Header {
    this.#header ??= readHeader(this.segment('MSH'));
    return this.#header;
  }

  get segments(): Segment[] {
    return this.lines.map(({ segment }) => segment);
  }

  /** The first segment of this name. */
  segment(name: string): Segment | undefined {
    return this.lines.find(({ segment }) => segment.name === name)?.segment;
  }

  all(name: string): Segment[] {
    return this.segments.filter((segment) => segment.name === name);
  }

  /** The message with one segment in place of another; its bytes are written anew. */
  replacing(old: Segment, segment: Segment): Message {
    const lines = this.lines.map((line) => (line.segment === old ? { ...line, segment } : line));
    return new Message({ lines, characterSet: this.characterSet, findings: this.findings });
  }

  get text(): string {
    return this.lines.map(({ segment, end }) => segment.raw + end).join('');
  }

  /** As it came, byte for byte; one of ours, or one that was changed, in its character set, else as UNICODE UTF-8. */
  get bytes(): Uint8Array {
    if (this.#bytes !== undefined) return this.#bytes;
    const inItsOwn = isWritable(this.characterSet) ? encode(this.text, this.characterSet) : undefined;
    if (inItsOwn !== undefined) return inItsOwn;
    const msh = this.segment('MSH')!;
    return new TextEncoder().encode(this.replacing(msh, msh.with(18, 'UNICODE UTF-8')).text);
  }
}

/** A message of ours. */
export function messageOf(segments: readonly Segment[], characterSet?: CharacterSetName): Message {
  return new Message({
    lines: segments.map((segment) => ({ segment, end: '\r' })),
    ...(characterSet !== undefined && { characterSet }),
  });
}

function readHeader(msh = new Segment('MSH|^~\\&', usualDelimiters)): Header {
  return {
    sendingApplication: msh.text(3),
    sendingFacility: msh.text(4),
    receivingApplication: msh.text(5),
    receivingFacility: msh.text(6),
    messageCode: msh.text(9).toUpperCase(),
    triggerEvent: msh.text(9, 2).toUpperCase(),
    messageControlId: msh.text(10),
    processingId: msh.text(11).toUpperCase(),
    versionId: msh.text(12),
    acceptAcknowledgmentType: msh.text(15).toUpperCase(),
    applicationAcknowledgmentType: msh.text(16).toUpperCase(),
  };
}
