// `fascia deidentify IN OUT`: files or a folder of them by a profile, without a node; with --compare, what is done to each
// attribute of one file and why.

import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { asProblem } from '../base/problem.ts';
import { presets } from '../deidentify/profile.ts';
import { Deidentifier, profilesIn } from '../server/deidentify/deidentifier.ts';
import { type DeidentifiedFile, deidentifyFile, writeTo } from '../server/deidentify/deidentify-file.ts';
import { MASTER_KEY_BYTES } from '../server/deidentify/domain-key.ts';
import { readMasterKey } from '../server/deidentify/master-key.ts';
import { type Command, type OptionValues, UsageError } from './command.ts';
import { compareLines } from './deidentify-compare.ts';
import { bar, progressLine } from './progress.ts';

export const deidentify: Command = {
  arguments: 'IN [OUT]',
  summary: 'DICOM files without what identifies their patients, by a profile (PS3.15 Annex E)',
  details:
    'IN is a file or a folder. A folder of results has STUDY/SERIES/INSTANCE.dcm under the new UIDs: names of files tell\n' +
    'names of people. Without --key the pseudonyms are made with a key that nobody keeps, and cannot be made again.\n' +
    'Exit code 1 when a file was not de-identified: it is not written. --compare writes nothing but the comparison.',
  options: {
    profile: { type: 'string', value: 'NAME', description: `${[...presets.keys()].join(', ')}, or one of --profiles` },
    profiles: { type: 'string', value: 'FILE', description: 'YAML with profiles of the site' },
    domain: { type: 'string', value: 'NAME', description: 'within which pseudonyms line up; the profile where absent' },
    tenant: { type: 'string', value: 'ID', description: 'whose domain it is; 1 where absent, as on a node' },
    key: { type: 'string', value: 'FILE', description: 'key of pseudonyms: 32 bytes as hexadecimal or base64 text' },
    report: { type: 'string', value: 'FILE', description: 'one line of JSON a file: where it went, what was found' },
    compare: { type: 'boolean', description: 'the original beside the result, attribute by attribute, with reasons' },
  },
  arity: [1, 2],
  async run([from, to], options) {
    const run = await Run.of(from!, options);
    if (options.compare === true) return compare(run, from!);
    if (to === undefined) throw new UsageError('usage: fascia deidentify IN OUT --profile NAME');
    return run.folder(from!, to);
  },
};

interface Wish {
  tenant: string;
  step: { profile: string; domain?: string };
}

class Run {
  readonly deidentifier: Deidentifier;
  readonly wish: Wish;
  readonly #report: string | undefined;
  readonly #taken = new Set<string>();

  private constructor(deidentifier: Deidentifier, wish: Wish, report: string | undefined) {
    this.deidentifier = deidentifier;
    this.wish = wish;
    this.#report = report;
  }

  /** Rejects with UsageError or ConfigError. */
  static async of(from: string, options: OptionValues): Promise<Run> {
    const { profile, profiles, domain, key, report, tenant = '1' } = options as Record<string, string | undefined>;
    if ((await stat(from).catch(() => undefined)) === undefined) throw new UsageError(`there is no ${from}`);
    const known = profiles === undefined ? presets : profilesIn(profiles);
    if (profile === undefined || !known.has(profile))
      throw new UsageError(`--profile is none of ${[...known.keys()].join(', ')}`);
    const master = key === undefined ? randomBytes(MASTER_KEY_BYTES) : readMasterKey(key);
    const wish = { tenant, step: { profile, ...(domain !== undefined && { domain }) } };
    if (report !== undefined) await writeFile(report, '');
    return new Run(new Deidentifier(known, () => master), wish, report);
  }

  async folder(from: string, to: string): Promise<number> {
    const isFolder = (await stat(from)).isDirectory();
    const files = isFolder ? await filesBelow(from) : [from];
    const isInto = isFolder || to.endsWith('/') || ((await stat(to).catch(() => undefined))?.isDirectory() ?? false);
    const line = progressLine();
    let refused = 0;
    for (const [at, file] of files.entries()) {
      const reason = await this.#file(file, isInto ? (made) => this.#place(to, made) : () => to);
      if (reason !== undefined) {
        refused++;
        process.stderr.write(`${file}: ${reason}\n`);
      }
      line.show(`${bar(at + 1, files.length)} ${at + 1} files`);
    }
    line.end();
    process.stdout.write(`${files.length - refused} of ${files.length} files de-identified\n`);
    return refused === 0 ? 0 : 1;
  }

  /** Resolves to why it was not written. */
  async #file(file: string, placeOf: (made: DeidentifiedFile) => string): Promise<string | undefined> {
    let made: DeidentifiedFile;
    try {
      made = await deidentifyFile(file, this.deidentifier, this.wish);
    } catch (error) {
      const reason = asProblem(error).message;
      await this.#tell({ file, refused: reason });
      return reason;
    }
    try {
      const { findings, isStopped, blackened } = made;
      const found = findings.map(({ code, path, stops }) => ({ code, path, stops }));
      if (isStopped) {
        const { code, path } = findings.find(({ stops }) => stops)!;
        await this.#tell({ file, refused: code, findings: found });
        return `${code} ${path}`.trim();
      }
      const out = placeOf(made);
      await mkdir(dirname(out), { recursive: true });
      await writeTo(out, made);
      await this.#tell({ file, out, findings: found, ...(blackened.length > 0 && { blackened }) });
      return undefined;
    } finally {
      await made.close();
    }
  }

  #place(folder: string, { dataset }: DeidentifiedFile): string {
    const uid = (keyword: string, otherwise: string): string => {
      const text = dataset.text(keyword) ?? '';
      return /^[0-9.]{1,64}$/.test(text) ? text : otherwise;
    };
    const path = join(folder, uid('StudyInstanceUID', 'no-study'), uid('SeriesInstanceUID', 'no-series'));
    const name = join(path, uid('SOPInstanceUID', 'no-instance'));
    let free = name;
    for (let i = 2; this.#taken.has(free); i++) free = `${name}_${i}`;
    this.#taken.add(free);
    return `${free}.dcm`;
  }

  async #tell(row: object): Promise<void> {
    if (this.#report !== undefined) await appendFile(this.#report, `${JSON.stringify(row)}\n`);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function compare({ deidentifier, wish }: Run, file: string): Promise<number> {
  for await (const line of compareLines(file, deidentifier, wish)) process.stdout.write(`${line}\n`);
  return 0;
}
