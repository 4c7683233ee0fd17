// Credentials of a running node, as its operator makes them.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { NodeProcess } from './node-process.ts';

export interface Bearer extends Record<string, string> {
  Authorization: string;
}

/** For a tenant by name, which is made where it is new. */
export function bearer({ data }: Pick<NodeProcess, 'data'>, tenant: string, scopes: readonly string[]): Bearer {
  const words = ['token', 'create', '--tenant', tenant, ...scopes.flatMap((scope) => ['--scope', scope])];
  const token = execFileSync(join(import.meta.dirname, '../../fascia'), words, {
    env: { ...process.env, FASCIA_DATA: data },
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return { Authorization: `Bearer ${token.trim()}` };
}
