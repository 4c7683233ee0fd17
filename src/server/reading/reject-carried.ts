// What an exchange elsewhere is not to use any more: recalled, expired, or withdrawn by the client. It is told by a rejection note;
// the copies that it made for its own readers go by that.

import { Problem } from '../../base/problem.ts';
import type { Outcome } from '../../delivery/line.ts';
import { type GoneCopies, markCarried, markRejected } from '../../reading/store/carriage.ts';
import type { Core } from '../core.ts';
import type { FarExchange } from './far-exchange.ts';
import { rejectionOf } from './referral.ts';

/** Rejects with delivery/refused, delivery/not-now; done again it is the same note. */
export async function rejectCarried(
  { core, exchange, provider }: { core: Core; exchange: FarExchange; provider: string },
  { case: id, objects, ...gone }: GoneCopies,
): Promise<void> {
  const { database, audit, cases } = core;
  const names = objects.map(({ sopInstanceUid }) => sopInstanceUid);
  const note = rejectionOf({ patient: gone.patient, goneAt: gone.goneAt, objects });
  taken(await exchange.storeMade(note));
  // So that it is not taken for something that a reader made there.
  await markCarried(database, id, {
    studyInstanceUid: objects[0]!.studyInstanceUid,
    seriesInstanceUid: note.text('SeriesInstanceUID')!,
    sopInstanceUid: note.text('SOPInstanceUID')!,
    sopClassUid: note.text('SOPClassUID')!,
  });
  await markRejected(database, id, names);
  const { client } = await cases.stored(id);
  await audit.record({
    ...{ tenant: client, principal: 'exchange', door: 'node', action: 'carry-rejection', outcome: 'success' },
    instanceCount: names.length,
    query: `case ${id}: ${provider}`,
  });
}

/** Throws delivery/refused, delivery/not-now. */
export function taken(outcome: Outcome): void {
  if ('refused' in outcome) throw new Problem('delivery/refused');
  if ('later' in outcome) throw new Problem('delivery/not-now');
}
