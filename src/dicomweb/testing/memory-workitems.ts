// Workitems in memory, for tests of the door: they are there or not; what may be done to them when is not this door's.

import { Problem } from '../../base/problem.ts';
import { DataSet } from '../../dicom/dataset.ts';
import type { WorkitemHandlers } from '../ups/workitem-handlers.ts';

export function memoryWorkitems(): WorkitemHandlers {
  const workitems = new Map<string, DataSet>();
  const of = (uid: string): DataSet => {
    const found = workitems.get(uid);
    if (found === undefined) throw new Problem('workitem/unknown');
    return found;
  };
  return {
    async create(_, uid = '2.25.1', attributes) {
      workitems.set(uid, attributes);
      return { uid };
    },
    retrieve: async (_, uid) => of(uid),
    async update(_, uid) {
      of(uid);
      return {};
    },
    async changeState(_, uid) {
      of(uid);
      return {};
    },
    async requestCancel(_, uid) {
      of(uid);
      return {};
    },
    search: async () => ({ found: [new DataSet().set('ProcedureStepState', 'SCHEDULED')], more: false }),
    subscribe: async () => undefined,
    unsubscribe: async () => undefined,
    suspend: async () => undefined,
    listen: async () => () => undefined,
  };
}
