// What private elements of a tenant may mean and what persons decided of that (migrations/0048-private-mappings.sql).

import { alone } from './alone.ts';
import type { Database } from './database.ts';

export const limits = {
  /** Versions that are listed, the newest. */
  versions: 50,
} as const;

export interface MappingKey {
  /** As `printPrivateTag` has it. */
  element: string;
  attribute: string;
}

export interface KeptProposal extends MappingKey {
  /** As normalize/discovery/propose.ts has it. */
  proposal: unknown;
  state: 'open' | 'accepted' | 'refused';
  foundAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
}

export interface KeptMappingSet {
  /** 0: nothing was ever accepted. */
  version: number;
  mappings: unknown;
}

export interface MappingSetVersion {
  version: number;
  madeBy: string;
  change: string;
  madeAt: Date;
}

/** Takes the place of what was open; what was decided stays decided, with what is known now. */
export async function keepProposals(
  database: Database,
  tenant: number,
  found: readonly (MappingKey & { proposal: object })[],
): Promise<void> {
  await database.query(
    `with found as (
       select each->>'element' as element, each->>'attribute' as attribute, each->'proposal' as proposal
       from jsonb_array_elements($2::jsonb) each
     ), gone as (
       delete from private_mapping_proposal p where p.tenant = $1 and p.state = 'open'
         and not exists (select from found f where f.element = p.element and f.attribute = p.attribute))
     insert into private_mapping_proposal (tenant, element, attribute, proposal)
     select $1, element, attribute, proposal from found
     on conflict (tenant, element, attribute) do update set proposal = excluded.proposal, found_at = now()`,
    [tenant, JSON.stringify(found)],
  );
}

const COLUMNS = `element, attribute, proposal, state, found_at as "foundAt", decided_by as "decidedBy",
  decided_at as "decidedAt", reason`;

/** The likeliest first. */
export const proposalsOf = (database: Database, tenant: number): Promise<KeptProposal[]> =>
  database.query<KeptProposal & Record<string, unknown>>(
    `select ${COLUMNS} from private_mapping_proposal where tenant = $1
     order by (proposal->>'confidence')::float8 desc, element, attribute`,
    [tenant],
  );

export async function proposalOf(
  database: Database,
  tenant: number,
  { element, attribute }: MappingKey,
): Promise<KeptProposal | undefined> {
  const [row] = await database.query<KeptProposal & Record<string, unknown>>(
    `select ${COLUMNS} from private_mapping_proposal where tenant = $1 and element = $2 and attribute = $3`,
    [tenant, element, attribute],
  );
  return row;
}

/** Resolves to whether there is such a proposal in one of the states `from`. */
export async function refuseProposal(
  database: Database,
  tenant: number,
  { element, attribute }: MappingKey,
  { by, reason }: { by: string; reason?: string | undefined },
): Promise<boolean> {
  const rows = await database.query(
    `update private_mapping_proposal set state = 'refused', decided_by = $4, decided_at = now(), reason = $5
     where tenant = $1 and element = $2 and attribute = $3 and state = 'open' returning 1 as one`,
    [tenant, element, attribute, by, reason ?? null],
  );
  return rows.length > 0;
}

/** It is asked about again. Resolves to whether it was refused. */
export async function reopenProposal(
  database: Database,
  tenant: number,
  { element, attribute }: MappingKey,
): Promise<boolean> {
  const rows = await database.query(
    `update private_mapping_proposal set state = 'open', decided_by = null, decided_at = null, reason = null
     where tenant = $1 and element = $2 and attribute = $3 and state = 'refused' returning 1 as one`,
    [tenant, element, attribute],
  );
  return rows.length > 0;
}

export async function mappingSetVersion(database: Database, tenant: number): Promise<number> {
  const [row] = await database.query<{ version: number | null }>(
    'select max(version) as version from private_mapping_set where tenant = $1',
    [tenant],
  );
  return row!.version ?? 0;
}

export async function mappingSet(database: Database, tenant: number, version: number): Promise<KeptMappingSet> {
  const [row] = await database.query<{ mappings: unknown }>(
    'select mappings from private_mapping_set where tenant = $1 and version = $2',
    [tenant, version],
  );
  return { version, mappings: row?.mappings ?? [] };
}

/**
 * Keeps the next version, with what it makes of a proposal, in force from now on. Resolves to false where another became the
 * next meanwhile, of which nothing is changed.
 */
export async function keepMappingSet(
  database: Database,
  tenant: number,
  { version, mappings }: { version: number; mappings: object },
  change: MappingKey & { kind: 'accepted' | 'withdrawn'; by: string },
): Promise<boolean> {
  const { kind, element, attribute, by } = change;
  const rows = await database.query(
    `with kept as (
       insert into private_mapping_set (tenant, version, mappings, made_by, change) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning version
     ), decided as (
       update private_mapping_proposal set state = $8, decided_by = $4, decided_at = now(), reason = null
       where tenant = $1 and element = $6 and attribute = $7 and exists (select from kept))
     select version from kept`,
    [
      tenant,
      version,
      JSON.stringify(mappings),
      by,
      `${kind} ${element} as ${attribute}`,
      element,
      attribute,
      kind === 'accepted' ? 'accepted' : 'open',
    ],
  );
  return rows.length > 0;
}

/** Newest first. */
export const mappingSetVersions = (database: Database, tenant: number): Promise<MappingSetVersion[]> =>
  database.query<MappingSetVersion & Record<string, unknown>>(
    `select version, made_by as "madeBy", change, made_at as "madeAt" from private_mapping_set where tenant = $1
     order by version desc limit $2`,
    [tenant, limits.versions],
  );

/** Runs `work` unless another node looks for this tenant: then undefined. */
export const whileLooking = <T>(database: Database, tenant: number, work: () => Promise<T>): Promise<T | undefined> =>
  alone(database, `private mappings ${tenant}`, work);

export interface SampleOfInstances {
  /** The newest. */
  series: number;
  /** Of each, as if drawn. */
  perSeries: number;
  /** Of metadata as it is kept, in bytes; longer ones are left out. */
  longest: number;
}

/** What instances of a tenant say, encoded as storage/metadata.ts has it. */
export async function sampledMetadata(
  database: Database,
  tenant: number,
  { series, perSeries, longest }: SampleOfInstances,
): Promise<Buffer[]> {
  const rows = await database.query<{ metadata: Buffer }>(
    `select i.metadata from (
       select r.id from series r join study s on s.id = r.study
       where s.tenant = $1 and s.hidden_at is null and r.hidden_at is null order by r.id desc limit $2) r
     cross join lateral (
       select metadata from instance where series = r.id and served and hidden_at is null and length(metadata) <= $4
       order by md5(id::text) limit $3) i`,
    [tenant, series, perSeries, longest],
  );
  return rows.map(({ metadata }) => metadata);
}
