// What is withheld from a whole tenant while a study of it is read by somebody who is not to know what was found in it before:
// migrations/0040-blind-readings.sql hides it, for every door, and shows it again.

/** `hidden_reason` of such an instance: nobody withdrew it, so it is not removed and not shown by hand. */
export const BLIND_READING = 'blind-reading';

/** Of an instance `i`: nobody has withdrawn it. For what the node does by itself; no door tells of what is withheld. */
export const NOT_WITHDRAWN = `(i.hidden_at is null or i.hidden_reason is not distinct from '${BLIND_READING}')`;

/** Of a stored FHIR resource, by the SQL of its key: it is not withheld. For what is found by indexes alone; doors read views. */
export const isShown = (tenant: string, type: string, id: string): string =>
  `not exists (select from fhir_resource_kept kept where kept.withheld and kept.tenant = ${tenant} and kept.type = ${type} and kept.id = ${id})`;
