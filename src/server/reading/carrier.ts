// The client's own node between its archive and an exchange elsewhere. The room of the provider lies here, beside the vault: what
// is in it carries pseudonyms only, and is carried to the exchange; what readers made of it there is brought back into the room,
// from where it comes home as if they had stored it here (returns.ts). This node asks, always: the exchange has no way in here,
// and no key. A case that cannot be carried waits, and after a while says so.

import { asProblem, Problem } from '../../base/problem.ts';
import { pauseMs } from '../../delivery/back-off.ts';
import type { PseudonymMap } from '../../reading/privacy/pseudonym-map.ts';
import {
  awaited,
  carriageDue,
  carriageFailed,
  carriageRefused,
  type DueCarriage,
  goneCopies,
  markAsked,
  markCarried,
  uncarried,
} from '../../reading/store/carriage.ts';
import { documentOf, OUTBOUND_CHANNEL } from '../../reading/store/egress.ts';
import { type Room, roomOf } from '../../reading/store/rooms.ts';
import { alone } from '../../storage/alone.ts';
import { instancesBelow } from '../../storage/catalogue.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import { Follower } from '../../storage/follower.ts';
import type { Core } from '../core.ts';
import { Departures } from '../delivery/departure.ts';
import type { Spine } from '../spine.ts';
import { type Bringing, bringBack } from './bring-back.ts';
import { type CaseContext, CONTEXT } from './case-context.ts';
import { FarExchange } from './far-exchange.ts';
import type { OutboundTelling } from './outbound-case.ts';
import { referral } from './referral.ts';
import { rejectCarried, taken } from './reject-carried.ts';

export const limits = {
  /** So often the exchange is asked what came of it, and whether it is there again. */
  lookMs: 5_000,
  /** Between two looks at what changes here. */
  pauseMs: 200,
  /** What cannot be carried for so long is held, so that somebody sees it. */
  alarmMs: 5 * 60_000,
  /** The longest pause after a failure. */
  longestMs: 60_000,
  /** Seconds between two looks at what came of one case, least and most. */
  leastS: 5,
  mostS: 3600,
  /** Cases of which that is asked in one look. */
  atOnce: 50,
} as const;

/** The reason of the hold of a case that cannot be carried, or that the exchange will not have. */
export const AWAY = 'exchange-away';
const REFUSED = 'exchange-refused';
/** Of one whose copies would say whose they are: a contract, or a profile, by which they go as they are. */
const NAMED = 'exchange-identified';

export interface FarRoom {
  provider: string;
  url: string;
  token?: string | undefined;
}

export class Carrier {
  readonly #core: Core;
  readonly #telling: OutboundTelling;
  readonly #far: FarRoom;
  readonly #exchange: FarExchange;
  readonly #bringing: Pick<Bringing, 'core' | 'spine' | 'exchange' | 'provider'>;
  #follower: Follower | undefined;

  private constructor(core: Core, spine: Spine, telling: OutboundTelling, far: FarRoom) {
    this.#core = core;
    this.#telling = telling;
    this.#far = far;
    const departures = new Departures(core, spine);
    this.#exchange = new FarExchange(far, (instance, form) => departures.of(instance, form));
    this.#bringing = { core, spine, exchange: this.#exchange, provider: far.provider };
  }

