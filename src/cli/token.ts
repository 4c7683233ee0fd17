// `fascia token create|list|revoke`: credentials for programs that come by HTTP.

import { listCommand, removeCommand } from './api-commands.ts';
import { type Command, UsageError } from './command.ts';
import { parseDuration } from './duration.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Token {
  id: string;
  name: string;
  scopes: string[];
  expiresAt: string;
  revokedAt: string | null;
}

export const tokenCreate: Command = {
  summary: 'a credential for a program that comes by HTTP; it is shown once',
  details: 'Use it as `Authorization: Bearer TOKEN`.',
  options: {
    ...tenantOption,
    scope: {
      type: 'string',
      multiple: true,
      value: 'SCOPE',
      description: 'what it may do: read, write, hide, administer (again for more than one)',
    },
    expires: { type: 'string', value: 'WHEN', description: 'how long it lives: 12h, 30d, 1y; or a date (default 90d)' },
    name: { type: 'string', value: 'NAME', description: 'who it is for, shown in lists and in the audit trail' },
  },
  arity: [0, 0],
  async run(_args, options) {
    const { scope, expires = '90d', name = 'command line' } = options;
    if (scope === undefined) throw new UsageError('say what it may do: --scope read (fascia token create --help)');
    const scopes = (scope as string[]).flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '');
    const body = { name, scopes, expiresAt: expiryOf(String(expires)).toISOString() };
    const { token } = (await withApi((api) => api.call('POST', '/tokens', body), options)) as { token: string };
    process.stdout.write(`${token}\n`);
    return 0;
  },
};

export const tokenList = listCommand<Token>(
  '/tokens',
  'the credentials there are, without their secrets',
  ({ id, name, scopes, expiresAt, revokedAt }) => [
    id,
    name,
    scopes.join(' '),
    revokedAt ? `revoked ${revokedAt}` : `until ${expiresAt}`,
  ],
);

export const tokenRevoke = removeCommand('/tokens', {
  argument: 'ID',
  summary: 'end a credential now',
  done: 'is revoked',
});

function expiryOf(text: string): Date {
  const duration = parseDuration(text);
  const date = duration === undefined ? new Date(text) : new Date(Date.now() + duration);
  if (Number.isNaN(date.getTime())) throw new UsageError(`--expires ${text} is neither a length of time nor a date`);
  return date;
}
