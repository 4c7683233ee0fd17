// Versions of a tenant's model of procedures, and which was put in force when (migrations/0026-procedure-models.sql).

import { alone } from './alone.ts';
import type { Database } from './database.ts';

export const limits = {
  /** Of a tenant; older ones that were never in force are forgotten. */
  keptVersions: 30,
} as const;

/** The model that is shipped. */
export const SHIPPED_VERSION = 0;

export interface ProcedureModelVersion extends Record<string, unknown> {
  version: number;
  basis: {
    /** The version that was in force, and that it was tried beside. */
    beside: number;
    /** Answers of persons. */
    answers: number;
  };
  /** As normalize/procedures/training/trial.ts has it. */
  trial: unknown;
  /** Why it was not put in force. */
  objections: string[];
  madeAt: Date;
}

export interface ProcedureModelUse extends Record<string, unknown> {
  version: number;
  pinned: boolean;
  decidedBy: string | null;
  reason: string | null;
  at: Date;
}

/** Keeps a version under the next number, and resolves to it. */
export async function keepProcedureModel(
  database: Database,
  tenant: number,
  { weights, basis, trial, objections }: Omit<ProcedureModelVersion, 'version' | 'madeAt'> & { weights: string },
): Promise<ProcedureModelVersion> {
  const [kept] = await database.query<ProcedureModelVersion>(
    `insert into procedure_model (tenant, version, weights, basis, trial, objections)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from procedure_model where tenant = $1
     returning version, basis, trial, objections, made_at as "madeAt"`,
    [tenant, weights, JSON.stringify(basis), JSON.stringify(trial), objections],
  );
  await database.query(
    `delete from procedure_model m where tenant = $1 and version <= $2 and not exists (
       select from procedure_model_use u where u.tenant = m.tenant and u.version = m.version)`,
    [tenant, kept!.version - limits.keptVersions],
  );
  return kept!;
}

/** Newest first. */
export function procedureModelVersions(database: Database, tenant: number): Promise<ProcedureModelVersion[]> {
  return database.query<ProcedureModelVersion>(
    `select version, basis, trial, objections, made_at as "madeAt" from procedure_model
     where tenant = $1 order by version desc`,
    [tenant],
  );
}

/** The last first. */
export function procedureModelUses(database: Database, tenant: number): Promise<ProcedureModelUse[]> {
  return database.query<ProcedureModelUse>(
    `select version, pinned, decided_by as "decidedBy", reason, at from procedure_model_use
     where tenant = $1 order by id desc`,
    [tenant],
  );
}

export async function putProcedureModelInForce(
  database: Database,
  tenant: number,
  { version, pinned, decidedBy, reason }: { version: number; pinned: boolean; decidedBy?: string; reason?: string },
): Promise<void> {
  await database.query(
    'insert into procedure_model_use (tenant, version, pinned, decided_by, reason) values ($1, $2, $3, $4, $5)',
    [tenant, version, pinned, decidedBy, reason],
  );
}

export async function procedureModelInForce(database: Database, tenant: number): Promise<number> {
  const [last] = await database.query<{ version: number }>(
    'select version from procedure_model_use where tenant = $1 order by id desc limit 1',
    [tenant],
  );
  return last?.version ?? SHIPPED_VERSION;
}

/** As judge.ts writes it; undefined for the one that is shipped, and for one that is not kept. */
export async function procedureModelWeights(
  database: Database,
  tenant: number,
  version: number,
): Promise<string | undefined> {
  const [row] = await database.query<{ weights: string }>(
    'select weights from procedure_model where tenant = $1 and version = $2',
    [tenant, version],
  );
  return row?.weights;
}

/** Runs `work` unless another node runs it for this tenant: then undefined. */
export const whileTraining = <T>(database: Database, tenant: number, work: () => Promise<T>): Promise<T | undefined> =>
  alone(database, `procedure model ${tenant}`, work);
