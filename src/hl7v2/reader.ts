// Messages from bytes: HL7 v2.8.2 2.6 (encoding rules) and 2.10.3 (batches). Tolerant of what senders do to line ends,
// character sets and headers, each with a finding; throws hl7/unreadable only where there is no message at all.

import { Problem } from '../base/problem.ts';
import { type CharacterSetName, decode } from './character-set.ts';
import { type Delimiters, readDelimiters } from './delimiters.ts';
import type { Finding } from './finding.ts';
import { type Line, Message } from './message.ts';
import { Segment } from './segment.ts';

export const limits = {
  /** Segments of one message; a line of its own costs memory. */
  segments: 100_000,
  /** Messages in one batch, or simply one after the other. */
  messages: 10_000,
  /** In which MSH-18 is looked for before the character set is known. */
  headerBytes: 4_096,
} as const;

export interface ReadOptions {
  /** The character set of a sender that declares none. */
  characterSet?: CharacterSetName;
}

export interface Batch {
  messages: Message[];
  /** BHS or FHS, where the messages came in one. */
  header?: Segment;
}

/** The one message in `bytes`. Throws hl7/unreadable, also where there are several. */
export function readMessage(bytes: Uint8Array, options: ReadOptions = {}): Message {
  const { messages } = readBatch(bytes, options);
  if (messages.length > 1)
    throw new Problem('hl7/unreadable', { reason: `${messages.length} messages instead of one` });
  return messages[0]!;
}

/** All messages in `bytes`: one, a batch (BHS, FHS), or several in a row. At least one. */
export function readBatch(bytes: Uint8Array, options: ReadOptions = {}): Batch {
  const findings: Finding[] = [];
  const from = startOf(bytes, findings);
  const content = from === 0 ? bytes : bytes.subarray(from);
  const { text, characterSet } = decode(content, declaredCharacterSets(content), findings, options.characterSet);
  const lines = linesOf(text, findings);
  const groups = groupsOf(lines);
  if (groups.length === 0) throw new Problem('hl7/unreadable', { reason: 'there is no MSH segment' });
  if (groups.length > limits.messages)
    throw new Problem('request/too-large', { what: 'the batch', limit: limits.messages });
  const header = /^[BF]HS/.test(lines[0]!.raw) ? lines[0]!.raw : undefined;
  // A message among others gets bytes of its own; alone, it is what came, with what stood around it.
  const messages = groups.map((group) =>
    toMessage(group, characterSet, findings, groups.length === 1 ? bytes : undefined),
  );
  return { messages, ...(header !== undefined && { header: new Segment(header, readDelimiters(header, [])) }) };
}

interface RawLine {
  raw: string;
  end: string;
}

/** Where the first header segment begins: behind a byte order mark, blanks and stray framing characters. */
function startOf(bytes: Uint8Array, findings: Finding[]): number {
  let at = 0;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    at = 3;
    findings.push({ where: 'MSH', what: 'a byte order mark before it', assumed: 'nothing' });
  }
  const blanks = at;
  while (at < bytes.length && bytes[at]! <= 0x20) at++;
  if (at > blanks) findings.push({ where: 'MSH', what: 'blanks before it', assumed: 'nothing' });
  return at;
}

/** The repetitions of MSH-18, read as ASCII, which every character set has for its own name. */
function declaredCharacterSets(bytes: Uint8Array): string[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, limits.headerBytes));
  const msh = /MSH[^\r\n]*/.exec(head)?.[0];
  if (msh === undefined) return [];
  const segment = new Segment(msh, readDelimiters(msh, []));
  return segment.field(18).split(segment.delimiters.repetition);
}

