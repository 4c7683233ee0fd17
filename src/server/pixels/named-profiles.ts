// The colour spaces that pictures can be converted to (PS3.18 8.3.5.1.5), as the image library takes them: names of its own, or
// files. Those are made by tools/generate-icc-profiles.ts.

import { join } from 'node:path';
import { adobeRgb, rommRgb } from '../../pixels/icc-profile.ts';

export const madeProfiles = { adobergb: adobeRgb, rommrgb: rommRgb } as const;

export const profileFile = (name: keyof typeof madeProfiles): string =>
  join(import.meta.dirname, 'profiles', `${name}.icc`);

export type NamedProfile = 'srgb' | 'displayp3' | keyof typeof madeProfiles;

export const namedProfiles: Record<NamedProfile, string> = {
  srgb: 'srgb',
  displayp3: 'p3',
  adobergb: profileFile('adobergb'),
  rommrgb: profileFile('rommrgb'),
};
