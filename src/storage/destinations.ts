// Where studies may be sent (migrations/0012-delivery.sql), held in memory by every node. A peer is a destination without
// being named one: its row is made when something is first sent to it.

import type { Database } from './database.ts';
import { type HeldRows, holdRows } from './held-rows.ts';

const CHANNEL = 'destination';

export const destinationKinds = [
  'dimse',
  'dicomweb',
  'folder',
  's3',
  'sftp',
  'webhook',
  'hl7',
  'fhir',
  'manifest',
  'xds',
] as const;
export type Kind = (typeof destinationKinds)[number];

export interface StoredDestination {
  id: number;
  tenant: number;
  name: string;
  kind: string;
  settings: unknown;
  /** Absent while it is sent to. */
  pausedAt?: Date;
}

/** Whether it takes what it is sent: not held in memory, for it says nothing of how to reach it. */
export interface DestinationHealth {
  id: number;
  problem: string;
  since: Date;
}

type Row = Omit<StoredDestination, 'pausedAt'> & { paused_at: Date | null };

export class Destinations {
  readonly #database: Database;
  readonly #held: HeldRows<StoredDestination>;
  readonly #watchers: Set<() => void>;

  private constructor(database: Database, held: HeldRows<StoredDestination>, watchers: Set<() => void>) {
    this.#database = database;
    this.#held = held;
    this.#watchers = watchers;
  }

  static async open(database: Database): Promise<Destinations> {
    const watchers = new Set<() => void>();
    const changed = () => {
      for (const watcher of watchers) watcher();
    };
    const read = async () => {
      const rows = await database.query<Row & Record<string, unknown>>(
        'select * from destination order by tenant, name',
      );
      return rows.map(
        ({ paused_at, ...row }): StoredDestination => ({ ...row, ...(paused_at && { pausedAt: paused_at }) }),
      );
    };
    return new Destinations(
      database,
      await holdRows<StoredDestination>(database, CHANNEL, { read, changed }),
      watchers,
    );
  }

  /** `changed` is called when one was added, changed, paused or resumed; the answer ends that. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  get all(): readonly StoredDestination[] {
    return this.#held.rows;
  }

  list(tenant: number): StoredDestination[] {
    return this.#held.rows.filter((destination) => destination.tenant === tenant);
  }

  find(tenant: number, name: string): StoredDestination | undefined {
    return this.#held.rows.find((destination) => destination.tenant === tenant && destination.name === name);
  }

  async put(tenant: number, name: string, kind: string, settings: unknown): Promise<void> {
    await this.#change(
      `insert into destination (tenant, name, kind, settings) values ($1, $2, $3, $4)
       on conflict (tenant, name) do update set kind = excluded.kind, settings = excluded.settings`,
      [tenant, name, kind, JSON.stringify(settings)],
    );
  }

  /** That of a peer, made where it is not there yet. */
  async ofPeer(tenant: number, aeTitle: string): Promise<StoredDestination> {
    if (this.find(tenant, aeTitle) === undefined) {
      await this.#change(
        `insert into destination (tenant, name, kind) values ($1, $2, 'dimse') on conflict do nothing`,
        [tenant, aeTitle],
      );
    }
    return this.find(tenant, aeTitle)!;
  }

  /** Resolves to whether there is such a one. */
  async pause(tenant: number, name: string, isPaused: boolean): Promise<boolean> {
    await this.#change(
      `update destination set paused_at = case when $3 then coalesce(paused_at, now()) end where tenant = $1 and name = $2`,
      [tenant, name, isPaused],
    );
    return this.find(tenant, name) !== undefined;
  }

  /** Those of a tenant that take nothing just now. */
  troubled(tenant: number): Promise<DestinationHealth[]> {
    return this.#database.query<DestinationHealth & Record<string, unknown>>(
      'select id, problem, problem_since as since from destination where tenant = $1 and problem is not null',
      [tenant],
    );
  }

  close(): void {
    this.#held.close();
  }

  async #change(text: string, values: unknown[]): Promise<void> {
    await this.#database.query(text, values);
    await this.#database.query('select pg_notify($1, $2)', [CHANNEL, '']);
    await this.#held.refresh();
  }
}

/** `problem` undefined: it takes what it is sent. */
export async function reportDestination(database: Database, id: number, problem: string | undefined): Promise<void> {
  await database.query(
    `update destination set problem = $2, problem_since = case when $2 is not null then coalesce(problem_since, now()) end
     where id = $1 and problem is distinct from $2`,
    [id, problem ?? null],
  );
}
