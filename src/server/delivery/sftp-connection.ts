// An SFTP session, version 3 as every server speaks it (draft-ietf-secsh-filexfer-02), with promises: to a server that has
// the host key that was pinned, or to nobody.

import { createHash } from 'node:crypto';
import type { Client, SFTPWrapper } from 'ssh2';
import { Problem } from '../../base/problem.ts';
import type { Settings } from './settings-schemas.ts';

export const limits = {
  readyMs: 20_000,
  /** One request. */
  answerMs: 60_000,
  keepAliveMs: 15_000,
  /** Writes that wait for their answers at once, of one file. */
  writes: 16,
} as const;

const USUAL_PORT = 22;

/** SSH_FX_... of the status that a request was answered; undefined where the connection is gone. */
export const sftpStatus = (thrown: unknown): number | undefined => {
  const { code } = thrown as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
};

type Callback = (error?: Error | null) => void;

export class SftpConnection {
  isOpen = true;
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;

  private constructor(client: Client, sftp: SFTPWrapper) {
    this.#client = client;
    this.#sftp = sftp;
    client.once('close', () => {
      this.isOpen = false;
    });
  }

  /** Rejects with delivery/other-host-key, delivery/not-admitted or delivery/not-now. */
  static async open(settings: Settings<'sftp'>): Promise<SftpConnection> {
    const { host, port = USUAL_PORT, username, password, privateKey, passphrase, hostKey } = settings;
    // Loaded when it is first needed: it is large, and few need it.
    const { Client } = (await import('ssh2')).default;
    const client = new Client();
    let isOther = false;
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.once('ready', () => client.sftp((error, session) => (error ? reject(error) : resolve(session))));
      client.on('error', reject);
      client.once('close', () => reject(new Error('closed')));
      client.connect({
        host,
        port,
        username,
        ...(password && { password }),
        ...(privateKey && { privateKey }),
        ...(passphrase && { passphrase }),
        readyTimeout: limits.readyMs,
        keepaliveInterval: limits.keepAliveMs,
        hostVerifier(key: Buffer) {
          isOther = fingerprintOf(key) !== hostKey;
          return !isOther;
        },
      });
    }).catch((cause) => {
      client.destroy();
      if (isOther) throw new Problem('delivery/other-host-key', {}, cause);
      const isRefused = (cause as { level?: string }).level === 'client-authentication';
      throw new Problem(isRefused ? 'delivery/not-admitted' : 'delivery/not-now', {}, cause);
    });
    return new SftpConnection(client, sftp);
  }

  /** Makes the folder, and those that it lies in. */
  async makeFolder(path: string): Promise<void> {
    if (path === '' || path === '/' || path === '.') return;
    if ((await this.sizeOf(path)) !== undefined) return;
    await this.makeFolder(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    // Another line may have made it meanwhile: whether it is there is seen when something is put into it.
    await this.#do((done) => this.#sftp.mkdir(path, done)).catch(() => undefined);
  }

  /** Writes a whole file, on the server's disk where it can say so; resolves to its length in bytes. */
  async write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const handle = await this.#ask<Buffer>((done) => this.#sftp.open(path, 'w', done));
    let position = 0;
    let failed: { thrown: unknown } | undefined;
    const writes = new Set<Promise<void>>();
    try {
      for await (const chunk of chunks) {
        const [bytes, at] = [Buffer.from(chunk), position];
        const write = this.#do((done) => this.#sftp.write(handle, bytes, 0, bytes.length, at, done))
          .catch((thrown) => {
            failed ??= { thrown };
          })
          .finally(() => writes.delete(write));
        writes.add(write);
        position += bytes.length;
        if (writes.size >= limits.writes) await Promise.race(writes);
        if (failed !== undefined) throw failed.thrown;
      }
      await Promise.all(writes);
      if (failed !== undefined) throw failed.thrown;
      await this.#flush(handle);
    } finally {
      await this.#do((done) => this.#sftp.close(handle, done)).catch(() => undefined);
    }
    return position;
  }

  /** In place of what is there. A server without the extension of OpenSSH has to be told to remove that first. */
  async rename(from: string, to: string): Promise<void> {
    try {
      await this.#do((done) => this.#sftp.ext_openssh_rename(from, to, done));
    } catch (thrown) {
      if (!this.isOpen) throw thrown;
      await this.remove(to).catch(() => undefined);
      await this.#do((done) => this.#sftp.rename(from, to, done));
    }
  }

  remove(path: string): Promise<void> {
    return this.#do((done) => this.#sftp.unlink(path, done));
  }

  /** In bytes; undefined where there is no such file or folder. */
  async sizeOf(path: string): Promise<number | undefined> {
    try {
      return (await this.#ask<{ size: number }>((done) => this.#sftp.stat(path, done))).size;
    } catch (thrown) {
      const NO_SUCH_FILE = 2;
      if (sftpStatus(thrown) === NO_SUCH_FILE) return undefined;
      throw thrown;
    }
  }

  close(): void {
    this.isOpen = false;
    this.#client.end();
  }

  destroy(): void {
    this.isOpen = false;
    this.#client.destroy();
  }

  async #flush(handle: Buffer): Promise<void> {
    // Throws at once where the server did not say that it can.
    await this.#do((done) => this.#sftp.ext_openssh_fsync(handle, done)).catch(() => undefined);
  }

  #do(ask: (done: Callback) => void): Promise<void> {
    return this.#ask<void>((done) => ask((error) => done(error, undefined)));
  }

  #ask<T>(ask: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.destroy();
        reject(new Error('no answer in time'));
      }, limits.answerMs);
      const settle = (act: () => void) => {
        clearTimeout(late);
        act();
      };
      try {
        ask((error, value) => settle(() => (error ? reject(error) : resolve(value))));
      } catch (thrown) {
        settle(() => reject(thrown));
      }
    });
  }
}

/** As `ssh-keygen -l` prints it. */
const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
