// Writes the ICC profiles that pictures are converted to where a client asks for them (PS3.18 8.3.5.1.5) and that the image
// library does not bring with it. It reads a profile from a file alone.
//
//   node tools/generate-icc-profiles.ts

import { writeFileSync } from 'node:fs';
import { iccProfile } from '../src/pixels/icc-profile.ts';
import { madeProfiles, profileFile } from '../src/server/pixels/named-profiles.ts';

for (const [name, space] of Object.entries(madeProfiles)) {
  writeFileSync(profileFile(name as keyof typeof madeProfiles), iccProfile(space));
}
