// The worker's side of identity-batches.ts: one file of sightings in, who is who among them out. A Problem crosses the
// thread as its code and details.

import { parentPort, workerData } from 'node:worker_threads';
import { asProblem, Problem, type ProblemCode, type ProblemDetails } from '../../base/problem.ts';
import { reconcile } from '../../identity/batch.ts';
import { sightingOfLine } from '../../identity/record.ts';
import type { Sighting } from '../../identity/sighting.ts';

export interface BatchTask {
  /** JSON Lines, UTF-8. */
  bytes: ArrayBuffer;
  mostRecords: number;
}

export type BatchAnswer = Uint8Array<ArrayBuffer> | { code: ProblemCode; details: ProblemDetails };

try {
  const answer = new TextEncoder().encode(decisionsOf(workerData as BatchTask));
  parentPort!.postMessage(answer satisfies BatchAnswer, [answer.buffer]);
} catch (thrown) {
  const { code, details } = asProblem(thrown);
  parentPort!.postMessage({ code, details } satisfies BatchAnswer);
}

/** A line for each record, in their order, then one for each pair to review, the most likely first. */
function decisionsOf({ bytes, mostRecords }: BatchTask): string {
  const sightings = readSightings(new TextDecoder().decode(bytes), mostRecords);
  const { persons, reviews } = reconcile(sightings, []);
  const idOf = (at: number): string => sightings[at]!.id;
  const lines = [
    ...persons.map((personId, at) => ({ recordId: idOf(at), personId })),
    ...reviews
      .toSorted((one, other) => other.probability - one.probability)
      .map(({ a, b, probability, reason }) => ({ review: [idOf(a), idOf(b)], probability, reason })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function readSightings(text: string, most: number): Sighting[] {
  const sightings: Sighting[] = [];
  const seen = new Set<string>();
  for (const [at, json] of text.split('\n').entries()) {
    if (json.trim() === '') continue;
    if (sightings.length >= most)
      throw new Problem('request/too-large', { what: 'the batch', limit: `${most} records` });
    const sighting = sightingOfLine(json, at + 1);
    if (seen.has(sighting.id)) {
      throw new Problem('request/malformed', { reason: `line ${at + 1} has the recordId of another` });
    }
    seen.add(sighting.id);
    sightings.push(sighting);
  }
  return sightings;
}
