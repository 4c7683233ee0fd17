// The watched folder: what is put there comes in and is moved to `done`, or to `failed` with its reason beside it. A file is taken
// once it has not changed from one look to the next, because nobody says when a copy is whole; it is moved aside first, so that
// of several nodes one takes it.

import { constants } from 'node:fs';
import { access, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { localPrincipal } from '../../auth/principal.ts';
import { asProblem } from '../../base/problem.ts';
import type { Core } from '../core.ts';
import type { FileIntake } from './file-intake.ts';
import { FileSource } from './file-source.ts';
import { claimOf, isSidecar, sidecarOf } from './inbox-claim.ts';

export const limits = {
  /** From one look to the next. */
  everyMs: 2_000,
  /** Files that are taken in one look. */
  filesAtOnce: 1_000,
} as const;

const [DONE, FAILED, TAKEN] = ['done', 'failed', '.taken'];
/** What is still being written, by the names that programs give it; and what hides. */
const unfinished = /^[.~]|\.(part|partial|tmp|temp|filepart|crdownload|swp)$|~$/i;

export interface Inbox {
  /** Resolves when all that is there and whole was taken in, or failed. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** `node`: among those that watch this folder. Rejects where the folder cannot be made or written. */
export async function watchInbox(core: Core, intake: FileIntake, folder: string, node: string): Promise<Inbox> {
  const inbox = new WatchedFolder(core, intake, folder, node);
  await inbox.open();
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;
  const look = () => (running = running.then(() => (isClosed ? undefined : inbox.look())));
  const timer = setInterval(() => void look(), limits.everyMs).unref();
  return {
    look,
    async close() {
      isClosed = true;
      inbox.stop();
      clearInterval(timer);
      await running;
    },
  };
}

class WatchedFolder {
  readonly #core: Core;
  readonly #intake: FileIntake;
  readonly #folder: string;
  readonly #taken: string;
  /** Size and time of change of what was there at the last look, by path. */
  #seen = new Map<string, string>();
  #isStopped = false;

  constructor(core: Core, intake: FileIntake, folder: string, node: string) {
    this.#core = core;
    this.#intake = intake;
    this.#folder = folder;
    this.#taken = path.join(folder, TAKEN!, node.replace(/[^\w.-]/g, '_'));
  }

  /** What a crash left half taken is put back: it comes in again, and is found to be there. */
  async open(): Promise<void> {
    for (const name of [DONE!, FAILED!]) await mkdir(path.join(this.#folder, name), { recursive: true, mode: 0o700 });
    await mkdir(this.#taken, { recursive: true, mode: 0o700 });
    await access(this.#folder, constants.W_OK);
    for (const file of await filesBelow(this.#taken))
      await this.#move(path.join(this.#taken, file), this.#folder, file);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async look(): Promise<void> {
    try {
      const whole = await this.#whole();
      for (const [at, file] of whole.slice(0, limits.filesAtOnce).entries()) {
        if (this.#isStopped) return;
        await this.#take(file, at + 1);
      }
    } catch (error) {
      this.#core.log.error({ error }, 'the watched folder cannot be read');
    }
  }

  /** Those that are as they were; files that say whose others are stay until those are gone. */
  async #whole(): Promise<string[]> {
    const before = this.#seen;
    this.#seen = new Map();
    const whole: string[] = [];
    for (const file of await filesBelow(this.#folder, [DONE!, FAILED!, TAKEN!])) {
      const found = await stat(path.join(this.#folder, file)).catch(() => undefined);
      if (found === undefined) continue;
      const mark = `${found.size} ${found.mtimeMs}`;
      this.#seen.set(file, mark);
      if (before.get(file) === mark && !isSidecar(path.basename(file))) whole.push(file);
    }
    return whole;
  }

  async #take(file: string, number: number): Promise<void> {
    const { log } = this.#core;
    const claimed = path.join(this.#taken, file);
    try {
      await mkdir(path.dirname(claimed), { recursive: true, mode: 0o700 });
      await rename(path.join(this.#folder, file), claimed);
    } catch {
      // Another node has it, or it is gone.
      return;
    }
    try {
      const { claim, ...wish } = await claimOf(this.#core, localPrincipal.tenant, this.#folder, file);
      {
        await using source = await FileSource.open(claimed);
        const together = path.dirname(path.join(this.#folder, file));
        const asked = { fileName: path.basename(file), ...wish, claim, together, number };
        await this.#intake.take(source, asked, localPrincipal, { door: 'inbox', source: 'inbox' });
      }
      await this.#settle(file, claimed, DONE!);
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.answers.retry) {
        await this.#move(claimed, this.#folder, file);
        log.warn({ code: problem.code }, 'a file of the watched folder waits');
        return;
      }
      log.warn({ code: problem.code }, 'a file of the watched folder was refused');
      const placed = await this.#settle(file, claimed, FAILED!);
      await writeFile(`${placed}.reason.txt`, `${problem.message}\n`, { mode: 0o600 });
    }
  }

  /** With the file that says whose it is, where it has one of its own. */
  async #settle(file: string, claimed: string, outcome: string): Promise<string> {
    const target = path.join(this.#folder, outcome);
    const placed = await this.#move(claimed, target, file);
    const sidecar = await sidecarOf(this.#folder, file);
    if (sidecar !== undefined) await this.#move(path.join(this.#folder, sidecar), target, sidecar);
    return placed;
  }

  /** Under another name where there is one of this name. */
  async #move(from: string, folder: string, file: string): Promise<string> {
    const { dir, name, ext } = path.parse(path.join(folder, file));
    await mkdir(dir, { recursive: true, mode: 0o700 });
    let target = path.join(dir, `${name}${ext}`);
    for (let other = 2; await exists(target); other++) target = path.join(dir, `${name} (${other})${ext}`);
    await rename(from, target).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error;
      await copyFile(from, target);
      await rm(from);
    });
    return target;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Relative paths, in order. Links are not followed. */
async function filesBelow(folder: string, except: readonly string[] = [], below = ''): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if ((below === '' && except.includes(entry.name)) || unfinished.test(entry.name)) continue;
    const file = path.join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, [], file)));
    else if (entry.isFile()) found.push(file);
  }
  return found;
}
