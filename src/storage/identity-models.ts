// Versions of a tenant's model of its patients, and what each change of model did (migrations/0011-identity-models.sql).

import type { Model } from '../identity/model.ts';
import { readModel } from '../identity/model-text.ts';
import type { Trial } from '../identity/trial.ts';
import { alone } from './alone.ts';
import type { Database } from './database.ts';

export const limits = {
  /** Of a tenant; older ones that were never in force are forgotten. */
  keptVersions: 30,
} as const;

/** The model that is shipped. */
export const SHIPPED_VERSION = 0;

/** What a version was estimated from. */
export interface ModelBasis {
  /** The version that was in force, and that it was tried beside. */
  beside: number;
  /** The last entry of the log that was read for it. */
  upTo: string;
  sightings: number;
  /** Pairs that people had decided. */
  decisions: number;
}

export interface ModelVersion {
  version: number;
  basis: ModelBasis;
  trial: Trial;
  /** Why it was not put in force. */
  objections: string[];
  madeAt: Date;
}

/** The payload of an entry of the log that puts a version in force. */
export interface ModelEntry {
  version: number;
  /** True where a person chose it: no other is put in force until they let go of it. */
  pinned: boolean;
  /** Absent where the node did it by itself. */
  decidedBy?: string;
  reason?: string;
}

/** What a change of model did to who is who. */
export interface Swap {
  joined: number;
  split: number;
  /** Sightings, as entries of the log, whose person has others now. */
  moved: string[];
}

export interface ModelUse extends ModelEntry {
  /** Of the log. */
  entry: string;
  at: Date;
  /** Absent until a node has folded everything by it. */
  swap: Omit<Swap, 'moved'> | undefined;
}

/** Keeps a version under the next number, which it resolves to; `model` is called by it. */
export async function keepModel(
  database: Database,
  tenant: number,
  { model, basis, trial, objections }: Omit<ModelVersion, 'version' | 'madeAt'> & { model: Model },
): Promise<ModelVersion> {
  const [last] = await database.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from identity_model where tenant = $1',
    [tenant],
  );
  const version = last!.version + 1;
  const parameters = JSON.stringify({ ...model, version: modelName(version) });
  const [kept] = await database.query<{ made_at: Date }>(
    `insert into identity_model (tenant, version, parameters, basis, trial, objections)
     values ($1, $2, $3, $4, $5, $6) returning made_at`,
    [tenant, version, parameters, JSON.stringify(basis), JSON.stringify(trial), objections],
  );
  await database.query(
    `delete from identity_model m where tenant = $1 and version <= $2 and not exists (
       select from identity_event e where e.tenant = m.tenant and e.kind = 'model' and (e.payload->>'version')::int = m.version)`,
    [tenant, version - limits.keptVersions],
  );
  return { version, basis, trial, objections, madeAt: kept!.made_at };
}

/** What explanations call a version that is kept. */
const modelName = (version: number): string => `v${version}`;

/** Newest first. */
export async function modelVersions(database: Database, tenant: number): Promise<ModelVersion[]> {
  return database.query<ModelVersion>(
    `select version, basis, trial, objections, made_at as "madeAt" from identity_model
     where tenant = $1 order by version desc`,
    [tenant],
  );
}

/** undefined for a version that is not kept. */
export async function modelOf(database: Database, tenant: number, version: number): Promise<Model | undefined> {
  const [row] = await database.query<{ parameters: string }>(
    'select parameters::text from identity_model where tenant = $1 and version = $2',
    [tenant, version],
  );
  return row && readModel(row.parameters);
}

/** Which versions were put in force, the last first. */
export async function modelUses(database: Database, tenant: number): Promise<ModelUse[]> {
  const rows = await database.query<UseRow>(`${USES} where e.kind = 'model' and e.tenant = $1 order by e.id desc`, [
    tenant,
  ]);
  return rows.map((row, at) => {
    const before = rows[at + 1]?.payload.version ?? SHIPPED_VERSION;
    return row.payload.version === before ? { ...readUse(row), swap: { joined: 0, split: 0 } } : readUse(row);
  });
}

/** Of all tenants, the first first. */
export async function allModelUses(database: Database): Promise<(ModelUse & { tenant: number })[]> {
  const rows = await database.query<UseRow>(`${USES} where e.kind = 'model' order by e.id`);
  return rows.map((row) => ({ tenant: row.tenant, ...readUse(row) }));
}

interface UseRow {
  tenant: number;
  entry: string;
  payload: ModelEntry;
  at: Date;
  joined: number | null;
  split: number | null;
}

const USES = `select e.tenant, e.id as entry, e.payload, e.at, s.joined, s.split from identity_event e
  left join identity_swap s on s.tenant = e.tenant and s.entry = e.id`;

const readUse = ({ entry, payload, at, joined, split }: UseRow): ModelUse => ({
  ...payload,
  entry,
  at,
  swap: joined === null ? undefined : { joined, split: split! },
});

/** Notes what an entry changed; what another node noted stays. */
export async function noteSwap(
  database: Database,
  tenant: number,
  { entry, joined, split, moved }: Swap & { entry: string },
): Promise<void> {
  await database.query(
    `insert into identity_swap (tenant, entry, joined, split, moved) values ($1, $2, $3, $4, $5)
     on conflict (tenant, entry) do nothing`,
    [tenant, entry, joined, split, moved],
  );
}

/** Sightings whose person has others since this entry, as entries of the log. */
export async function movedBy(database: Database, tenant: number, entry: string): Promise<string[]> {
  const [row] = await database.query<{ moved: string[] }>(
    'select moved from identity_swap where tenant = $1 and entry = $2',
    [tenant, entry],
  );
  return row?.moved ?? [];
}

/** By an id that nobody has any more: a sighting of whoever had it. */
export type FormerIds = ReadonlyMap<string, string>;

export async function noteFormerIds(database: Database, tenant: number, former: FormerIds): Promise<void> {
  await database.query(
    `insert into identity_former_id (tenant, person, sighting) select $1, * from unnest($2::text[], $3::bigint[])
     on conflict (tenant, person) do nothing`,
    [tenant, [...former.keys()], [...former.values()]],
  );
}

/** Of all tenants. */
export async function readFormerIds(database: Database): Promise<Map<number, Map<string, string>>> {
  const rows = await database.query<{ tenant: number; person: string; sighting: string }>(
    'select tenant, person, sighting from identity_former_id',
  );
  const byTenant = new Map<number, Map<string, string>>();
  for (const { tenant, person, sighting } of rows) {
    const former = byTenant.get(tenant) ?? new Map();
    byTenant.set(tenant, former.set(person, sighting));
  }
  return byTenant;
}

/** Runs `work` unless another node runs it for this tenant: then undefined. */
export const whileEstimating = <T>(
  database: Database,
  tenant: number,
  work: () => Promise<T>,
): Promise<T | undefined> => alone(database, `identity model ${tenant}`, work);
