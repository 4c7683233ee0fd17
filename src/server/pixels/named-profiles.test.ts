import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { iccProfile } from '../../pixels/icc-profile.ts';
import { madeProfiles, profileFile } from './named-profiles.ts';

test('the profiles that pictures are converted to are those that tools/generate-icc-profiles.ts makes', () => {
  for (const [name, space] of Object.entries(madeProfiles)) {
    const file = readFileSync(profileFile(name as keyof typeof madeProfiles));
    assert.ok(file.equals(iccProfile(space)), name);
  }
});
