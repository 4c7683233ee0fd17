// What PostgreSQL and the connection to it report, as a row of base/problem.ts. PostgreSQL documentation, Appendix A.

import pg from 'pg';
import { Problem, type ProblemCode } from '../base/problem.ts';

/** By SQLSTATE, or by its class (the first two characters). */
const byState: Record<string, ProblemCode> = {
  '08': 'storage/unavailable',
  '53': 'storage/unavailable',
  '53100': 'storage/full',
  '57': 'storage/unavailable',
  '58': 'storage/unavailable',
  '57014': 'request/cancelled',
};

/** Anything thrown by a query or a connection attempt, as a Problem that names no value of any row. */
export function databaseProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (!(thrown instanceof pg.DatabaseError)) return new Problem('storage/unavailable', {}, thrown);
  const state = thrown.code ?? '';
  const code = byState[state] ?? byState[state.slice(0, 2)] ?? 'internal/unexpected';
  return new Problem(code, { sizeBytes: 'more' }, new DatabaseFault(thrown));
}

/** A database error without what it quotes: rows in its detail, values in the messages of class 22 (data exceptions). */
export class DatabaseFault extends Error {
  /** SQLSTATE. */
  readonly state: string;
  readonly constraint: string | undefined;

  constructor(error: pg.DatabaseError) {
    const state = error.code ?? 'unknown';
    const where = [error.schema, error.table, error.column, error.constraint].filter(Boolean).join('.');
    super(`${state} ${state.startsWith('22') ? (error.routine ?? '') : error.message} ${where}`.trim());
    this.name = 'DatabaseFault';
    this.state = state;
    this.constraint = error.constraint;
  }
}
