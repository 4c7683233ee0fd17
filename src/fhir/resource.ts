// A resource in and out of either of its two forms.

import type { Resource } from '@medplum/fhirtypes';
import { InvalidResource, type Issue } from './issue.ts';
import { type JsonObject, parseJson } from './json.ts';
import { validate } from './validate.ts';
import { fromXml, toXml } from './xml.ts';

export type Format = 'json' | 'xml';

/** The resource of a body. Throws Problem request/malformed for what is neither JSON nor XML, InvalidResource for what is no resource of R4. */
export function readResource(text: string, format: Format): Resource {
  const { resource, issues } = format === 'xml' ? fromXml(text) : { resource: parseJson(text), issues: [] as Issue[] };
  const all = [...issues, ...validate(resource)];
  if (all.some(({ severity }) => severity === 'error')) throw new InvalidResource(all);
  return resource as unknown as Resource;
}

/** A resource that was made here of another. Throws InvalidResource for what is none of R4. */
export function checked(resource: JsonObject): Resource {
  const issues = validate(resource);
  if (issues.some(({ severity }) => severity === 'error')) throw new InvalidResource(issues);
  return resource as unknown as Resource;
}

/** The body of a resource that is valid. Properties that are undefined are left out. */
export function writeResource(resource: Resource, format: Format): string {
  return format === 'xml' ? toXml(resource as unknown as JsonObject) : JSON.stringify(resource);
}
