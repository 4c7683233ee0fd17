// Files that were dropped, before they are brought in: which they are, and of whom they say they are.

import { isDirectory, isObject } from './dropped-files.ts';
import type { FilePatient } from './file-patient.ts';

export interface Incoming {
  files: readonly File[];
  /** Those of them that are pictures, videos, slides or documents. */
  others: ReadonlySet<File>;
  /** Each once, with how many files are of them. */
  patients: readonly (FilePatient & { files: number })[];
}

/** `tell` hears how many files were looked into. */
export async function lookInto(
  files: AsyncIterable<File> | Iterable<File>,
  tell: (looked: number) => void,
): Promise<Incoming> {
  const { isOtherFormat, patientOfFile } = await import('./file-patient.ts');
  const all: File[] = [];
  const others = new Set<File>();
  const patients = new Map<string, FilePatient & { files: number }>();
  for await (const file of files) {
    all.push(file);
    if (await isOtherFormat(file).catch(() => false)) others.add(file);
    const isDicom = isObject(file) && !others.has(file);
    const patient = isDicom ? await patientOfFile(file).catch(() => undefined) : undefined;
    if (patient !== undefined) {
      const key = JSON.stringify(patient);
      patients.set(key, { ...patient, files: (patients.get(key)?.files ?? 0) + 1 });
    }
    tell(all.length);
  }
  // What lies beside the directory of a medium, leaflets and pictures of its viewer, is nobody's; beside objects, leaflets.
  const isBeside = all.some(isDirectory) ? () => true : (file: File) => patients.size > 0 && !isObject(file);
  for (const file of [...others].filter(isBeside)) others.delete(file);
  return { files: all, others, patients: [...patients.values()] };
}

export const describePatient = ({ name, id, issuer }: FilePatient): string =>
  [name || 'Name unknown', id || 'no ID', issuer].filter(Boolean).join(' · ');
