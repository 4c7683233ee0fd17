// Acknowledgements in original and enhanced mode: HL7 v2.8.2 2.9.2 and 2.9.3, MSA (2.14.8), ERR (2.14.5) in the form of
// the version that the sender speaks.

import type { Problem } from '../base/problem.ts';
import { writeDateTime } from './date-time.ts';
import { usualDelimiters } from './delimiters.ts';
import { type ErrorCondition, errorConditionOf, type Location, locationOf } from './error-condition.ts';
import { escapeText } from './escape.ts';
import { type Message, messageOf } from './message.ts';
import { orderResponse } from './order-response.ts';
import { components, type Segment, segment } from './segment.ts';

/** Table 0008: A… of the application, C… of whoever took the message into safe storage. */
export type AcknowledgmentCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

/** What became of a message. */
export interface Outcome {
  problem?: Problem;
  /** Worth telling, and nothing that stopped the message. */
  warnings?: readonly string[];
}

/** What only the one who answers knows. */
export interface Answering {
  /** MSH-10 of the acknowledgement. */
  controlId(): string;
  /** As Date.toISOString writes it. */
  now(): string;
}

/**
 * The acknowledgements that the sender wants: one in original mode, up to two in enhanced mode (MSH-15 for safe storage,
 * then MSH-16 for the application), none where it wants none. `message` undefined: not even a header could be read.
 */
export function acknowledgements(message: Message | undefined, outcome: Outcome, answering: Answering): Message[] {
  const { problem } = outcome;
  const application = problem?.answers.ack ?? 'AA';
  const accept = `C${application.charAt(1)}` as AcknowledgmentCode;
  const wanted = message === undefined ? 'original' : acknowledgmentMode(message);
  if (wanted === 'original') return [acknowledge(message, application, outcome, answering)];
  const codes = [
    ...(isWanted(wanted.accept, problem) ? [accept] : []),
    // What is not even in safe storage has not reached the application.
    ...(isWanted(wanted.application, problem) && !(problem && isWanted(wanted.accept, problem)) ? [application] : []),
  ];
  return codes.map((code) => acknowledge(message, code, outcome, answering));
}

/** One acknowledgement with this code. */
export function acknowledge(
  message: Message | undefined,
  code: AcknowledgmentCode,
  { problem, warnings = [] }: Outcome,
  answering: Answering,
): Message {
  const version = message?.header.versionId || '2.5';
  const number = versionNumber(version);
  const conditions = [
    ...(problem === undefined ? [] : [{ ...errorConditionOf(problem), severity: 'E' as const }]),
    ...warnings.map((text) => ({ code: '205', meaning: 'Duplicate key identifier', text, severity: 'W' as const })),
  ];
  const location = problem && locationOf(problem);
  // MSA-3 and MSA-6 were withdrawn in v2.7, when ERR had taken their place.
  const text = number < 270 ? escapeText(problem?.message ?? '') : '';
  const first = number < 250 && number >= 220 ? conditions.find(({ severity }) => severity === 'E') : undefined;
  const msa = segment('MSA', [
    code,
    escapeText(message?.header.messageControlId ?? ''),
    text,
    '',
    '',
    first && components([first.code, first.meaning, 'HL70357']),
  ]);
  const response = isApplications(message, code) ? orderResponse(message!, problem) : undefined;
  return messageOf(
    [
      responseHeader(message, response?.type ?? ackType(message, number), answering),
      msa,
      ...errorSegments(conditions, location, number),
      ...(response?.segments ?? []),
    ],
    message?.characterSet,
  );
}

/** 2.9.3: in enhanced mode the application has a response of its own; in original mode everybody expects ACK (IHE RAD-2). */
const isApplications = (message: Message | undefined, code: AcknowledgmentCode): boolean =>
  message !== undefined && code.startsWith('A') && acknowledgmentMode(message) !== 'original';

