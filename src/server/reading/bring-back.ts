// What readers at an exchange elsewhere made of a case, brought into the room that lies here: from there on it is judged as what a
// reader stored here, by the same rules (returns.ts), and nothing of it is believed.

import type { InstanceSink } from '../../dimse/scu.ts';
import { knownHere } from '../../reading/store/carriage.ts';
import type { Room } from '../../reading/store/rooms.ts';
import type { Core } from '../core.ts';
import { receiveFrom } from '../doors/receive.ts';
import type { Spine } from '../spine.ts';
import { principalIn } from './copy-instance.ts';
import type { FarExchange } from './far-exchange.ts';

/** Printed reports: they say who it is of in a picture of text, and the structured one says the same. */
const ENCAPSULATED = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\./;

export interface Bringing {
  core: Core;
  spine: Spine;
  exchange: FarExchange;
  provider: string;
  room: Room;
  /** As the room, and the exchange, know it. */
  studyUid: string;
  signal: AbortSignal;
}

/** Rejects with delivery/not-now, and as the spine does. */
export async function bringBack({ core, spine, exchange, provider, room, studyUid, signal }: Bringing): Promise<void> {
  const there = await exchange.instances(studyUid, signal);
  const names = there.map(({ sopInstanceUid }) => sopInstanceUid);
  const known = await knownHere(core.database, room.tenant, names);
  for (const one of there) {
    if (known.has(one.sopInstanceUid) || ENCAPSULATED.test(one.sopClassUid)) continue;
    const expected = { sopInstanceUid: one.sopInstanceUid, studyInstanceUid: studyUid };
    // Not our own source: it is judged as what a reader stored here.
    const arrival = { door: 'exchange', source: provider, expected } as const;
    const principal = { ...principalIn(room), id: `exchange:${provider}` };
    const receive = (): InstanceSink => {
      const receiving = receiveFrom(core, spine.receive, principal, arrival);
      return { ...receiving, finish: () => receiving.finish().then(() => 0) };
    };
    await exchange.bring(studyUid, one, receive, signal);
  }
}
