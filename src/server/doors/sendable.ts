// A kept instance as DIMSE sends it: its data set as stored, or in another transfer syntax that loses nothing.

import type { SendableInstance } from '../../dimse/handlers.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { InstancePlaces } from '../../storage/instance-places.ts';
import type { Core } from '../core.ts';
import { transcodable } from '../pixels/transcodable.ts';
import type { Spine } from '../spine.ts';

/** `signal`: nobody wants it any more. */
export function sendable(
  { metrics }: Pick<Core, 'metrics'>,
  { objects, pixels }: Pick<Spine, 'objects' | 'pixels'>,
  places: InstancePlaces,
  kept: KeptInstance,
  signal?: AbortSignal,
): SendableInstance {
  const { object, datasetOffset, sizeBytes, ...instance } = kept;
  const sources = { objects, pixels, framesOf: (one: KeptInstance) => places.framesOf(one) };
  const { lossless, make } = transcodable(sources, kept);
  return {
    ...instance,
    sizeBytes: sizeBytes - datasetOffset,
    open() {
      metrics.sent('dimse', sizeBytes - datasetOffset);
      return objects.open(object, { start: datasetOffset, end: sizeBytes });
    },
    transcodable: { transferSyntaxes: lossless, open: async (uid) => (await make(uid, signal)).chunks },
  };
}
