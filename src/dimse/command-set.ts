// Command sets: group 0000, always Implicit VR Little Endian. PS3.7 6.3.1, Annex E. Each message has one, so reading and
// writing them is direct: one table of elements, no DataSet.

import { PduError } from './pdu/cursor.ts';

/** PS3.7 E.1-1: Command Field (0000,0100). A response is its request with bit 15. */
export const commands = {
  'C-STORE-RQ': 0x0001,
  'C-STORE-RSP': 0x8001,
  'C-GET-RQ': 0x0010,
  'C-GET-RSP': 0x8010,
  'C-FIND-RQ': 0x0020,
  'C-FIND-RSP': 0x8020,
  'C-MOVE-RQ': 0x0021,
  'C-MOVE-RSP': 0x8021,
  'C-ECHO-RQ': 0x0030,
  'C-ECHO-RSP': 0x8030,
  'N-EVENT-REPORT-RQ': 0x0100,
  'N-EVENT-REPORT-RSP': 0x8100,
  'N-GET-RQ': 0x0110,
  'N-GET-RSP': 0x8110,
  'N-SET-RQ': 0x0120,
  'N-SET-RSP': 0x8120,
  'N-ACTION-RQ': 0x0130,
  'N-ACTION-RSP': 0x8130,
  'N-CREATE-RQ': 0x0140,
  'N-CREATE-RSP': 0x8140,
  'N-DELETE-RQ': 0x0150,
  'N-DELETE-RSP': 0x8150,
  'C-CANCEL-RQ': 0x0fff,
} as const;

const commandNames = new Map<number, string>(Object.entries(commands).map(([name, code]) => [code, name]));

export const isResponse = (commandField: number): boolean => (commandField & 0x8000) !== 0;
export const responseTo = (commandField: number): number => commandField | 0x8000;
export const commandName = (commandField: number): string =>
  commandNames.get(commandField) ?? `command ${commandField.toString(16).padStart(4, '0').toUpperCase()}H`;

/** PS3.7 E.1-1: Command Data Set Type (0000,0800) of a message without data set. */
const NO_DATA_SET = 0x0101;
const DATA_SET_FOLLOWS = 0x0000;

/** PS3.7 C.4: Priority (0000,0700). */
export const priorities = { medium: 0x0000, high: 0x0001, low: 0x0002 } as const;

export interface CommandSet {
  commandField: number;
  /** Of Command Data Set Type: whether a data set follows. */
  hasDataSet: boolean;
  messageId?: number;
  messageIdBeingRespondedTo?: number;
  affectedSopClassUid?: string;
  affectedSopInstanceUid?: string;
  requestedSopClassUid?: string;
  requestedSopInstanceUid?: string;
  moveDestination?: string;
  moveOriginatorAeTitle?: string;
  moveOriginatorMessageId?: number;
  priority?: number;
  status?: number;
  errorComment?: string;
  errorId?: number;
  eventTypeId?: number;
  actionTypeId?: number;
  /** Of N-GET: the attributes that are asked for; absent: all. */
  attributeIdentifierList?: readonly number[];
  remainingSubOperations?: number;
  completedSubOperations?: number;
  failedSubOperations?: number;
  warningSubOperations?: number;
}

type Field = Exclude<keyof CommandSet, 'commandField' | 'hasDataSet'>;
type Kind = 'UI' | 'US' | 'AE' | 'LO' | 'AT';

/** Element number in group 0000, attribute of CommandSet, VR. In ascending order, as they are written. PS3.7 E.1-1. */
const rows: readonly (readonly [number, Field | 'commandField' | 'hasDataSet', Kind])[] = [
  [0x0002, 'affectedSopClassUid', 'UI'],
  [0x0003, 'requestedSopClassUid', 'UI'],
  [0x0100, 'commandField', 'US'],
  [0x0110, 'messageId', 'US'],
  [0x0120, 'messageIdBeingRespondedTo', 'US'],
  [0x0600, 'moveDestination', 'AE'],
  [0x0700, 'priority', 'US'],
  [0x0800, 'hasDataSet', 'US'],
  [0x0900, 'status', 'US'],
  [0x0902, 'errorComment', 'LO'],
  [0x0903, 'errorId', 'US'],
  [0x1000, 'affectedSopInstanceUid', 'UI'],
  [0x1001, 'requestedSopInstanceUid', 'UI'],
  [0x1002, 'eventTypeId', 'US'],
  [0x1005, 'attributeIdentifierList', 'AT'],
  [0x1008, 'actionTypeId', 'US'],
  [0x1020, 'remainingSubOperations', 'US'],
  [0x1021, 'completedSubOperations', 'US'],
  [0x1022, 'failedSubOperations', 'US'],
  [0x1023, 'warningSubOperations', 'US'],
  [0x1030, 'moveOriginatorAeTitle', 'AE'],
  [0x1031, 'moveOriginatorMessageId', 'US'],
];
const byElement = new Map(rows.map((row) => [row[0], row]));

