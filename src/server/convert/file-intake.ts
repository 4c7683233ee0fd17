// Files that are brought one by one, by upload or into the watched folder: DICOM as it is, others as the instances they become,
// each through the spine. Whose a file is, is asked before anything of it is kept.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Principal, requireMay } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import type { Finding } from '../../dicom/finding.ts';
import { fromJson } from '../../dicom/json.ts';
import type { Arrival, Kept } from '../../ingest/arrival.ts';
import { metadataText } from '../../storage/metadata.ts';
import { diskProblem } from '../../storage/objects/disk-problem.ts';
import { type Attachment, attachedTo, instancesOfAttachment } from '../../translate/attachment.ts';
import { sourceOf } from '../../translate/byte-source.ts';
import { instancesOfFile, isForeign, type TranslateOptions } from '../../translate/instances-of-file.ts';
import { type FileContext, type MadeInstance, part10Of } from '../../translate/made-instance.ts';
import type { Core } from '../core.ts';
import { receiveFrom } from '../doors/receive.ts';
import type { Spine } from '../spine.ts';
import { type Beside, type DatedSource, fileContext } from './file-context.ts';
import { FileConverter, scratchFolder } from './file-converter.ts';
import { FileSource, limits as readLimits } from './file-source.ts';
import { type Claim, whoseFile } from './whose-file.ts';

export const limits = {
  headBytes: 64 * 1024,
  /** Of one uploaded file. */
  fileBytes: 1024 ** 4,
} as const;

export interface FileWish extends Pick<TranslateOptions, 'kind' | 'pixelSpacingMm' | 'title'> {
  fileName: string;
  claim: Claim;
  /** What files of one study have in common where nobody names the study. */
  together: string;
  number: number;
}

export type FileArrival = Pick<Arrival, 'source' | 'requestId' | 'remoteAddress'> & { door: 'api' | 'inbox' | 'fhir' };

export interface TakenFile {
  instances: Kept[];
  findings: Finding[];
}

export class FileIntake implements AsyncDisposable {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #scratch: string;
  readonly #converter: FileConverter;

  private constructor(core: Core, spine: Spine, scratch: string) {
    this.#core = core;
    this.#spine = spine;
    this.#scratch = scratch;
    this.#converter = new FileConverter(scratch, { encodesVideo: core.config.otherVideo === 'encoded' });
  }

  static async open(core: Core, spine: Spine): Promise<FileIntake> {
    return new FileIntake(core, spine, await scratchFolder(core.config, 'node'));
  }

  /**
   * Resolves once all of the file is durable. Rejects with a Problem; what was kept of it before stays, and is the same when
   * the file comes again.
   */
  async take(file: FileSource, wish: FileWish, principal: Principal, arrival: FileArrival): Promise<TakenFile> {
    requireMay(principal, 'store');
    const { fileName, title = fileName } = wish;
    if (!isForeign(await file.read(0, limits.headBytes), fileName)) {
      return { instances: [await this.#keep(bytesOf(file), principal, { ...arrival, findings: [] })], findings: [] };
    }
    const context = await this.#contextOf(file, wish, principal);
    const made = instancesOfFile(file, context, { ...this.#options(wish), fileName, title });
    return this.#keepAll(made, principal, arrival);
  }

  /**
   * An attachment of a FHIR resource, which its instances name. Resolves, and rejects, as `take` does; with
   * dicom/not-expressible for what is nothing that images hold.
   */
  async attached(
    attachment: Attachment & { data: Uint8Array },
    wish: Omit<FileWish, 'fileName'> & { attachedTo: string; modified: Date },
    principal: Principal,
    arrival: FileArrival,
  ): Promise<TakenFile> {
    requireMay(principal, 'store');
    const source: DatedSource = { ...sourceOf(attachment.data), modified: wish.modified };
    const context = await this.#contextOf(source, wish, principal);
    const made = instancesOfAttachment(attachment, context, this.#options(wish));
    return this.#keepAll(attachedTo(made, wish.attachedTo), principal, arrival);
  }

  /** A file that comes as a stream, on disk until it is taken: libraries and programs read it from there. */
  async upload(
    body: AsyncIterable<Uint8Array>,
    wish: Omit<FileWish, 'together' | 'number'>,
    principal: Principal,
    arrival: FileArrival,
  ): Promise<TakenFile> {
    requireMay(principal, 'store');
    const path = join(this.#scratch, randomUUID());
    try {
      await pipeline(this.#withRoom(body), createWriteStream(path, { flags: 'wx', mode: 0o600 })).catch((error) => {
        throw error instanceof Problem ? error : diskProblem(error, 0);
      });
      await using file = await FileSource.open(path);
      const together = file.modified.toISOString().slice(0, 10);
      return await this.take(file, { ...wish, together, number: 1 }, principal, arrival);
    } finally {
      await rm(path, { force: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#converter[Symbol.asyncDispose]();
  }

  async #contextOf(file: DatedSource, wish: Beside & { claim: Claim }, { tenant }: Principal): Promise<FileContext> {
    return this.#asBefore(tenant, await fileContext(file, await whoseFile(this.#core, tenant, wish.claim), wish));
  }

  #options({ kind, pixelSpacingMm }: Pick<FileWish, 'kind' | 'pixelSpacingMm'>): TranslateOptions {
    const { cameraData } = this.#core.config;
    return { kind, pixelSpacingMm, cameraData, converter: this.#converter };
  }

  async #keepAll(
    instances: AsyncIterable<MadeInstance>,
    principal: Principal,
    arrival: FileArrival,
  ): Promise<TakenFile> {
    const taken: TakenFile = { instances: [], findings: [] };
    for await (const made of instances) {
      const { findings } = made;
      taken.instances.push(await this.#keep(part10Of(made), principal, { ...arrival, findings }));
      taken.findings.push(...findings);
    }
    return taken;
  }

  /** A file that was here before was made when it said so then: what is sent again has the time of its sending. */
  async #asBefore(tenant: number, context: FileContext): Promise<FileContext> {
    const [row] = await this.#core.database.query<{ metadata: Buffer }>(
      'select metadata from instance where tenant = $1 and sop_uid = $2 order by id limit 1',
      [tenant, context.uidOfFile('instance')],
    );
    if (row === undefined) return context;
    const before = fromJson(JSON.parse(metadataText(row.metadata, '')));
    const { date, time } = context.instance;
    return {
      ...context,
      instance: {
        ...context.instance,
        date: before.text('ContentDate') ?? date,
        time: before.text('ContentTime') ?? time,
      },
    };
  }

  async *#withRoom(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let sizeBytes = 0;
    for await (const chunk of body) {
      sizeBytes += chunk.length;
      if (sizeBytes > limits.fileBytes) {
        throw new Problem('request/too-large', { what: 'fileBytes', limit: limits.fileBytes });
      }
      if (!this.#spine.objects.space.room) throw new Problem('storage/full', { sizeBytes: chunk.length });
      yield chunk;
    }
  }

  async #keep(
    chunks: AsyncIterable<Uint8Array>,
    principal: Principal,
    arrival: FileArrival & Pick<Arrival, 'findings'>,
  ): Promise<Kept> {
    const receiving = receiveFrom(this.#core, this.#spine.receive, principal, arrival);
    try {
      for await (const chunk of chunks) await receiving.write(chunk);
    } catch (thrown) {
      receiving.abort('the file cannot be read');
      throw thrown;
    }
    return receiving.finish();
  }
}

async function* bytesOf(file: FileSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.sizeBytes; at += readLimits.readBytes)
    yield await file.read(at, at + readLimits.readBytes);
}
