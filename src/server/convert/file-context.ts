// The context of a file that is no DICOM (translate/made-instance.ts): UIDs are made of what they name and of the bytes, so that
// the same file of the same patient is the same instance whenever, and by whatever door, it comes again.

import { createHash } from 'node:crypto';
import { newUid } from '../../dicom/uid.ts';
import type { ByteSource } from '../../translate/byte-source.ts';
import type { FileContext } from '../../translate/made-instance.ts';
import { limits as readLimits } from './file-source.ts';
import type { Belonging } from './whose-file.ts';

/** What files of one study have in common where nobody names the study: a folder, a day. */
export interface Beside {
  together: string;
  /** Which it is among them. */
  number: number;
  /** The resource that it is attached to, as Type/id: the same file attached to another is another instance. */
  attachedTo?: string | undefined;
}

/** A file, and when it was made. */
export type DatedSource = ByteSource & { modified: Date };

/** Reads the file once, for what it is. */
export async function fileContext(
  file: DatedSource,
  { patient, study }: Belonging,
  { together, number, attachedTo }: Beside,
): Promise<FileContext> {
  const { id, issuerOfId = '' } = patient;
  const studyInstanceUid = study.studyInstanceUid ?? uidOf('study', issuerOfId, id, study.accessionNumber ?? together);
  const digest = await digestOf(file);
  const own = attachedTo === undefined ? [] : [attachedTo];
  const [date, time] = localTime(file.modified);
  return {
    patient,
    study: { ...study, studyInstanceUid },
    instance: { number, date, time },
    equipment: { manufacturer: 'Fascia' },
    uidOfStudy: (kind = '', ...name) => uidOf(kind, studyInstanceUid, ...name),
    uidOfFile: (kind = '', ...name) => uidOf(kind, studyInstanceUid, digest, ...own, ...name),
  };
}

/** PS3.5 B.2, made of what it names. */
const uidOf = (...parts: string[]): string =>
  newUid(createHash('sha256').update(parts.join('\0')).digest().subarray(0, 16));

async function digestOf(file: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < file.sizeBytes; at += readLimits.readBytes) {
    hash.update(await file.read(at, at + readLimits.readBytes));
  }
  return hash.digest('hex');
}

export function localTime(moment: Date): [date: string, time: string] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}`;
  return [date, `${two(moment.getHours())}${two(moment.getMinutes())}${two(moment.getSeconds())}`];
}
