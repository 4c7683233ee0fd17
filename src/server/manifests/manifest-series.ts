// The series of a manifest from the rows of the catalogue. Manifests are no part of what a study consists of.

import { Problem } from '../../base/problem.ts';
import { fromJson } from '../../dicom/json-reader.ts';
import type { Code } from '../../dicom/key-object-selection.ts';
import type { Database } from '../../storage/database.ts';
import { limits, type ManifestContent, manifestContents } from '../../storage/manifest-contents.ts';
import { metadataText } from '../../storage/metadata.ts';
import { isManifest } from '../../translate/manifest/listed-in-kos.ts';
import type { ManifestInstance, ManifestSeries, RetrieveFrom } from '../../translate/manifest/manifest.ts';

/** `studies`: rows. Rejects with request/too-large. */
export async function manifestSeries(
  database: Database,
  tenant: number,
  studies: readonly string[],
  from: RetrieveFrom,
): Promise<ManifestSeries[]> {
  const rows = await manifestContents(database, tenant, studies);
  if (rows.length > limits.instances) {
    throw new Problem('request/too-large', { what: 'the study of a manifest', limit: limits.instances });
  }
  return [...Map.groupBy(rows, ({ seriesInstanceUid }) => seriesInstanceUid)].flatMap(([uid, ofSeries]) => {
    const instances = ofSeries.flatMap(instanceOf);
    const attributes = fromJson(JSON.parse(ofSeries[0]!.attributes));
    return instances.length === 0 ? [] : [{ seriesInstanceUid: uid, from, attributes, instances }];
  });
}

/** SOP classes of waveforms: PS3.4 Table B.5-1. */
const WAVEFORM = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.9\./;

function instanceOf(row: ManifestContent): ManifestInstance[] {
  const { sopInstanceUid, sopClassUid, number, isImage, frames, metadata } = row;
  const document = metadata === null ? undefined : fromJson(JSON.parse(metadataText(metadata, '')));
  if (document !== undefined && isManifest(document)) return [];
  const [concept] = document?.items('ConceptNameCodeSequence') ?? [];
  const title: Code | undefined = concept && {
    value: concept.text('CodeValue') ?? '',
    scheme: concept.text('CodingSchemeDesignator') ?? '',
    meaning: concept.text('CodeMeaning') ?? '',
  };
  const described = document
    ?.items('ContentSequence')
    .find((item) => item.items('ConceptNameCodeSequence')[0]?.text('CodeValue') === '113012');
  const description = described?.text('TextValue');
  return [
    {
      sopInstanceUid,
      sopClassUid,
      valueType: isImage ? 'IMAGE' : WAVEFORM.test(sopClassUid) ? 'WAVEFORM' : 'COMPOSITE',
      ...(number !== null && { number }),
      ...(frames !== null && { frames }),
      ...(title?.value && { title }),
      ...(description && { description }),
    },
  ];
}
