// Counts failed attempts per address, so that guessing costs the catalogue nothing.

import { isIPv6 } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { canonicalAddress } from './address.ts';
import { limits } from './limits.ts';

export interface FailureLimit {
  /** Whether `address` has failed too often lately. */
  exceeded(address: string): boolean;
  count(address: string): void;
}

export function failureLimit(clock: Clock): FailureLimit {
  const failures = new Map<string, { count: number; since: number }>();

  const current = (origin: string) => {
    const found = failures.get(origin);
    if (found === undefined || clock.monotonicMs() - found.since < limits.failureWindowMs) return found;
    failures.delete(origin);
    return undefined;
  };

  return {
    exceeded: (address) => (current(originOf(address))?.count ?? 0) >= limits.failuresPerAddress,
    count(address) {
      const origin = originOf(address);
      const found = current(origin);
      if (found !== undefined) found.count += 1;
      else failures.set(origin, { count: 1, since: clock.monotonicMs() });
      if (failures.size > limits.failingAddresses) failures.delete(failures.keys().next().value!);
    },
  };
}

/** One customer of IPv6 has a whole /64. */
function originOf(address: string): string {
  const canonical = canonicalAddress(address) ?? address;
  if (!isIPv6(canonical)) return canonical;
  const [head = '', tail] = canonical.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  if (tail !== undefined) while (groups.length + after.length < 8) groups.push('0');
  return [...groups, ...after].slice(0, 4).join(':');
}
