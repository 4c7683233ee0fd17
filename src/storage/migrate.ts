// Brings a catalogue to the schema of this release: the SQL files of migrations/, in order, each in one transaction,
// forward only. A file that was applied is never changed; its checksum is kept.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
/** Nodes that start together on one database wait for each other under this advisory lock: "fascia" in ASCII. */
const LOCK = 0x6661_7363_6961;

interface Migration {
  number: number;
  name: string;
  sql: string;
  sha256: string;
}

/** Applies what is missing; resolves to the names applied now. */
export async function migrate(client: pg.ClientBase, folder: URL = FOLDER): Promise<string[]> {
  const known = await readMigrations(folder);
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(`create table if not exists migration (
      number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<Omit<Migration, 'sql'>>(
      'select number, name, sha256 from migration order by 1',
    );
    checkHistory(known, rows);
    const missing = known.filter(({ number }) => rows.every((row) => row.number !== number));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      const sha256 = createHash('sha256').update(sql).digest('hex');
      return { number: Number(name.slice(0, 4)), name, sql, sha256 };
    }),
  );
}

function checkHistory(known: Migration[], applied: Omit<Migration, 'sql'>[]): void {
  for (const { number, name, sha256 } of applied) {
    const ours = known.find((migration) => migration.number === number);
    if (ours === undefined) {
      throw new Error(`the catalogue was brought up to ${name} by a newer release; this one does not know it`);
    }
    if (ours.sha256 !== sha256) {
      throw new Error(`migration ${ours.name} was changed after it was applied; add a new one instead`);
    }
  }
}

async function apply(client: pg.ClientBase, { number, name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [number, name, sha256]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
}
