// A kept instance as DIMSE sends it: its data set as stored or as it is served, in its transfer syntax or in another one that
// loses nothing.

import type { SendableInstance } from '../../dimse/handlers.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { InstancePlaces } from '../../storage/instance-places.ts';
import type { StudyCoercion } from '../../storage/served-demographics.ts';
import type { Core } from '../core.ts';
import { transcodable } from '../pixels/transcodable.ts';
import type { Spine } from '../spine.ts';
import { ServedInstance } from './served-instance.ts';

export interface SendableOptions {
  /** Nobody wants it any more. */
  signal?: AbortSignal | undefined;
  /** What is served of its study in place of what was received. */
  coercion?: StudyCoercion | undefined;
}

export function sendable(
  { metrics }: Pick<Core, 'metrics'>,
  { objects, pixels }: Pick<Spine, 'objects' | 'pixels'>,
  places: InstancePlaces,
  kept: KeptInstance,
  { signal, coercion }: SendableOptions = {},
): SendableInstance {
  const { object, datasetOffset, sizeBytes, ...instance } = kept;
  const sources = { objects, pixels, framesOf: (one: KeptInstance) => places.framesOf(one) };
  const { lossless, make } = transcodable(sources, kept);
  const served = coercion && new ServedInstance(objects, kept, coercion);
  return {
    ...instance,
    sizeBytes: sizeBytes - datasetOffset,
    open() {
      metrics.sent('dimse', sizeBytes - datasetOffset);
      return served?.open(datasetOffset) ?? objects.open(object, { start: datasetOffset, end: sizeBytes });
    },
    transcodable: {
      transferSyntaxes: lossless,
      async open(uid) {
        const { chunks, transferSyntaxUid = uid } = await make(uid, { signal });
        return served?.through(chunks, transferSyntaxUid) ?? chunks;
      },
    },
  };
}
