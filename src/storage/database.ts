// The catalogue's database: an external PostgreSQL, or the embedded one in the data folder; brought to this release's
// schema, reached through one pool. Every error of a query or a connection comes out as a Problem.

import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Log } from '../base/log.ts';
import { databaseProblem } from './database-problem.ts';
import { migrate } from './migrate.ts';
import { type Notices, openNotices } from './notices.ts';
import { startEmbeddedServer } from './postgres/supervisor.ts';
import type { Tables } from './tables.ts';

export const limits = {
  /** Of one node; the embedded server takes 40. */
  connections: 16,
  /** How long a request waits for a free connection before it is told that the catalogue is not available. */
  connectionWaitMs: 5_000,
  oldestServerVersion: 150_000,
} as const;

export interface Database {
  kysely: Kysely<Tables>;
  pool: pg.Pool;
  /** For a connection held for long: what `pool` connects to. */
  connection: pg.ClientConfig;
  notices: Notices;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** An external server (FASCIA_DATABASE_URL); absent: the embedded one. */
  url?: string;
  /** The data folder (FASCIA_DATA); the embedded server lives below it. */
  dataDir: string;
  log: Log;
}

/** Rejects with an Error for the operator: it says what to do about it. */
export async function openDatabase({ url, dataDir, log }: DatabaseOptions): Promise<Database> {
  if (url !== undefined) return connectDatabase({ connectionString: url }, log);
  const server = await startEmbeddedServer({ folder: path.join(dataDir, 'postgres'), log });
  try {
    await createDatabase(server.connection('postgres'), 'fascia');
    const database = await connectDatabase(server.connection('fascia'), log);
    const { close } = database;
    database.close = async () => {
      await close();
      await server.stop();
    };
    return database;
  } catch (thrown) {
    await server.stop();
    throw thrown;
  }
}

/** The catalogue that `connection` leads to, migrated. */
export async function connectDatabase(connection: pg.ClientConfig, log: Log): Promise<Database> {
  await withClient(connection, async (client) => {
    await checkServer(client);
    const applied = await migrate(client);
    if (applied.length > 0) log.info({ count: applied.length }, 'catalogue migrated');
  });
  const pool = new CataloguePool({
    ...connection,
    Client: CatalogueClient,
    application_name: 'fascia',
    max: limits.connections,
    connectionTimeoutMillis: limits.connectionWaitMs,
  });
  // One that breaks while somebody holds it and asks nothing: the next question is refused, and that is how it is told.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // An idle connection that breaks is replaced when it is next wanted.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'connection to the catalogue lost'));
  const notices = openNotices(connection, log);
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kysely,
    pool,
    connection,
    notices,
    query: async (text, values) => (await pool.query(text, values)).rows,
    close: async () => {
      await notices.close();
      await pool.end();
    },
  };
}

/** Creates `name` on the server that `connection` leads to, unless it is there; `clauses` are those of CREATE DATABASE. */
export async function createDatabase(connection: pg.ClientConfig, name: string, clauses = ''): Promise<void> {
  await withClient(connection, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${name} ${clauses}`);
  });
}

async function withClient(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect().catch((cause: Error) => {
    throw new Error(`the database cannot be reached: ${cause.message}`, { cause });
  });
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const { number, name } = rows[0]!;
  if (number < limits.oldestServerVersion) throw new Error(`the database is PostgreSQL ${name}; 15 or newer is needed`);
}

/** A pool whose failures to connect, and to keep a connection, are Problems. */
class CataloguePool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares each function twice, with a callback and with a promise.
  override connect(...args: any[]): any {
    return withProblems(super.connect as Call, this, args);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  override query(...args: any[]): any {
    return withProblems(super.query as Call, this, args);
  }
}

/** A client whose failed queries are Problems; a Submittable (a cursor) reports its own. */
class CatalogueClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  override query(...args: any[]): any {
    return withProblems(super.query as Call, this, args);
  }
}

type Call = (...args: unknown[]) => unknown;

function withProblems(call: Call, self: object, args: unknown[]): unknown {
  const last = args.at(-1);
  if (typeof last === 'function') {
    const callback: Call = (error, ...rest) => last(error ? databaseProblem(error) : error, ...rest);
    return call.apply(self, [...args.slice(0, -1), callback]);
  }
  const result = call.apply(self, args);
  if (!(result instanceof Promise)) return result;
  return result.catch((thrown) => {
    throw databaseProblem(thrown);
  });
}
