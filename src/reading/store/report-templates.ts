// Templates of a tenant, before those that come with the program: one that a site keeps under the same name takes its place,
// one that it takes away is gone.

import { Problem } from '../../base/problem.ts';
import type { Database } from '../../storage/database.ts';
import type { Template, TemplateBody } from '../content/template.ts';
import { templateFaults } from '../content/template-faults.ts';
import { shippedTemplates } from '../content/templates/shipped.ts';

export async function templatesOf(database: Database, tenant: number): Promise<Template[]> {
  const rows = await database.query<{ id: string; version: number; body: TemplateBody | null }>(
    'select distinct on (id) id, version, body from report_template where tenant = $1 order by id, version desc',
    [tenant],
  );
  const kept = new Set(rows.map(({ id }) => id));
  const own = rows.flatMap(({ id, version, body }) => (body === null ? [] : [{ ...body, id, version }]));
  return [...own, ...shippedTemplates.filter(({ id }) => !kept.has(id))].toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
}

/** Rejects with catalogue/not-found. */
export async function templateOf(database: Database, tenant: number, id: string): Promise<Template> {
  const found = (await templatesOf(database, tenant)).find((template) => template.id === id);
  if (found === undefined) throw new Problem('catalogue/not-found', { what: 'template' });
  return found;
}

/** A new version; rejects with request/malformed and all its faults. */
export async function putTemplate(
  database: Database,
  tenant: number,
  { id, body, author }: { id: string; body: TemplateBody; author: string },
): Promise<Template> {
  const faults = templateFaults(body);
  if (faults.length > 0) {
    const reason = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new Problem('request/malformed', { reason });
  }
  return { ...body, id, version: await addVersion(database, tenant, { id, body, author }) };
}

/** It is no longer offered; what was written with it stays as it is. Rejects with catalogue/not-found. */
export async function removeTemplate(
  database: Database,
  tenant: number,
  { id, author }: { id: string; author: string },
): Promise<void> {
  await templateOf(database, tenant, id);
  await addVersion(database, tenant, { id, body: null, author });
}

async function addVersion(
  database: Database,
  tenant: number,
  { id, body, author }: { id: string; body: TemplateBody | null; author: string },
): Promise<number> {
  const [row] = await database.query<{ version: number }>(
    `insert into report_template (tenant, id, version, body, author)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4 from report_template where tenant = $1 and id = $2
     returning version`,
    [tenant, id, body === null ? null : JSON.stringify(body), author],
  );
  return row!.version;
}
