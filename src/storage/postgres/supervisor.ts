// The embedded PostgreSQL: started, or adopted where it outlived the process that started it; started again when it
// dies; stopped by the last process of ours that uses it. The server has a session of its own, so our death is not its.

import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../base/log.ts';
import { type Account, chooseAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, configure, prepareCluster, SUPERUSER } from './cluster.ts';
import { limits } from './limits.ts';
import { programOf, readPidFile, removeEmptyPidFile, stopPostmaster } from './postmaster.ts';
import { holdReserve, releaseReserve } from './reserve.ts';
import { openServerLog } from './server-log.ts';
import { settings as defaults, type Settings } from './settings.ts';

export interface EmbeddedServer {
  readonly postmasterPid: number;
  /** How to reach `database`, for a client or a pool. */
  connection(database: string): pg.ClientConfig;
  /** Stops the server, unless another process of ours still uses it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The folder that holds everything of the server. */
  folder: string;
  log: Log;
  /** Settings in place of the default ones. */
  settings?: Settings;
}

export async function startEmbeddedServer({ folder, log, settings = {} }: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = await findBinaries(`${folder}/lib`);
  const account = await chooseAccount();
  const cluster = await prepareCluster(folder, binaries, account);
  const supervisor = new Supervisor(binaries, account, cluster, { ...defaults, ...settings }, log);
  await supervisor.bringUp();
  return supervisor;
}

/** Each process that uses the server holds one connection of this name: its end tells of the server's, and the last one out stops it. */
const SENTINEL = 'fascia supervisor';

class Supervisor implements EmbeddedServer {
  readonly #binaries: Binaries;
  readonly #account: Account;
  readonly #cluster: Cluster;
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #sentinel: pg.Client | undefined;
  #recovery: Promise<void> | undefined;
  postmasterPid = 0;

  constructor(binaries: Binaries, account: Account, cluster: Cluster, settings: Settings, log: Log) {
    this.#binaries = binaries;
    this.#account = account;
    this.#cluster = cluster;
    this.#settings = settings;
    this.#log = log;
  }

