// What private elements of a sample of instances might mean. Pure of the catalogue: everything is in the task.

import { fromJson } from '../../dicom/json-reader.ts';
import { printPrivateTag } from '../../normalize/acquisition/private-tag.ts';
import { type Proposal, propose } from '../../normalize/discovery/propose.ts';
import { isToBeAsked } from '../../normalize/discovery/unknown-elements.ts';
import { metadataText } from '../../storage/metadata.ts';
import type { MappingKey } from '../../storage/private-mappings.ts';

export interface LookTask {
  /** Metadata of instances as storage/metadata.ts encodes it, in base64. */
  instances: readonly string[];
}

export interface FoundMapping extends MappingKey {
  proposal: Proposal;
}

export function findMappings({ instances }: LookTask): FoundMapping[] {
  const objects = instances.map((each) => fromJson(JSON.parse(metadataText(Buffer.from(each, 'base64'), ''))));
  return [...propose(objects).values()]
    .flat()
    .filter(isToBeAsked)
    .map((proposal) => ({ element: printPrivateTag(proposal.from), attribute: proposal.attribute, proposal }));
}
