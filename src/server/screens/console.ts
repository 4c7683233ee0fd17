// The console at `/`: a page that its scripts fill.

import type { FastifyInstance } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Bundler } from './bundle.ts';
import { beingPrepared, sendMessage } from './message-page.ts';
import { asPage, authenticate } from './page-access.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // Components set their sizes and colours in style attributes and elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface ConsoleOptions {
  authenticator: Authenticator;
  bundle: Bundler['current'];
}

export function registerConsole(app: FastifyInstance, { authenticator, bundle }: ConsoleOptions): void {
  app.get('/', (request, reply) =>
    asPage(request, reply, async () => {
      const pages = bundle();
      if (pages === undefined) return sendMessage(reply, beingPrepared);
      await authenticate(authenticator, request);
      const { script, styles } = pages.entry('console');
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fascia</title>
${styles.map((path) => `<link rel="stylesheet" href="/assets/${path}">`).join('\n')}
<script type="module" src="/assets/${script}"></script>
<body><div id="root"></div></body>
</html>
`);
    }),
  );
}
