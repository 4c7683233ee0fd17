// Everything that people see in a browser, on the node's HTTP listener.

import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Core } from '../core.ts';
import type { Idleness } from '../idleness.ts';
import { registerLaunch } from '../launch/launch.ts';
import type { PixelPool } from '../pixels/pixel-pool.ts';
import { type Bundler, startBundler } from './bundle.ts';
import { cacheFolder, repository } from './cache-folder.ts';
import { registerConsole } from './console.ts';
import { registerLook } from './look.ts';
import { bringInOhif, registerOhif } from './ohif.ts';
import { registerShareLink } from './share-link.ts';
import { registerStaticFiles, sendFile } from './static-files.ts';

const limits = {
  /** A node that has just started expects studies first and people later. */
  firstStudiesMs: 5_000,
};

export interface Screens {
  /** Makes and brings in what is missing, beside the running node: when it is asked for, or once nobody needs the machine. */
  start(idleness: Idleness): void;
  close(): Promise<void>;
}

export function registerScreens(
  app: FastifyInstance,
  core: Core,
  { authenticator, pixels }: { authenticator: Authenticator; pixels: Pick<PixelPool, 'warmUp'> },
): Screens {
  const { config, log } = core;
  const cache = cacheFolder(config.data);
  const stop = new AbortController();
  let bundler: Bundler | undefined;
  let working = Promise.resolve();
  const pagesWanted = Promise.withResolvers<void>();
  const ohifWanted = Promise.withResolvers<void>();
  const bundle = () => {
    const pages = bundler?.current();
    if (pages === undefined) pagesWanted.resolve();
    return pages;
  };
  registerStaticFiles(app);
  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const pages = bundle();
    if (pages === undefined) return reply.callNotFound();
    return sendFile(reply, pages.folder, request.params.file, { hashed: true });
  });
  app.get('/licences', (_request, reply) => sendFile(reply, repository, 'THIRD-PARTY-NOTICES.txt', { hashed: false }));
  // Browsers ask for it by themselves.
  app.get('/favicon.ico', (_request, reply) => reply.header('cache-control', 'max-age=86400').code(204).send());
  registerConsole(app, { authenticator, bundle });
  app.register(async (viewers) => {
    // Whoever opens one looks at pictures next. Until then a worker with its codecs would only take memory.
    viewers.addHook('onRequest', async () => {
      pixels.warmUp().catch((error) => log.debug({ error }, 'no pixel worker was warmed up'));
    });
    registerLook(viewers, { core, authenticator, bundle });
    registerShareLink(viewers, core);
    registerLaunch(viewers, core);
    registerOhif(viewers, { cache, authenticator, wanted: ohifWanted.resolve });
  });
  return {
    start(idleness) {
      const calm = afterFirstStudies(idleness, stop.signal);
      // Whoever needs the calm hears of its end.
      calm.catch(() => undefined);
      bundler = startBundler(cache, log, { signal: stop.signal, wanted: pagesWanted.promise, calm });
      const bringIn = async () => {
        await bundler!.ready.catch(() => undefined);
        await Promise.race([ohifWanted.promise, calm]);
        await bringInOhif(cache, log, { signal: stop.signal, wanted: ohifWanted.promise });
      };
      working = (config.fetchViewer ? bringIn() : bundler.ready).then(
        () => undefined,
        () => undefined,
      );
    },
    async close() {
      stop.abort();
      await working;
    },
  };
}

/** Resolves once nothing goes on; rejects when `signal` aborts. */
async function afterFirstStudies(idleness: Idleness, signal: AbortSignal): Promise<void> {
  await wait(limits.firstStudiesMs, undefined, { signal, ref: false });
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted());
  await Promise.race([idleness.rest(), aborted]);
}
