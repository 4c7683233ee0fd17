// The profiles that $validate knows, and that the CapabilityStatement says are supported.

import { mhd } from './mhd.ts';
import type { Profile } from './profile.ts';
import { usCore } from './us-core.ts';

const all: readonly Profile[] = [...usCore, ...mhd];

const byUrl: ReadonlyMap<string, Profile> = new Map(all.map((profile) => [profile.url, profile]));

/** A version behind the URL (R4 references.html#canonical) is not looked at. */
export const profileNamed = (canonical: string): Profile | undefined => byUrl.get(canonical.split('|')[0]!);

/** By type. */
export const profilesOf = (type: string): readonly string[] =>
  all.filter((profile) => profile.type === type).map(({ url }) => url);
