// `fascia config explain`: every setting with its value and where it came from.

import { loadConfig } from '../base/config.ts';
import { environmentName } from '../base/config-schema.ts';
import type { Command } from './command.ts';
import { columns } from './help.ts';

export const configExplain: Command = {
  summary: 'every setting with its value and origin',
  details:
    'A setting is a key of fascia.yaml, a FASCIA_… variable, or an option of `fascia start`.\nPasswords are blanked.',
  arity: [0, 0],
  options: { json: { type: 'boolean', description: 'as JSON' } },
  async run(_args, { json }) {
    const { settings, warnings } = loadConfig();
    for (const warning of warnings) process.stderr.write(`${warning}\n`);
    const rows = settings.map(({ name, value, origin, description }) => [
      name,
      value || '-',
      origin,
      environmentName(name),
      description,
    ]);
    const text = json ? `${JSON.stringify(settings, null, 2)}\n` : columns(rows, '');
    process.stdout.write(text);
    return 0;
  },
};
