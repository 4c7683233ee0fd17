// Instances to take away: a ZIP archive that is a DICOM file-set (PS3.10 8, PS3.12), with the DICOMDIR first.

import { createHash } from 'node:crypto';
import type { DataSet } from '../../dicom/dataset.ts';
import { type DirectoryFile, dicomdir } from '../../dicom/dicomdir.ts';
import { tagOf } from '../../dicom/dictionary.ts';
import { directoryKeywords } from '../../dicom/directory-records.ts';
import { type DicomJson, fromJson } from '../../dicom/json.ts';
import { hexOf } from '../../dicom/tag.ts';
import { newUid } from '../../dicom/uid.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { part10 } from './part10.ts';
import { Shared } from './shared.ts';
import type { ServedInstances } from './wado-rs.ts';
import { zip } from './zip.ts';

const directoryTags = directoryKeywords.map((keyword) => hexOf(tagOf(keyword)!));

/** Chunks of a directory that is shared: copies, for what was sent is given back. */
const DIRECTORY_CHUNK_BYTES = 64 * 1024;

/** Those of the archives that are being sent. */
const directories = new Shared<Uint8Array>();

export async function fileSetAnswer(
  served: ServedInstances,
  { path }: Pick<Exchange, 'path'>,
): Promise<Pick<Answer, 'headers' | 'body'>> {
  const wanted = [...served].map(({ transferSyntaxUid }) => transferSyntaxUid);
  const key = createHash('sha256')
    .update([served.version, ...wanted].join())
    .digest();
  const directory = await directories.get(key.toString('hex'), () => directoryOf(served, newUid(key.subarray(0, 16))));
  const entries = function* () {
    yield { name: 'DICOMDIR', sizeBytes: directory.length, open: () => ({ chunks: copies(directory) }) };
    let number = 0;
    for (const each of served) {
      number += 1;
      const name = fileId(each.instance.series, number).join('/');
      yield { name, ...part10(each.instance, each.transferSyntaxUid, each) };
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

/** A folder for each series. `number` of the file, from 1. */
const fileId = (series: number, number: number): string[] => [
  'DICOM',
  `SE${digits(series + 1)}`,
  `IM${digits(number)}`,
];

/** PS3.10 8.5: component names have eight characters. */
const digits = (number: number): string => String(number).padStart(6, '0');

/** By itself, so that nothing of the metadata is held while the archive is sent. */
async function directoryOf(served: ServedInstances, fileSetUid: string): Promise<Uint8Array> {
  const files: DirectoryFile[] = [];
  for await (const { instance, transferSyntaxUid, metadata } of served.described()) {
    const { sopClassUid, sopInstanceUid } = await instance.details();
    const dataset = directoryAttributes(JSON.parse(metadata) as DicomJson);
    files.push({
      fileId: fileId(instance.series, files.length + 1),
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      dataset,
    });
  }
  return dicomdir(files, fileSetUid);
}

function directoryAttributes(json: DicomJson): DataSet {
  const kept = Object.fromEntries(directoryTags.flatMap((tag) => (tag in json ? [[tag, json[tag]!]] : [])));
  return fromJson(kept);
}

function* copies(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += DIRECTORY_CHUNK_BYTES) yield bytes.slice(at, at + DIRECTORY_CHUNK_BYTES);
}
