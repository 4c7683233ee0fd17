// The site of the delivery campaign: a node that sends by rules, an archive that is reached over links by DIMSE and
// DICOMweb, a folder on a small disk, and a receiver that does what it is told; and the modality that never gives up.

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CutLink } from '../cut-link.ts';
import { call, type LedgerRow, putRules } from '../delivery.ts';
import { stow } from '../dicomweb.ts';
import type { MadeInstance } from '../instances.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../node-process.ts';
import { storeAll } from '../peer.ts';
import type { SmallDisk } from '../small-disk.ts';
import { FaultyArchive } from './faulty-archive.ts';

/** Which destinations get a study of which description. */
export const sentTo = {
  HEAD: ['ARCHIVE', 'DISK'],
  CHEST: ['CLOUD', 'FAULTY'],
  HAND: ['RESEARCH', 'FAULTY'],
} as const;
export type Description = keyof typeof sentTo;

const verified = { verify: true, verifyAfter: '0.1s' };

export class DeliverySite {
  sender!: NodeProcess;
  receiver!: NodeProcess;
  archiveLink!: CutLink;
  cloudLink!: CutLink;
  faulty!: FaultyArchive;
  readonly folder: string;
  readonly #closing: AsyncDisposableStack;
  readonly #data: { sender: string; receiver: string };
  #progress = 0;
  readonly #progressed = new EventEmitter();

  private constructor(closing: AsyncDisposableStack, own: string, disk: string) {
    this.#closing = closing;
    this.folder = join(disk, 'delivered');
    this.#data = { sender: join(own, 'sender'), receiver: join(disk, 'receiver') };
  }

  /** `disk` has the folder and the archive on it: one that `fill` fills. `own` has the sender. */
  static async open(
    closing: AsyncDisposableStack,
    own: string,
    disk: Pick<SmallDisk, 'folder'>,
  ): Promise<DeliverySite> {
    const site = new DeliverySite(closing, own, disk.folder);
    await mkdir(site.folder);
    await Promise.all([site.startSender(), site.startReceiver()]);
    await site.#connect();
    return site;
  }

  async startSender(): Promise<void> {
    this.sender = await startNodeProcess((cleanUp) => this.#closing.defer(cleanUp), {
      data: this.#data.sender,
      environment: openDoors,
    });
  }

  async startReceiver(): Promise<void> {
    this.receiver = await startNodeProcess((cleanUp) => this.#closing.defer(cleanUp), {
      data: this.#data.receiver,
      environment: { ...openDoors, FASCIA_AET: 'ARCHIVE' },
    });
    this.archiveLink?.lead(this.receiver.dicomPort);
    this.cloudLink?.lead(Number(new URL(this.receiver.url).port));
  }

  /** Resolves once both nodes answer. */
  async areReady(): Promise<void> {
    for (const { url } of [this.sender, this.receiver])
      while (
        !(await fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ))
      )
        await pause(50);
  }

  /** Resolves after so many more pieces of work: acknowledgements, pieces over a link, objects at the faulty receiver. */
  async moment(pieces: number): Promise<void> {
    const until = this.#progress + pieces;
    while (this.#progress < until) await once(this.#progressed, 'progress');
  }

  /** Sends until everything is acknowledged, whatever happens to the sender. */
  async acquire(instances: readonly MadeInstance[], door: 'dimse' | 'stow-rs'): Promise<void> {
    const waiting = new Set(instances);
    while (waiting.size > 0) {
      const node = this.sender;
      try {
        for (const one of waiting) {
          if (door === 'dimse') {
            const status = (await storeAll(node.dicomPort, [one])).get(one.sopInstanceUid);
            assert.equal(status, 0);
          } else assert.equal((await stow(node.url, [one.file])).status, 200);
          waiting.delete(one);
          this.#work();
        }
      } catch {
        // Away for a moment: a modality tries again, too.
        await pause(100);
      }
    }
  }

  /** Rows of these studies, as soon as they are settled and as `holds` wants them. */
  async rowsOnce(studies: readonly string[], holds: (rows: readonly LedgerRow[]) => boolean): Promise<LedgerRow[]> {
    for (;;) {
      const pages = await Promise.all(studies.map((study) => this.#rowsOf(study))).catch(() => []);
      if (pages.length > 0 && holds(pages.flat())) return pages.flat();
      // The ledger announces nothing outside the node.
      await pause(100);
    }
  }

  async #rowsOf(study: string): Promise<LedgerRow[]> {
    const answer = await call(this.sender, 'GET', `/deliveries?limit=1000&study=${study}`);
    assert.equal(answer.status, 200);
    return (await answer.json()) as LedgerRow[];
  }

  async #connect(): Promise<void> {
    const { sender, receiver } = this;
    this.archiveLink = await CutLink.open(receiver.dicomPort, () => this.#work());
    this.cloudLink = await CutLink.open(Number(new URL(receiver.url).port), () => this.#work());
    this.faulty = await FaultyArchive.open('FAULTY', () => this.#work());
    for (const each of [this.archiveLink, this.cloudLink, this.faulty]) this.#closing.defer(() => each.close());
    await addPeer(sender, 'ARCHIVE', this.archiveLink.port);
    await addPeer(sender, 'FAULTY', this.faulty.port);
    const destinations = {
      ARCHIVE: { kind: 'dimse', settings: verified },
      RESEARCH: { kind: 'dimse', settings: { aeTitle: 'ARCHIVE', ...verified } },
      FAULTY: { kind: 'dimse', settings: verified },
      CLOUD: {
        kind: 'dicomweb',
        settings: { url: `http://127.0.0.1:${this.cloudLink.port}/dicomweb`, ...verified },
      },
      DISK: { kind: 'folder', settings: { path: this.folder } },
    };
    for (const [name, body] of Object.entries(destinations)) await call(sender, 'PUT', `/destinations/${name}`, body);
    await putRules(
      sender,
      Object.entries(sentTo).flatMap(([description, names]) =>
        names.map((name) => ({
          name: `${description}.${name}`,
          when: `study.description == "${description}"`,
          after: 'instance',
          do: { ...(name === 'RESEARCH' && { transform: [{ remapUids: {} }] }), send: name },
        })),
      ),
    );
  }

  #work(): void {
    this.#progress += 1;
    this.#progressed.emit('progress');
  }
}

/** Kills the database of a node as soon as it runs: it may be on its way up from the last time. Resolves to who it was. */
export async function killDatabaseOf(node: NodeProcess): Promise<number> {
  for (;;) {
    try {
      const pid = await postmasterOf(node);
      process.kill(pid, 'SIGKILL');
      return pid;
    } catch {
      await pause(20);
    }
  }
}

/** Resolves once the node has begun another one. */
export async function anotherDatabase(node: NodeProcess, killed: number): Promise<void> {
  while ((await postmasterOf(node).catch(() => killed)) === killed) await pause(20);
}

const postmasterOf = async ({ data }: NodeProcess): Promise<number> =>
  Number((await readFile(join(data, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
