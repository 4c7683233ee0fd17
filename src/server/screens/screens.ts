// Everything that people see in a browser, on the node's HTTP listener.

import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Core } from '../core.ts';
import { type Bundler, startBundler } from './bundle.ts';
import { registerLook } from './look.ts';
import { registerShareLink } from './share-link.ts';
import { registerStaticFiles, sendFile } from './static-files.ts';

export interface Screens {
  /** Makes what is missing, beside the running node. */
  start(): void;
  close(): Promise<void>;
}

export function registerScreens(app: FastifyInstance, core: Core, authenticator: Authenticator): Screens {
  let bundler: Bundler | undefined;
  const bundle = () => bundler?.current();
  registerStaticFiles(app);
  app.get<{ Params: { file: string } }>('/assets/:file', (request, reply) => {
    const pages = bundle();
    if (pages === undefined) return reply.callNotFound();
    return sendFile(reply, pages.folder, request.params.file, { hashed: true });
  });
  registerLook(app, { core, authenticator, bundle });
  registerShareLink(app, core);
  return {
    start() {
      bundler = startBundler(core.config.data, core.log);
    },
    close: async () => bundler?.close(),
  };
}
