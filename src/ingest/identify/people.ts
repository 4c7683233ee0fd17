// identify: who is who in this archive, as this node knows it. The log is the truth; each tenant's index is a fold over it,
// held in memory and kept current by following the log, so every node gives the same answer. What this node appends it
// folds at once.

import type { Log } from '../../base/log.ts';
import { asProblem } from '../../base/problem.ts';
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
import { TenantPeople } from './tenant-people.ts';

export interface PeopleOptions {
  database: Database;
  log: Log;
  identityLog: IdentityLog;
  authorities: StoredAuthorities;
}

export class People {
  readonly #database: Database;
  readonly #log: Log;
  readonly #identityLog: IdentityLog;
  readonly #authorities: StoredAuthorities;
  #tenants = new Map<number, TenantPeople>();
  #position: LogPosition = beginning;
  #following: Promise<void> | undefined;
  #isBehind = false;
  #folding: Promise<void> = Promise.resolve();
  readonly #stops: (() => void)[] = [];

  private constructor(options: PeopleOptions) {
    this.#database = options.database;
    this.#log = options.log;
    this.#identityLog = options.identityLog;
    this.#authorities = options.authorities;
  }

  /** Resolves once everything logged so far is folded. */
  static async open(options: PeopleOptions): Promise<People> {
    const people = new People(options);
    await people.#read((tenant, entry) => tenant.gather(entry));
    for (const tenant of people.#tenants.values()) tenant.decideAll();
    for (const channel of [IDENTITY_CHANNEL, EVENT_CHANNEL]) {
      people.#stops.push(await options.database.notices.on(channel, () => people.look()));
    }
    await people.follow();
    return people;
  }

  of(tenant: number): TenantPeople {
    let people = this.#tenants.get(tenant);
    if (people === undefined) {
      people = new TenantPeople(() => this.#authorities.of(tenant));
      this.#tenants.set(tenant, people);
    }
    return people;
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

  /** Resolves once everything that was committed before this call is folded. */
  async follow(): Promise<void> {
    // Whoever reads already may have begun before the commit that is meant.
    this.#isBehind = true;
    this.#following ??= this.#catchUp().finally(() => {
      this.#following = undefined;
    });
    await this.#following;
    if (this.#isBehind) await this.follow();
  }

  /**
   * Folds everything anew: what is known of authorities has changed. Until it is done persons are the old ones. One after
   * the other: what an earlier change had read must not replace what a later one did.
   */
  foldAnew(): Promise<void> {
    const again = () => this.#foldAnew();
    this.#folding = this.#folding.then(again, again);
    return this.#folding;
  }

  async #foldAnew(): Promise<void> {
    const fresh = new People({
      database: this.#database,
      log: this.#log,
      identityLog: this.#identityLog,
      authorities: this.#authorities,
    });
    await fresh.#read((tenant, entry) => tenant.gather(entry));
    for (const tenant of fresh.#tenants.values()) tenant.decideAll();
    await this.#following;
    this.#tenants = fresh.#tenants;
    this.#position = fresh.#position;
    await this.follow();
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

  async #read(take: (tenant: TenantPeople, entry: LoggedEntry) => void): Promise<void> {
    for (;;) {
      const { entries, position } = await readIdentityLog(this.#database, this.#position);
      for (const entry of entries) take(this.of(entry.tenant), entry);
      this.#position = position;
      if (entries.length === 0) return;
    }
  }
}
