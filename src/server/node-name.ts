// What a process that keeps instances is called among those that share a catalogue and a folder of objects. It must be the
// same at every start: recovery looks for what the process of this name left behind.

import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '../base/config.ts';

/** With the embedded database nobody else is there; with an external one the machine and the data folder tell nodes apart. */
export function nodeName(config: Config, role: 'node' | 'import'): string {
  if (config.databaseUrl === undefined) return role;
  const place = createHash('sha256').update(`${hostname()} ${config.data}`).digest('hex');
  return `${role}-${place.slice(0, 12)}`;
}
