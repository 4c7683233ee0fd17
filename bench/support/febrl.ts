// The FEBRL sets as populations: census-like records, each its own registration.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sighting } from '../../src/identity/sighting.ts';
import type { Population } from '../../src/identity/testing/population.ts';

export function febrlSets(): [string, Population][] {
  const folder = join(process.env.FASCIA_SHARED ?? '/nowhere', 'data/identity');
  const names = ['febrl1', 'febrl2', 'febrl3', 'febrl_x'].filter((name) => existsSync(join(folder, `${name}.csv`)));
  return names.flatMap((name): [string, Population][] => {
    const text = readFileSync(join(folder, `${name}.csv`), 'utf8');
    return [
      [name, populationOf(text, true)],
      [`${name} no SSN`, populationOf(text, false)],
    ];
  });
}

function populationOf(text: string, withNumber: boolean): Population {
  const [head, ...lines] = text.trim().split('\n');
  const columns = head!.split(',').map((column) => column.trim());
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, at) => [columns[at]!, value.trim()])),
  );
  return {
    assertions: [],
    sightings: rows.map((row) => sightingOf(row, withNumber)),
    truth: rows.map((row) => ({ person: /rec-(\d+)/.exec(row.rec_id!)![1]!, tags: [] })),
  };
}

function sightingOf(row: Record<string, string>, withNumber: boolean): Sighting {
  const parts = [row.street_number, row.address_1].filter((part) => part !== '').join(' ');
  return {
    id: row.rec_id!,
    site: row.rec_id!,
    issuer: row.rec_id!,
    patientId: '1001',
    name: `${row.surname}^${row.given_name}`,
    birthDate: row.date_of_birth ?? '',
    address: parts === '' ? '' : `${parts}, ${row.suburb}, ${row.state} ${row.postcode}`,
    timestamp: '2026-01-01T00:00:00Z',
    ...(withNumber ? { nationalId: row.soc_sec_id ?? '' } : {}),
  };
}
