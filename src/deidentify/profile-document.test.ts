import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagOf } from '../dicom/dictionary.ts';
import { ProfileError, readProfiles } from './profile-document.ts';

test('a profile begins with a preset and says what is otherwise', () => {
  const profiles = readProfiles(`
profiles:
  - name: heart-study
    basedOn: R-trial
    options: [retain-device-identity]
    without: [clean-pixel-data]
    attributes: {PatientSex: K, SeriesDescription: X}
    safePrivate: ["SIEMENS CSA HEADER/0029xx10"]
    masks:
      - {modality: US, rows: 480, columns: 640, regions: [{x: 0, y: 0, width: 640, height: 40}]}
`);
  const profile = profiles.get('heart-study')!;
  assert.equal(profile.options.has('retain-modified-dates'), true);
  assert.equal(profile.options.has('retain-device-identity'), true);
  assert.equal(profile.options.has('clean-pixel-data'), false);
  assert.equal(profile.attributes.get(tagOf('PatientSex')!), 'K');
  assert.equal(profile.masks.length, 1);
  assert.deepEqual([...profiles.keys()].slice(0, 4), ['basic', 'R-read', 'R-trial', 'R-ident']);
});

test('what cannot be meant is refused with what is wrong', () => {
  const faults: Record<string, RegExp> = {
    'profiles: [{name: basic}]': /there is a profile/,
    'profiles: [{name: a, options: [retain-everything]}]': /options/,
    'profiles: [{name: a, attributes: {PatientNam: K}}]': /no attribute PatientNam/,
    'profiles: [{name: a, options: [retain-full-dates, retain-modified-dates]}]': /either kept or modified/,
    'profiles: [{name: a, basedOn: b}]': /no profile b/,
    'profiles: [{name: a, wrong: 1}]': /wrong/,
    'profiles: [': /./,
  };
  for (const [yaml, fault] of Object.entries(faults)) {
    assert.throws(
      () => readProfiles(yaml),
      (error) => error instanceof ProfileError && fault.test(error.message),
      yaml,
    );
  }
});
