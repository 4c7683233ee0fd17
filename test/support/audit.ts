// The audit of a running node, as /api/v1 gives it to a session.

import type { CookieBrowser } from './cookie-browser.ts';
import type { NodeProcess } from './node-process.ts';

export type AuditRow = Record<string, string | undefined>;

/** The newest row that fits. It is committed after the answer it tells of, so it is waited for. */
export async function auditedRow(
  { url }: Pick<NodeProcess, 'url'>,
  session: string | CookieBrowser,
  fits: (row: AuditRow) => boolean,
): Promise<AuditRow> {
  const address = `${url}/api/v1/audit?limit=1000`;
  for (;;) {
    const response = await (typeof session === 'string'
      ? fetch(address, { headers: { Cookie: session } })
      : session.fetch(address));
    const found = ((await response.json()) as AuditRow[]).find(fits);
    if (found !== undefined) return found;
  }
}
