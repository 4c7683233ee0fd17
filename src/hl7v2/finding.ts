// What a reader noticed and what it assumed instead. Real messages are imperfect; they are read all the same.

export interface Finding {
  /** A segment, or segment and field: `MSH-2`. */
  where: string;
  /** No patient data: what is wrong, not with which value. */
  what: string;
  /** What was read instead. */
  assumed: string;
}