/** Lines that are segments; what is none is taken for the rest of the one before. */
function linesOf(text: string, findings: Finding[]): RawLine[] {
  const lines: RawLine[] = [];
  const pattern = /([^\r\n]*)(\r\n|\r|\n|$)/y;
  const isSegment = segmentPattern(text);
  let broken = 0;
  let blank = 0;
  let foreignEnds = 0;
  while (pattern.lastIndex < text.length) {
    const [, line, end] = pattern.exec(text)!;
    if (end !== '\r' && end !== '') foreignEnds++;
    const last = lines.at(-1);
    if (line!.trim() === '') {
      if (last !== undefined) last.end += line! + end!;
      blank++;
    } else if (isSegment.test(line!) || last === undefined) {
      lines.push({ raw: line!, end: end! });
    } else {
      // Within MSH a line break can only be an accident; elsewhere it is one of the text.
      last.raw += (last.raw.startsWith('MSH') ? '' : '\n') + line!;
      last.end = end!;
      broken++;
    }
    if (lines.length > limits.segments)
      throw new Problem('request/too-large', { what: 'the message', limit: limits.segments });
  }
  if (foreignEnds > 0) findings.push({ where: 'segments', what: 'end with line feeds', assumed: 'carriage returns' });
  if (blank > 0) findings.push({ where: 'segments', what: `${blank} empty lines`, assumed: 'nothing' });
  if (broken > 0)
    findings.push({
      where: 'segments',
      what: `${broken} lines that are no segment`,
      assumed: 'the segment before goes on',
    });
  return lines.length === 1 ? cutAtNames(lines[0]!, findings) : lines;
}

/** A name, then a field or nothing. Names have three characters; two and four are misspelt, yet not the rest of a text. */
function segmentPattern(text: string): RegExp {
  const separator = /(?:^|[\r\n])[^\S\r\n]*(?:MSH|BHS|FHS)([^\s\w])/.exec(text)?.[1] ?? '|';
  return new RegExp(`^\\s*(?:[A-Z][A-Z0-9]{1,3}\\${separator}|[A-Z][A-Z0-9]{2}\\s*$)`);
}

/** A message all on one line, its segments apart by blanks. */
function cutAtNames(line: RawLine, findings: Finding[]): RawLine[] {
  const field = line.raw.charAt(3);
  if (!line.raw.startsWith('MSH') || field === '') return [line];
  const parts = line.raw.split(new RegExp(`\\s+(?=(?:PID|EVN|PV1|ORC|OBR|MSA|QPD)\\${field})`));
  if (parts.length === 1) return [line];
  findings.push({ where: 'segments', what: 'all on one line', assumed: 'segments begin at their names' });
  return parts.map((raw, at) => ({ raw, end: at === parts.length - 1 ? line.end : '\r' }));
}

/** The lines of each message: from one MSH to the next, without what belongs to the batch. */
function groupsOf(lines: readonly RawLine[]): RawLine[][] {
  const groups: RawLine[][] = [];
  let inMessage = false;
  for (const line of lines) {
    const name = line.raw.trimStart().slice(0, 3);
    if (/^(FHS|BHS|BTS|FTS)$/.test(name)) inMessage = false;
    else if (name === 'MSH') {
      groups.push([line]);
      inMessage = true;
    } else if (inMessage) groups.at(-1)!.push(line);
  }
  return groups;
}

function toMessage(
  group: readonly RawLine[],
  characterSet: CharacterSetName,
  shared: readonly Finding[],
  bytes: Uint8Array | undefined,
): Message {
  const findings = [...shared];
  const delimiters: Delimiters = readDelimiters(group[0]!.raw.trimStart(), findings);
  const lines: Line[] = group.map(({ raw, end }) => ({ segment: new Segment(raw.trimStart(), delimiters), end }));
  const odd = lines.filter(({ segment }) => !/^[A-Z][A-Z0-9]{2}$/.test(segment.name)).length;
  if (odd > 0)
    findings.push({
      where: 'segments',
      what: `${odd} names that have not three characters`,
      assumed: 'unknown segments',
    });
  return new Message({ lines, characterSet, findings, ...(bytes !== undefined && { bytes }) });
}
