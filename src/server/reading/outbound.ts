// Copies of cases on their way into the rooms of their readers: looks at whichever case is to leave, or whose studies have
// changed since, asks whether it may, copies what is not there yet, takes back what the client has withdrawn, and tells what it
// came to. A case is one node's at a time; what was cut off goes on where it was, by the ledger.

import { asProblem } from '../../base/problem.ts';
import {
  beginOutbound,
  copiesOf,
  OUTBOUND_CHANNEL,
  type Outbound as OutboundRow,
  outboundDue,
  outboundOf,
  retryOutbound,
  settleOutbound,
} from '../../reading/store/egress.ts';
import { cameHome, endOver } from '../../reading/store/leaving.ts';
import { openRoom, roomOf } from '../../reading/store/rooms.ts';
import { alone } from '../../storage/alone.ts';
import { instancesBelow, type KeptInstance } from '../../storage/catalogue.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import { Follower } from '../../storage/follower.ts';
import type { Core } from '../core.ts';
import { Departures } from '../delivery/departure.ts';
import type { Spine } from '../spine.ts';
import { sendContext } from './case-context.ts';
import { type Copying, copyInstance } from './copy-instance.ts';
import { copyPlan } from './copy-plan.ts';
import { refusalOf } from './leave-policy.ts';
import type { LeavingTerms, OutboundCase, OutboundTelling } from './outbound-case.ts';
import { withdrawCopies } from './recall.ts';

export const limits = {
  /** Looks by itself so often: a notice was missed, or a pause is over. */
  lookMs: 5_000,
  /** Between two looks: what comes of a study comes in many commits. */
  pauseMs: 200,
  /** After a failure that is nobody's decision: a full disk, a catalogue that is away. */
  retryMs: 10_000,
  /** What may not leave is asked about again so often: a consent, a contract, a mechanism may have changed. */
  refusedMs: 5 * 60_000,
  /** How long copies stay once the case is over: for addenda, and for who looks a report up. */
  keptDays: 30,
  /** Cases that are copied at the same time. */
  cases: 2,
} as const;

type Due = OutboundRow<LeavingTerms> & { seen: string };

export class Outbound {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #telling: OutboundTelling;
  readonly #departures: Departures;
  #follower: Follower | undefined;

  private constructor(core: Core, spine: Spine, telling: OutboundTelling) {
    this.#core = core;
    this.#spine = spine;
    this.#telling = telling;
    this.#departures = new Departures(core, spine);
  }

