// What a search finds a resource by, written in the transaction that writes the resource.

import type pg from 'pg';

/** Replaces what is indexed of a resource; `resource` absent: it was deleted. */
export async function writeIndex(
  _transaction: Pick<pg.ClientBase, 'query'>,
  _tenant: number,
  _type: string,
  _id: string,
  _resource: object | undefined,
): Promise<void> {}
