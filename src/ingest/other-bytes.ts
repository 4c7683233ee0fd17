// Bytes that arrive under a SOP Instance UID which is there already. The very same ones are success; others are kept as a
// further version, classed by what differs from the first.

import { Problem } from '../base/problem.ts';
import { DicomReader, type ReadResult } from '../dicom/reader.ts';
import type { KeepAnswer, KeepRequest } from '../storage/keep-rows.ts';
import type { ObjectWriter } from '../storage/objects/object-store.ts';
import { keepVersion, restoreBytes, type Version, type VersionClass, versionsOf } from '../storage/versions.ts';
import type { KeptAs } from './arrival.ts';
import { differences, isDescriptive } from './compare.ts';
import type { Spine } from './ingest.ts';
import { type StoredPixels, samePixels } from './pixel-digest.ts';
import { sameBulk } from './stored-values.ts';

export interface OtherBytes {
  request: KeepRequest;
  answer: KeepAnswer;
  /** Synced, not published. */
  writer: ObjectWriter;
  read: ReadResult;
}

export async function keepOtherBytes(
  spine: Spine,
  { request, answer, writer, read }: OtherBytes,
): Promise<{ keptAs: KeptAs; instanceId: string }> {
  const { database, store, keeper } = spine;
  let versions = await versionsOf(database, answer.seriesId, request.instance.sop_uid);
  const twinOf = () => versions.find(({ sha256 }) => sha256.equals(request.instance.sha256));
  let twin = twinOf();
  if (twin !== undefined && twin.object !== writer.object) {
    // Another association is keeping it now: what it will be told, this one is told, and not before.
    await keeper.mark.settled(twin.id);
    versions = await versionsOf(database, answer.seriesId, request.instance.sop_uid);
    twin = twinOf();
    if (twin === undefined) throw new Problem('storage/unavailable');
  }
  if (twin?.object === writer.object) {
    // Our own row: the database was lost after its commit, and the batch was tried again.
    keeper.mark.committed([twin.id]);
    await writer.publish();
    keeper.mark.durable(twin.id);
    return { keptAs: 'first', instanceId: twin.id };
  }
  if (twin !== undefined) {
    const isThere = !twin.purged && (await store.size(twin.object)) === Number(twin.size_bytes);
    if (isThere) await writer.abort();
    else await restore(spine, twin, request, writer);
    return { keptAs: 'same', instanceId: twin.id };
  }
  const { object, dataset_offset } = request.instance;
  const other = { ...read, store, object, datasetOffsetInFile: dataset_offset };
  const keptAs = await relation(spine, versions[0]!, other);
  const { id, isNew } = await keepVersion(database, request, answer, keptAs, spine.served ?? 'first');
  if (!isNew) {
    await writer.abort();
    return { keptAs: 'same', instanceId: id };
  }
  keeper.mark.committed([id]);
  try {
    await writer.publish();
  } catch (thrown) {
    await keeper.takeBack(id);
    throw thrown;
  }
  keeper.mark.durable(id);
  return { keptAs, instanceId: id };
}

/** The bytes of a row whose file was purged, or lost, have come again. */
async function restore(
  { database, keeper }: Spine,
  twin: Version,
  request: KeepRequest,
  writer: ObjectWriter,
): Promise<void> {
  keeper.mark.committed([twin.id]);
  await restoreBytes(database, twin.id, request.instance);
  await writer.publish();
  keeper.mark.durable(twin.id);
}

/** What differs decides; where it cannot be told, it is a conflict. */
async function relation(spine: Spine, version: Version, other: StoredPixels): Promise<VersionClass> {
  if (version.purged) return 'conflict';
  const first = await readStored(spine, version);
  const differing = await differences(first.dataset, other.dataset, (a, b) => sameBulk(first, a, other, b));
  if (!differing.every(isDescriptive)) return 'conflict';
  if (!(await samePixels(first, other, spine.decodeFrame))) return 'conflict';
  return differing.length === 0 ? 'transcoded' : 'demographics';
}

async function readStored({ store }: Spine, { object, dataset_offset }: Version): Promise<StoredPixels> {
  const reader = new DicomReader();
  for await (const chunk of store.open(object)) reader.push(chunk);
  return { ...reader.end(), store, object, datasetOffsetInFile: dataset_offset };
}