  static async open(core: Core, spine: Spine, telling: OutboundTelling, far: FarRoom): Promise<Carrier> {
    const carrier = new Carrier(core, spine, telling, far);
    carrier.#follower = await Follower.open({
      notices: core.database.notices,
      channels: [EVENT_CHANNEL, OUTBOUND_CHANNEL],
      lookMs: limits.lookMs,
      pauseMs: limits.pauseMs,
      look: (signal) => carrier.#look(signal),
      failed: (code) => core.log.warn({ code }, 'the exchange cannot be asked just now'),
    });
    return carrier;
  }

  async close(): Promise<void> {
    this.#exchange.abort();
    await this.#follower?.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { database, readingInUse } = this.#core;
    if (!(await readingInUse.now())) return;
    const room = await roomOf(database, this.#far.provider);
    if (room === undefined) return;
    await alone(database, `reading carrier ${this.#far.provider}`, async () => {
      for (const due of await carriageDue(database, room.tenant)) {
        if (signal.aborted) return;
        await this.#one(due, room, signal);
      }
      for (const gone of await goneCopies(database, room.tenant)) {
        if (signal.aborted) return;
        await this.#quietly('what is gone here cannot be rejected there just now', signal, () =>
          rejectCarried(this.#bringing, gone),
        );
      }
      for (const { studyUid } of await awaited(database, room.tenant, limits)) {
        if (signal.aborted) return;
        const bring = () => bringBack({ ...this.#bringing, room, studyUid, signal });
        await this.#quietly('what came of a case cannot be fetched just now', signal, bring);
      }
    });
  }

  async #one(due: DueCarriage, room: Room, signal: AbortSignal): Promise<void> {
    try {
      await this.#carry(due, room, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      const { code, cause } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      const { database, log } = this.#core;
      log.warn({ code, ...(code === 'internal/unexpected' && { error: cause }) }, 'a case cannot be carried just now');
      if (code === 'delivery/refused' || code === 'reading/may-not-leave') {
        await carriageRefused(database, due.case, code);
        return this.#telling.held(due.case, code === 'delivery/refused' ? REFUSED : NAMED);
      }
      const since = await carriageFailed(database, due.case, Math.min(pauseMs(due.failures + 1), limits.longestMs));
      if (Date.now() - since.getTime() >= limits.alarmMs) await this.#telling.held(due.case, AWAY);
    }
  }

  async #carry(due: DueCarriage, room: Room, signal: AbortSignal): Promise<void> {
    const { database, vault, audit } = this.#core;
    const map = await vault.mapOf(due.case);
    if (saysOfWhom(map)) throw new Problem('reading/may-not-leave', { reason: NAMED });
    const names = await uncarried(database, due.case);
    for (const { name } of names) {
      if (signal.aborted) return;
      const [instance] = await instancesBelow(database, room.tenant, { sopInstanceUid: name });
      taken(await this.#exchange.store(instance!, room.tenant, due.case));
      await markCarried(database, due.case, instance!);
    }
    const subject = await this.#exchange.patient(map.patient.pseudonym.id ?? '');
    // It has the images, and does not know yet whose they are.
    if (subject === undefined) throw new Problem('delivery/not-now');
    const context = ((await documentOf(database, due.case, CONTEXT)) ?? {}) as Partial<CaseContext>;
    await this.#exchange.order(referral({ ...due, subject, map, context }));
    await markAsked(database, due.case, due.wanted);
    await audit.record({
      ...{ tenant: due.tenant, principal: 'exchange', door: 'node', action: 'carry', outcome: 'success' },
      instanceCount: names.length,
      query: `case ${due.case}: ${this.#far.provider}`,
    });
    if (due.failingSince !== null) await this.#isThereAgain(due.case);
  }

  /** Whoever was told that it waits is told that it does no more. */
  async #isThereAgain(id: string): Promise<void> {
    const { reading } = await this.#core.cases.stored(id);
    const isHeld = reading.pauses.some(({ to, reason }) => to === undefined && holdReasons.has(reason));
    // Or a person has let it go.
    if (!isHeld && reading.state !== 'receiving') return;
    const { instances, priors } = reading.facts;
    await this.#telling.whole(id, { instances, priors });
  }

  /** One that cannot be done now holds up no other; where the catalogue is away all of them wait. */
  async #quietly(event: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (signal.aborted) return;
      const { code } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      this.#core.log.warn({ code }, event);
    }
  }
}

const holdReasons: ReadonlySet<string> = new Set([AWAY, REFUSED, NAMED]);

/** Whatever contract and profile say: what goes under a number or a UID that the client knows goes nowhere. */
const saysOfWhom = ({ patient, studyUid }: PseudonymMap): boolean =>
  studyUid.pseudonym === studyUid.original ||
  (patient.original.id !== undefined && patient.pseudonym.id === patient.original.id);
