// `fascia reading contract|reader|site|roster`: what reading is done by, from files and back.

import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { readTable } from '../base/csv.ts';
import { rosterOfCalendar } from '../reading/readers/roster-calendar.ts';
import { rosterOfTable } from '../reading/readers/roster-table.ts';
import type { ApiAccess } from '../server/doors/api-access.ts';
import { type Command, CommandError, type OptionValues, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

type Document = Record<string, unknown> & { id: string };
type Action = (api: ApiAccess, args: string[], options: OptionValues) => Promise<void>;

/** What the three kinds of documents share: `put FILE…`, `get ID`, `list`. */
interface Kind {
  /** As the command and its path call it. */
  name: string;
  path: string;
  put: (api: ApiAccess, document: Document) => Promise<unknown>;
  /** Of one that is there, for the list. */
  line(document: Document): string[];
}

const contracts: Kind = {
  name: 'contract',
  path: '/reading/contracts',
  put: (api, document) => api.call('POST', '/reading/contracts', document),
  line: ({ id, client, provider, status, terms }) => [
    id,
    `${client} to ${provider}`,
    String(status),
    Object.values(terms as Record<string, { id: string; version: number }>)
      .map((term) => `${term.id.slice(id.length + 1)} v${term.version}`)
      .join(', '),
  ],
};

const readers: Kind = {
  name: 'reader',
  path: '/reading/readers',
  put: (api, document) => api.call('POST', '/reading/readers', document),
  line: ({ id, provider, at, status, subspecialties }) => [
    id,
    String(provider),
    String(at),
    String(status),
    (subspecialties as string[]).join(' '),
  ],
};

const sites: Kind = {
  name: 'site',
  path: '/reading/sites',
  put: (api, document) => api.call('PUT', `/reading/sites/${encodeURIComponent(String(document.id))}`, document),
  line: ({ id, at, zone = '', name = '' }) => [id, String(at), String(zone), String(name)],
};

const put =
  (kind: Kind): Action =>
  async (api, files) => {
    if (files.length === 0) throw new UsageError(`fascia reading ${kind.name} put needs a FILE`);
    for (const file of files) {
      for (const document of [parsed(file)].flat() as Document[]) {
        await kind.put(api, document);
        process.stdout.write(`${document.id} is in force\n`);
      }
    }
  };

const list =
  (kind: Kind): Action =>
  async (api) => {
    const found = (await api.call('GET', kind.path)) as Document[];
    process.stdout.write(columns(found.map(kind.line), ''));
  };

const get =
  (kind: Kind): Action =>
  async (api, [id]) => {
    const found = ((await api.call('GET', kind.path)) as Document[]).find((each) => each.id === id);
    if (found === undefined) throw new CommandError(`no ${kind.name} ${id ?? ''}`.trimEnd());
    process.stdout.write(stringify(found, { lineWidth: 120 }));
  };

const expiring: Action = async (api, _args, { days = '90' }) => {
  interface Row {
    what: string;
    reader?: string;
    row: string;
    until: string;
    casesWithoutReader: number;
  }
  if (!/^\d{1,4}$/.test(String(days))) throw new UsageError('--days is a number');
  const found = (await api.call('GET', `/reading/readers/expiring?days=${days}`)) as { expiring: Row[] };
  const rows = found.expiring.map(({ until, what, reader = '', row, casesWithoutReader }) => [
    until.slice(0, 10),
    what,
    reader,
    row,
    casesWithoutReader === 0 ? '' : `${casesWithoutReader} cases of the last 30 days would have nobody`,
  ]);
  process.stdout.write(columns(rows, ''));
};

/** A roster is of one reader, or a table of several. */
const roster: Action = async (api, [file, reader]) => {
  if (file === undefined)
    throw new UsageError('fascia reading roster put needs FILE and READER, or a table with readers');
  const text = readText(file);
  const shifts = file.endsWith('.ics')
    ? rosterOfCalendar(text, reader)
    : file.endsWith('.csv')
      ? rosterOfTable(readTable(text), reader)
      : new Map([[needed(reader), parsed(file) as object[]]]);
  for (const [id, those] of shifts) {
    await api.call('PUT', `/reading/readers/${encodeURIComponent(id)}/shifts`, those as object);
    process.stdout.write(`${id}: ${those.length} shifts from now on\n`);
  }
};

function needed(reader: string | undefined): string {
  if (reader === undefined) throw new UsageError('say whose roster it is: fascia reading roster put FILE READER');
  return reader;
}

function command(name: string, summary: string, actions: Record<string, Action>, more: Partial<Command> = {}): Command {
  return {
    arguments: Object.keys(actions).join('|'),
    summary,
    arity: [1, 1000],
    ...more,
    options: { ...tenantOption, ...more.options },
    async run([word, ...args], options) {
      const action = actions[word!];
      if (action === undefined)
        throw new UsageError(`fascia reading ${name} is followed by ${Object.keys(actions).join(', ')}`);
      await withApi((api) => action(api, args, options), options);
      return 0;
    },
  };
}

const actionsOf = (kind: Kind) => ({ put: put(kind), list: list(kind), get: get(kind) });

export const readingContract = command(
  'contract',
  'contracts of reading with their terms: put FILE.yaml…, list, get ID',
  actionsOf(contracts),
  { details: 'A term that says something new becomes a version; cases keep the one they were taken in under.' },
);

export const readingReader = command(
  'reader',
  'who reads: put FILE.yaml…, list, get ID, expiring',
  { ...actionsOf(readers), expiring },
  { options: { days: { type: 'string', value: 'N', description: 'what ends in so many days (default: 90)' } } },
);

export const readingSite = command(
  'site',
  'where a client makes images: put FILE.yaml…, list, get ID',
  actionsOf(sites),
);

export const readingRoster = command(
  'roster',
  'when readers are there from now on: put FILE [READER]',
  { put: roster },
  {
    details:
      'FILE is a calendar (.ics), a table (.csv with from, to and, without READER, reader), or a list of {from, to} as YAML.',
  },
);

function parsed(file: string): unknown {
  try {
    return parse(readText(file));
  } catch (thrown) {
    throw thrown instanceof CommandError ? thrown : new CommandError(`${file}: ${(thrown as Error).message}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new CommandError(`${file} cannot be read: ${(thrown as NodeJS.ErrnoException).code}`);
  }
}
