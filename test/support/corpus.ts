// The shared corpus of real files with what is known to be true of them. It is never copied into the repository: tests that
// read it say so where it is absent.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const corpusFolder = resolve(process.env.FASCIA_SHARED ?? '../shared', 'data/corpus');

/** For `test(name, { skip: withoutCorpus }, …)`. */
export const withoutCorpus: string | false = existsSync(join(corpusFolder, 'MANIFEST.csv'))
  ? false
  : 'skipped: no corpus below FASCIA_SHARED';

export interface CorpusFile {
  /** Path below the corpus folder. */
  file: string;
  /** What is to become of it, in the words of MANIFEST.csv; empty for what is no DICOM object. */
  ingestExpectation: string;
  /** `parses fully`, `parses with a warning`: of what is text. */
  expectedHandling: string;
  /** What is true of it; absent for what is no DICOM object. Null where the attribute is absent or empty. */
  expected?: ExpectedFields;
}

export interface ExpectedFields {
  PatientName: string | null;
  PatientID: string | null;
  StudyInstanceUID: string | null;
  SeriesInstanceUID: string | null;
  SOPInstanceUID: string | null;
  SOPClassUID: string | null;
  Modality: string | null;
  Rows: number | null;
  Columns: number | null;
  NumberOfFrames: number | null;
  /** Fields, by name, that nobody can decode. */
  undecodable?: Record<string, unknown>;
}

export const readCorpus = ({ file }: CorpusFile): Uint8Array => new Uint8Array(readFileSync(join(corpusFolder, file)));

export function corpus(): CorpusFile[] {
  const expected = new Map<string, ExpectedFields>();
  for (const line of readFileSync(join(corpusFolder, 'expected.jsonl'), 'utf8').split('\n')) {
    if (line.length === 0) continue;
    const row = JSON.parse(line) as ExpectedFields & { file: string };
    expected.set(row.file, row);
  }
  const [head, ...rows] = csvRows(readFileSync(join(corpusFolder, 'MANIFEST.csv'), 'utf8'));
  const [file, expectation, handling] = ['file', 'ingest_expectation', 'expected_handling'].map((name) =>
    head!.indexOf(name),
  );
  return rows.map((row) => ({
    file: row[file!]!,
    ingestExpectation: row[expectation!]!,
    expectedHandling: row[handling!]!,
    expected: expected.get(row[file!]!),
  }));
}

/** RFC 4180. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
