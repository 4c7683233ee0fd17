// `fascia identity batch`: who is who in a file of sightings, without a database. Made for scoring and for a first look at
// a feed before it is connected.

import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { reconcile } from '../identity/batch.ts';
import type { Assertion, Identifier, Sighting } from '../identity/sighting.ts';
import { type Command, CommandError } from './command.ts';

export const identityBatch: Command = {
  arguments: 'RECORDS.jsonl CLUSTERS.csv',
  summary: 'who is who in a file of patient records',
  details:
    'One record a line: recordId, site, issuer, patientId, name, birthDate, sex, timestamp and, where known, address,\n' +
    'phone, nationalId, otherPatientIds. CLUSTERS.csv gets recordId,personId; records of one person share the second.',
  options: {
    events: {
      type: 'string',
      value: 'EVENTS.jsonl',
      description: 'A40, A24 and A37 messages: type, issuer, survivingId, priorId',
    },
    review: {
      type: 'string',
      value: 'REVIEW.csv',
      description: 'write pairs for a person to decide, with their probability',
    },
  },
  arity: [2, 2],
  async run([records, clusters], { events, review }) {
    const sightings = (await readLines(records!)).map(sightingOf);
    const assertions = typeof events === 'string' ? (await readLines(events)).map(assertionOf) : [];
    const { persons, reviews } = reconcile(sightings, assertions);
    await writeRows(
      clusters!,
      persons.map((person, at) => [sightings[at]!.id, person]),
    );
    if (typeof review === 'string') {
      const byLikelihood = reviews.toSorted((a, b) => b.probability - a.probability);
      await writeRows(
        review,
        byLikelihood.map(({ a, b, probability, reason }) => [
          sightings[a]!.id,
          sightings[b]!.id,
          probability.toFixed(6),
          reason,
        ]),
      );
    }
    const people = new Set(persons).size;
    process.stdout.write(`${sightings.length} records, ${people} people, ${reviews.length} pairs to review\n`);
    return 0;
  },
};

type Row = Record<string, unknown>;

async function readLines(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      if (line.trim() !== '') rows.push(JSON.parse(line));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(
      `${file}: ${code === undefined ? `line ${rows.length + 1} is no JSON` : `cannot be read (${code})`}`,
    );
  }
  return rows;
}

function sightingOf(row: Row): Sighting {
  const { recordId, source, ...rest } = row;
  if (typeof recordId !== 'string' || typeof rest.patientId !== 'string') {
    throw new CommandError('every record needs a recordId and a patientId');
  }
  return { site: '', issuer: '', name: '', timestamp: '', ...rest, id: recordId } as Sighting;
}

function assertionOf(row: Row, at: number): Assertion {
  const of: [Identifier, Identifier] = [
    { issuer: String(row.issuer ?? ''), id: String(row.survivingId ?? '') },
    { issuer: String(row.issuer ?? ''), id: String(row.priorId ?? '') },
  ];
  const type = row.type === 'A37' ? 'different' : 'same';
  return { id: `${at}`, type, of, authoritative: true, timestamp: String(row.timestamp ?? '') };
}

/** CSV (RFC 4180); a value is quoted where it must be. */
async function writeRows(file: string, rows: (readonly string[])[]): Promise<void> {
  const out = createWriteStream(file, 'utf8');
  for (const row of rows) out.write(`${row.map(quoted).join(',')}\n`);
  out.end();
  await finished(out);
}

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
