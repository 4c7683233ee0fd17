// What a step met that it could not do, or should not have had to.

import type { StepName } from '../step.ts';

export const transformFindings = {
  'no-value': 'there is nothing to coerce from',
  'value-not-mapped': 'a value is not one of those to be mapped',
  'value-unusable': 'a value cannot be read as a number',
  'not-planned': 'the instance was not there when the UIDs of its study were planned',
  'reference-unknown': 'a reference names an instance that is not here, of which study is not said',
  'reference-split': 'a reference names a whole series, which becomes several',
  'uid-in-value': 'a UID that changes stands in a value that cannot be rewritten',
  'not-searched': 'a value is too large to be searched for UIDs that change',
  'no-profile': 'there is nobody to de-identify by this profile',
  unsearchable: 'a sequence is too large or nested too deep to be searched for what identifies',
  'value-too-long': 'a value that is too long to be searched for what identifies was removed',
  'known-in-bytes': 'a value that is no text held something of the patient and was removed',
  'faces-not-removed': 'faces in the pixels are not removed, which the profile asks for',
  'pixels-not-searched': 'the pixels may have words in them, and nobody has looked for them',
  'lossy-already': 'the image was compressed with loss already',
} as const satisfies Record<string, string>;

export type TransformFindingCode = keyof typeof transformFindings;

export interface TransformFinding {
  step: StepName;
  code: TransformFindingCode;
  /** Tag path in hexadecimal, items by number from 1: `00081140[2].00081155`. No value: it may be the patient's. */
  path: string;
  /** Whether the instance must not be sent like this. */
  stops: boolean;
}
