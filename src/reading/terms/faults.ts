// The document cannot be used: one sentence for each fault, all of them at once.

import type { Static, TSchema } from '@sinclair/typebox';
import { Problem } from '../../base/problem.ts';
import { type Fault, schemaFaults } from '../../routing/document-faults.ts';
import { pathText } from '../../routing/rule-set.ts';

export type { Fault };

/** `further`: what the form cannot say; asked of a document that has it. Throws request/malformed. */
export function readDocument<T extends TSchema>(
  schema: T,
  document: unknown,
  subject: string,
  further: (document: Static<T>) => Fault[] = () => [],
): Static<T> {
  const faults = schemaFaults(schema, document, subject);
  if (faults.length === 0) faults.push(...further(document as Static<T>));
  if (faults.length === 0) return document as Static<T>;
  const told = faults.map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)}: ${message}`));
  throw new Problem('request/malformed', { reason: told.join('\n') });
}
