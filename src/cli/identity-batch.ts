// `fascia identity batch`: who is who in a file of sightings, without a database. Made for scoring and for a first look at
// a feed before it is connected.

import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { Problem } from '../base/problem.ts';
import { reconcile } from '../identity/batch.ts';
import { assertionOfLine, sightingOfLine } from '../identity/record.ts';
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
    const sightings = await readLines(records!, sightingOfLine);
    const assertions = typeof events === 'string' ? await readLines(events, assertionOfLine) : [];
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

/** What each line says; empty lines say nothing. */
async function readLines<T>(file: string, read: (json: string, line: number) => T): Promise<T[]> {
  const found: T[] = [];
  let line = 0;
  try {
    for await (const json of createInterface({ input: createReadStream(file, 'utf8') })) {
      line++;
      if (json.trim() !== '') found.push(read(json, line));
    }
  } catch (error) {
    if (error instanceof Problem) throw new CommandError(`${file}: ${error.message}`);
    throw new CommandError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return found;
}

/** CSV (RFC 4180); a value is quoted where it must be. */
async function writeRows(file: string, rows: (readonly string[])[]): Promise<void> {
  const out = createWriteStream(file, 'utf8');
  for (const row of rows) out.write(`${row.map(quoted).join(',')}\n`);
  out.end();
  await finished(out);
}

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
