// What the way home of one case goes by, and what it stops at.

import type { DatesOfCase } from './narrative-dates.ts';
import type { PseudonymMap } from './pseudonym-map.ts';

export interface WayHome {
  map: PseudonymMap;
  /** YYYYMMDD on which the first copy left. What was made there is not older; what was moved is. */
  leftOn: string;
  studyDays: DatesOfCase['studyDays'];
  /** BCP 47 of written text, where it is known. */
  language?: string;
  /** Words of dates that somebody said to be right as they are. */
  confirmed?: ReadonlySet<string>;
  /** Whether a UID names something that the provider itself made and stored in this case. */
  isOwn(uid: string): boolean;
  /** What it is called at home: the same for the same UID, and for no other. */
  minted(uid: string): string;
}

export const returnFindings = {
  'not-of-case': 'it names no case that this provider reads, or another patient or number than the case has',
  'foreign-uid': 'a UID is neither of this case nor of what the provider made for it',
  'foreign-patient': 'it names a patient who is not the one of the case',
  'date-not-reversible': 'a date in its text may be a moved one, and nobody can be certain',
  'token-left': 'it holds a token that stands for nothing in this case',
  'pseudonym-left': 'a pseudonym stands where it cannot be exchanged',
  'not-searched': 'a part of it cannot be searched for what it says of whom',
  'words-in-pixels': 'its pixels may have words in them, and nobody has looked for them',
  'not-read-here': 'nobody of this provider has claimed its case',
  'further-reading':
    'it came while its study was read again for a review or for research, which is told to nobody as a report',
  'author-unknown': 'it is signed, and its author is nobody who is known to read for this provider',
  'author-not-entitled': 'its author may not sign its case: the gates that are closed are named',
  'case-not-open': 'its case cannot be signed as it says: what stands against it is named',
  'contradicts-case': 'what it says contradicts its case or itself: the check is named',
  'second-report': 'its case has another report already, of which this is no version',
  'no-way-back': 'the vault knows no more of whom it is',
  'not-kept': 'the archive of the client does not take it',
} as const satisfies Record<string, string>;

export type ReturnCode = keyof typeof returnFindings;

/** Each of them stops what came: it waits for a person. */
export interface ReturnFinding {
  code: ReturnCode;
  /** Tag path in hexadecimal, items by number from 1; the name of a part of a report. Never a value. */
  path: string;
}
