// A seeded census: people of whom nobody lives with family, each recorded several times by somebody who types badly. Every
// record is a registration of its own; several fields of it are wrong at once, as in the FEBRL sets.

import type { Sighting } from '../sighting.ts';
import { people } from './people.ts';
import type { Population } from './population.ts';
import { Random } from './random.ts';

const limits = { copies: 4, errors: 5 };

const fields = ['family', 'given', 'birthDate', 'address', 'nationalId'] as const;
type Row = Record<(typeof fields)[number], string>;

export function makeCensus({ persons, seed }: { persons: number; seed: number }): Population {
  const random = new Random(seed);
  const homes = new Set<string>();
  const rows: { row: Row; person: string }[] = [];
  for (const { id, family, given, birthDate, addresses, nationalId } of people(random, persons * 2)) {
    const address = addresses[0]!;
    if (homes.has(address) || homes.size === persons) continue;
    homes.add(address);
    const row = { family, given, birthDate, address, nationalId };
    rows.push({ row, person: id });
    for (let copy = random.skewed(limits.copies); copy > 0; copy--) rows.push({ row: spoilt(random, row), person: id });
  }
  return {
    sightings: rows.map(({ row }, at) => sightingOf(row, at)),
    assertions: [],
    truth: rows.map(({ person }) => ({ person, tags: [] })),
  };
}

function spoilt(random: Random, row: Row): Row {
  const copy = { ...row };
  for (let error = random.below(limits.errors + 1); error > 0; error--) {
    const field = random.pick(fields);
    copy[field] = random.chance(0.15) ? '' : mistyped(random, copy[field]);
  }
  if (random.chance(0.08)) [copy.family, copy.given] = [copy.given, copy.family];
  return copy;
}

/** One sign left out, doubled, exchanged with the next or replaced by another of its kind. */
function mistyped(random: Random, text: string): string {
  if (text === '') return text;
  const at = random.below(text.length);
  const [before, sign, after] = [text.slice(0, at), text[at]!, text.slice(at + 1)];
  const other = /\d/.test(sign) ? random.digits(1) : random.pick([...'aeionrst']);
  return random.pick([
    before + after,
    before + sign + sign + after,
    before + (after[0] ?? '') + sign + after.slice(1),
    before + other + after,
  ]);
}

const sightingOf = ({ family, given, birthDate, address, nationalId }: Row, at: number): Sighting => ({
  id: `C${at}`,
  site: `C${at}`,
  issuer: `C${at}`,
  patientId: '1001',
  name: `${family}^${given}`,
  birthDate,
  address,
  nationalId,
  timestamp: '2026-01-01T00:00:00Z',
});
