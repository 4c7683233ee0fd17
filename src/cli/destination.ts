// `fascia destination add|list|pause|resume` and `fascia deliveries`: where studies go, and what became of them.

import { listCommand } from './api-commands.ts';
import { type Command, UsageError } from './command.ts';
import { columns } from './help.ts';
import { tenantOption, withApi } from './with-api.ts';

interface Destination {
  name: string;
  kind: string;
  settings: Record<string, unknown>;
  paused: boolean;
  queued: number;
  failed: number;
  problem: string | null;
}

interface Delivery {
  destination: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  state: string;
  attempts: number;
  status: number | null;
  problem: string | null;
}

export const destinationAdd: Command = {
  arguments: 'NAME WHERE',
  summary: 'say where studies may be sent: a folder, or another archive by DICOMweb',
  details:
    'WHERE is the URL of a DICOMweb root, or an absolute path. A DIMSE peer (`fascia peer add`) is a destination by its AE title.',
  options: {
    ...tenantOption,
    authorization: { type: 'string', value: 'TEXT', description: 'sent to a DICOMweb root as Authorization' },
  },
  arity: [2, 2],
  async run([name, where], options) {
    const { authorization } = options;
    const isUrl = /^https?:\/\//.test(where!);
    if (!isUrl && !where!.startsWith('/')) throw new UsageError(`${where} is neither a URL nor an absolute path`);
    const body = isUrl
      ? { kind: 'dicomweb', settings: { url: where, ...(typeof authorization === 'string' && { authorization }) } }
      : { kind: 'folder', settings: { path: where } };
    await withApi((api) => api.call('PUT', `/destinations/${encodeURIComponent(name!)}`, body), options);
    process.stdout.write(`${name} is a destination\n`);
    return 0;
  },
};

export const destinationList = listCommand<Destination>(
  '/destinations',
  'where studies may be sent, how much waits and how much failed',
  ({ name, kind, settings, paused, queued, failed, problem }) => [
    name,
    kind,
    String(settings.url ?? settings.path ?? settings.aeTitle ?? ''),
    paused ? 'paused' : '',
    `${queued} waiting`,
    `${failed} failed`,
    problem ?? '',
  ],
);

export const destinationPause = pausing(true, 'send nothing to a destination until it is resumed', 'is paused');
export const destinationResume = pausing(false, 'send to a destination again', 'is sent to');

export const deliveries: Command = {
  summary: 'what was sent where, and what became of it; newest first',
  options: {
    ...tenantOption,
    study: { type: 'string', value: 'UID', description: 'of this study only' },
    destination: { type: 'string', value: 'NAME', description: 'to this destination only' },
    state: { type: 'string', value: 'STATE', description: 'queued, accepted, verified, failed or withdrawn' },
    limit: { type: 'string', value: 'N', description: 'at most so many (default: 100)' },
  },
  arity: [0, 0],
  async run(_args, options) {
    const asked = ['study', 'destination', 'state', 'limit'].filter((name) => options[name] !== undefined);
    const query = new URLSearchParams(asked.map((name): [string, string] => [name, String(options[name])]));
    const rows = (await withApi((api) => api.call('GET', `/deliveries?${query}`), options)) as Delivery[];
    const lines = rows.map(({ destination, sopInstanceUid, state, attempts, status, problem }) => [
      destination,
      sopInstanceUid,
      state,
      `${attempts} tries`,
      [status ? status.toString(16).toUpperCase().padStart(4, '0') : '', problem ?? ''].join(' ').trim(),
    ]);
    process.stdout.write(columns(lines, ''));
    return 0;
  },
};

export const deliveriesReplay: Command = {
  summary: 'send again what failed',
  options: {
    ...tenantOption,
    study: { type: 'string', value: 'UID', description: 'of this study only' },
    destination: { type: 'string', value: 'NAME', description: 'to this destination only' },
  },
  arity: [0, 0],
  async run(_args, { study, destination, ...options }) {
    const body = { ...(study !== undefined && { study }), ...(destination !== undefined && { destination }) };
    const { queued } = (await withApi((api) => api.call('POST', '/deliveries/replay', body), options)) as {
      queued: number;
    };
    process.stdout.write(`${queued} objects are queued again\n`);
    return 0;
  },
};

function pausing(paused: boolean, summary: string, done: string): Command {
  return {
    arguments: 'NAME',
    summary,
    options: tenantOption,
    arity: [1, 1],
    async run([name], options) {
      await withApi((api) => api.call('POST', `/destinations/${encodeURIComponent(name!)}/pause`, { paused }), options);
      process.stdout.write(`${name} ${done}\n`);
      return 0;
    },
  };
}
