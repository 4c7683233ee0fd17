// Deliveries by SFTP: each object under another name until it is whole, then measured under its own.

import { Problem } from '../../base/problem.ts';
import type { Outcome } from '../../delivery/line.ts';
import type { Depart, Departure } from './departure.ts';
import { FileLine } from './file-line.ts';
import { objectName } from './object-name.ts';
import type { Settings } from './settings-schemas.ts';
import { SftpConnection, sftpStatus } from './sftp-connection.ts';

/** SSH_FX_PERMISSION_DENIED. */
const PERMISSION_DENIED = 3;

export class SftpLine extends FileLine {
  readonly #settings: Settings<'sftp'>;
  readonly #tenant: number;
  #connection: SftpConnection | undefined;
  /** That are known to be there, on this connection. */
  #folders = new Set<string>();

  constructor(settings: Settings<'sftp'>, tenant: number, depart: Depart) {
    super(depart);
    this.#settings = settings;
    this.#tenant = tenant;
  }

  async close(): Promise<void> {
    this.#connection?.close();
  }

  abort(): void {
    this.#connection?.destroy();
  }

  protected async put({ sendable, file }: Departure): Promise<Outcome> {
    const { folder = '', path: template } = this.#settings;
    const name = objectName(template, { tenant: this.#tenant, ...sendable });
    const path = [folder.replace(/\/+$/, ''), name].filter(Boolean).join('/');
    const unfinished = `${path}.part`;
    const connection = await this.#connected();
    try {
      await this.#makeFolder(connection, path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
      const bytes = await connection.write(unfinished, file());
      await connection.rename(unfinished, path);
      const isWhole = (await connection.sizeOf(path)) === bytes;
      return isWhole ? { taken: true, proof: `${bytes} bytes`, isVerified: true } : { later: 'delivery/lost' };
    } catch (thrown) {
      if (thrown instanceof Problem) throw thrown;
      if (!connection.isOpen) return { later: 'delivery/not-now' };
      this.#folders.clear();
      await connection.remove(unfinished).catch(() => undefined);
      const status = sftpStatus(thrown);
      if (status === PERMISSION_DENIED) throw new Problem('delivery/not-admitted', {}, thrown);
      // SSH_FX_FAILURE says anything: no space above all.
      return { later: 'delivery/not-now', ...(status !== undefined && { status }) };
    }
  }

  async #connected(): Promise<SftpConnection> {
    if (this.#connection?.isOpen) return this.#connection;
    this.#folders.clear();
    this.#connection = await SftpConnection.open(this.#settings);
    return this.#connection;
  }

  async #makeFolder(connection: SftpConnection, folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    await connection.makeFolder(folder);
    this.#folders.add(folder);
  }
}