/** MSH of an answer: sender and receiver change places, the version, processing id and character set are the asker's. */
export function responseHeader(message: Message | undefined, messageType: string, answering: Answering): Segment {
  const msh = message?.segment('MSH');
  // Delimiters of ours in a header of theirs: what they are called is written anew.
  const name = (field: number): string =>
    msh === undefined ? '' : components([1, 2, 3].map((part) => msh.text(field, part)));
  return segment('MSH', [
    '^~\\&',
    name(5),
    name(6),
    name(3),
    name(4),
    writeDateTime(answering.now()),
    '',
    messageType,
    answering.controlId(),
    escapeText(message?.header.processingId || 'P'),
    escapeText(message?.header.versionId || '2.5'),
    '',
    '',
    // An acknowledgement is not acknowledged.
    ...(message !== undefined && acknowledgmentMode(message) !== 'original' ? ['NE', 'NE'] : ['', '']),
    '',
    declaredCharacterSet(message),
  ]);
}

interface Wanted {
  accept: string;
  application: string;
}

/** 2.9.1: enhanced mode where MSH-15 or MSH-16 says something that table 0155 knows. */
function acknowledgmentMode({ header }: Message): 'original' | Wanted {
  const accept = header.acceptAcknowledgmentType;
  const application = header.applicationAcknowledgmentType;
  const known = [accept, application].some((type) => conditionsOfWanting.has(type));
  return known ? { accept, application } : 'original';
}

const conditionsOfWanting = new Map<string, (problem: Problem | undefined) => boolean>([
  ['AL', () => true],
  ['NE', () => false],
  ['ER', (problem) => problem !== undefined],
  ['SU', (problem) => problem === undefined],
]);

function isWanted(type: string, problem: Problem | undefined): boolean {
  // In enhanced mode an absent MSH-16 means never, an absent MSH-15 the same.
  return conditionsOfWanting.get(type)?.(problem) ?? false;
}

/** MSH-9: the event since v2.3.1, the structure since v2.4. */
function ackType(message: Message | undefined, version: number): string {
  const event = message?.header.triggerEvent ?? '';
  if (version < 231 || event === '') return 'ACK';
  return components(['ACK', event, version >= 240 ? 'ACK' : '']);
}

interface Reported extends ErrorCondition {
  severity: 'E' | 'W';
}

/** ERR-1 up to v2.4, one segment for each condition from v2.5 on. */
function errorSegments(conditions: readonly Reported[], location: Location | undefined, version: number): Segment[] {
  if (conditions.length === 0 || version < 220) return [];
  if (version < 250) {
    const errors = conditions.filter(({ severity }) => severity === 'E');
    const { subcomponent: sub, component } = usualDelimiters;
    return errors.map(({ code, meaning }) => {
      const condition = [code, escapeText(meaning), 'HL70357'].join(sub);
      const at = [location?.segment ?? '', location ? '1' : '', location?.field ?? ''].map((part) => escapeText(part));
      return segment('ERR', [[...at, condition].join(component)]);
    });
  }
  return conditions.map(({ code, meaning, text, severity }) =>
    segment('ERR', [
      '',
      location && severity === 'E' ? components([location.segment, '1', location.field]) : '',
      components([code, meaning, 'HL70357']),
      severity,
      '',
      '',
      '',
      escapeText(text),
    ]),
  );
}

function declaredCharacterSet(message: Message | undefined): string {
  const characterSet = message?.characterSet ?? 'ASCII';
  return characterSet === 'ASCII' && message?.segment('MSH')?.field(18).trim() === '' ? '' : characterSet;
}

/** 231 for `2.3.1`, 240 for `2.4`, so that versions compare. */
function versionNumber(version: string): number {
  const match = /^2\.(\d)(?:\.(\d))?/.exec(version);
  return match === null ? 250 : 200 + Number(match[1]) * 10 + Number(match[2] ?? 0);
}
