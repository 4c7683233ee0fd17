// Instances to take away: a ZIP archive that is a DICOM file-set (PS3.10 8, PS3.12), with the DICOMDIR first.

import { randomBytes } from 'node:crypto';
import { DataSet } from '../../dicom/dataset.ts';
import { dicomdir } from '../../dicom/dicomdir.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { directoryKeywords } from '../../dicom/directory-records.ts';
import { type DicomJson, fromJson } from '../../dicom/json.ts';
import { hexOf } from '../../dicom/tag.ts';
import { newUid } from '../../dicom/uid.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { scopeOf } from '../resource.ts';
import { part10 } from './part10.ts';
import type { Served } from './wado-rs.ts';
import { zip } from './zip.ts';

const directoryTags = directoryKeywords.map((keyword) => hexOf(tagOf(keyword)!));

export async function fileSetAnswer(
  served: readonly Served[],
  exchange: Exchange,
): Promise<Pick<Answer, 'headers' | 'body'>> {
  const { path } = exchange;
  const files = fileIds(served);
  const directory = await directoryOf(files, exchange);
  const entries = function* () {
    yield { name: 'DICOMDIR', sizeBytes: directory.length, open: () => ({ chunks: [directory] }) };
    for (const { fileId, served: each } of files) {
      yield { name: fileId.join('/'), ...part10(each.instance, each.transferSyntaxUid, each) };
    }
  };
  return {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${path.instance ?? path.series ?? path.study}.zip"`,
    },
    body: zip(entries),
  };
}

interface FileOfSet {
  fileId: readonly string[];
  served: Served;
}

/** A folder for each series. */
function fileIds(served: readonly Served[]): FileOfSet[] {
  const numbers = new Map<string, number>();
  return served.map((each, at) => {
    const series = numbers.get(each.instance.seriesInstanceUid) ?? numbers.size + 1;
    numbers.set(each.instance.seriesInstanceUid, series);
    return { fileId: ['DICOM', `SE${digits(series)}`, `IM${digits(at + 1)}`], served: each };
  });
}

/** By itself, so that nothing of the metadata is held while the archive is sent. */
async function directoryOf(files: readonly FileOfSet[], { handlers, request, path }: Exchange): Promise<Uint8Array> {
  const metadata = await handlers.metadata(request, scopeOf(path));
  const described = describedBy(JSON.parse(Buffer.from(await metadata.body()).toString('utf8')) as DicomJson[]);
  const records = files.map(({ fileId, served: { instance, transferSyntaxUid } }) => {
    const { sopClassUid, sopInstanceUid, seriesInstanceUid } = instance;
    const dataset = described.get(keyOf(seriesInstanceUid, sopInstanceUid)) ?? new DataSet();
    return { fileId, sopClassUid, sopInstanceUid, transferSyntaxUid, dataset };
  });
  return dicomdir(records, newUid(randomBytes(16)));
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
