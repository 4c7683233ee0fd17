// Who lives together shares address, phone and family name.

import type { Comparator } from './comparator.ts';
import { at } from './model.ts';
import { dateDifferent, dateYear } from './value-levels.ts';
import { different } from './vocabulary.ts';

/**
 * Makes address, phone and family name of the comparison one piece of evidence, unless the birth date agrees too; and none for
 * the person where given name or birth date say otherwise.
 */
export function countHouseholdOnce({ bits, levels, knowsRelatives }: Comparator): void {
  const given = levels[at.given]!;
  const date = levels[at.date]!;
  const [phone, address] = [bits[at.phone]!, bits[at.address]!];
  if (phone > 0 && address > 0) {
    if (phone > address) bits[at.address] = address * 0.25;
    else bits[at.phone] = phone * 0.25;
  }
  if (!knowsRelatives) return;
  if (given === different || given === 0 || date === dateDifferent) {
    bits[at.phone] = Math.min(0, phone);
    bits[at.address] = Math.min(0, address);
    return;
  }
  if (date !== 0 && date < dateYear) return;
  const home = Math.max(0, bits[at.phone]!) + Math.max(0, bits[at.address]!);
  const family = Math.max(0, bits[at.family]!);
  if (home > 0 && family > 0) bits[at.family] = family - Math.min(family, home) * 0.75;
}
