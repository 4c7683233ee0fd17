// A store that speaks as much S3 as deliveries need, and trusts nobody: every request's signature (AWS Signature Version 4)
// and every checksum is computed anew. Buckets in the path or in the host name.

import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type HttpAnswer, type HttpRequest, httpReceiver } from './http-receiver.ts';

export interface S3Store {
  url: string;
  port: number;
  requests: HttpRequest[];
  /** By `bucket/key`. */
  objects: Map<string, { bytes: Buffer; headers: HttpRequest['headers'] }>;
}

export interface S3StoreOptions {
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Answers in place of the store; undefined: it answers. */
  instead?: (request: HttpRequest) => HttpAnswer | undefined;
}

export async function s3Store(t: TestContext, options: S3StoreOptions): Promise<S3Store> {
  const objects: S3Store['objects'] = new Map();
  const uploads = new Map<string, Map<number, Buffer>>();
  const receiver = await httpReceiver(t, (request) => {
    const fault = signatureFault(request, options) ?? checksumFault(request);
    if (fault !== undefined) return failure(fault === 'BadDigest' ? 400 : 403, fault);
    return options.instead?.(request) ?? stored(request);
  });

  function stored({ method, path, headers, body }: HttpRequest): HttpAnswer {
    const url = new URL(path, `http://${headers.host}`);
    const hostBucket = /^([^.]+)\.localhost/.exec(headers.host!)?.[1];
    const full = decodeURIComponent(url.pathname.slice(1));
    const name = hostBucket === undefined ? full : `${hostBucket}/${full}`;
    if (!name.startsWith(`${options.bucket}/`)) return failure(404, 'NoSuchBucket');
    const [uploadId, part] = [url.searchParams.get('uploadId'), url.searchParams.get('partNumber')];
    if (method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, new Map());
      return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }
    if (method === 'PUT' && uploadId !== null) {
      uploads.get(uploadId)!.set(Number(part), body);
      return { status: 200, headers: { ETag: etag(body), 'x-amz-checksum-sha256': sha256(body).toString('base64') } };
    }
    if (method === 'POST' && uploadId !== null) {
      const parts = [...uploads.get(uploadId)!].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      uploads.delete(uploadId);
      const bytes = Buffer.concat(parts);
      objects.set(name, { bytes, headers });
      const composite = sha256(Buffer.concat(parts.map(sha256))).toString('base64');
      return xml(
        `<CompleteMultipartUploadResult><ETag>${etag(bytes)}</ETag><ChecksumSHA256>${composite}-${parts.length}</ChecksumSHA256></CompleteMultipartUploadResult>`,
      );
    }
    if (method === 'PUT') {
      objects.set(name, { bytes: body, headers });
      return { status: 200, headers: { ETag: etag(body), 'x-amz-checksum-sha256': sha256(body).toString('base64') } };
    }
    const object = objects.get(name);
    if (method !== 'HEAD' || object === undefined) return failure(404, 'NoSuchKey');
    return { status: 200, headers: { ETag: etag(object.bytes), 'Content-Length': String(object.bytes.length) } };
  }

  return { url: receiver.url, port: receiver.port, requests: receiver.requests, objects };
}

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const etag = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const xml = (body: string): HttpAnswer => ({ status: 200, headers: { 'Content-Type': 'application/xml' }, body });

export const failure = (status: number, code: string): HttpAnswer => ({
  status,
  headers: { 'Content-Type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
});

function checksumFault({ headers, body }: HttpRequest): string | undefined {
  const told = headers['x-amz-checksum-sha256'];
  return told !== undefined && told !== sha256(body).toString('base64') ? 'BadDigest' : undefined;
}

/** AWS Signature Version 4: canonical request, string to sign, signing key. */
function signatureFault(request: HttpRequest, { accessKeyId, secretAccessKey }: S3StoreOptions): string | undefined {
  const { method, path, headers, body } = request;
  const authorization = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (authorization === null) return 'AccessDenied';
  const [, credential, names, signature] = authorization;
  const [key, ...scope] = credential!.split('/');
  if (key !== accessKeyId) return 'InvalidAccessKeyId';
  const url = new URL(path, `http://${headers.host}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const signed = names!.split(';');
  const canonicalHeaders = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const contentHash = String(headers['x-amz-content-sha256']);
  if (contentHash !== 'UNSIGNED-PAYLOAD' && contentHash !== sha256(body).toString('hex'))
    return 'XAmzContentSHA256Mismatch';
  const canonical = [method, url.pathname, query, canonicalHeaders, names, contentHash].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope.join('/'), sha256(canonical).toString('hex')].join(
    '\n',
  );
  let signing: string | Buffer = `AWS4${secretAccessKey}`;
  for (const part of scope) signing = hmac(signing, part);
  return hmac(signing, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}
