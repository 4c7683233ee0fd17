// What UPS-RS asks, each as an access: PS3.18 11 on the same state machine that DIMSE has.

import type { Principal } from '../../auth/principal.ts';
import { requireMay } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { WorkitemHandlers } from '../../dicomweb/ups/workitem-handlers.ts';
import { FILTERED_SUBSCRIPTION } from '../../orders/workitem-events.ts';
import { matchingWorkitems } from '../../orders/workitem-search.ts';
import { subscribe, suspend, unsubscribe } from '../../orders/workitem-subscriptions.ts';
import { Workitems } from '../../orders/workitems.ts';
import type { Core } from '../core.ts';
import { type Access, access } from '../doors/access.ts';
import { nodeName } from '../node-name.ts';
import { RoomWorkitems } from '../reading/room-workitems.ts';
import type { WorkitemTeller } from './workitem-teller.ts';

export function workitemsByWeb(core: Core, teller: Pick<WorkitemTeller, 'listen'>): WorkitemHandlers {
  const { database, config } = core;
  const node = nodeName(config, 'node');
  const workitems = new Workitems(database, node);
  const ofCases = new RoomWorkitems(core, workitems);
  const asked = <T>(
    { principal, requestId, remoteAddress }: WebRequest,
    action: Access['action'],
    query: string,
    work: (tenant: number) => Promise<T>,
    count?: (answer: T) => number,
  ): Promise<T> => {
    const by = principal as Principal;
    const row = { principal: by, door: 'dicomweb' as const, action, query, requestId, remoteAddress };
    return access(core, row, () => work(by.tenant), count);
  };
  const stored = <T>(request: WebRequest, uid: string, work: (tenant: number) => Promise<T>): Promise<T> =>
    asked(request, 'store', `workitem ${uid}`, work);
  /** Of a workitem that may be a case's. */
  const changed = async <T>(request: WebRequest, uid: string, work: (by: Principal) => Promise<T>): Promise<T> => {
    const by = request.principal as Principal;
    return asked(request, await ofCases.actionOf(by.tenant, uid), `workitem ${uid}`, () => work(by));
  };
  return {
    create: (request, uid, attributes) =>
      stored(request, uid ?? '', (tenant) => workitems.create(tenant, uid, attributes)),
    retrieve: (request, uid) => asked(request, 'retrieve', `workitem ${uid}`, (tenant) => workitems.read(tenant, uid)),
    update: (request, uid, said, key) => changed(request, uid, (by) => ofCases.update(by, uid, said, key)),
    changeState: (request, uid, { state, transactionUid }) =>
      changed(request, uid, (by) => ofCases.changeState(by, uid, state, transactionUid)),
    requestCancel: (request, uid, reasons, requester) =>
      changed(request, uid, (by) => ofCases.requestCancel(by, uid, reasons, requester ?? requesterOf(request))),
    search: (request, { limit, offset, ...query }) =>
      asked(
        request,
        'search',
        request.rawQuery,
        async (tenant) => {
          const wanted = offset + limit;
          const all: DataSet[] = [];
          for await (const found of matchingWorkitems(database, tenant, query)) {
            all.push(...found);
            if (all.length > wanted) break;
          }
          return { found: all.slice(offset, wanted), more: all.length > wanted };
        },
        ({ found }) => found.length,
      ),
    subscribe: (request, uid, subscriber, { deletionLock, filter }) =>
      stored(request, uid, (tenant) => {
        const keys = uid === FILTERED_SUBSCRIPTION && filter ? { filter } : {};
        return subscribe({ database, workitems, node }, { tenant, subscriber }, uid, { deletionLock, ...keys });
      }),
    unsubscribe: (request, uid, subscriber) =>
      stored(request, uid, (tenant) => unsubscribe(database, { tenant, subscriber }, uid)),
    suspend: (request, uid, subscriber) =>
      stored(request, uid, (tenant) => suspend(database, { tenant, subscriber }, uid)),
    async listen({ principal }, subscriber, send) {
      const by = principal as Principal;
      requireMay(by, 'search');
      return teller.listen(by.tenant, subscriber, send);
    },
  };
}

/** An AE has sixteen characters. */
const requesterOf = ({ principal }: WebRequest): string =>
  (principal as Principal).id.replace(/[^\x20-\x5b\x5d-\x7e]/g, '').slice(0, 16) || 'UNKNOWN';
