// Brings in a folder of DICOM files: several at a time, through the same spine as every door. What was done is written to a
// journal, so that an import which was stopped goes on where it was; what was refused is summed up with its reasons.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { asProblem, Problem } from '../base/problem.ts';
import type { Finding } from '../dicom/finding.ts';
import type { KeptAs, Receive } from './arrival.ts';

export const limits = {
  /** Files that are read at the same time. */
  parallel: 4,
  readBytes: 256 * 1024,
  /** Paths remembered for each reason of refusal. */
  examples: 10,
  /** Lines that wait to be written to the journal. */
  journalLines: 200,
} as const;

export interface ImportOptions {
  folder: string;
  receive: Receive;
  /** Of a file of another format: the Part 10 files that it becomes. Undefined for all others; rejects with a Problem. */
  translate?(file: string, number: number): Promise<AsyncIterable<Translated> | undefined>;
  tenant: number;
  principal: string;
  /** Folder of the journals; one journal for each imported folder. Absent: everything is sent again. */
  journals?: string;
  signal?: AbortSignal;
  progress?(summary: ImportSummary): void;
}

export interface Translated {
  chunks: AsyncIterable<Uint8Array>;
  findings: readonly Finding[];
}

export interface ImportSummary {
  /** Files seen so far, and bytes of those that were read. */
  files: number;
  bytes: number;
  kept: Record<KeptAs, number>;
  /** Done by an earlier run. */
  done: number;
  /** Pictures, videos, slides and documents that became instances, and instances in which their camera's words are kept. */
  translated: number;
  withExif: number;
  /** Instances whose pixels are not those of the file, because DICOM has no transfer syntax for them. */
  encodedAnew: number;
  /** DICOMDIR files: an index of others, not an instance. */
  indexes: number;
  /** By reason: how many, and some of them. */
  refused: Map<string, { count: number; examples: string[] }>;
}

/** Rejects when the catalogue or the disk fails: the import can be taken up again. A file that is refused does not stop it. */
export async function importFolder(options: ImportOptions): Promise<ImportSummary> {
  const summary: ImportSummary = {
    files: 0,
    bytes: 0,
    kept: { first: 0, same: 0, transcoded: 0, demographics: 0, conflict: 0 },
    done: 0,
    translated: 0,
    withExif: 0,
    encodedAnew: 0,
    indexes: 0,
    refused: new Map(),
  };
  const journal = await Journal.open(options);
  const paths = filesBelow(path.resolve(options.folder));
  const worker = async () => {
    for await (const file of paths) {
      options.signal?.throwIfAborted();
      await importFile(file, options, journal, summary);
      options.progress?.(summary);
    }
  };
  try {
    await Promise.all(Array.from({ length: limits.parallel }, worker));
  } finally {
    await journal.save();
  }
  return summary;
}

async function importFile(
  file: string,
  options: ImportOptions,
  journal: Journal,
  summary: ImportSummary,
): Promise<void> {
  summary.files += 1;
  const number = summary.files;
  if (path.basename(file).toUpperCase() === 'DICOMDIR') {
    summary.indexes += 1;
    return;
  }
  const { size, mtimeMs } = await stat(file);
  const mark = JSON.stringify([size, Math.floor(mtimeMs), path.relative(options.folder, file)]);
  if (journal.has(mark)) {
    summary.done += 1;
    return;
  }
  const name = path.relative(options.folder, file);
  let translated: AsyncIterable<Translated> | undefined;
  let failed: Problem | undefined;
  try {
    translated = await options.translate?.(file, number);
    for await (const instance of translated ?? asItIs(file)) {
      failed = await keep(instance, options, summary);
      if (failed !== undefined) break;
    }
  } catch (thrown) {
    // A scratched disc is no reason to leave the rest of it; and the file is tried again the next time.
    refuse(summary, thrown instanceof Problem ? thrown.message : unreadable(thrown), name);
    return;
  }
  // Ours, not the file's: the next ones would fail as well.
  if (failed?.answers.retry) throw failed;
  if (failed !== undefined) refuse(summary, failed.message, name);
  else if (translated !== undefined) summary.translated += 1;
  await journal.add(mark);
}

async function* asItIs(file: string): AsyncGenerator<Translated> {
  yield { chunks: createReadStream(file, { highWaterMark: limits.readBytes }), findings: [] };
}

/** Resolves to why it was not kept; rejects where it cannot be read. */
async function keep(
  { chunks, findings }: Translated,
  options: ImportOptions,
  summary: ImportSummary,
): Promise<Problem | undefined> {
  const { tenant, principal } = options;
  const receiving = options.receive({ door: 'import', tenant, principal, source: 'import', findings });
  try {
    for await (const chunk of chunks) {
      summary.bytes += chunk.length;
      await receiving.write(chunk);
    }
  } catch (thrown) {
    receiving.abort('the file cannot be read');
    throw thrown;
  }
  try {
    const kept = await receiving.finish();
    summary.kept[kept.keptAs] += 1;
    if (kept.findings.some(({ code }) => code === 'exif')) summary.withExif += 1;
    if (kept.findings.some(({ code }) => code === 'encoded-anew')) summary.encodedAnew += 1;
    return undefined;
  } catch (thrown) {
    return asProblem(thrown);
  }
}

const unreadable = (thrown: unknown): string =>
  `the file cannot be read (${(thrown as NodeJS.ErrnoException).code ?? 'unknown'})`;

function refuse({ refused }: ImportSummary, reason: string, file: string): void {
  const entry = refused.get(reason) ?? { count: 0, examples: [] };
  entry.count += 1;
  if (entry.examples.length < limits.examples) entry.examples.push(file);
  refused.set(reason, entry);
}

/** Every file below a folder. Links are not followed: they may lead out of it, or round in it. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const found = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(found);
    else if (entry.isFile()) yield found;
  }
}

/** One line for each file that needs no second look: size, time of change, path, as JSON. */
class Journal {
  readonly #file: string | undefined;
  readonly #done: Set<string>;
  #waiting: string[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string | undefined, done: Set<string>) {
    this.#file = file;
    this.#done = done;
  }

  static async open({ folder, journals, tenant }: ImportOptions): Promise<Journal> {
    if (journals === undefined) return new Journal(undefined, new Set());
    await mkdir(journals, { recursive: true, mode: 0o700 });
    const name = createHash('sha256')
      .update(`${tenant} ${path.resolve(folder)}`)
      .digest('hex')
      .slice(0, 32);
    const file = path.join(journals, `${name}.jsonl`);
    const text = await readFile(file, 'utf8').catch(() => '');
    return new Journal(file, new Set(text.split('\n').filter((line) => line !== '')));
  }

  has(mark: string): boolean {
    return this.#done.has(mark);
  }

  async add(mark: string): Promise<void> {
    this.#waiting.push(mark);
    if (this.#waiting.length >= limits.journalLines) await this.save();
  }

  /** What is not written yet when the process ends is only sent, and found to be there, again. */
  save(): Promise<void> {
    const lines = this.#waiting.map((line) => `${line}\n`).join('');
    this.#waiting = [];
    if (this.#file !== undefined && lines !== '') {
      const file = this.#file;
      this.#writing = this.#writing.then(() => appendFile(file, lines, { mode: 0o600 }));
    }
    return this.#writing;
  }
}
