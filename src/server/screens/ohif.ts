// OHIF below /viewer, with our configuration, isolated from every other origin: it may share memory between its workers
// (which needs COOP and COEP) and can ask nobody but this node.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Log } from '../../base/log.ts';
import { sendMessage } from './message-page.ts';
import { ohifConfig } from './ohif-config.ts';
import { ohifFolder } from './ohif-install.ts';
import { ohifRelease } from './ohif-release.ts';
import { asPage, authenticate } from './page-access.ts';
import { runBeside } from './run-beside.ts';
import { sendFile } from './static-files.ts';

/**
 * Scripts come from here alone. Text becomes functions: in workers, of the codecs for JPEG 2000, JPEG-LS and HTJ2K, and on
 * the page, of the arrays in which segmentations are unpacked.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self' data: blob:",
  "frame-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'self' blob:",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Names that change with their content: `app.bundle.0f6159c501addfe9.js`, `5130ccb17e3f3f5b.wasm`. */
const hasHash = /(^|\.)[0-9a-f]{16}\.\w+$/;
const isFile = /\.\w+$/;

export function registerOhif(
  app: FastifyInstance,
  { cache, authenticator, wanted }: { cache: string; authenticator: Authenticator; wanted: () => void },
) {
  const folder = ohifFolder(cache);
  const isolated = (reply: FastifyReply) =>
    reply
      .header('cross-origin-opener-policy', 'same-origin')
      .header('cross-origin-embedder-policy', 'require-corp')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('referrer-policy', 'no-referrer');

  app.get('/viewer/app-config.js', (_request, reply) =>
    isolated(reply).header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(ohifConfig),
  );
  const sendPage = (request: FastifyRequest, reply: FastifyReply) =>
    asPage(request, reply, async () => {
      if (!existsSync(folder)) {
        wanted();
        return sendMessage(reply, notInstalled);
      }
      await authenticate(authenticator, request);
      return sendFile(isolated(reply), folder, 'index.html', { hashed: false });
    });
  app.get<{ Params: { '*'?: string } }>('/viewer/*', (request, reply) => {
    const path = request.params['*'] ?? '';
    if (isFile.test(path) && !path.endsWith('.html'))
      return sendFile(isolated(reply), folder, path, { hashed: hasHash.test(path) });
    return sendPage(request, reply);
  });
  // The router takes both for one; OHIF knows its own address with the slash alone.
  app.get('/viewer', (request, reply) => {
    const [path = '', query] = request.url.split('?');
    if (path.endsWith('/')) return sendPage(request, reply);
    return reply.redirect(query === undefined ? '/viewer/' : `/viewer/?${query}`, 302);
  });
}

/** In the background where it is missing; the log says why it could not be brought in. */
export async function bringInOhif(
  cache: string,
  log: Log,
  { signal, wanted }: { signal: AbortSignal; wanted: Promise<void> },
): Promise<void> {
  if (existsSync(ohifFolder(cache))) return;
  try {
    await runBeside(join(import.meta.dirname, 'ohif-task.ts'), [cache], { signal, wanted });
    log.info({ outcome: 'installed' }, 'OHIF');
  } catch (error) {
    if (!signal.aborted) log.warn({ error }, 'OHIF could not be brought in; see /viewer');
  }
}

const notInstalled = {
  status: 503,
  title: 'OHIF is not here yet',
  text:
    'It is being brought in from the npm registry; this page shows it as soon as it is there. ' +
    `Where the registry cannot be reached: run "npm pack ${ohifRelease.name}@${ohifRelease.version}" where it can, copy the file here, ` +
    'and run "./fascia viewer install FILE".',
  reloadSeconds: 10,
};
