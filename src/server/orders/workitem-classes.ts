// What the DIMSE door asks of Unified Procedure Steps, by the five ways to them (PS3.4 CC.3.1): each as an access.

import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { jsonText } from '../../dicom/json.ts';
import type { AnswerForm, WorklistQuery } from '../../dicom/query.ts';
import type { Exchange, Managed, ManagedAction, ManagedInstances } from '../../dimse/handlers.ts';
import { UPS_EVENT, UPS_PULL, UPS_PUSH, UPS_QUERY, UPS_WATCH } from '../../dimse/services.ts';
import { copy, FILTERED_SUBSCRIPTION } from '../../orders/workitem-events.ts';
import { matchingWorkitems } from '../../orders/workitem-search.ts';
import { subscribe, suspend, unsubscribe } from '../../orders/workitem-subscriptions.ts';
import { Workitems } from '../../orders/workitems.ts';
import type { Core } from '../core.ts';
import { searched } from '../doors/access.ts';
import { nodeName } from '../node-name.ts';
import { RoomWorkitems } from '../reading/room-workitems.ts';
import { accessBy, asAccess } from './as-access.ts';

export function workitemClasses(core: Core): [string, ManagedInstances][] {
  const { create, get, set, find, changeState, requestCancel, ...subscriptions } = operations(core);
  const common = { sopClassUid: UPS_PUSH };
  return [
    [UPS_PUSH, { ...common, create, get, actions: { 2: requestCancel } }],
    [UPS_PULL, { ...common, set, get, find, actions: { 1: changeState } }],
    [
      UPS_WATCH,
      {
        ...common,
        get,
        find,
        actions: {
          2: requestCancel,
          3: subscriptions.subscribe,
          4: subscriptions.unsubscribe,
          5: subscriptions.suspend,
        },
      },
    ],
    // Events go out on associations of ours.
    [UPS_EVENT, common],
    [UPS_QUERY, { ...common, find }],
  ];
}

function operations(core: Core) {
  const { database, config, called } = core;
  const node = nodeName(config, 'node');
  const workitems = new Workitems(database, node);
  const stored = <T>(exchange: Exchange, uid: string | undefined, work: (tenant: number) => Promise<T>): Promise<T> =>
    asAccess(core, exchange, { action: 'store', query: `workitem ${uid ?? ''}` }, work);

  const ofCases = new RoomWorkitems(core, workitems);
  /** Of a workitem that may be a case's. */
  const changed = async <T>(exchange: Exchange, uid: string, work: (by: Principal) => Promise<T>): Promise<T> => {
    const by = exchange.principal as Principal;
    const action = await ofCases.actionOf(by.tenant, uid);
    return asAccess(core, exchange, { action, query: `workitem ${uid}` }, () => work(by));
  };

  /** Throws workitem/unknown-subscriber for an AE title that no peer has. */
  const receiverOf = (tenant: number, information: DataSet): string => {
    const aeTitle = information.text('ReceivingAE');
    if (aeTitle === undefined) throw new Problem('workitem/missing-attribute', { attribute: 'ReceivingAE' });
    if (called.find(tenant, aeTitle) === undefined) throw new Problem('workitem/unknown-subscriber', { aeTitle });
    return aeTitle;
  };
  const subscription =
    (
      work: (who: { tenant: number; subscriber: string }, uid: string, information: DataSet) => Promise<void>,
    ): ManagedAction =>
    (exchange, uid, information) =>
      stored(exchange, uid, async (tenant): Promise<Managed> => {
        await work({ tenant, subscriber: receiverOf(tenant, information) }, uid, information);
        return {};
      });

  return {
    create: (exchange: Exchange, uid: string | undefined, attributes: DataSet) =>
      stored(exchange, uid, async (tenant) => {
        const { uid: sopInstanceUid, ...done } = await workitems.create(tenant, uid, attributes);
        return { sopInstanceUid, ...done };
      }),
    set: (exchange: Exchange, uid: string, said: DataSet) =>
      changed(exchange, uid, (by) => ofCases.update(by, uid, said)),
    get: (exchange: Exchange, uid: string, tags: readonly number[]) =>
      asAccess(core, exchange, { action: 'retrieve', query: `workitem ${uid}` }, async (tenant) =>
        chosen(await workitems.read(tenant, uid), tags),
      ),
    find: (exchange: Exchange, query: WorklistQuery, form: AnswerForm) =>
      searched(core, accessBy(exchange, { action: 'search', query: 'workitems' }), async function* (tenant) {
        for await (const found of matchingWorkitems(database, tenant, query)) {
          yield found.map((workitem) => form.encode(jsonText(workitem)));
        }
      }),
    changeState: ((exchange, uid, information) =>
      changed(exchange, uid, (by) =>
        ofCases.changeState(by, uid, information.text('ProcedureStepState'), information.text('TransactionUID')),
      )) as ManagedAction,
    requestCancel: ((exchange, uid, request) =>
      changed(exchange, uid, (by) =>
        ofCases.requestCancel(by, uid, request, exchange.peer.callingAeTitle),
      )) as ManagedAction,
    subscribe: subscription((who, uid, information) => {
      const deletionLock = information.text('DeletionLock') === 'TRUE';
      const filter = uid === FILTERED_SUBSCRIPTION ? filterOf(information) : undefined;
      return subscribe({ database, workitems, node }, who, uid, { deletionLock, ...(filter && { filter }) });
    }),
    unsubscribe: subscription((who, uid) => unsubscribe(database, who, uid)),
    suspend: subscription((who, uid) => suspend(database, who, uid)),
  };
}

/** Table CC.2.3-1: everything but what is about the subscription itself is a matching key. */
function filterOf(information: DataSet): DataSet {
  const filter = new DataSet();
  filter.characterSet = information.characterSet;
  for (const element of information.elements.values()) filter.add(element);
  for (const keyword of ['ReceivingAE', 'DeletionLock']) filter.delete(keyword);
  return filter;
}

/** These attributes; all where none is named. */
function chosen(dataset: DataSet, tags: readonly number[]): DataSet {
  if (tags.length === 0) return dataset;
  const keywords = tags.filter((tag) => dataset.has(tag)).map((tag) => tag.toString(16).padStart(8, '0'));
  return copy(dataset, new DataSet(), keywords);
}
