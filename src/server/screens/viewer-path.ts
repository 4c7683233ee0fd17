// Where studies are seen: in quick look or in OHIF, or the list to choose one from.

import type { ViewerChoice } from '../../base/ehr.ts';

/** `studyUids`: newest first; without any, what whoever asks may see. */
export function viewerPath(viewer: ViewerChoice, studyUids: readonly string[]): string {
  const [newest, before] = studyUids;
  if (viewer === 'ohif') {
    return newest === undefined ? '/viewer/' : `/viewer/viewer?StudyInstanceUIDs=${studyUids.join(',')}`;
  }
  if (newest === undefined) return '/look';
  // What was before is what a reader compares with.
  return before === undefined ? `/look/${newest}` : `/look/${newest}?with=${before}`;
}
