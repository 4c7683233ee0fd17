// How the command line reaches /api/v1: by the control socket of the node that runs on the data folder, or, where none
// runs, by the same routes in this process on the database itself. Either way as the account that owns the folder.

import { existsSync } from 'node:fs';
import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Config } from '../../base/config.ts';
import { silentLog } from '../../base/log.ts';
import { answers, controlSocket } from '../data-folder.ts';

/** For whom the command line acts: a tenant's name, percent-encoded; the default one when absent. */
export const TENANT_HEADER = 'x-fascia-tenant';

export interface ApiAccess {
  /** Resolves to the JSON answer, undefined where there is none. Rejects with ApiRefusal. */
  call(method: string, path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** The sentence of the problem body that /api/v1 answered with. */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal';
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** `tenant` by name; the default one when absent. Rejects with an Error for the operator. */
export async function openApiAccess(config: Config, tenant?: string): Promise<ApiAccess> {
  const headers: Record<string, string> = tenant === undefined ? {} : { [TENANT_HEADER]: encodeURIComponent(tenant) };
  const socketPath = controlSocket(config.data);
  if (await answers(socketPath)) return throughSocket(socketPath, headers);
  if (config.databaseUrl === undefined && !existsSync(config.data)) {
    throw new Error(`there is no data folder ${config.data}; start a node first, or set FASCIA_DATA`);
  }
  // All that a node is made of: a command that asks a running one does without.
  const { openLocalApi } = await import('./local-api.ts');
  const app = await openLocalApi(config, silentLog);
  return {
    async call(method, path, body) {
      const url = `/api/v1${path}`;
      const { statusCode, payload } = await app.inject({
        method: method as 'GET',
        url,
        headers,
        ...(body && { body }),
      });
      return read(statusCode, payload);
    },
    close: () => app.close(),
  };
}

/** A request to the running node, for answers that are streamed; undefined where none runs. */
export async function streamFromNode(config: Config, path: string): Promise<Readable | undefined> {
  const socketPath = controlSocket(config.data);
  if (!(await answers(socketPath))) return undefined;
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, resolve).on('error', reject).end();
  });
}

function throughSocket(socketPath: string, headers: Record<string, string>): ApiAccess {
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const payload = body && JSON.stringify(body);
        const all = payload === undefined ? headers : { ...headers, 'content-type': 'application/json' };
        const call = request({ socketPath, method, path: `/api/v1${path}`, headers: all }, async (response) => {
          text(response)
            .then((content) => read(response.statusCode!, content))
            .then(resolve, reject);
        });
        call.on('error', reject);
        call.end(payload);
      }),
    close: async () => {},
  };
}

function read(status: number, content: string): unknown {
  const answer = content === '' ? undefined : JSON.parse(content);
  if (status >= 400) throw new ApiRefusal(status, answer?.detail ?? `HTTP ${status}`);
  return answer;
}
