// `/launch`: an EHR opens a study or a patient here (SMART App Launch 2.2, EHR launch). It ends in a session that opens that
// patient's studies alone, on every door, and in a viewer.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as oauth from 'oauth4webapi';
import { beginLaunch, createPatientSession, takeLaunch } from '../../auth/launches.ts';
import { studiesOfPatient } from '../../auth/patient-context.ts';
import { DEFAULT_TENANT } from '../../auth/principal.ts';
import { launchCookie, launchVerifier, patientSessionCookie } from '../../auth/session-cookie.ts';
import { tenantNamed } from '../../auth/tenants.ts';
import { systemClock } from '../../base/clock.ts';
import type { Ehr } from '../../base/ehr.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { Core } from '../core.ts';
import { sendMessage } from '../screens/message-page.ts';
import { viewerPath } from '../screens/viewer-path.ts';
import { askedStudiesOf, patientOf } from './launched-patient.ts';
import { authorizationUrl, exchangeCode, type LaunchContext } from './smart-client.ts';
import { smartServerOf } from './smart-server.ts';

export function registerLaunch(app: FastifyInstance, core: Core): void {
  app.get('/launch', (request, reply) => told(core, request, reply, () => begin(core, request, reply)));
  app.get('/launch/callback', (request, reply) => told(core, request, reply, () => comeBack(core, request, reply)));
}

async function begin(core: Core, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = queryOf(request);
  const [iss, launch] = [query.get('iss') ?? '', query.get('launch')];
  const ehr = ehrNamed(core, iss.replace(/\/+$/, ''));
  if (!launch) throw new Problem('request/malformed', { reason: 'the EHR sent no parameter launch' });
  const server = await smartServerOf(ehr);
  const [state, codeVerifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
  const codeChallenge = await oauth.calculatePKCECodeChallenge(codeVerifier);
  const { expiresAt } = await beginLaunch(core.database, { state, ehr: ehr.issuer, codeChallenge }, systemClock);
  const redirectUri = redirectUriOf(core, request);
  reply.header('set-cookie', launchCookie({ secret: codeVerifier, expiresAt }, { secure: isSecure(redirectUri) }));
  // As the EHR wrote it, which may compare it letter by letter.
  return go(reply, authorizationUrl(ehr, server, { launch, state, codeChallenge, redirectUri, aud: iss }));
}

async function comeBack(core: Core, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const answer = queryOf(request);
  const codeVerifier = launchVerifier(request.headers.cookie);
  const begun = await takeLaunch(core.database, answer.get('state') ?? '', systemClock);
  // What somebody else's browser began must not end in this one.
  if (!codeVerifier || (await oauth.calculatePKCECodeChallenge(codeVerifier)) !== begun.codeChallenge) {
    throw new Problem('launch/refused', { reason: 'it was begun in another browser, or this one keeps no cookies' });
  }
  const ehr = ehrNamed(core, begun.ehr);
  const redirectUri = redirectUriOf(core, request);
  const context = await exchangeCode(ehr, await smartServerOf(ehr), { answer, redirectUri, codeVerifier });
  const { session, studyUids } = await openSession(core, request, ehr, context);
  const secure = isSecure(redirectUri);
  const spent = { secret: '', expiresAt: new Date(0) };
  reply.header('set-cookie', [patientSessionCookie(session, { secure }), launchCookie(spent, { secure })]);
  const viewer = ehr.intents.get(context.intent ?? '') ?? ehr.viewer;
  return go(reply, viewerPath(viewer, studyUids));
}

/** With the studies that the EHR asks for; none where it asks for the patient. */
async function openSession({ database, audit }: Core, request: FastifyRequest, ehr: Ehr, context: LaunchContext) {
  const [patient, asked] = await Promise.all([patientOf(ehr, context), askedStudiesOf(ehr, context)]);
  const tenant = ehr.tenant === undefined ? DEFAULT_TENANT : await tenantNamed(database, ehr.tenant);
  const isStudy = asked.studyUids.length + asked.accessionNumbers.length > 0;
  const studyUids = isStudy ? await studiesOfPatient(database, tenant, patient, asked) : [];
  // One answer for a study that is not here and for one of somebody else.
  if (isStudy && studyUids.length === 0) throw new Problem('catalogue/not-found', { what: 'study of this patient' });
  const name = `${ehr.name}: ${context.user ?? 'unnamed'}`;
  const session = await createPatientSession(database, { tenant, name, patient }, systemClock);
  const by = { tenant, principal: `session:${session.id}`, requestId: request.id, remoteAddress: request.ip };
  const [studyUid] = studyUids;
  await audit.record({ ...by, door: 'console', action: 'launch', outcome: 'success', query: ehr.issuer, studyUid });
  return { session, studyUids };
}

/** Only those that are configured: a launch from elsewhere leads nowhere. */
function ehrNamed({ config }: Core, issuer: string): Ehr {
  const ehr = config.ehrs.find((each) => each.issuer === issuer);
  if (ehr === undefined) throw new Problem('launch/refused', { reason: 'this EHR is not one that is configured here' });
  return ehr;
}

const queryOf = ({ url }: FastifyRequest): URLSearchParams => new URLSearchParams(url.split('?')[1]);

const redirectUriOf = ({ config }: Core, request: FastifyRequest): string =>
  `${config.publicUrl ?? `${request.protocol}://${request.host}`}/launch/callback`;

/** As the browser reaches us: a proxy may stand in front. */
const isSecure = (redirectUri: string): boolean => redirectUri.startsWith('https:');

/** The code or the launch must not go on as a Referer. */
const go = (reply: FastifyReply, url: string): FastifyReply =>
  reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store').redirect(url, 303);

/** A failure is a page in words, a line of the log and an audit row. */
async function told(
  { audit, log }: Core,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    const { code, answers, message, cause } = asProblem(error, { requestId: request.id });
    if (code === 'internal/unexpected') throw error;
    log.warn({ requestId: request.id, code, error: cause }, 'an EHR launch failed');
    const by = { tenant: DEFAULT_TENANT, principal: 'unknown', requestId: request.id, remoteAddress: request.ip };
    await audit.record({ ...by, door: 'console', action: 'launch', outcome: code });
    return sendMessage(reply, { status: answers.http, title: 'Not opened', text: message });
  }
}
