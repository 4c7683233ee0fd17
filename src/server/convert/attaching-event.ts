// Which events of the feed are of a resource whose attachments may become instances.

import type { CatalogueEvent } from '../../storage/events.ts';
import type { WrittenKey } from '../../storage/fhir-resources.ts';
import { isAttaching } from '../../translate/attached.ts';
import { isOwnWriter } from '../fhir/own-writers.ts';

/** What this node wrote tells of instances that are here already. */
export function attachingIn({
  kind,
  tenant,
  detail,
}: Pick<CatalogueEvent, 'kind' | 'tenant' | 'detail'>): WrittenKey | undefined {
  if (kind !== 'resource-changed') return undefined;
  const { type, id, method, by = '' } = detail as { type: string; id: string; method: string; by?: string };
  return method === 'DELETE' || !isAttaching(type) || isOwnWriter(by) ? undefined : { tenant, type, id, by };
}
