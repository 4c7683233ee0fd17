// Which of the instances a peer asks about are safely kept. PS3.4 J: it deletes its own copies by what we answer.

import type { Database } from './database.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { NOT_WITHDRAWN } from './withheld.ts';

export interface Reference {
  sopClassUid: string;
  sopInstanceUid: string;
}

/** PS3.3 C.14.1.1 Failure Reason (0008,1197). */
export const failureReasons = {
  processingFailure: 0x0110,
  noSuchObjectInstance: 0x0112,
  classInstanceConflict: 0x0119,
  duplicateTransactionUid: 0x0131,
} as const;

const limits = {
  /** References looked up in one statement. */
  batch: 5_000,
};

/** For each reference in order: undefined where it is kept, row committed and file in its place; else why not. */
export async function commitmentOf(
  database: Database,
  objects: ObjectStore,
  tenant: number,
  references: readonly Reference[],
): Promise<(number | undefined)[]> {
  const answers: (number | undefined)[] = [];
  for (let start = 0; start < references.length; start += limits.batch) {
    const batch = references.slice(start, start + limits.batch);
    const kept = await keptInstances(database, tenant, batch);
    for (const reference of batch) answers.push(await failureOf(reference, kept, objects));
  }
  return answers;
}

interface KeptInstance {
  sop_class: string;
  object: string;
}

async function keptInstances(
  database: Database,
  tenant: number,
  references: readonly Reference[],
): Promise<Map<string, KeptInstance[]>> {
  const uids = [...new Set(references.map((reference) => reference.sopInstanceUid))];
  const rows = await database.query<KeptInstance & { sop_uid: string }>(
    `select i.sop_uid, i.sop_class, i.object from instance i join series r on r.id = i.series join study s on s.id = i.study
     where i.tenant = $1 and i.sop_uid = any($2) and ${NOT_WITHDRAWN} and r.hidden_at is null and s.hidden_at is null`,
    [tenant, uids],
  );
  return Map.groupBy(rows, (row) => row.sop_uid);
}

async function failureOf(
  { sopClassUid, sopInstanceUid }: Reference,
  kept: Map<string, KeptInstance[]>,
  objects: ObjectStore,
): Promise<number | undefined> {
  const found = kept.get(sopInstanceUid);
  if (found === undefined) return failureReasons.noSuchObjectInstance;
  const instance = found.find((each) => each.sop_class === sopClassUid);
  if (instance === undefined) return failureReasons.classInstanceConflict;
  const size = await objects.size(instance.object);
  return size === undefined ? failureReasons.processingFailure : undefined;
}
