// The body of a PATCH (R4 http.html#patch): JSON Patch, or FHIRPath Patch in Parameters. What it makes must be a resource, of
// the same type and id.

import type { Parameters, Resource } from '@medplum/fhirtypes';
import { parseMediaType } from '../../../base/http/media-type.ts';
import { Problem } from '../../../base/problem.ts';
import { applyFhirPathPatch } from '../../fhirpath-patch.ts';
import { InvalidResource } from '../../issue.ts';
import { type JsonObject, type JsonValue, parseJsonValue } from '../../json.ts';
import { applyJsonPatch } from '../../json-patch.ts';
import { checked } from '../../resource.ts';
import type { Exchange } from '../exchange.ts';

/** Throws Problem request/unsupported-media-type, request/malformed; what it returns throws fhir/unprocessable, fhir/invalid. */
export async function patchOf(exchange: Exchange): Promise<(resource: Resource) => Resource> {
  const { type: mediaType } = parseMediaType(exchange.headers['content-type']) ?? {};
  if (mediaType === 'application/json-patch+json') {
    const patch = parseJsonValue(await exchange.text());
    return (resource) => patched(resource, applyJsonPatch(asJson(resource), patch));
  }
  const body = await exchange.resource();
  if (body.resourceType !== 'Parameters') {
    throw new InvalidResource([{ severity: 'error', code: 'structure', diagnostics: 'the body is no Parameters' }]);
  }
  return (resource) => patched(resource, applyFhirPathPatch(asJson(resource), body as Parameters));
}

const asJson = (resource: Resource): JsonObject => resource as unknown as JsonObject;

function patched(before: Resource, made: JsonValue): Resource {
  const after = checked(made as JsonObject);
  if (after.resourceType !== before.resourceType || after.id !== before.id) {
    throw new Problem('fhir/unprocessable', { reason: 'a patch does not change the type or the id of a resource' });
  }
  return after;
}
