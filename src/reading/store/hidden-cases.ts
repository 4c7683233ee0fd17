// Which cases a reader is not to know anything of: those in which somebody has signed what was found in a study that is read blind
// now (case/blindness.ts). What the provider stored of it in the room the catalogue withholds from all (migrations/0040).

import type { Queries } from '../../storage/transaction.ts';

/**
 * Codes of the cases of a room of which the reader sees nothing that was signed. Whoever signed it themselves, and whoever is not
 * to read it again because they have read it before, sees what there is.
 */
export async function casesHiddenFrom(queries: Queries, room: number, reader: string): Promise<ReadonlySet<string>> {
  const rows = await queries.query<{ id: string }>(
    `select distinct c.id from reading_case b
       join reading_case c on coalesce(c.part_of, c.id) = coalesce(b.part_of, b.id)
     where b.is_blind and b.room = $1 and not (b.folded::jsonb #> '{facts,readBy}') ? $2
       and json_array_length(c.folded->'reports') > 0
       and not exists (select from json_array_elements(c.folded->'reports') r where r->>'reader' = $2)`,
    [room, reader],
  );
  return new Set(rows.map(({ id }) => id));
}
