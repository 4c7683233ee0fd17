// `/`: where things are, for whoever opens the node in a browser.

import type { FastifyInstance } from 'fastify';
import type { Config } from '../base/config.ts';
import { version } from './version.ts';

const rows = [
  ['/dicomweb/studies?limit=20', 'DICOMweb', 'the latest studies; QIDO-RS, WADO-RS and STOW-RS are below /dicomweb'],
  ['/api/v1/openapi.json', 'REST', 'our own API: peers, tokens, quarantine, audit, explain'],
  ['/healthz', 'health', 'the process turns'],
  ['/readyz', 'readiness', 'catalogue, objects and listeners can do their work'],
  ['/metrics', 'metrics', 'for Prometheus'],
];

export function registerWelcome(app: FastifyInstance, config: Config): void {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fascia</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
  dt { font-weight: 600 } dd { margin: 0 0 .75rem }
</style>
<h1>Fascia ${version}</h1>
<p>This node answers DICOM as <b>${escapeHtml(config.aet)}</b> and DICOMweb below <code>/dicomweb</code>.</p>
<dl>
${rows.map(([path, name, text]) => `<dt><a href="${path}">${name}</a></dt><dd>${text}</dd>`).join('\n')}
</dl>
</html>
`;
  app.get('/', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(page),
  );
}

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
