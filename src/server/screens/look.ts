// Quick look: `/look/{study}` with everything that the first image needs, its refreshing as JSON, and the ways in: IHE IID
// (RAD-106) from another system's page, and links that were given away.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../../base/problem.ts';
import { MetadataReader } from '../../storage/series-metadata.ts';
import { lookPage } from '../../viewer/page.ts';
import type { StudyView } from '../../viewer/study-view.ts';
import type { Core } from '../core.ts';
import { access } from '../doors/access.ts';
import { studiesOfPerson } from '../doors/asked-person.ts';
import { servedAttributes } from '../served-attributes.ts';
import type { Bundler } from './bundle.ts';
import { invokedStudies, invokedViewer } from './image-display.ts';
import { keyImages } from './key-images.ts';
import { sendKeyImages } from './key-images-page.ts';
import { beingPrepared, sendMessage } from './message-page.ts';
import { asPage, authenticate } from './page-access.ts';
import { sendStudyChoice } from './study-choice.ts';
import { type StudySource, studyView } from './study-view.ts';
import { viewerPath } from './viewer-path.ts';

const limits = {
  /** Metadata of first instances that is remembered. */
  rememberedBytes: 4 << 20,
};

/** What a page of quick look may do: its own scripts and styles, images and documents of this node, nothing from outside. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Positions of what lies over an image are set by script.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob:",
  "media-src 'self'",
  "frame-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export interface LookOptions {
  core: Core;
  authenticator: Authenticator;
  /** Undefined where no page is bundled yet. */
  bundle: Bundler['current'];
}

interface ByStudy {
  Params: { study: string };
  Querystring: { with?: string };
}

export function registerLook(app: FastifyInstance, options: LookOptions): void {
  const { core, authenticator, bundle } = options;
  const served = servedAttributes(core);
  const source: StudySource = {
    database: core.database,
    metadata: new MetadataReader(core.database, { rememberedBytes: limits.rememberedBytes, served }),
    served,
  };
  const viewed = (request: FastifyRequest, principal: Principal, studyUid: string): Promise<StudyView> =>
    access(
      core,
      { ...accessOf(request, principal), action: 'retrieve', studyUid },
      async () => ({
        ...(await studyView(source, principal.tenant, studyUid)),
        ...(principal.share && { watermark: principal.share.watermark }),
      }),
      ({ series }) => series.reduce((sum, { instanceCount }) => sum + instanceCount, 0),
    );

  app.get<ByStudy>('/look/:study', (request, reply) =>
    asPage(request, reply, async () => {
      const pages = bundle();
      if (pages === undefined) return sendMessage(reply, beingPrepared);
      const principal = await authenticate(authenticator, request);
      const uids = [request.params.study, request.query.with].filter((uid) => uid !== undefined);
      const studies = await Promise.all(uids.map((uid) => viewed(request, principal, uid)));
      const { script, styles } = pages.entry('look');
      const assets = { script: `/assets/${script}`, styles: styles.map((path) => `/assets/${path}`) };
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .send(lookPage(studies, assets));
    }),
  );
  app.get<ByStudy>('/look/:study/study.json', async (request, reply) => {
    const principal = await authenticate(authenticator, request);
    return reply.header('cache-control', 'no-store').send(await viewed(request, principal, request.params.study));
  });
  app.get<ByStudy>('/look/:study/key-images', (request, reply) =>
    asPage(request, reply, async () => {
      const principal = await authenticate(authenticator, request);
      const { study } = request.params;
      const whole = await viewed(request, principal, study);
      return sendKeyImages(reply, whole, await keyImages(core.database, source.metadata, principal.tenant, study));
    }),
  );
  app.get<{ Querystring: Record<string, string | undefined> }>('/look', (request, reply) =>
    asPage(request, reply, async () => {
      const principal = await authenticate(authenticator, request);
      const work = () =>
        invokedStudies(core.database, principal, request.query, (id, issuers) =>
          studiesOfPerson(core, principal.tenant, id, issuers),
        );
      const search = { action: 'search', query: request.url.split('?')[1], patients: principal.patient } as const;
      const studies = await access(core, { ...accessOf(request, principal), ...search }, work, ({ length }) => length);
      if (studies.length === 0) throw new Problem('catalogue/not-found', { what: 'study' });
      const keysAlone = request.query.keyImagesOnly === 'true';
      const isPatient = request.query.requestType !== 'STUDY';
      if (isPatient && studies.length > 1) return sendStudyChoice(reply, studies, { keysAlone });
      const uids = studies.map(({ studyUid }) => studyUid);
      reply.header('referrer-policy', 'no-referrer');
      if (keysAlone) return reply.redirect(`/look/${uids[0]}/key-images`, 303);
      return reply.redirect(viewerPath(invokedViewer(request.query), uids), 303);
    }),
  );
}

function accessOf(request: FastifyRequest, principal: Principal) {
  return { principal, door: 'console' as const, requestId: request.id, remoteAddress: request.ip };
}
