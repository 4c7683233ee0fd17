// Photographs, videos, slides and documents in an imported folder as instances, with the patient and the study that the operator
// names, because the files do not say whose they are. The same file becomes the same instances again.

import path from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Translated } from '../ingest/import-folder.ts';
import { instancesOfFile, isForeign, type TranslateOptions } from '../translate/instances-of-file.ts';
import { part10Of } from '../translate/made-instance.ts';
import { fileContext } from './convert/file-context.ts';
import { FileSource } from './convert/file-source.ts';
import type { Belonging } from './convert/whose-file.ts';

export type { Belonging };

export const limits = {
  headBytes: 64 * 1024,
} as const;

/** Gives for a file, the `number`th of its folder, what it becomes; undefined for what is DICOM, or nothing that we know. */
export function translatorFor(folder: string, belonging: Belonging | undefined, options: TranslateOptions = {}) {
  return async (file: string, number: number): Promise<AsyncIterable<Translated> | undefined> => {
    const source = await FileSource.open(file);
    try {
      if (isForeign(await source.read(0, limits.headBytes), file)) {
        if (belonging !== undefined) {
          return translated(source, belonging, { together: path.resolve(folder), number }, options);
        }
        throw new Problem('dicom/missing-attribute', { attribute: 'PatientID (--patient-id)' });
      }
    } catch (error) {
      await source[Symbol.asyncDispose]();
      throw error;
    }
    await source[Symbol.asyncDispose]();
    return undefined;
  };
}

/** The file is closed once all of it was taken. */
async function* translated(
  file: FileSource,
  belonging: Belonging,
  beside: { together: string; number: number },
  options: TranslateOptions,
): AsyncGenerator<Translated> {
  await using source = file;
  const fileName = path.basename(source.path);
  const context = await fileContext(source, belonging, beside);
  for await (const made of instancesOfFile(source, context, { fileName, title: fileName, ...options })) {
    yield { chunks: part10Of(made), findings: made.findings };
  }
}
