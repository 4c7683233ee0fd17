// identify: who is who in this archive, as this node knows it. The log is the truth; each tenant's index is a fold over it,
// held in memory and kept current by following the log, so every node gives the same answer. What this node appends it
// folds at once.

import type { Log } from '../../base/log.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { alone } from '../../storage/alone.ts';
import type { StoredAuthorities } from '../../storage/authorities.ts';
import type { Database } from '../../storage/database.ts';
import { EVENT_CHANNEL } from '../../storage/events.ts';
import {
  beginning,
  IDENTITY_CHANNEL,
  type IdentityEntry,
  type IdentityLog,
  type LoggedEntry,
  type LogPosition,
  readIdentityLog,
} from '../../storage/identity-log.ts';
import { type ModelEntry, noteFormerIds, noteSwap, readFormerIds } from '../../storage/identity-models.ts';
import type { SnapshotFolder } from '../../storage/identity-snapshot.ts';
import { LoggedModels } from './logged-models.ts';
import { putAway, TakenBack, takeOut } from './people-snapshot.ts';
import { inSlices } from './slices.ts';
import { TenantPeople } from './tenant-people.ts';

export interface PeopleOptions {
  database: Database;
  log: Log;
  identityLog: IdentityLog;
  authorities: StoredAuthorities;
  /** Where what is known is put away, and the code that folds (`codeFingerprint`); absent: the log alone is read. */
  snapshots?: { folder: SnapshotFolder; code: string };
  /** Ends what takes long, with its reason. */
  signal?: AbortSignal;
}

export const limits = {
  /** Entries read since everything was last put away, from which on it is put away again; about ten seconds' work. */
  unsavedEntries: 20_000,
} as const;

export class People {
  readonly #database: Database;
  readonly #log: Log;
  readonly #identityLog: IdentityLog;
  readonly #authorities: StoredAuthorities;
  #models: LoggedModels;
  /** Of each tenant the ids that no registration gives any more. */
  readonly #former: Map<number, Map<string, string>>;
  readonly #snapshots: PeopleOptions['snapshots'];
  readonly #signal: AbortSignal | undefined;
  #unsaved = 0;
  #tenants = new Map<number, TenantPeople>();
  #position: LogPosition = beginning;
  #following: Promise<void> | undefined;
  #isBehind = false;
  #folding: Promise<void> = Promise.resolve();
  #changingModels: Promise<void> | undefined;
  readonly #stops: (() => void)[] = [];

  private constructor(options: PeopleOptions, models: LoggedModels, former: Map<number, Map<string, string>>) {
    this.#database = options.database;
    this.#log = options.log;
    this.#identityLog = options.identityLog;
    this.#authorities = options.authorities;
    this.#models = models;
    this.#former = former;
    this.#snapshots = options.snapshots;
    this.#signal = options.signal;
  }

