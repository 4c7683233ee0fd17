// /healthz says that the process turns; /readyz that it can do its work now: catalogue, objects, listeners. /metrics.

import { statfs } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

/** Resolves when that part can do its work, rejects otherwise. */
export type Check = () => Promise<unknown>;

const limits = {
  checkMs: 2_000,
};

export function registerHealth(app: FastifyInstance, checks: Record<string, Check>, metrics: Metrics): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const entries = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await outcome(check)] as const),
    );
    const ready = entries.every(([, state]) => state === 'ok');
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', ...Object.fromEntries(entries) });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

/** The objects' folder is there and has blocks left. */
export async function checkFolder(folder: string): Promise<void> {
  const { bavail } = await statfs(folder);
  if (bavail === 0) throw new Error('no room');
}

async function outcome(check: Check): Promise<'ok' | 'failed'> {
  const late = new Promise<'failed'>((resolve) => setTimeout(resolve, limits.checkMs, 'failed').unref());
  const done = check().then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  return Promise.race([done, late]);
}
