// What a node does by itself, at its start and every hour: bytes whose retention is over go, and copies in rooms of readers; storage
// commitments and notifications that nobody can mean any more are forgotten, and events that subscribers had long ago.

import type { Clock } from '../base/clock.ts';
import { forgetCommitments } from '../storage/commitment-transactions.ts';
import { forgetSubscriptionEvents } from '../storage/fhir-subscriptions.ts';
import { forgetSessions } from '../storage/fhircast.ts';
import { forgetNotices } from '../storage/pix-notices.ts';
import { purge } from '../storage/retention.ts';
import type { Core } from './core.ts';
import { expireCopies } from './reading/recall.ts';
import type { Spine } from './spine.ts';

const limits = { everyMs: 3_600_000 } as const;

export interface Housekeeping {
  /** Resolves when a run is over that began after the call. */
  run(): Promise<void>;
  /** Ends the run under way between two steps, and waits for that. */
  close(): Promise<void>;
}

export function startHousekeeping(core: Core, spine: Spine, clock: Clock): Housekeeping {
  const closing = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running.then(() => keepHouse(core, spine, clock, closing.signal));
    return running;
  };
  const timer = setInterval(() => void run(), limits.everyMs).unref();
  void run();
  return {
    run,
    close() {
      clearInterval(timer);
      closing.abort();
      return running;
    },
  };
}

/** What fails is tried again in an hour. */
async function keepHouse(core: Core, spine: Spine, clock: Clock, signal: AbortSignal): Promise<void> {
  const { config, database, log } = core;
  const { objects, cache } = spine;
  if (signal.aborted) return;
  // What was made of bytes goes with them: a file whose pictures could not go is asked for again.
  const remove = (object: string): Promise<void> => objects.remove(object).then(() => cache.forget(object));
  try {
    const instances = await purge(database, { remove }, config, clock.now(), signal);
    if (instances > 0) log.info({ instances, limit: config.hiddenDays }, 'bytes removed by retention');
    const expired = await expireCopies(core, spine, new Date(clock.now()));
    if (expired > 0)
      log.info({ count: expired }, 'cases of which the copies were removed, because their time was over');
    await forgetCommitments(database, clock.now());
    await forgetNotices(database, clock.now());
    await forgetSubscriptionEvents(database, clock.now());
    await forgetSessions(database);
  } catch (error) {
    log.error({ error }, 'housekeeping failed');
  }
}
