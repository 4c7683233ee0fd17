// A person's answer about a procedure: it latches, and the facts of the study it was asked of follow at once.

import type { ApiProcedure } from '../../api/route.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { factsOf } from '../../delivery/fact-keeper.ts';
import { bodyParts } from '../../normalize/procedures/anatomy.ts';
import { replaceFacts } from '../../storage/facts.ts';
import { studiesForRules } from '../../storage/study-for-rules.ts';
import type { Core } from '../core.ts';

export async function decideProcedure(
  { database, normalised }: Core,
  { tenant, id }: Principal,
  studyInstanceUid: string,
  decided: ApiProcedure,
): Promise<void> {
  if (!bodyParts.has(decided.focus)) throw new Problem('request/malformed', { reason: 'focus is no part of the body' });
  const rows = await database.query<{ id: string }>('select id from study where tenant = $1 and study_uid = $2', [
    tenant,
    studyInstanceUid,
  ]);
  const studies = await studiesForRules(
    database,
    rows.map((row) => row.id),
  );
  if (studies.length === 0) throw new Problem('catalogue/not-found', { what: 'study' });
  for (const study of studies) {
    await normalised.decide(study, decided, id);
    const found = await normalised.of(study);
    await database.kysely.transaction().execute((transaction) => {
      const facts = { tenant, study: study.id, facts: factsOf(found), said: found.said };
      return replaceFacts(transaction, facts, found.foundBy);
    });
  }
}
