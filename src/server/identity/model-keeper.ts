// Keeps models up with what is logged: looks now and then whether a tenant's log has grown enough, and estimates a version
// while nothing comes in.

import { type Clock, systemClock } from '../../base/clock.ts';
import { asProblem } from '../../base/problem.ts';
import { type LogSize, lastEntry, sizeOfLog } from '../../storage/identity-log.ts';
import type { ModelVersion } from '../../storage/identity-models.ts';
import type { Core } from '../core.ts';
import type { Idleness } from '../idleness.ts';
import { limits as modelLimits } from './identity-models.ts';

export const limits = {
  lookMs: 60_000,
  /** Between two estimates: one that came to nothing is not tried again at once. */
  pauseMs: 600_000,
  /** Share of the sightings of the last estimate that have come since: much is new; enough is, after a day. */
  muchNew: 0.5,
  enoughNew: 0.02,
  /** Decisions of people that are enough after a day. */
  enoughDecisions: 20,
  dayMs: 86_400_000,
} as const;

export interface ModelKeeper {
  close(): Promise<void>;
}

export function startModelKeeper(core: Core, idleness: Idleness, clock: Clock = systemClock): ModelKeeper {
  const seen = new Map<number, string>();
  const closed = Promise.withResolvers<void>();
  let isClosing = false;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const tenants = await core.database.query<{ id: number }>('select id from tenant order by id');
    for (const { id: tenant } of tenants) {
      const last = await lastEntry(core.database, tenant);
      const isQuiet = last === seen.get(tenant);
      seen.set(tenant, last);
      if (isClosing || !(await isDue(tenant, isQuiet))) continue;
      await Promise.race([idleness.rest(), closed.promise]);
      if (isClosing) return;
      await core.models.estimate(tenant);
    }
  }

  async function isDue(tenant: number, isQuiet: boolean): Promise<boolean> {
    const { pinned, versions } = await core.models.standing(tenant);
    if (pinned) return false;
    const [last] = versions;
    const since = await sizeOfLog(core.database, tenant, last?.basis.upTo);
    return isModelDue({ last, since, isQuiet, nowMs: clock.now() });
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch((thrown) => core.log.warn({ code: asProblem(thrown).code }, 'a model of identity was not estimated'))
      .finally(() => {
        looking = undefined;
      });
  }, limits.lookMs).unref();
  return {
    async close() {
      isClosing = true;
      clearInterval(timer);
      closed.resolve();
      await core.models.close();
      await looking;
    },
  };
}

/** `since`: what was logged after the last estimate, or ever. */
export function isModelDue({
  last,
  since,
  isQuiet,
  nowMs,
}: {
  last: Pick<ModelVersion, 'basis' | 'madeAt'> | undefined;
  since: LogSize;
  isQuiet: boolean;
  nowMs: number;
}): boolean {
  if (last === undefined) return isQuiet && since.sightings >= modelLimits.leastSightings;
  const ageMs = nowMs - last.madeAt.getTime();
  const share = since.sightings / last.basis.sightings;
  if (ageMs >= limits.dayMs) return share >= limits.enoughNew || since.decisions >= limits.enoughDecisions;
  return isQuiet && ageMs >= limits.pauseMs && share >= limits.muchNew;
}
