// For commands that ask /api/v1: the configuration, the access, and its end.

import { loadConfig } from '../base/config.ts';
import { type ApiAccess, ApiRefusal, openApiAccess } from '../server/api-access.ts';
import { CommandError } from './command.ts';

export async function withApi<T>(work: (api: ApiAccess) => Promise<T>): Promise<T> {
  const { config } = loadConfig();
  const api = await openApiAccess(config);
  try {
    return await work(api);
  } catch (error) {
    throw error instanceof ApiRefusal ? new CommandError(error.message) : error;
  } finally {
    await api.close();
  }
}