  static async open(core: Core, spine: Spine, telling: OutboundTelling): Promise<Outbound> {
    const outbound = new Outbound(core, spine, telling);
    outbound.#follower = await Follower.open({
      notices: core.database.notices,
      channels: [EVENT_CHANNEL, OUTBOUND_CHANNEL],
      lookMs: limits.lookMs,
      pauseMs: limits.pauseMs,
      look: (signal) => outbound.#look(signal),
      failed: (code) => core.log.warn({ code }, 'copies for readers cannot be made just now'),
    });
    return outbound;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  /** A case is to leave for the room of its provider, which is made where there is none; may be asked again. */
  async begin({ id, tenant, study, priors, ...leaving }: OutboundCase): Promise<void> {
    const { database, config } = this.#core;
    const { jurisdictions, disclosure } = leaving.term;
    // Who did not say where this installation keeps copies has agreed on it in the contract.
    const place = config.place ?? jurisdictions.dataMayRestAt[0] ?? '';
    const room = (await roomOf(database, leaving.provider)) ?? (await openRoom(database, leaving.provider, place));
    const document: LeavingTerms = { ...leaving, term: { jurisdictions, disclosure } };
    await beginOutbound(database, { case: id, tenant, room: room.tenant, study, priors, document });
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!(await this.#core.readingInUse.now())) return;
    await endOver(this.#core.database, limits.keptDays);
    const due = await outboundDue<LeavingTerms>(this.#core.database);
    const next = due.values();
    const work = async () => {
      for (const one of next) if (!signal.aborted) await this.#one(one, signal);
    };
    await Promise.all(Array.from({ length: limits.cases }, work));
  }

  async #one(due: Due, signal: AbortSignal): Promise<void> {
    const { database, log } = this.#core;
    try {
      await alone(database, `reading outbound ${due.case}`, async () => {
        // Another node may have come to the end of it since it was due.
        const now = await outboundOf(database, due.case);
        if (now !== undefined && now.state !== 'ended') await this.#copy({ ...due, state: now.state }, signal);
      });
    } catch (thrown) {
      if (signal.aborted) return;
      const { code } = asProblem(thrown);
      log.warn({ code, error: thrown }, 'a case cannot be copied just now');
      await retryOutbound(database, due.case, limits.retryMs);
    }
  }

  async #copy(due: Due, signal: AbortSignal): Promise<void> {
    const { database } = this.#core;
    const one: OutboundCase = {
      ...due.document,
      id: due.case,
      tenant: due.tenant,
      study: due.study,
      priors: due.priors,
    };
    const room = await roomOf(database, one.provider);
    if (room === undefined) return this.#hold(due, 'room-unknown');
    const planned = await copyPlan(this.#core, this.#core.vault, one);
    if ('missing' in planned) return this.#hold(due, `${planned.missing}-unknown`);
    const { plan } = planned;
    const copying: Copying = {
      core: this.#core,
      spine: this.#spine,
      departures: this.#departures,
      vault: this.#core.vault,
      one,
      room,
      plan,
    };
    const leftOut = new Set(due.leftOut);
    const originals = (await this.#originals(one)).filter(({ id }) => !leftOut.has(id));
    const there = await copiesOf(database, one.id);
    const here = new Set(originals.map(({ id }) => id));
    const missing = originals.filter(({ id }) => !there.has(id));
    const gone = [...there].filter(([source]) => !here.has(source)).map(([, name]) => name);
    if (missing.length > 0) {
      const refusal = await refusalOf(this.#core, one, room, plan, Date.now());
      if (refusal !== undefined) return this.#hold(due, refusal);
      if (await isErased(this.#core.vault.begin(plan.entry))) return this.#hold(due, 'patient-forgotten');
    }
    for (const instance of missing) {
      if (signal.aborted) return;
      const stopped = await refusedInstance(copyInstance(copying, instance));
      if (stopped !== undefined) return this.#hold(due, stopped);
    }
    if (gone.length > 0) await withdrawCopies(this.#core, this.#spine, one.id, gone);
    if (originals.length > 0) await sendContext(copying, originals);
    const instances = originals.filter(({ studyId }) => studyId === one.study).length;
    // Told first: whoever is told twice after a crash knows it, whoever is never told does not.
    await this.#telling.whole(one.id, { instances, priors: one.priors.length });
    if (due.wasWhole && missing.length > 0) await this.#telling.changed(one.id, 'late-images', instances);
    if (due.wasWhole && gone.length > 0) await this.#telling.changed(one.id, 'images-rejected', instances);
    await settleOutbound(database, one.id, { state: 'whole', seen: due.seen });
  }

  /** What is served of the case's studies, its own first; of what was withdrawn altogether, nothing. */
  async #originals({ tenant, study, priors }: OutboundCase): Promise<KeptInstance[]> {
    const found: KeptInstance[] = [];
    for (const id of [study, ...priors]) {
      const below = instancesBelow(this.#core.database, tenant, { studyIds: [id] });
      found.push(...(await below.catch(nothingThere)));
    }
    const ours = await cameHome(this.#core.database, study);
    return found.filter(({ id }) => !ours.has(id));
  }

  async #hold({ case: id, tenant, seen, ...before }: Due, reason: string): Promise<void> {
    const settled = { state: 'held', reason, seen, retryMs: limits.refusedMs } as const;
    // Asked again and refused again is nothing new, but that the case may be held no more since: its desk let it go.
    const isKnown = before.state === 'held' && before.reason === reason;
    if (isKnown && before.wasWhole) return settleOutbound(this.#core.database, id, settled);
    if (!isKnown)
      await this.#core.audit.record({
        tenant,
        principal: 'exchange',
        door: 'node',
        action: 'egress',
        outcome: 'reading/may-not-leave',
        query: `case ${id}: ${reason}`,
      });
    await this.#telling.held(id, reason);
    await settleOutbound(this.#core.database, id, settled);
  }
}

/** The reason of one that must not leave like this; undefined once it is there. */
async function refusedInstance(copied: Promise<void>): Promise<string | undefined> {
  try {
    await copied;
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.code === 'delivery/not-transformed') return String(problem.details.reason);
    if (problem.code.startsWith('dicom/')) return problem.code;
    throw thrown;
  }
}

/** Whether the client had the key of this patient destroyed. */
async function isErased(begun: Promise<void>): Promise<boolean> {
  try {
    await begun;
    return false;
  } catch (thrown) {
    if (asProblem(thrown).code === 'reading/erased') return true;
    throw thrown;
  }
}

function nothingThere(thrown: unknown): KeptInstance[] {
  const { code } = asProblem(thrown);
  if (code === 'catalogue/not-found' || code === 'catalogue/hidden') return [];
  throw thrown;
}
