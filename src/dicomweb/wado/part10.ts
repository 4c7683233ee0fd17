// An instance as a Part 10 file (PS3.10 7) in a transfer syntax: as stored, re-encoded among the uncompressed ones while it
// is sent, or with its pixels decoded and encoded by whoever keeps it.

import { asProblem, Problem } from '../../base/problem.ts';
import { fileMeta } from '../../dicom/file-meta.ts';
import { Reencoder } from '../../dicom/reencode.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, isUncompressed, transferSyntax } from '../../dicom/transfer-syntax.ts';
import type { InstanceDetails, RetrievableInstance } from '../handlers.ts';
import { limits } from '../limits.ts';
import type { OutgoingPart, PartContent } from '../multipart/writer.ts';

/**
 * The transfer syntax in which something stored in `stored` is served to whoever wants one of `wanted`, best first: a UID,
 * `*` for "as stored", or undefined for no wish, which PS3.18 8.7.3.5.2 makes Explicit VR Little Endian; what cannot be had
 * in it is then served as stored. Undefined where none can be made.
 */
export function servedSyntax(
  { transferSyntaxUid: stored, transcodable }: Pick<RetrievableInstance, 'transferSyntaxUid' | 'transcodable'>,
  wanted: readonly (string | undefined)[],
): string | undefined {
  const canBe = (uid: string): boolean =>
    (canReencode(stored) && canReencode(uid)) || transcodable?.transferSyntaxes.includes(uid) === true;
  for (const wish of wanted) {
    if (wish === '*' || wish === stored) return stored;
    if (wish === undefined) return canBe(EXPLICIT_VR_LITTLE_ENDIAN) ? EXPLICIT_VR_LITTLE_ENDIAN : stored;
    if (canBe(wish)) return wish;
  }
  return undefined;
}

/** DICOMWEB.md 10: the UID unquoted, because clients take the raw characters. */
export const part10MediaType = (transferSyntaxUid: string): string =>
  `application/dicom; transfer-syntax=${transferSyntaxUid}`;

function canReencode(uid: string): boolean {
  const syntax = transferSyntax(uid);
  return syntax !== undefined && isUncompressed(syntax);
}

/**
 * The file in that syntax, opened when it is sent. Its length is known beforehand where it is as stored. `orStored`: where
 * the pixels turn out to be none that can be had in it, the file is as stored; else request/not-acceptable.
 */
export function part10(
  instance: RetrievableInstance,
  transferSyntaxUid: string,
  { orStored = false } = {},
): Omit<OutgoingPart, 'contentType'> {
  const { transferSyntaxUid: stored, sizeBytes } = instance;
  if (transferSyntaxUid === stored) return { sizeBytes, open: async () => ({ chunks: await instance.open() }) };
  const isPlain = canReencode(stored) && canReencode(transferSyntaxUid);
  const make = isPlain ? reencoded : transcoded(orStored);
  return { open: () => make(instance, transferSyntaxUid) };
}

const transcoded =
  (orStored: boolean) =>
  async (instance: RetrievableInstance, transferSyntaxUid: string): Promise<PartContent> => {
    try {
      const { sizeBytes, chunks, ...made } = await instance.transcodable!.open(transferSyntaxUid);
      const { transferSyntaxUid: madeIn = transferSyntaxUid } = made;
      const meta = fileMetaOf(await instance.details(), madeIn);
      return {
        contentType: part10MediaType(madeIn),
        sizeBytes: sizeBytes && meta.length + sizeBytes,
        chunks: both([meta], chunks),
      };
    } catch (thrown) {
      if (!cannotBeMade.has(asProblem(thrown).code)) throw thrown;
      if (!orStored) throw new Problem('request/not-acceptable', { reason: 'its pixels cannot be had so' }, thrown);
      const contentType = part10MediaType(instance.transferSyntaxUid);
      return { contentType, sizeBytes: instance.sizeBytes, chunks: await instance.open() };
    }
  };

/** The object is to blame, not the moment. */
const cannotBeMade: ReadonlySet<string> = new Set([
  'dimse/unsupported-transfer-syntax',
  'dicom/unreadable',
  'dicom/limit',
  'request/malformed',
  'request/too-large',
]);

function fileMetaOf({ sopClassUid, sopInstanceUid }: InstanceDetails, transferSyntaxUid: string): Uint8Array {
  return fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid });
}

/** The file re-encoded: at once, and so with its length, where it is small; else while it is sent. */
async function reencoded(instance: RetrievableInstance, transferSyntaxUid: string): Promise<PartContent> {
  const chunks = reencode(instance, transferSyntaxUid);
  const made: Uint8Array[] = [];
  let sizeBytes = 0;
  while (sizeBytes <= limits.wholeReencodeBytes) {
    const next = await chunks.next();
    if (next.done) return { sizeBytes, chunks: made };
    made.push(next.value);
    sizeBytes += next.value.length;
  }
  return { chunks: both(made, chunks) };
}

async function* both(made: Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* made;
  yield* rest;
}

async function* reencode(instance: RetrievableInstance, transferSyntaxUid: string): AsyncGenerator<Uint8Array> {
  const details = await instance.details();
  yield fileMetaOf(details, transferSyntaxUid);
  const reencoder = new Reencoder(transferSyntax(instance.transferSyntaxUid)!, transferSyntax(transferSyntaxUid)!);
  yield* reencoder.through(await instance.open(details.datasetOffset));
}
