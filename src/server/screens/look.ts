// Quick look: `/look/{study}` with everything that the first image needs, its refreshing as JSON, and the ways in: IHE IID
// (RAD-106) from another system's page, and links that were given away.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../auth/authenticator.ts';
import type { Principal } from '../../auth/principal.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { MetadataReader } from '../../storage/series-metadata.ts';
import { lookPage } from '../../viewer/page.ts';
import type { StudyView } from '../../viewer/study-view.ts';
import { access } from '../access.ts';
import type { Core } from '../core.ts';
import type { Bundler } from './bundle.ts';
import { invokedStudies } from './image-display.ts';
import { type Message, sendMessage } from './message-page.ts';
import { type StudySource, studyView } from './study-view.ts';

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
  const { core, bundle } = options;
  const source: StudySource = {
    database: core.database,
    metadata: new MetadataReader(core.database, limits.rememberedBytes),
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
      const principal = await authenticate(options, request);
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
    const principal = await authenticate(options, request);
    return reply.header('cache-control', 'no-store').send(await viewed(request, principal, request.params.study));
  });
  app.get<{ Querystring: Record<string, string | undefined> }>('/look', (request, reply) =>
    asPage(request, reply, async () => {
      const principal = await authenticate(options, request);
      const work = () => invokedStudies(core.database, principal.tenant, request.query);
      const query = request.url.split('?')[1];
      const studies = await access(core, { ...accessOf(request, principal), action: 'search', query }, work);
      const [newest, ...others] = studies;
      if (newest === undefined) throw new Problem('catalogue/not-found', { what: 'study' });
      const compared = request.query.requestType === 'STUDY' && others[0] !== undefined ? `?with=${others[0]}` : '';
      return reply.header('referrer-policy', 'no-referrer').redirect(`/look/${newest}${compared}`, 303);
    }),
  );
}

export const beingPrepared: Message = {
  status: 503,
  title: 'One moment',
  text: 'This page is being prepared. It will show itself in a few seconds.',
  reloadSeconds: 2,
};

function accessOf(request: FastifyRequest, principal: Principal) {
  return { principal, door: 'console' as const, requestId: request.id, remoteAddress: request.ip };
}

const authenticate = ({ authenticator }: LookOptions, { headers, ip }: FastifyRequest): Promise<Principal> =>
  authenticator.authenticate({ authorization: headers.authorization, cookie: headers.cookie, remoteAddress: ip });

/** A failure is told to a person. */
async function asPage(
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    const { answers, message, code } = asProblem(error, { requestId: request.id });
    if (answers.http >= 500) throw error;
    if (code !== 'auth/unauthenticated')
      return sendMessage(reply, { status: answers.http, title: 'Not shown', text: message });
    // The session's cookie is strict: it is not sent where another system's page led here, but is where this page does.
    const again = request.headers['sec-fetch-site'] === 'cross-site' ? { reloadSeconds: 0 } : {};
    return sendMessage(reply, {
      status: 401,
      title: 'Sign in first',
      text: 'Open the sign-in link that the node printed when it started, then this address again.',
      ...again,
    });
  }
}
