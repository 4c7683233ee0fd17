// JSON lines about connections, sizes, times and our own ids. Patient data stay out by construction: a line has an event
// name written in the source and fields of this table, whose values are numbers or short words; nothing else is written.

import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DestinationStream, destination, pino } from 'pino';
import { Problem } from './problem.ts';

/** Every field a log line may have. A value that could come from a patient's record has no row here. */
const fieldNames = [
  'action',
  'aeTitle',
  'associationId',
  'attempt',
  'bytes',
  'calledAeTitle',
  'callingAeTitle',
  'code',
  'count',
  'destination',
  'door',
  'durationMs',
  'failed',
  'failures',
  'host',
  'instances',
  'limit',
  'method',
  'objectId',
  'outcome',
  'pid',
  'port',
  'principal',
  'reason',
  'remoteAddress',
  'requestId',
  'route',
  'setting',
  'signal',
  'sizeBytes',
  'sopClassUid',
  'state',
  'status',
  'tenant',
  'transferSyntaxUid',
  'version',
] as const;

export type LogFields = { [name in (typeof fieldNames)[number]]?: string | number | boolean } & { error?: unknown };

export interface Log {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const limits = {
  /** Longest text of one field. */
  fieldCharacters: 200,
  /** Stack frames kept of an unexpected error. */
  stackFrames: 12,
  /** A log file larger than this is set aside (`.1`) when the node starts. */
  fileBytes: 64 << 20,
  /** Lines that wait for a reader of standard error that stands still; more are dropped, the node goes on. */
  waitingBytes: 8 << 20,
};

/** Lines are written while other work goes on, and at the end of the process at once. */
const writing = { sync: false, maxLength: limits.waitingBytes } as const;

/** A log that writes to `to`: a file's path, or a stream (standard error when absent). */
export function openLog(options: { level: LogLevel; to?: string | DestinationStream }): Log {
  const stream = typeof options.to === 'object' ? options.to : logFile(options.to);
  const lines = pino({ level: options.level, base: null, messageKey: 'event' }, stream);
  return {
    debug: (fields, event) => lines.debug(allowed(fields), event),
    info: (fields, event) => lines.info(allowed(fields), event),
    warn: (fields, event) => lines.warn(allowed(fields), event),
    error: (fields, event) => lines.error(allowed(fields), event),
  };
}

/** For tests and for commands that have nothing to log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

function logFile(path: string | undefined): DestinationStream {
  if (path === undefined) return destination({ dest: 2, ...writing });
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > limits.fileBytes) renameSync(path, `${path}.1`);
  return destination({ dest: path, mode: 0o600, ...writing });
}

function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const name of fieldNames) {
    const value = fields[name];
    if (typeof value === 'number' || typeof value === 'boolean') line[name] = value;
    else if (typeof value === 'string') line[name] = value.slice(0, limits.fieldCharacters);
  }
  if (fields.error !== undefined) line.error = describeError(fields.error);
  return line;
}

/** The message of a Problem holds none of a patient's data by its contract; that of any other error may, so it stays out. */
function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof Problem) {
    const cause = error.cause === undefined ? undefined : describeError(error.cause);
    return { code: error.code, text: error.message, cause };
  }
  if (!(error instanceof Error)) return { name: typeof error };
  const { code, syscall } = error as NodeJS.ErrnoException;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, code, syscall, stack: frames?.slice(0, limits.stackFrames).map((line) => line.trim()) };
}
