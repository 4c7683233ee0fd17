// `fascia reading vault`: the keys of what knows whose copies are in rooms of readers.

import { type Command, UsageError } from './command.ts';
import { withApi } from './with-api.ts';

export const readingVault: Command = {
  arguments: 'rotate',
  summary: 'new keys for the vault of outsourced reading, while it is in use',
  details:
    'Everything is sealed anew, and the old key is destroyed; pseudonyms stay. Asked again it goes on where it was cut off. With --client only the keys of that client’s domains.',
  options: { client: { type: 'string', value: 'NAME', description: 'the tenant whose domains get new keys' } },
  arity: [1, 1],
  async run([word], { client }) {
    if (word !== 'rotate') throw new UsageError('fascia reading vault is followed by rotate');
    const path = `/reading/vault/rotate${client === undefined ? '?all=true' : ''}`;
    const rotated = (await withApi((api) => api.call('POST', path), { tenant: client })) as Record<string, number>;
    const { domains, patients, rows } = rotated;
    process.stdout.write(`${domains} domains, ${patients} patients, ${rows} rows are sealed by new keys\n`);
    return 0;
  },
};
