// Instances to take away: a ZIP archive that is a DICOM file-set (PS3.10 8, PS3.12), with the DICOMDIR first.

import { randomBytes } from 'node:crypto';
import { DataSet } from '../dicom/dataset.ts';
import { dicomdir } from '../dicom/dicomdir.ts';
import { tagOf } from '../dicom/dictionary.ts';
import { directoryKeywords } from '../dicom/directory-records.ts';
import { type DicomJson, fromJson } from '../dicom/json.ts';
import { hexOf } from '../dicom/tag.ts';
import { newUid } from '../dicom/uid.ts';
import type { Answer, Exchange } from './exchange.ts';
import { part10 } from './part10.ts';
import { scopeOf } from './resource.ts';
import type { Served } from './wado-rs.ts';
import { zip } from './zip.ts';

const directoryTags = directoryKeywords.map((keyword) => hexOf(tagOf(keyword)!));

export async function fileSetAnswer(
  served: readonly Served[],
  { handlers, request, path }: Exchange,
): Promise<Pick<Answer, 'headers' | 'body'>> {
  const metadata = await handlers.metadata(request, scopeOf(path));
  const described = describedBy(JSON.parse(Buffer.from(await metadata.body()).toString('utf8')) as DicomJson[]);
  const seriesNumbers = new Map<string, number>();
  const files = served.map(({ instance, transferSyntaxUid }, at) => {
    const { sopClassUid, sopInstanceUid, seriesInstanceUid } = instance;
    const series = seriesNumbers.get(seriesInstanceUid) ?? seriesNumbers.size + 1;
    seriesNumbers.set(seriesInstanceUid, series);
    return {
      fileId: ['DICOM', `SE${digits(series)}`, `IM${digits(at + 1)}`],
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      dataset: described.get(keyOf(seriesInstanceUid, sopInstanceUid)) ?? new DataSet(),
      part: part10(instance, transferSyntaxUid),
    };
  });
  const directory = dicomdir(files, newUid(randomBytes(16)));
  const entries = files.map(({ fileId, part }) => ({ name: fileId.join('/'), ...part }));
  const directoryEntry = { name: 'DICOMDIR', sizeBytes: directory.length, open: () => ({ chunks: [directory] }) };
  return {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${path.instance ?? path.series ?? path.study}.zip"`,
    },
    body: zip([directoryEntry, ...entries]),
  };
}

/** PS3.10 8.5: component names have eight characters. */
const digits = (number: number): string => String(number).padStart(6, '0');

const keyOf = (seriesInstanceUid: string, sopInstanceUid: string): string => `${seriesInstanceUid} ${sopInstanceUid}`;

/** What the directory says of each instance. */
function describedBy(metadata: readonly DicomJson[]): Map<string, DataSet> {
  return new Map(
    metadata.map((json) => {
      const kept = Object.fromEntries(directoryTags.flatMap((tag) => (tag in json ? [[tag, json[tag]!]] : [])));
      const dataset = fromJson(kept);
      const sopInstanceUid = String(json['00080018']?.Value?.[0] ?? '');
      return [keyOf(dataset.text('SeriesInstanceUID') ?? '', sopInstanceUid), dataset];
    }),
  );
}
