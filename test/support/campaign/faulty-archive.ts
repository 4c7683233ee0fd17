// A receiver that answers what it is told to, and one that says Success and forgets: an archive in memory behind our own
// DIMSE door, which remembers what it said of each object.

import { silentLog } from '../../../src/base/log.ts';
import type { DimseHandlers } from '../../../src/dimse/handlers.ts';
import { type DimseListener, listenDimse } from '../../../src/dimse/listener.ts';
import { MemoryArchive } from '../memory-archive.ts';

export class FaultyArchive extends MemoryArchive {
  /** Statuses of the next objects, each with what it was sent thrown away where it is a failure. */
  readonly answers: number[] = [];
  /** How many of the next objects are forgotten after Success. */
  toLose = 0;
  /** What was answered to each object, in order. */
  readonly said = new Map<string, number[]>();
  /** How often each object was forgotten. */
  readonly lost = new Map<string, number>();
  #listener: DimseListener | undefined;

  /** `stored` is called after each answer. */
  static async open(aeTitle: string, stored: () => void): Promise<FaultyArchive> {
    const archive = new FaultyArchive();
    const { store } = archive;
    archive.store = (exchange, request) => archive.#faulty(store(exchange, request), request.sopInstanceUid, stored);
    const options = { host: '127.0.0.1', port: 0, aeTitle, handlers: archive, log: silentLog };
    archive.#listener = await listenDimse(options);
    return archive;
  }

  get port(): number {
    return this.#listener!.port;
  }

  async close(): Promise<void> {
    await this.#listener?.close();
  }

  #faulty(
    sink: ReturnType<DimseHandlers['store']>,
    uid: string,
    stored: () => void,
  ): ReturnType<DimseHandlers['store']> {
    const finish = async () => {
      const status = this.answers.shift() ?? 0;
      if (isTaken(status) && this.toLose > 0) {
        this.toLose -= 1;
        this.lost.set(uid, (this.lost.get(uid) ?? 0) + 1);
      } else if (isTaken(status)) {
        await sink.finish();
      }
      this.said.set(uid, [...(this.said.get(uid) ?? []), status]);
      stored();
      return { status };
    };
    return { ...sink, finish };
  }
}

/** Success, and the warnings of PS3.4 Table B.2-1 and PS3.7 C.4; Duplicate SOP Instance means that it is there. */
export const isTaken = (status: number): boolean =>
  [0x0000, 0x0001, 0x0107, 0x0111, 0x0116, 0xb000, 0xb006, 0xb007].includes(status);

/** Every failure of C-STORE: PS3.4 Table B.2-1 with the edges of its ranges, PS3.7 9.1.1.1.9 and C.5. */
export const failureStatuses = [
  0xa700, 0xa7ff, 0xa900, 0xa9ff, 0xc000, 0xcfff, 0x0105, 0x0106, 0x0110, 0x0112, 0x0113, 0x0114, 0x0115, 0x0117,
  0x0118, 0x0119, 0x0120, 0x0121, 0x0122, 0x0123, 0x0124, 0x0210, 0x0211, 0x0212, 0x0213, 0xfe00,
] as const;
export const warningStatuses = [0x0001, 0x0107, 0x0116, 0xb000, 0xb006, 0xb007] as const;

/** Those after which the same object may be taken later without anybody doing anything. */
export const isPassing = (status: number): boolean =>
  status >> 8 === 0xa7 || status === 0x0110 || status === 0x0213 || status === 0xfe00;
