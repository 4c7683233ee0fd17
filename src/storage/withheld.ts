// What is withheld from a whole tenant while a study of it is read by somebody who is not to know what was found in it before:
// migrations/0040-blind-readings.sql hides it, for every door, and shows it again.

/** `hidden_reason` of such an instance: nobody withdrew it, so it is not removed and not shown by hand. */
export const BLIND_READING = 'blind-reading';

/** Of an instance `i`: nobody has withdrawn it. For what the node does by itself; no door tells of what is withheld. */
export const NOT_WITHDRAWN = `(i.hidden_at is null or i.hidden_reason is not distinct from '${BLIND_READING}')`;
