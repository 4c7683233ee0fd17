// The shared imaging sample as a population: its records, the A40 messages its sites sent, and who is who.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assertion, Sighting } from '../../src/identity/sighting.ts';
import type { Population } from '../../src/identity/testing/population.ts';

export function imagingSample(): [string, Population][] {
  const folder = join(process.env.FASCIA_SHARED ?? '/nowhere', 'data/identity/imaging');
  if (!existsSync(folder)) return [];
  const lines = (file: string): string[] => readFileSync(join(folder, file), 'utf8').trim().split('\n');
  const sightings = lines('records.jsonl').map((line): Sighting => {
    const { recordId, ...rest } = JSON.parse(line);
    return { ...rest, id: recordId };
  });
  const assertions = lines('events.jsonl').map((line, at): Assertion => {
    const { issuer, survivingId, priorId, timestamp } = JSON.parse(line);
    return {
      id: `${at}`,
      type: 'same',
      of: [
        { issuer, id: survivingId },
        { issuer, id: priorId },
      ],
      authoritative: true,
      timestamp,
    };
  });
  const truth = new Map(
    lines('truth.csv')
      .slice(1)
      .map((line) => [line.split(',')[0]!, line.split(',').slice(1)]),
  );
  return [
    [
      'imaging sample',
      {
        sightings,
        assertions,
        truth: sightings.map(({ id }) => {
          const [person, tags = ''] = truth.get(id)!;
          return { person: person!, tags: tags.split('|').filter((tag) => tag !== '') };
        }),
      },
    ],
  ];
}
