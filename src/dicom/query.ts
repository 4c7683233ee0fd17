// A question to the catalogue, the same for C-FIND (PS3.4 C.4.1) and QIDO-RS (PS3.18 10.6): doors translate their
// request into it, the catalogue answers it.

import type { VR } from './vr.ts';

export type QueryLevel = 'PATIENT' | 'STUDY' | 'SERIES' | 'IMAGE';

/** One matching key. `path` has one tag, or the tags of the enclosing sequences first (sequence matching, PS3.4 C.2.2.2.6). */
export interface MatchKey {
  path: readonly number[];
  vr: VR;
  /** The values as text, decoded; several are a list of UIDs (C.2.2.2.2) or of alternatives. Empty = universal matching. */
  values: readonly string[];
}

export interface Query {
  level: QueryLevel;
  keys: readonly MatchKey[];
  /** Attributes asked for besides the matching keys and those the level always returns; `'all'` = everything the level holds. */
  returnPaths: readonly (readonly number[])[] | 'all';
  /** PS3.4 C.2.2.2.1.3: approximate matching of person names. */
  fuzzy: boolean;
  /** PS3.4 C.2.2.2.5 with C.5.1.1: a date range and a time range of one moment are one range, as the peer negotiated. */
  combinedDateTime?: boolean;
  /**
   * Upper levels whose ordinary attributes QIDO-RS answers hold too: those that the path of the request does not name
   * (PS3.18 10.6.3.3). Absent: those of which no key names a single object.
   */
  upperLevels?: readonly ('STUDY' | 'SERIES')[];
  /** Studies by date and time, the newest first, those without at the end; else as they arrived. STUDY level. */
  newestFirst?: boolean;
  limit?: number;
  offset?: number;
}

/** A question to a worklist, which has no levels. PS3.4 K.4.1, CC.2.8. */
export type WorklistQuery = Pick<Query, 'keys' | 'fuzzy' | 'combinedDateTime'>;

/** How the answers to one C-FIND are written. */
export interface AnswerForm {
  /** Forms of one key write the same bytes, which may be held for the next query that asks for them. */
  readonly key: string;
  /** One answer, of the DICOM JSON object of what matched. */
  encode(json: string): Uint8Array;
}
