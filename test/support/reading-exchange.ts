// Cases of a running node as intake makes them, without a contract and an order: what is known of them is read beside the node.

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { CaseLog } from '../../src/reading/store/case-log.ts';
import { beginOutbound, outboundOf } from '../../src/reading/store/egress.ts';
import { LocalVault } from '../../src/reading/store/local-vault.ts';
import { openRoom } from '../../src/reading/store/rooms.ts';
import type { ServiceTerm } from '../../src/reading/terms/service-term.ts';
import { someFacts, someTerm } from '../../src/reading/testing/facts.ts';
import { readMasterKey } from '../../src/server/deidentify/master-key.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import type { NodeProcess } from './node-process.ts';
import type { Later } from './shared.ts';

export interface CasesBeside {
  database: Database;
  cases: CaseLog;
  vault: LocalVault;
  /** A case of a study that is here, with studies before it, on its way to the room of its provider; resolves to its id. */
  leave(client: string, studyUid: string, priorUids?: readonly string[], term?: Partial<ServiceTerm>): Promise<string>;
  /** Resolves once all of it is in the room, or to why it is held. */
  left(caseId: string): Promise<string>;
}

export async function casesBeside({ data }: Pick<NodeProcess, 'data'>, later: Later): Promise<CasesBeside> {
  const database = await openDatabase({ dataDir: data, log: silentLog });
  later(() => database.close());
  const cases = new CaseLog({ database, clock: systemClock, term: async () => someTerm() });
  later(() => cases.close());
  const by = { kind: 'exchange', id: 'intake' } as const;
  return {
    database,
    cases,
    vault: new LocalVault(database, () => [readMasterKey(join(data, 'vault.key'))]),
    async leave(client, studyUid, priorUids = [], over = {}) {
      const rows = await database.query<{ tenant: number; id: string; uid: string }>(
        `select s.tenant, s.id, s.study_uid as uid from study s join tenant t on t.id = s.tenant
         where t.name = $1 and s.study_uid = any($2)`,
        [client, [studyUid, ...priorUids]],
      );
      const { tenant, id: study } = rows.find(({ uid }) => uid === studyUid)!;
      const [term, facts] = [someTerm(over), someFacts({ client })];
      const { provider, patientAt, priority } = facts;
      const room = await openRoom(database, provider, 'DE');
      const announced = { kind: 'announced', facts, term: { id: term.id, version: 1 } } as const;
      const here = { kind: 'images-arrived', instances: 1 } as const;
      const made = await cases.create({ client: tenant, room: room.tenant, studyUid }, by, [announced, here]);
      const priors = rows.filter(({ uid }) => uid !== studyUid).map(({ id }) => id);
      const { jurisdictions, disclosure } = term;
      const document = { client, provider, patientAt, priority, term: { jurisdictions, disclosure } };
      await beginOutbound(database, { case: made!.id, tenant, room: room.tenant, study, priors, document });
      return made!.id;
    },
    async left(caseId) {
      for (;;) {
        const { state, reason } = (await outboundOf(database, caseId))!;
        if (state !== 'copying') return reason ?? state;
        await pause(20);
      }
    },
  };
}