/** Reads a whole command set. Elements that are not of the table are skipped. Throws PduError. */
export function readCommandSet(bytes: Uint8Array): CommandSet {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const command: Record<string, unknown> = { commandField: 0, hasDataSet: false };
  for (let at = 0; at < buffer.length; ) {
    if (at + 8 > buffer.length) throw new PduError('a command element is cut off');
    const length = buffer.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (end > buffer.length) throw new PduError('a command element is longer than its command set');
    if (buffer.readUInt16LE(at) !== 0) throw new PduError('a command set holds another group than 0000');
    const row = byElement.get(buffer.readUInt16LE(at + 2));
    if (row) command[row[1]] = readers[row[2]](buffer, at + 8, end);
    at = end;
  }
  if (!command.commandField) throw new PduError('a command set without Command Field');
  command.hasDataSet = command.hasDataSet !== NO_DATA_SET;
  return command as unknown as CommandSet;
}

/** The whole command set with its group length. */
export function writeCommandSet(command: CommandSet): Uint8Array {
  const buffer = Buffer.allocUnsafe(sizeOf(command));
  let at = writeHeader(buffer, 0, 0x0000, 4);
  at = buffer.writeUInt32LE(buffer.length - 12, at);
  for (const [element, name, kind] of rows) {
    const value = name === 'hasDataSet' ? dataSetType(command) : command[name];
    if (value === undefined) continue;
    if (kind === 'US') {
      at = buffer.writeUInt16LE(value as number, writeHeader(buffer, at, element, 2));
      continue;
    }
    if (kind === 'AT') {
      at = writeTags(buffer, value as readonly number[], writeHeader(buffer, at, element, sizeOfTags(value)));
      continue;
    }
    const text = value as string;
    at = writeHeader(buffer, at, element, even(text.length));
    at += buffer.write(text, at, 'latin1');
    if (text.length % 2 === 1) buffer[at++] = kind === 'UI' ? 0x00 : 0x20;
  }
  return buffer;
}

/** The message in the standard's words. Instance UIDs are shown, identifiers are not. */
export function describeCommand(command: CommandSet, nameOf: (uid: string) => string): string {
  const { affectedSopClassUid, requestedSopClassUid, affectedSopInstanceUid, requestedSopInstanceUid } = command;
  const sopClass = affectedSopClassUid ?? requestedSopClassUid;
  const instance = affectedSopInstanceUid ?? requestedSopInstanceUid;
  const counters = [
    command.remainingSubOperations,
    command.completedSubOperations,
    command.failedSubOperations,
    command.warningSubOperations,
  ];
  return [
    commandName(command.commandField),
    `message ${command.messageId ?? command.messageIdBeingRespondedTo ?? '?'}`,
    ...(command.status === undefined ? [] : [`status ${command.status.toString(16).padStart(4, '0').toUpperCase()}H`]),
    ...(sopClass === undefined ? [] : [nameOf(sopClass)]),
    ...(instance === undefined ? [] : [instance]),
    ...(command.moveDestination === undefined ? [] : [`to ${command.moveDestination}`]),
    ...(command.moveOriginatorAeTitle === undefined
      ? []
      : [`for message ${command.moveOriginatorMessageId} of ${command.moveOriginatorAeTitle}`]),
    ...(counters.some((n) => n !== undefined)
      ? [`remaining/completed/failed/warning ${counters.map((n) => n ?? '-').join('/')}`]
      : []),
    ...(command.errorComment === undefined ? [] : [`"${command.errorComment}"`]),
  ].join(', ');
}

const dataSetType = (command: CommandSet): number => (command.hasDataSet ? DATA_SET_FOLLOWS : NO_DATA_SET);
const even = (length: number): number => length + (length & 1);

function sizeOf(command: CommandSet): number {
  let size = 12;
  for (const [, name, kind] of rows) {
    const value = command[name];
    if (value === undefined) continue;
    size += 8 + (kind === 'US' ? 2 : kind === 'AT' ? sizeOfTags(value) : even((value as string).length));
  }
  return size;
}

function writeHeader(buffer: Buffer, at: number, element: number, length: number): number {
  buffer.writeUInt16LE(0, at);
  buffer.writeUInt16LE(element, at + 2);
  return buffer.writeUInt32LE(length, at + 4);
}

const sizeOfTags = (tags: unknown): number => 4 * (tags as readonly number[]).length;

function writeTags(buffer: Buffer, tags: readonly number[], from: number): number {
  let at = from;
  for (const tag of tags) at = buffer.writeUInt16LE(tag & 0xffff, buffer.writeUInt16LE(tag >>> 16, at));
  return at;
}

function readUs(buffer: Buffer, start: number, end: number): number | undefined {
  return end - start >= 2 ? buffer.readUInt16LE(start) : undefined;
}

function readTags(buffer: Buffer, start: number, end: number): number[] | undefined {
  const tags: number[] = [];
  for (let at = start; at + 4 <= end; at += 4) {
    tags.push(((buffer.readUInt16LE(at) << 16) | buffer.readUInt16LE(at + 2)) >>> 0);
  }
  return tags.length > 0 ? tags : undefined;
}

/** Padding trimmed at both ends; an empty value is an absent one. */
function readText(buffer: Buffer, start: number, end: number): string | undefined {
  let [from, to] = [start, end];
  while (to > from && isPadding(buffer[to - 1]!)) to--;
  while (from < to && isPadding(buffer[from]!)) from++;
  return to > from ? buffer.toString('latin1', from, to) : undefined;
}

const isPadding = (byte: number): boolean => byte === 0x20 || byte === 0x00;

const readers: Record<Kind, (buffer: Buffer, start: number, end: number) => unknown> = {
  US: readUs,
  AT: readTags,
  UI: readText,
  AE: readText,
  LO: readText,
};
