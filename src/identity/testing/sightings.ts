// Sightings for tests: one patient at one hospital, the rest named by the test.

import type { Identifier, Sighting } from '../sighting.ts';

let number = 0;

export function sighting(parts: Partial<Sighting>): Sighting {
  number++;
  return {
    id: `S${number}`,
    site: 'NORTH',
    issuer: parts.site ?? 'NORTH',
    patientId: `${700_000 + number}`,
    name: 'VESTERGAARD^INGEBORG',
    birthDate: '19630517',
    sex: 'F',
    timestamp: `2026-01-01T00:00:${String(number % 60).padStart(2, '0')}.${String(number).padStart(6, '0')}Z`,
    ...parts,
  };
}

export const identifierOf = ({ issuer, patientId }: Sighting): Identifier => ({ issuer, id: patientId });
