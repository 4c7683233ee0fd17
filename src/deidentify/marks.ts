// What a de-identified instance says of itself: PS3.15 E.1.1, PS3.3 C.7.1.1 and C.12.1, CID 7050.

import { DataSet } from '../dicom/dataset.ts';
import { BASIC_PROFILE_CODE, type Option, optionCodes, type Profile } from './profile.ts';

/** `cleaned`: words were found and blackened. `clear`: searched, and none were found. */
export type PixelsAnswer = 'cleaned' | 'clear';

/** Edits `dataset`. What was done to it before is said as well. */
export function markDeidentified(dataset: DataSet, profile: Profile, pixels: PixelsAnswer | undefined): void {
  const { options } = profile;
  const method = `PS3.15 2024e, ${profile.name}`;
  const methods = dataset.texts('DeidentificationMethod').filter((one) => one !== '' && one !== method);
  dataset.set('PatientIdentityRemoved', 'YES').set('DeidentificationMethod', [...methods, method]);
  const codes = [
    BASIC_PROFILE_CODE,
    ...[...options].filter((one) => isClaimed(one, pixels)).map((one) => optionCodes[one]),
  ];
  const earlier = dataset
    .items('DeidentificationMethodCodeSequence')
    .filter((item) => !codes.some(([code]) => item.text('CodeValue') === code));
  dataset.set('DeidentificationMethodCodeSequence', [...earlier, ...codes.map(codeItem)]);
  dataset.set('LongitudinalTemporalInformationModified', temporal(options));
  if (pixels !== undefined) dataset.set('BurnedInAnnotation', 'NO');
}

/** What was not done is not claimed: faces stay, and pixels count only where they were looked at. */
const isClaimed = (option: Option, pixels: PixelsAnswer | undefined): boolean =>
  option === 'clean-pixel-data' ? pixels !== undefined : option !== 'clean-recognizable-visual-features';

const temporal = (options: ReadonlySet<Option>): string =>
  options.has('retain-full-dates') ? 'UNMODIFIED' : options.has('retain-modified-dates') ? 'MODIFIED' : 'REMOVED';

const codeItem = ([code, meaning]: readonly [string, string]): DataSet =>
  new DataSet().set('CodeValue', code).set('CodingSchemeDesignator', 'DCM').set('CodeMeaning', meaning);
