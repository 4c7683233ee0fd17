// Which resources are referred to, by their ids: for those that are held elsewhere than among the stored ones (R4 search.html#has,
// #chaining).

import type { Has } from '../../fhir/search/request.ts';
import { Parameters } from '../search/statement.ts';
import { isShown } from '../withheld.ts';
import { Conditions } from './condition.ts';
import type { Connection } from './connection.ts';

/** Of those of type `target` to which a resource refers that meets `has`, up to `limit`. */
export async function referredBy(
  connection: Connection,
  tenant: number,
  { target, has, limit }: { target: string; has: Pick<Has, 'type' | 'parameter' | 'criterion'>; limit: number },
): Promise<string[]> {
  const parameters = new Parameters();
  const ours = parameters.bind(tenant);
  const met = new Conditions(parameters, ours).of(has.criterion, { type: 'x.type', id: 'x.id' });
  return ids(
    connection,
    parameters,
    `${rowsOf(ours, target, [has.type], has.parameter, parameters)} and ${met}`,
    limit,
  );
}

/** Of those of type `target` to which resources of these types refer by this parameter, up to `limit`. */
export async function referredIn(
  connection: Connection,
  tenant: number,
  { target, types, parameter, limit }: { target: string; types: readonly string[]; parameter: string; limit: number },
): Promise<string[]> {
  const parameters = new Parameters();
  const ours = parameters.bind(tenant);
  return ids(connection, parameters, rowsOf(ours, target, types, parameter, parameters), limit);
}

const rowsOf = (
  ours: string,
  target: string,
  types: readonly string[],
  parameter: string,
  parameters: Parameters,
): string =>
  `x.tenant = ${ours} and x.type = any(${parameters.bind(types)}::text[]) and x.parameter = ${parameters.bind(parameter)} ` +
  `and x.target_type = ${parameters.bind(target)} and x.target_id is not null and ${isShown(ours, 'x.type', 'x.id')}`;

async function ids(connection: Connection, parameters: Parameters, where: string, limit: number): Promise<string[]> {
  const text = `select distinct x.target_id as id from fhir_reference x where ${where} limit ${parameters.bind(limit)}`;
  return (await connection.query<{ id: string }>(text, parameters.values)).map(({ id }) => id);
}
