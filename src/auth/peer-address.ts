// Whether a connection comes from a peer's host: by address, or by the addresses its name has now.

import { lookup } from 'node:dns/promises';
import type { Clock } from '../base/clock.ts';
import { canonicalAddress } from './address.ts';
import { limits } from './limits.ts';

export interface PeerAddresses {
  /** False also where the name has no address, or none is found in time. */
  fits(host: string, remoteAddress: string): Promise<boolean>;
}

type Resolve = (name: string) => Promise<string[]>;

export function peerAddresses(clock: Clock, resolve: Resolve = systemResolver): PeerAddresses {
  const known = new Map<string, { addresses: Promise<string[]>; until: number }>();

  function addressesOf(name: string): Promise<string[]> {
    const found = known.get(name);
    if (found !== undefined && clock.monotonicMs() < found.until) return found.addresses;
    const addresses = withinTime(resolve(name));
    if (known.size >= limits.peerNames) known.delete(known.keys().next().value!);
    known.set(name, { addresses, until: clock.monotonicMs() + limits.peerNameCacheMs });
    // A failure is not remembered: the next association asks again.
    addresses.then((all) => all.length === 0 && known.delete(name));
    return addresses;
  }

  return {
    async fits(host, remoteAddress) {
      const remote = canonicalAddress(remoteAddress);
      if (remote === undefined) return false;
      const address = canonicalAddress(host);
      if (address !== undefined) return address === remote;
      return (await addressesOf(host.toLowerCase())).some((found) => canonicalAddress(found) === remote);
    },
  };
}

async function systemResolver(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

async function withinTime(addresses: Promise<string[]>): Promise<string[]> {
  const { promise: late, resolve } = Promise.withResolvers<string[]>();
  const timer = setTimeout(() => resolve([]), limits.peerNameLookupMs);
  try {
    return await Promise.race([addresses.catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
