// What a manifest that somebody else wrote as a Key Object Selection Document lists: Current Requested Procedure Evidence
// Sequence (PS3.3 C.17.2.1 to C.17.2.3), by study and series, with where each series is retrieved from.

import type { DataSet } from '../../dicom/dataset.ts';
import { KEY_OBJECT_SELECTION } from '../../dicom/key-object-selection.ts';
import type { ListedInstance, ListedSeries, ListedStudy, RetrieveFrom } from './manifest.ts';
import { isManifestTitle } from './manifest-title.ts';

export const isManifest = (dataset: DataSet): boolean => {
  const [title] = dataset.items('ConceptNameCodeSequence');
  return (
    dataset.text('SOPClassUID') === KEY_OBJECT_SELECTION &&
    isManifestTitle(title?.text('CodeValue') ?? '', title?.text('CodingSchemeDesignator') ?? '')
  );
};

/** Empty for a document that is no manifest. */
export function listedInKos(dataset: DataSet): ListedStudy[] {
  if (!isManifest(dataset)) return [];
  return dataset.items('CurrentRequestedProcedureEvidenceSequence').flatMap((study): ListedStudy[] => {
    const studyInstanceUid = study.text('StudyInstanceUID');
    const series = study.items('ReferencedSeriesSequence').flatMap(seriesOf);
    return studyInstanceUid === undefined || series.length === 0 ? [] : [{ studyInstanceUid, series }];
  });
}

function seriesOf(series: DataSet): ListedSeries[] {
  const seriesInstanceUid = series.text('SeriesInstanceUID');
  const references = series.items('ReferencedSOPSequence');
  const instances = references.flatMap((reference): ListedInstance[] => {
    const sopInstanceUid = reference.text('ReferencedSOPInstanceUID');
    const sopClassUid = reference.text('ReferencedSOPClassUID') ?? '';
    return sopInstanceUid === undefined ? [] : [{ sopInstanceUid, sopClassUid }];
  });
  if (seriesInstanceUid === undefined || instances.length === 0) return [];
  return [{ seriesInstanceUid, from: retrieveFrom(series, references), instances }];
}

/** Said of the series, or of each instance (Table 10-3b): of a series all are where the first is. */
function retrieveFrom(series: DataSet, [first]: readonly DataSet[]): RetrieveFrom {
  const said = (keyword: string): string | undefined => series.text(keyword) ?? first?.text(keyword);
  const [url, locationUid, aeTitle] = [said('RetrieveURL'), said('RetrieveLocationUID'), said('RetrieveAETitle')];
  return { ...(url && { url }), ...(locationUid && { locationUid }), ...(aeTitle && { aeTitle }) };
}
