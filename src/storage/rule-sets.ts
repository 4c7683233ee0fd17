// The versions of each tenant's rules (migrations/0012-delivery.sql). Those in force are held in memory by every node.

import type { Database } from './database.ts';
import { type HeldRows, holdRows } from './held-rows.ts';

const CHANNEL = 'rule_set';

export interface StoredRules {
  tenant: number;
  version: number;
  /** As routing/rule-schema.ts has it. */
  document: unknown;
  author: string;
  createdAt: Date;
  /** Absent for what was never in force. */
  inForceSince?: Date;
}

const COLUMNS = 'tenant, version, document, author, created_at as "createdAt", in_force_since as "inForceSince"';

export class RuleSets {
  readonly #database: Database;
  readonly #held: HeldRows<StoredRules>;

  private constructor(database: Database, held: HeldRows<StoredRules>) {
    this.#database = database;
    this.#held = held;
  }

  static async open(database: Database): Promise<RuleSets> {
    const read = () =>
      database.query<StoredRules & Record<string, unknown>>(
        `select distinct on (tenant) ${COLUMNS} from rule_set where in_force_since is not null
         order by tenant, in_force_since desc, version desc`,
      );
    return new RuleSets(database, await holdRows<StoredRules>(database, CHANNEL, { read }));
  }

  /** Those that decide now; undefined where the tenant has none. */
  inForce(tenant: number): StoredRules | undefined {
    return this.#held.rows.find((rules) => rules.tenant === tenant);
  }

  /** Resolves when this node holds what is in force now, though no notice of what another put in force came yet. */
  refresh(): Promise<void> {
    return this.#held.refresh();
  }

  /** Since when there are rules in force, of any tenant; undefined where there are none. */
  get oldestInForce(): Date | undefined {
    return this.#held.rows.map(({ inForceSince }) => inForceSince!).toSorted((a, b) => a.getTime() - b.getTime())[0];
  }

  /** Newest first. */
  list(tenant: number, limit: number): Promise<StoredRules[]> {
    return this.#database.query<StoredRules & Record<string, unknown>>(
      `select ${COLUMNS} from rule_set where tenant = $1 order by version desc limit $2`,
      [tenant, limit],
    );
  }

  async version(tenant: number, version: number): Promise<StoredRules | undefined> {
    const [found] = await this.#database.query<StoredRules & Record<string, unknown>>(
      `select ${COLUMNS} from rule_set where tenant = $1 and version = $2`,
      [tenant, version],
    );
    return found;
  }

  /** Puts a new version in force; resolves to its number. */
  async put(tenant: number, document: unknown, author: string): Promise<number> {
    const [row] = await this.#database.query<{ version: number }>(
      `with written as (
         insert into rule_set (tenant, version, document, author, in_force_since)
         select $1, coalesce(max(version), 0) + 1, $2, $3, clock_timestamp() from rule_set where tenant = $1
         returning version)
       select version, pg_notify($4, '') from written`,
      [tenant, JSON.stringify(document), author, CHANNEL],
    );
    await this.#held.refresh();
    return row!.version;
  }

  /** Puts a version in force again; resolves to whether there is such a one. */
  async putInForce(tenant: number, version: number): Promise<boolean> {
    const rows = await this.#database.query(
      `with written as (
         update rule_set set in_force_since = clock_timestamp() where tenant = $1 and version = $2 returning 1)
       select pg_notify($3, '') from written`,
      [tenant, version, CHANNEL],
    );
    await this.#held.refresh();
    return rows.length > 0;
  }

  close(): void {
    this.#held.close();
  }
}
