// The egress ledger as /api/v1 asks for it.

import type { ApiEgress } from '../../api/reading-egress.ts';
import { Problem } from '../../base/problem.ts';
import { documentOf, egressOf, goOnWithout, lookAgain, outboundOf } from '../../reading/store/egress.ts';
import { proofsOf } from '../../reading/store/removals.ts';
import type { Core } from '../core.ts';
import type { Spine } from '../spine.ts';
import { CONTEXT } from './case-context.ts';
import { forgetPatient, recallCase } from './recall.ts';
import { rotateClient, rotateVault } from './vault-keys.ts';

/** `spine`: absent where nothing is kept; then nothing can be recalled. */
export function apiEgress(core: Core, spine?: Spine): ApiEgress {
  const { database } = core;
  return {
    list: (tenant, { before, ...asked }) =>
      egressOf(database, tenant, { ...asked, ...(before !== undefined && { before: new Date(before) }) }),
    recall(tenant, id, by) {
      if (spine === undefined) throw new Problem('request/malformed', { reason: 'a running node recalls' });
      return recallCase(core, spine, { tenant, case: id, reason: 'recalled', by });
    },
    async again(tenant, id) {
      if (!(await lookAgain(database, tenant, id))) throw new Problem('reading/nothing-held');
    },
    async without(tenant, id, by, reason) {
      if (!(await goOnWithout(database, tenant, id))) throw new Problem('reading/nothing-held');
      const row = { tenant, principal: by, door: 'node', action: 'egress-without', outcome: 'success' } as const;
      await core.audit.record({ ...row, query: `case ${id}: ${reason}` });
    },
    proofs: (tenant, id) => proofsOf(database, tenant, id),
    forget: (tenant, id, by) => forgetPatient(core, { tenant, case: id, by }),
    rotate: (tenant, by) => rotateClient(core, { tenant, by }),
    rotateAll: (tenant, by) => rotateVault(core, { tenant, by }),
    async context(tenant, id) {
      const outbound = await outboundOf(database, id);
      const isTheirs = outbound?.room === tenant || outbound?.tenant === tenant;
      const document = isTheirs ? await documentOf(database, id, CONTEXT) : undefined;
      if (document === undefined) throw new Problem('catalogue/not-found', { what: 'case' });
      return document;
    },
  };
}
