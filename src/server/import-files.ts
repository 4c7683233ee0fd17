// Photographs, videos and documents in an imported folder as instances: what STOW-RS makes of them, with the patient and the
// study that the operator names, because the files do not say whose they are. The same file becomes the same instance again.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { parseMediaType } from '../base/http/media-type.ts';
import { Problem } from '../base/problem.ts';
import { jsonText } from '../dicom/json.ts';
import { newUid } from '../dicom/uid.ts';
import { assemble, type BulkContent } from '../dicomweb/stow/stow-assembly.ts';
import type { Translated } from '../ingest/import-folder.ts';
import type { ByteSource } from '../translate/byte-source.ts';
import type { InstanceContext } from '../translate/context.ts';
import { instanceOfFile, isOtherFormat } from '../translate/instance-of-file.ts';

/** What the operator says of all of them. */
export interface Belonging {
  patient: InstanceContext['patient'] & { id: string };
  study: Partial<InstanceContext['study']>;
}

export const limits = {
  headBytes: 64 * 1024,
  readBytes: 256 * 1024,
} as const;

/** Gives for a file, the `number`th of its folder, what it becomes; undefined for what is DICOM, or nothing that we know. */
export function translatorFor(folder: string, belonging: Belonging | undefined) {
  return async (file: string, number: number): Promise<Translated | undefined> => {
    const handle = await open(file);
    try {
      const { size, mtime } = await handle.stat();
      const source = sourceIn(handle, size);
      if (!isOtherFormat(await source.read(0, limits.headBytes), file)) return undefined;
      if (belonging === undefined)
        throw new Problem('dicom/missing-attribute', { attribute: 'PatientID (--patient-id)' });
      const context = contextOf(belonging, {
        folder: path.resolve(folder),
        digest: await digestOf(file),
        mtime,
        number,
      });
      return await translated(file, source, context);
    } finally {
      await handle.close();
    }
  };
}

async function translated(file: string, source: ByteSource, context: InstanceContext): Promise<Translated> {
  const fileName = path.basename(file);
  const { dataset, bulk, findings } = await instanceOfFile(source, context, { fileName, title: fileName });
  // Photographs, videos and documents are series of their own.
  dataset.set('SeriesInstanceUID', uidOf('series', context.study.studyInstanceUid, dataset.text('SOPClassUID')!));
  const json = { ...JSON.parse(jsonText(dataset)), [bulk.tag]: { vr: 'OB', BulkDataURI: bulk.tag } };
  const { chunks } = await assemble(json, new Map([[bulk.tag, [contentOf(file, source, bulk.mediaType)]]]));
  return { chunks, findings };
}

function contextOf(
  { patient, study }: Belonging,
  file: { folder: string; digest: string; mtime: Date; number: number },
): InstanceContext {
  const { id, issuerOfId = '' } = patient;
  const studyInstanceUid =
    study.studyInstanceUid ?? uidOf('study', issuerOfId, id, study.accessionNumber ?? file.folder);
  const [date, time] = localTime(file.mtime);
  return {
    patient,
    study: { ...study, studyInstanceUid },
    series: {
      seriesInstanceUid: uidOf('series', studyInstanceUid),
      frameOfReferenceUid: uidOf('space', studyInstanceUid),
    },
    instance: { sopInstanceUid: uidOf('instance', studyInstanceUid, file.digest), number: file.number, date, time },
    equipment: { manufacturer: 'Fascia' },
  };
}

/** PS3.5 B.2, made of what it names. */
const uidOf = (...parts: string[]): string =>
  newUid(createHash('sha256').update(parts.join('\0')).digest().subarray(0, 16));

function localTime(moment: Date): [date: string, time: string] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}`;
  return [date, `${two(moment.getHours())}${two(moment.getMinutes())}${two(moment.getSeconds())}`];
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: limits.readBytes })) hash.update(chunk);
  return hash.digest('hex');
}

function sourceIn(handle: FileHandle, sizeBytes: number): ByteSource {
  return {
    sizeBytes,
    async read(start, end) {
      const buffer = new Uint8Array(Math.max(0, Math.min(end, sizeBytes) - start));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** Its chunks are read when they are wanted, which is after the handle was closed. */
function contentOf(file: string, source: ByteSource, mediaType: string): BulkContent {
  return {
    ...source,
    mediaType: parseMediaType(mediaType)!,
    chunks: (start = 0, end = source.sizeBytes) =>
      createReadStream(file, { start, end: end - 1, highWaterMark: limits.readBytes }),
  };
}
