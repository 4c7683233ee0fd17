// `fascia token create|list|revoke`: credentials for programs that come by HTTP.

import { listCommand, removeCommand } from './api-commands.ts';
import { type Command, UsageError } from './command.ts';
import { parseDuration } from './duration.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Token {
  id: string;
  name: string;
  scopes: string[];
  reader?: string;
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
      description: 'what it may do: read, write, hide, share, report, administer (again for more than one)',
    },
    reader: { type: 'string', value: 'ID', description: 'with --scope report: the reader whose it is' },
    'sign-in': { type: 'boolean', description: 'a link instead, by which a browser signs in once' },
    expires: {
      type: 'string',
      value: 'WHEN',
      description: 'how long it lives: 12h, 30d, 1y; or a date (default 90d; of a link 1d)',
    },
    name: { type: 'string', value: 'NAME', description: 'who it is for, shown in lists and in the audit trail' },
  },
  arity: [0, 0],
  async run(_args, options) {
    const { scope, reader, 'sign-in': isLink, name = 'command line' } = options;
    const { expires = isLink ? '1d' : '90d' } = options;
    if (scope === undefined) throw new UsageError('say what it may do: --scope read (fascia token create --help)');
    const scopes = (scope as string[]).flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '');
    const expiresAt = expiryOf(String(expires)).toISOString();
    const body = {
      name,
      scopes,
      expiresAt,
      ...(reader !== undefined && { reader }),
      ...(isLink && { kind: 'sign-in' }),
    };
    const { token } = (await withApi((api) => api.call('POST', '/tokens', body), options)) as { token: string };
    process.stdout.write(`${isLink ? '/sign-in?token=' : ''}${token}\n`);
    return 0;
  },
};

export const tokenList = listCommand<Token>(
  '/tokens',
  'the credentials there are, without their secrets',
  ({ id, name, scopes, reader, expiresAt, revokedAt }) => [
    id,
    name,
    [...scopes, ...(reader === undefined ? [] : [`reader ${reader}`])].join(' '),
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
