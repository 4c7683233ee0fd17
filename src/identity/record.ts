// A line of a file of patients (JSON Lines) as a sighting, and a line of a file of events as an assertion: what
// `fascia identity batch` and POST /identity/batch read.

import { Problem } from '../base/problem.ts';
import type { Assertion, Identifier, Sighting } from './sighting.ts';

/** All that may be absent. */
const texts = [
  'site',
  'issuer',
  'name',
  'birthName',
  'birthDate',
  'sex',
  'address',
  'phone',
  'nationalId',
  'timestamp',
] as const satisfies (keyof Sighting)[];

/** Throws request/malformed, which names the line and the member; members that mean nothing here are passed over. */
export function sightingOfLine(json: string, line: number): Sighting {
  const row = rowOf(json, line);
  const said = texts.map((name) => [name, textOf(row, name, line)]).filter(([, text]) => text !== undefined);
  const otherNames = listOf(row, 'otherNames', line, (name) => typeof name === 'string');
  const otherPatientIds = listOf(row, 'otherPatientIds', line, isIdentifier);
  return {
    site: '',
    issuer: '',
    name: '',
    timestamp: '',
    ...Object.fromEntries(said),
    id: required(row, 'recordId', line),
    patientId: required(row, 'patientId', line),
    ...(otherNames !== undefined && { otherNames: otherNames as string[] }),
    ...(otherPatientIds !== undefined && { otherPatientIds: otherPatientIds as Identifier[] }),
  };
}

/** A40 and A24 say that two identifiers of an issuer are one person, A37 that they are two. Throws request/malformed. */
export function assertionOfLine(json: string, line: number): Assertion {
  const row = rowOf(json, line);
  const issuer = textOf(row, 'issuer', line) ?? '';
  return {
    id: `${line}`,
    type: row.type === 'A37' ? 'different' : 'same',
    of: [
      { issuer, id: required(row, 'survivingId', line) },
      { issuer, id: required(row, 'priorId', line) },
    ],
    authoritative: true,
    timestamp: textOf(row, 'timestamp', line) ?? '',
  };
}

type Row = Record<string, unknown>;

function rowOf(json: string, line: number): Row {
  try {
    const record = JSON.parse(json);
    if (typeof record === 'object' && record !== null && !Array.isArray(record)) return record;
  } catch {
    // Said below: the parser's own words would repeat what the line holds.
  }
  throw malformed(line, 'is no JSON object');
}

function required(row: Row, name: string, line: number): string {
  const text = textOf(row, name, line);
  if (text === undefined) throw malformed(line, `needs a ${name}`);
  return text;
}

function textOf(row: Row, name: string, line: number): string | undefined {
  const value = row[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw malformed(line, `has a ${name} that is no text`);
  return value;
}

function listOf(row: Row, name: string, line: number, fits: (each: unknown) => boolean): unknown[] | undefined {
  const value = row[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(fits)) throw malformed(line, `has ${name} that are none`);
  return value;
}

function isIdentifier(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { issuer, id } = value as Row;
  return typeof issuer === 'string' && typeof id === 'string';
}

const malformed = (line: number, what: string): Problem =>
  new Problem('request/malformed', { reason: `line ${line} ${what}` });
