// Deliveries into a bucket of any store that speaks S3: a small object in one request, a large one in parts, each with its
// checksum. The client library is loaded when the first object goes.

import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Upload } from '@aws-sdk/lib-storage';
import { Problem } from '../../base/problem.ts';
import type { Outcome } from '../../delivery/line.ts';
import type { Depart, Departure } from './departure.ts';
import { FileLine } from './file-line.ts';
import { objectName } from './object-name.ts';
import type { Settings } from './settings-schemas.ts';

export const limits = {
  /** Of one part, and of what of an object is held; S3 takes no smaller ones, and 10,000 of them. */
  partBytes: 8 << 20,
  connectMs: 10_000,
  /** From the last byte of a request to its answer. */
  answerMs: 120_000,
} as const;

/** What the store says of itself or of us, whatever the object. */
const ofTheStore = new Set([301, 307, 401, 403, 404, 502, 504]);
/** What broke on the way: the same bytes, sent again, may arrive. */
const brokenOnTheWay = /Digest|Checksum|IncompleteBody|RequestTimeout|NoSuchUpload/;

export class S3Line extends FileLine {
  readonly #settings: Settings<'s3'>;
  readonly #tenant: number;
  #client: Promise<S3Client> | undefined;
  #upload: Upload | undefined;

  constructor(settings: Settings<'s3'>, tenant: number, depart: Depart) {
    super(depart);
    this.#settings = settings;
    this.#tenant = tenant;
  }

  async close(): Promise<void> {
    (await this.#client)?.destroy();
  }

  abort(): void {
    void this.#upload?.abort();
  }

  protected async put({ sendable, file }: Departure): Promise<Outcome> {
    const { bucket: Bucket, key, encryption, kmsKeyId, checksums, verify } = this.#settings;
    const Key = objectName(key, { tenant: this.#tenant, ...sendable });
    const { Upload } = await import('@aws-sdk/lib-storage');
    const body = counted(file());
    try {
      this.#client ??= clientOf(this.#settings);
      const client = await this.#client;
      this.#upload = new Upload({
        client,
        partSize: limits.partBytes,
        queueSize: 1,
        params: {
          Bucket,
          Key,
          Body: Readable.from(body.chunks),
          ContentType: 'application/dicom',
          ...(checksums !== false && { ChecksumAlgorithm: 'SHA256' as const }),
          ...(encryption && { ServerSideEncryption: encryption }),
          ...(kmsKeyId && { SSEKMSKeyId: kmsKeyId }),
        },
      });
      const { ETag, ChecksumSHA256 } = await this.#upload.done();
      const sha256 = ChecksumSHA256 && `SHA-256 ${ChecksumSHA256}`;
      const proof = [ETag && `ETag ${ETag}`, sha256, `${body.bytes()} bytes`].filter(Boolean).join(', ');
      if (verify !== true) return { taken: true, proof };
      const isWhole = await this.#has(client, { Bucket, Key }, { ETag, bytes: body.bytes() });
      return isWhole ? { taken: true, proof, isVerified: true } : { later: 'delivery/lost' };
    } catch (thrown) {
      // What reading the object threw is ours.
      if (body.failure() !== undefined) throw body.failure();
      return s3Outcome(thrown);
    } finally {
      this.#upload = undefined;
    }
  }

  async #has(
    client: S3Client,
    object: { Bucket: string; Key: string },
    sent: { ETag?: string; bytes: number },
  ): Promise<boolean> {
    const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
    const { ETag, ContentLength } = await client.send(new HeadObjectCommand(object));
    return ETag === sent.ETag && ContentLength === sent.bytes;
  }
}

async function clientOf(settings: Settings<'s3'>): Promise<S3Client> {
  const { region = 'us-east-1', endpoint, pathStyle, accessKeyId, secretAccessKey, sessionToken } = settings;
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    region,
    ...(endpoint && { endpoint }),
    forcePathStyle: pathStyle ?? false,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The ledger tries again.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: limits.connectMs, requestTimeout: limits.answerMs },
  });
}

/** What the store answered, or why it did not. Throws where that is not about this object. */
export function s3Outcome(thrown: unknown): Outcome {
  const { name = '', $metadata } = thrown as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) throw new Problem('delivery/not-now', {}, thrown);
  if (brokenOnTheWay.test(name)) return { later: 'delivery/not-now', status };
  if (status === 401 || status === 403) throw new Problem('delivery/not-admitted', {}, thrown);
  // A bucket in another region is answered 301 or 400.
  if (ofTheStore.has(status) || name === 'AuthorizationHeaderMalformed')
    throw new Problem('delivery/not-now', {}, thrown);
  if (status === 408 || status === 409 || status === 429 || status >= 500) return { later: 'delivery/not-now', status };
  return { refused: 'delivery/refused', status, reason: name };
}

function counted(chunks: AsyncIterable<Uint8Array>) {
  let bytes = 0;
  let failure: unknown;
  async function* through(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  }
  return { chunks: through(), bytes: () => bytes, failure: () => failure };
}
