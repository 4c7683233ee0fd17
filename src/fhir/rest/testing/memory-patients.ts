// What keeps resources behind the door in tests of identity: nothing but the persons that identity in memory knows.

import type { WebRequest } from '../../../base/http/web-request.ts';
import { Problem } from '../../../base/problem.ts';
import type { AuditHandlers } from '../audit-handlers.ts';
import type { ExportHandlers } from '../export-handlers.ts';
import type { ResourceHandlers, ResourceName } from '../resource-handlers.ts';
import type { MemoryIdentity } from './memory-identity.ts';

const nothing = async (): Promise<never> => {
  throw new Problem('catalogue/not-found', { what: 'resource' });
};

export const noAudit: AuditHandlers = { search: async () => ({ events: [] }), read: nothing };
export const noExports: ExportHandlers = { begin: nothing, status: nothing, open: nothing, remove: nothing };

export function memoryPatients(identity: MemoryIdentity): ResourceHandlers {
  return {
    read: (request: WebRequest, { id }: ResourceName) => identity.person(request, id),
    search: nothing,
    version: nothing,
    history: nothing,
    create: nothing,
    update: nothing,
    patch: nothing,
    remove: nothing,
    matching: async () => [],
    newIdOf: nothing,
    everything: nothing,
  };
}
