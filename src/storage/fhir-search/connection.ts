// Statements of a FHIR search, on the catalogue or within a transaction. They are not prepared: which index serves a search
// shows only when its values are known.

import type { Database } from '../database.ts';

/** The catalogue, or a transaction of it. */
export type Connection = Pick<Database, 'query'>;

export interface Statement {
  text: string;
  values: unknown[];
}
