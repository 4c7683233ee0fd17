// The UIDs in a path (PS3.18 10.1: Studies Service resources), checked before anybody looks them up.

import { Problem } from '../base/problem.ts';
import type { Exchange } from './exchange.ts';
import type { Scope } from './handlers.ts';

/** What a path names. Throws Problem dicom/invalid-uid where a UID is none. */
export function scopeOf(path: Exchange['path']): Scope {
  return {
    studyInstanceUid: uid(path, 'study', 'StudyInstanceUID')!,
    seriesInstanceUid: uid(path, 'series', 'SeriesInstanceUID'),
    sopInstanceUid: uid(path, 'instance', 'SOPInstanceUID'),
  };
}

/** PS3.5 9.1 without its rule on leading zeros, which instances in the field break. */
function uid(path: Exchange['path'], name: string, attribute: string): string | undefined {
  const value = path[name];
  if (value !== undefined && !/^(?=.{1,64}$)\d+(\.\d+)*$/.test(value)) {
    throw new Problem('dicom/invalid-uid', { attribute });
  }
  return value;
}

/** The URL under which something can be retrieved: (0008,1190) Retrieve URL. */
export function retrieveUrl(baseUrl: string, scope: Scope): string {
  const series = scope.seriesInstanceUid === undefined ? '' : `/series/${scope.seriesInstanceUid}`;
  const instance = scope.sopInstanceUid === undefined ? '' : `/instances/${scope.sopInstanceUid}`;
  return `${baseUrl}/studies/${scope.studyInstanceUid}${series}${instance}`;
}