  connection(database: string): pg.ClientConfig {
    return { host: this.#cluster.socketFolder, port: 5432, user: SUPERUSER, database };
  }

  /** Resolves once the server of this cluster answers: the one that runs, or one started for it. */
  async bringUp(): Promise<void> {
    const startedAt = performance.now();
    for (;;) {
      const adopted = await this.#adoptable();
      const server = adopted ?? (await this.#spawn());
      const outcome = await this.#awaitAnswer(server);
      if (outcome instanceof pg.Client) {
        this.#watch(outcome, server.pid);
        await holdReserve(this.#cluster.home);
        const state = adopted === undefined ? 'started' : 'adopted';
        this.#log.info({ pid: server.pid, state, durationMs: since(startedAt) }, 'database ready');
        return;
      }
      const roomMade = await releaseReserve(this.#cluster.home);
      if (roomMade) this.#log.warn({}, 'disk full: reserve given up for the database');
      else if (!passes(outcome) || since(startedAt) > limits.orphanedBackendsMs) {
        throw new Error(`PostgreSQL did not start: ${outcome}`);
      }
      await delay(limits.restartPauseMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#recovery;
    if ((await this.#countOthers()) > 0) return;
    const found = await readPidFile(this.#cluster.folder);
    if (found?.alive) await stopPostmaster(this.#cluster.folder, found.pid);
  }

  /**
   * Other processes of ours on this server that stay. Ends our own sentinel, which first says that it is leaving: of
   * several that leave at once, none takes another for one that stays.
   */
  async #countOthers(): Promise<number> {
    const query = 'select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()';
    try {
      await this.#sentinel?.query(`set application_name = '${SENTINEL} leaving'`);
      return (await this.#sentinel?.query(query, [SENTINEL]))?.rowCount ?? 0;
    } catch {
      // It died this moment; whoever else used it brings it up again.
      return 0;
    } finally {
      await this.#sentinel?.end().catch(() => undefined);
    }
  }

  /** A live postmaster, provided it is of our release and runs with our settings; one of another kind is stopped. */
  async #adoptable(): Promise<Server | undefined> {
    const changed = await configure(this.#cluster, this.#settings);
    const found = await readPidFile(this.#cluster.folder);
    if (!found?.alive) return undefined;
    const program = await programOf(found.pid);
    const ours = program === undefined || program === this.#binaries.postgres;
    if (ours && !changed) return { pid: found.pid, failure: async () => this.#deathOf(found.pid) };
    this.#log.warn({ pid: found.pid }, 'database of another release or other settings found running');
    await stopPostmaster(this.#cluster.folder, found.pid);
    return undefined;
  }

  async #deathOf(pid: number): Promise<string | undefined> {
    const found = await readPidFile(this.#cluster.folder);
    return found?.alive && found.pid === pid ? undefined : 'the server that was found running has ended';
  }

  async #spawn(): Promise<Server> {
    await removeEmptyPidFile(this.#cluster.folder);
    const stale = await readPidFile(this.#cluster.folder);
    // Another process was faster. What the server is told below would make it run beside that one, on the same files.
    if (stale?.alive) return { pid: stale.pid, failure: async () => this.#deathOf(stale.pid) };
    const log = await openServerLog(this.#cluster.logFile);
    const [command, ...args] = [...this.#account.prefix, this.#binaries.postgres, '-D', this.#cluster.folder];
    const child = spawn(command!, args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        ...this.#binaries.environment,
        // The server believes a pid file whose process lives, be it a zombie or another program; one naming this process
        // it takes for its own. Unlike removing the file, that keeps its check for backends left by a killed postmaster.
        ...(stale === undefined ? {} : { PG_GRANDPARENT_PID: String(stale.pid) }),
      },
      ...(this.#account.assume ? { uid: this.#account.uid, gid: this.#account.gid } : {}),
    });
    child.unref();
    const ended = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', async (code, signal) => {
        // Orderly: another process of ours adopted it before we did, was done with it, and saw nobody else.
        if (code === 0) resolve('the server was stopped by another process: it has ended');
        else resolve((await log.lastLines()) || `exit ${code ?? signal}`);
      });
    });
    await log.close();
    return { pid: child.pid ?? 0, failure: () => Promise.race([ended, Promise.resolve(undefined)]) };
  }

  /** The first connection; or, where the server ended before it, what it said last. */
  async #awaitAnswer(server: Server): Promise<pg.Client | string> {
    const deadline = performance.now() + limits.recoveryMs;
    for (let pauseMs: number = limits.connectRetryMs; ; pauseMs = Math.min(pauseMs * 2, limits.longestConnectRetryMs)) {
      const client = new pg.Client({ ...this.connection('postgres'), application_name: SENTINEL });
      client.on('error', () => undefined);
      const refusal = await client.connect().then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      if (refusal === undefined) return client;
      const failure = await server.failure();
      if (failure !== undefined) return failure;
      if (this.#stopping.signal.aborted) return 'we are told to stop';
      if (performance.now() > deadline) return `no answer for ${limits.recoveryMs} ms: ${refusal.message}`;
      await delay(pauseMs);
    }
  }

  #watch(sentinel: pg.Client, pid: number): void {
    this.#sentinel = sentinel;
    this.postmasterPid = pid;
    sentinel.on('end', () => {
      if (this.#stopping.signal.aborted) return;
      this.#sentinel = undefined;
      this.#log.warn({ pid }, 'database ended');
      this.#recovery ??= this.#recover().finally(() => {
        this.#recovery = undefined;
      });
    });
  }

  async #recover(): Promise<void> {
    for (let pauseMs = limits.restartPauseMs; !this.#stopping.signal.aborted; pauseMs *= 2) {
      try {
        return await this.bringUp();
      } catch (thrown) {
        this.#log.warn({ reason: (thrown as Error).message }, 'database does not start');
      }
      const options = { signal: this.#stopping.signal };
      await delay(Math.min(pauseMs, limits.longestRestartPauseMs), undefined, options).catch(() => undefined);
    }
  }
}

interface Server {
  pid: number;
  /** Why the process ended; undefined while it lives. */
  failure(): Promise<string | undefined>;
}

/** Refusals that pass by themselves: another process of ours was faster to start it or to stop it, or backends still end. */
function passes(reason: string): boolean {
  return /pre-existing shared memory block|lock file .* (already exists|is empty)|has ended|received fast shutdown/.test(
    reason,
  );
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
