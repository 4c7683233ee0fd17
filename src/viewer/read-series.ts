// The instances of a series from its metadata (PS3.18 10.4.1.1.2), in the order in which people look at them.

import type { JsonObject } from './dicom-json.ts';

/** Their metadata as it is. Rejects with an Error for the person. */
export async function readObjects(studyInstanceUid: string, seriesInstanceUid: string): Promise<JsonObject[]> {
  const response = await fetch(`/dicomweb/studies/${studyInstanceUid}/series/${seriesInstanceUid}/metadata`, {
    headers: { Accept: 'application/dicom+json' },
  });
  if (!response.ok) throw new Error(`The series cannot be read: the server answered ${response.status}.`);
  return (await response.json()) as JsonObject[];
}