  /** Resolves once everything logged so far is folded. */
  static async open(options: PeopleOptions): Promise<People> {
    const { database } = options;
    const people = new People(options, await LoggedModels.read(database), await readFormerIds(database));
    if (!(await people.#takeOut())) await people.#gatherAll();
    for (const tenant of people.#tenants.values()) await inSlices(tenant.prepareInSteps(), options.signal);
    for (const channel of [IDENTITY_CHANNEL, EVENT_CHANNEL]) {
      people.#stops.push(await options.database.notices.on(channel, () => people.look()));
    }
    await people.follow();
    return people;
  }

  of(tenant: number): TenantPeople {
    let people = this.#tenants.get(tenant);
    if (people === undefined) {
      people = this.#knowingNobody(tenant);
      this.#tenants.set(tenant, people);
    }
    return people;
  }

  #knowingNobody(tenant: number): TenantPeople {
    const former = this.#former.get(tenant) ?? new Map();
    this.#former.set(tenant, former);
    return new TenantPeople(() => this.#authorities.of(tenant), this.#models.of(tenant), former);
  }

  /** Resolves, once all of it is durable and folded here, to the ids of the log. */
  async append(entries: readonly IdentityEntry[]): Promise<string[]> {
    const appended = await Promise.all(entries.map((entry) => this.#identityLog.append(entry)));
    const ids = appended.map(({ id }) => id);
    this.fold(entries, ids);
    return ids;
  }

  /** Takes in what this node logged, under these ids of the log; undefined for what came with the log already. */
  fold(entries: readonly IdentityEntry[], ids: readonly (string | undefined)[]): void {
    for (const [at, { tenant, kind, cause, payload }] of entries.entries()) {
      const id = ids[at];
      if (id !== undefined) this.of(tenant).fold({ id, tenant, kind, cause, payload, at: new Date() });
    }
  }

  /** Something was logged: folds it soon, and tells nobody. */
  look(): void {
    this.follow().catch((thrown) =>
      this.#log.warn({ code: asProblem(thrown).code }, 'the identity log cannot be followed just now'),
    );
  }

  /** Resolves once everything that was committed before this call is folded, by the models that the log names. */
  async follow(): Promise<void> {
    await this.#keepUp();
    while (this.#models.areBehind) {
      this.#changingModels ??= this.foldAnew().finally(() => {
        this.#changingModels = undefined;
      });
      await this.#changingModels;
    }
  }

  async #keepUp(): Promise<void> {
    // Whoever reads already may have begun before the commit that is meant.
    this.#isBehind = true;
    this.#following ??= this.#catchUp().finally(() => {
      this.#following = undefined;
    });
    await this.#following;
    if (this.#isBehind) await this.#keepUp();
  }

  /**
   * Folds everything anew: what is known of authorities has changed, or the log names another model. Until it is done
   * persons are the old ones. One after the other: what an earlier change had read must not replace what a later one did.
   */
  foldAnew(): Promise<void> {
    const again = () => this.#foldAnew();
    this.#folding = this.#folding.then(again, again);
    return this.#folding;
  }

  async #foldAnew(): Promise<void> {
    const options = {
      database: this.#database,
      log: this.#log,
      identityLog: this.#identityLog,
      authorities: this.#authorities,
      ...(this.#signal && { signal: this.#signal }),
    };
    const fresh = new People(options, await this.#models.next(), this.#former);
    await fresh.#gatherAll();
    for (const tenant of fresh.#tenants.values()) await inSlices(tenant.prepareInSteps(), this.#signal);
    await this.#noteChange(fresh);
    // Whoever reads on meanwhile would set the position of the old ones.
    while (this.#following !== undefined) await this.#following;
    this.#tenants = fresh.#tenants;
    this.#position = fresh.#position;
    this.#models = fresh.#models;
    this.#unsaved = fresh.#unsaved;
    await this.#keepUp();
  }

  /** What is otherwise than it was, kept before anybody is answered by it. */
  async #noteChange(fresh: People): Promise<void> {
    for (const [tenant, people] of fresh.#tenants) {
      const lost = new Map<string, string>();
      await inSlices(this.of(tenant).idsLostIn(people, lost), this.#signal);
      if (lost.size > 0) await noteFormerIds(this.#database, tenant, lost);
      for (const [id, sighting] of lost) this.#former.get(tenant)!.set(id, sighting);
    }
    for (const { tenant, entry, version } of fresh.#models.since(this.#models)) {
      const comparison = fresh.of(tenant).comparedWith(this.of(tenant));
      await inSlices(comparison.steps(), this.#signal);
      const { joined, split, moved } = comparison.change;
      await noteSwap(this.#database, tenant, { entry, joined: joined.length, split, moved });
      this.#log.info({ tenant, version, count: moved.length }, 'identity goes by another model');
    }
  }

  /** Whether so much is new that the next start would take long. */
  get isSaveDue(): boolean {
    return this.#snapshots !== undefined && this.#unsaved >= limits.unsavedEntries;
  }

  /** Puts everything that is known away for the next start. False where another node is at it, or it could not be done. */
  async save(): Promise<boolean> {
    const { folder, code } = this.#snapshots ?? {};
    if (folder === undefined || code === undefined) return false;
    try {
      const isSaved = await alone(this.#database, 'identity snapshot', async () => {
        await this.#folding.catch(() => undefined);
        while (this.#following !== undefined) await this.#following;
        // A restart would pass over the entry that this node has yet to change over at.
        if (this.#models.areBehind) return false;
        const around = { code, authorities: this.#authorities.fingerprint, position: this.#position };
        const unsaved = this.#unsaved;
        await folder.write(putAway(this.#database, around, this.#tenants), this.#signal);
        this.#unsaved = Math.max(0, this.#unsaved - unsaved);
        return true;
      });
      return isSaved ?? false;
    } catch (thrown) {
      if (!(thrown instanceof TakenBack)) throw thrown;
      await this.foldAnew();
      return false;
    }
  }

  /** What was put away, by whichever node. False where there is nothing, or it is not of this log and these authorities. */
  async #takeOut(): Promise<boolean> {
    const { folder, code } = this.#snapshots ?? {};
    const file = await folder?.open();
    if (file === undefined || code === undefined) return false;
    const around = { code, authorities: this.#authorities.fingerprint };
    try {
      const tenants = new Map<number, TenantPeople>();
      const of = (tenant: number) => {
        const people = this.#knowingNobody(tenant);
        tenants.set(tenant, people);
        return people;
      };
      this.#position = await takeOut(this.#database, around, {
        file,
        of,
        ...(this.#signal && { signal: this.#signal }),
      });
      this.#tenants = tenants;
      return true;
    } catch (thrown) {
      if (thrown instanceof Problem) throw thrown;
      const reason = thrown instanceof RangeError ? thrown.message : 'it is damaged';
      this.#log.info({ reason }, 'what was put away of persons is not used: the log is read');
      return false;
    } finally {
      await file.close();
    }
  }

  async #gatherAll(): Promise<void> {
    await this.#read((tenant, entry) => tenant.gather(entry));
    for (const tenant of this.#tenants.values()) await inSlices(tenant.decideInSteps(), this.#signal);
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    await this.#folding.catch(() => undefined);
    await this.#following?.catch(() => undefined);
  }

  async #catchUp(): Promise<void> {
    while (this.#isBehind) {
      this.#isBehind = false;
      await this.#read((tenant, entry) => tenant.fold(entry));
    }
  }

  #take(entry: LoggedEntry, take: (tenant: TenantPeople, entry: LoggedEntry) => void): void {
    if (entry.kind === 'model') this.#models.note(entry.tenant, entry.id, (entry.payload as ModelEntry).version);
    else take(this.of(entry.tenant), entry);
  }

  async #read(take: (tenant: TenantPeople, entry: LoggedEntry) => void): Promise<void> {
    for (;;) {
      const { entries, position } = await readIdentityLog(this.#database, this.#position);
      this.#signal?.throwIfAborted();
      await inSlices(taken(entries, (entry) => this.#take(entry, take)));
      this.#unsaved += entries.length;
      this.#position = position;
      if (entries.length === 0) return;
    }
  }
}

function* taken(entries: readonly LoggedEntry[], take: (entry: LoggedEntry) => void): Generator<void> {
  for (const entry of entries) {
    take(entry);
    yield;
  }
}
