// Files that were dropped, before they are brought in: which they are, and of whom they say they are.

import { isObject } from './dropped-files.ts';
import type { FilePatient } from './file-patient.ts';

export interface Incoming {
  files: readonly File[];
  /** Each once, with how many files are of them. */
  patients: readonly (FilePatient & { files: number })[];
}

/** `tell` hears how many files were looked into. */
export async function lookInto(
  files: AsyncIterable<File> | Iterable<File>,
  tell: (looked: number) => void,
): Promise<Incoming> {
  const { patientOfFile } = await import('./file-patient.ts');
  const all: File[] = [];
  const patients = new Map<string, FilePatient & { files: number }>();
  for await (const file of files) {
    all.push(file);
    const patient = isObject(file) ? await patientOfFile(file).catch(() => undefined) : undefined;
    if (patient !== undefined) {
      const key = JSON.stringify(patient);
      patients.set(key, { ...patient, files: (patients.get(key)?.files ?? 0) + 1 });
    }
    tell(all.length);
  }
  return { files: all, patients: [...patients.values()] };
}

export const describePatient = ({ name, id, issuer }: FilePatient): string =>
  [name || 'Name unknown', id || 'no ID', issuer].filter(Boolean).join(' · ');
