// What each site does to its numbers, learned from its own feed: the issuer it means when it sends none, and the prefixes
// that migrations and modalities put before the same number.

import { fold } from './fold.ts';
import type { SiteProfile } from './model.ts';
import { byLength, normaliseIssuer } from './reading.ts';
import type { Sighting } from './sighting.ts';

const limits = {
  /** Numbers with a prefix that are looked up without it before the prefix is believed. */
  examples: 3,
  /** Share of those whose plain number is known under the same name. */
  agreement: 0.6,
};

interface Seen {
  issuers: Map<string, number>;
  /** Plain number → names under it; of numbers that are digits with at most a leading letter or so. */
  names: Map<string, string>;
  prefixed: Map<string, { id: string; name: string }[]>;
}

export function learnSites(sightings: Iterable<Sighting>): Record<string, SiteProfile> {
  const sites = new Map<string, Seen>();
  for (const sighting of sightings) {
    const seen = sites.get(sighting.site) ?? { issuers: new Map(), names: new Map(), prefixed: new Map() };
    sites.set(sighting.site, seen);
    look(sighting, seen);
  }
  return Object.fromEntries([...sites].map(([site, seen]) => [site, profileOf(seen)]));
}

function look(sighting: Sighting, seen: Seen): void {
  const issuer = normaliseIssuer(sighting.issuer);
  if (issuer !== '') seen.issuers.set(issuer, (seen.issuers.get(issuer) ?? 0) + 1);
  const id = sighting.patientId.trim().toUpperCase();
  const name = nameText(sighting.name);
  seen.names.set(plain(id), name);
  const prefix = /^[A-Z]{1,5}[-_/.: ]?(?=[A-Z]?\d)/.exec(id)?.[0];
  if (prefix === undefined) return;
  const examples = seen.prefixed.get(prefix) ?? [];
  if (examples.length < 2000) examples.push({ id: plain(id.slice(prefix.length)), name });
  seen.prefixed.set(prefix, examples);
}

function profileOf({ issuers, names, prefixed }: Seen): SiteProfile {
  const [issuer] = [...issuers].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [];
  const prefixes = [...prefixed].filter(([, examples]) => isTransient(examples, names)).map(([prefix]) => prefix);
  prefixes.sort(byLength);
  return { ...(issuer === undefined ? {} : { issuer }), prefixes, padded: true };
}

/** Most of the numbers exist without the prefix too, for the same patients. */
function isTransient(examples: { id: string; name: string }[], names: Map<string, string>): boolean {
  const known = examples.filter(({ id, name }) => names.get(id) === name).length;
  const twins = examples.filter(({ id }) => names.has(id)).length;
  return known >= limits.examples && known >= twins * limits.agreement && known >= examples.length * 0.2;
}

const plain = (id: string): string => id.replace(/^0+(?=.)/, '');

/** Words of a name in any order. */
const nameText = (name: string): string =>
  fold(name.split('=')[0]!.replaceAll('^', ' ')).split(' ').toSorted().slice(0, 2).join(' ');
