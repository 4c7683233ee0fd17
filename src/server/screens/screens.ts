// Everything that people see in a browser, on the node's HTTP listener.

import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Core } from '../core.ts';
import { type Bundler, startBundler } from './bundle.ts';
import { cacheFolder } from './cache-folder.ts';
import { registerConsole } from './console.ts';
import { registerLook } from './look.ts';
import { bringInOhif, registerOhif } from './ohif.ts';
import { registerShareLink } from './share-link.ts';
import { registerStaticFiles, sendFile } from './static-files.ts';

export interface Screens {
  /** Makes and brings in what is missing, beside the running node. */
  start(): void;
  close(): Promise<void>;
}

export function registerScreens(app: FastifyInstance, core: Core, authenticator: Authenticator): Screens {
  const { config, log } = core;
  const cache = cacheFolder(config.data);
  const stop = new AbortController();
  let bundler: Bundler | undefined;
  let working = Promise.resolve();
  const bundle = () => bundler?.current();
  registerStaticFiles(app);
  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const pages = bundle();
    if (pages === undefined) return reply.callNotFound();
    return sendFile(reply, pages.folder, request.params.file, { hashed: true });
  });
  // Browsers ask for it by themselves.
  app.get('/favicon.ico', (_request, reply) => reply.header('cache-control', 'max-age=86400').code(204).send());
  registerConsole(app, { authenticator, bundle });
  registerLook(app, { core, authenticator, bundle });
  registerShareLink(app, core);
  registerOhif(app, { cache, authenticator });
  return {
    start() {
      bundler = startBundler(cache, log, stop.signal);
      const bundled = bundler.ready.then(
        () => undefined,
        () => undefined,
      );
      working = config.fetchViewer ? bundled.then(() => bringInOhif(cache, log, stop.signal)) : bundled;
    },
    async close() {
      stop.abort();
      await working;
    },
  };
}
