// For commands that ask /api/v1: the configuration, the access, and its end.

import { loadConfig } from '../base/config.ts';
import { type ApiAccess, ApiRefusal, openApiAccess } from '../server/doors/api-access.ts';
import { CommandError, type Option, type OptionValues } from './command.ts';

/** For commands that act for one of several organisations on this installation. */
export const tenantOption: Record<'tenant', Option> = {
  tenant: {
    type: 'string',
    value: 'NAME',
    description: 'for which tenant, made where it is new (default: the first one)',
  },
};

export async function withApi<T>(work: (api: ApiAccess) => Promise<T>, options: OptionValues = {}): Promise<T> {
  const { config } = loadConfig();
  const api = await openApiAccess(config, options.tenant as string | undefined).catch((error: Error) => {
    throw new CommandError(error.message);
  });
  try {
    return await work(api);
  } catch (error) {
    throw error instanceof ApiRefusal ? new CommandError(error.message) : error;
  } finally {
    await api.close();
  }
}
