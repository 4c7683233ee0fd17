// Whose the study of a case is, while it is read and after: follows the identity log, and tells a case once what is known of its
// patient is no longer what it was taken in with (ADT^A08, A40, a merge that was taken back, a decision of the desk).

import { systemClock } from '../../base/clock.ts';
import type { CaseLog } from '../../reading/store/case-log.ts';
import { casesOfStudies } from '../../reading/store/cases.ts';
import { alone } from '../../storage/alone.ts';
import { Follower } from '../../storage/follower.ts';
import { IDENTITY_CHANNEL, type LoggedEntry, type LogPosition, readIdentityLog } from '../../storage/identity-log.ts';
import type { ServedDemographics } from '../../storage/served-demographics.ts';
import type { Core } from '../core.ts';
import { personsIn } from '../identity/named-in-entry.ts';
import { reconciledDemographics } from '../identity/reconciled-demographics.ts';
import { isIdentityUnclear } from './case-holds.ts';
import { digest } from './told-study.ts';

export const limits = {
  /** Looks by itself so often: a notice was missed. */
  lookMs: 2_000,
  pauseMs: 200,
} as const;

/** Nobody has begun it. */
const waits: ReadonlySet<string> = new Set(['ready', 'offered', 'hold']);

const identity = { kind: 'exchange', id: 'identity' } as const;

export class CaseIdentity {
  readonly #core: Core;
  readonly #log: CaseLog;
  readonly #demographics: ServedDemographics;
  #follower: Follower | undefined;
  #position: LogPosition | undefined;

  constructor(core: Core, log: CaseLog) {
    this.#core = core;
    this.#log = log;
    this.#demographics = reconciledDemographics(core);
  }

  async open(): Promise<this> {
    const { database, log } = this.#core;
    this.#follower = await Follower.open({
      notices: database.notices,
      channels: [IDENTITY_CHANNEL],
      ...limits,
      look: (signal) => this.look(signal),
      failed: (code) => log.warn({ code }, 'whose cases are cannot be followed just now'),
    });
    return this;
  }

  async close(): Promise<void> {
    await this.#follower?.close();
  }

  async look(signal: AbortSignal): Promise<void> {
    if (!(await this.#core.readingInUse.now())) return;
    await alone(this.#core.database, 'reading identity', async () => {
      while (!signal.aborted && (await this.#step()));
    });
  }

  /** By what is known of the patient of a study; it says nothing of it. `study`: its row. */
  async digestOf(tenant: number, study: string): Promise<string> {
    const { people } = await this.#core.identity();
    await people.follow();
    const ofTenant = people.of(tenant);
    const served = (await this.#demographics(tenant, [study])).get(study);
    return digest([ofTenant.personOfStudy(study), ofTenant.survivorOfStudy(study), served?.values]);
  }

  async #step(): Promise<boolean> {
    const { database } = this.#core;
    const [row] = await database.query<{ position: string }>('select position from reading_identity_cursor');
    const cursor = row!.position;
    // What was read beyond a cursor that is still the same need not be looked at again.
    const before = this.#position?.cursor === cursor ? this.#position : { cursor, ahead: new Set<string>() };
    const { entries, position } = await readIdentityLog(database, before);
    // A study says whose it is, and not that others' are somebody else's.
    const said = entries.filter(({ kind }) => kind !== 'study');
    for (const [tenant, ofTenant] of Map.groupBy(said, (entry) => entry.tenant)) await this.#tell(tenant, ofTenant);
    await database.query('update reading_identity_cursor set position = $2 where position = $1', [
      cursor,
      position.cursor,
    ]);
    this.#position = position;
    return entries.length > 0;
  }

  async #tell(tenant: number, entries: readonly LoggedEntry[]): Promise<void> {
    const { database } = this.#core;
    const [isClient] = await database.query('select 1 from reading_case where client = $1 limit 1', [tenant]);
    if (isClient === undefined) return;
    const { people } = await this.#core.identity();
    await people.follow();
    const ofTenant = people.of(tenant);
    const persons = await personsIn(database, entries, ofTenant);
    const studies = [...persons].flatMap((person) => ofTenant.person(person)?.studyIds ?? []);
    for (const { reading, studyUid } of await casesOfStudies(database, tenant, studies)) {
      const [study] = await database.query<{ id: string }>(
        'select id from study where tenant = $1 and study_uid = $2',
        [tenant, studyUid],
      );
      if (study === undefined) continue;
      const now = await this.digestOf(tenant, study.id);
      const { priority } = reading.facts;
      const isUnclear = await isIdentityUnclear(this.#core, tenant, ofTenant.personOfStudy(study.id), priority);
      await this.#log.change(
        reading.id,
        identity,
        (before) => [
          ...(before.identityDigest === undefined || before.identityDigest === now
            ? []
            : [{ kind: 'changed' as const, what: 'identity-changed' as const }]),
          // Whoever has it was told; what nobody has begun waits until somebody has said whose it is.
          ...(isUnclear && (before.reading.state === 'ready' || before.reading.state === 'offered')
            ? [{ kind: 'held' as const, reason: 'identity-unclear', cause: 'client' as const }]
            : []),
        ],
        // What waits for a decision goes on with it, and not only when it is looked at next.
        { identityDigest: now, ...(waits.has(reading.state) && { intakeAt: systemClock.now() }) },
      );
    }
  }
}
