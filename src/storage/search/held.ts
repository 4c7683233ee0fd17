// Answers in the form they are sent in, held from one search to the next. PostgreSQL says which rows match and the version
// of each; only those that are new or have changed are read and put together again. A row's version is the transaction
// that wrote it (xmin), so what is held is never older than the catalogue, whichever node changed it. An answer of many rows
// is held as a whole besides, under a seal over all of its rows and versions: while that is the same, nothing is listed.

import type { Database } from '../database.ts';
import { LeastRecentlyUsed } from '../least-recently-used.ts';
import { isOverPatient } from './answer-text.ts';
import { limits } from './limits.ts';
import type { Selection, Wanted } from './selection.ts';

/** All rows of one question, in their order. */
export interface Whole {
  /** How many rows matched, and 64 bits over the id and version of each. */
  seal: string;
  objects: readonly Uint8Array[];
  /** Of all objects. */
  sizeBytes: number;
}

export class HeldAnswers {
  /** By kind, row and version. */
  readonly answers = new LeastRecentlyUsed<string, Uint8Array>(
    limits.heldBytes,
    (answer) => answer.length + limits.heldOverheadBytes,
  );
  /** By kind and statement. */
  readonly wholes = new LeastRecentlyUsed<string, Whole>(limits.wholeBytes, ({ sizeBytes }) => sizeBytes);
  readonly #kinds = new LeastRecentlyUsed<string, string>(limits.heldKinds);
  #kindsSeen = 0;

  /** A short name for what, besides its rows, an answer is made from. */
  kindOf(description: string): string {
    const known = this.#kinds.get(description);
    if (known !== undefined) return known;
    const kind = String(++this.#kindsSeen);
    this.#kinds.set(description, kind);
    return kind;
  }
}

const held = new WeakMap<Database, HeldAnswers>();

/** What is held of this catalogue. */
export function heldOf(database: Database): HeldAnswers {
  const known = held.get(database) ?? new HeldAnswers();
  held.set(database, known);
  return known;
}

/** Whether its own rows alone decide what an answer holds. */
export const canBeHeld = ({
  selection: { further },
  person,
  serving,
}: Pick<Wanted, 'selection' | 'person' | 'serving'>): boolean =>
  person === undefined && serving === undefined && ![...(further ?? [])].some(isOverPatient);

export const descriptionOf = ({ levels, ordinary, further }: Selection): unknown[] => [
  levels,
  ordinary,
  further && [...further].sort(),
];
