// Deliveries into a folder: STUDY/SERIES/INSTANCE.dcm, each file whole or not there.

import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../../delivery/line.ts';
import type { Depart, Departure } from './departure.ts';
import { FileLine } from './file-line.ts';

/** A UID that cannot lead out of the folder: PS3.5 9.1, and what is close to it. */
const NAME = /^\d[\d.]{0,63}$/;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class FolderLine extends FileLine {
  readonly #folder: string;

  constructor(folder: string, depart: Depart) {
    super(depart);
    this.#folder = folder;
  }

  async close(): Promise<void> {}

  /** A disk does not wait for anybody. */
  abort(): void {}

  protected async put({ sendable, file }: Departure): Promise<Outcome> {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = sendable;
    if (![studyInstanceUid, seriesInstanceUid, sopInstanceUid].every((uid) => NAME.test(uid)))
      return { refused: 'delivery/refused' };
    const folder = path.join(this.#folder, studyInstanceUid, seriesInstanceUid);
    const unfinished = path.join(folder, `.${sopInstanceUid}.part`);
    try {
      await mkdir(folder, { recursive: true });
      const handle = await open(unfinished, 'w');
      try {
        for await (const chunk of file()) await handle.writeFile(chunk);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished, path.join(folder, `${sopInstanceUid}.dcm`));
      return { taken: true, status: 0 };
    } catch (thrown) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      if (NO_ROOM.has((thrown as NodeJS.ErrnoException).code ?? '')) return { later: 'delivery/not-now' };
      throw thrown;
    }
  }
}
