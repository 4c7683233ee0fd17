// What the DICOMweb door gets: its questions, answered by who is known (auth), the spine (ingest) and the catalogue
// (storage), each as an access.

import { join } from 'node:path';
import type { Authenticator } from '../../auth/authenticator.ts';
import { type Action, type Principal, requireMay } from '../../auth/principal.ts';
import type { WebRequest } from '../../base/http/web-request.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { Finding } from '../../dicom/finding.ts';
import type { DicomwebHandlers, PartSink, Scope } from '../../dicomweb/handlers.ts';
import type { WorkitemHandlers } from '../../dicomweb/ups/workitem-handlers.ts';
import type { KeptAs } from '../../ingest/arrival.ts';
import { hide, unhide } from '../../storage/hide.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { KeptList } from '../../storage/kept-list.ts';
import { search } from '../../storage/search/search.ts';
import { MetadataReader } from '../../storage/series-metadata.ts';
import type { Core } from '../core.ts';
import { FilmMaker } from '../pixels/film.ts';
import { KeptFilms } from '../pixels/kept-films.ts';
import { StoredHeads } from '../pixels/stored-heads.ts';
import { servedAttributes } from '../served-attributes.ts';
import type { Spine } from '../spine.ts';
import { type Access, access, partRead } from './access.ts';
import { admit } from './admit.ts';
import { askedPerson } from './asked-person.ts';
import { CoercingSink } from './coercing-sink.ts';
import { storedBulk } from './dicomweb-bulk.ts';
import { storedFrames } from './dicomweb-frames.ts';
import { renderable } from './dicomweb-rendered.ts';
import { keptToPatient } from './patient-search.ts';
import { receiveFrom } from './receive.ts';
import { reconciler } from './reconcile.ts';
import { RetrievedInstances } from './retrieved-instance.ts';
import { openScratch } from './scratch.ts';
import { servedAsAsked } from './served-match.ts';

export function dicomwebHandlers(
  core: Core,
  spine: Spine,
  authenticator: Authenticator,
  workitems?: WorkitemHandlers,
): DicomwebHandlers {
  const { database } = core;
  const served = servedAttributes(core);
  const metadata = new MetadataReader(database, { served });
  const places = new InstancePlaces(database);
  const onSent = (sizeBytes: number): void => core.metrics.sent('dicomweb', sizeBytes);
  const { objects, pixels, cache } = spine;
  const { htj2k } = core.config;
  const maker = FilmMaker.find();
  const sources = {
    objects,
    heads: new StoredHeads(objects),
    pixels,
    cache,
    places,
    onSent,
    htj2k,
    films: maker && { maker, kept: new KeptFilms(cache, maker.version) },
  };
  /** `work` with the tenant of whoever asks, as an access. */
  const asked = <T>(
    request: WebRequest,
    action: Action,
    scope: Scope | undefined,
    work: (tenant: number) => Promise<T>,
    count?: (answer: T) => number,
    original = false,
  ) => {
    const by = { ...accessOf(request, action, scope), original };
    return access(core, by, () => work(by.principal.tenant), count);
  };
  return {
    authenticate: (request) => admit(core, authenticator, 'dicomweb', request),
    ...(workitems && { workitems }),
    async store(request, { expectedStudyInstanceUid, announcedBytes, reconciliation }) {
      const { principal } = request;
      try {
        requireMay(principal as Principal, 'store');
        if (!objects.space.roomFor(announcedBytes)) throw new Problem('storage/full', { sizeBytes: announcedBytes });
      } catch (error) {
        const { principal: by, ...row } = accessOf(request, 'store', undefined);
        const outcome = asProblem(error).code;
        await core.audit.record({
          ...row,
          principal: by.id,
          tenant: by.tenant,
          studyUid: expectedStudyInstanceUid,
          outcome,
        });
        throw error;
      }
      const open = (findings?: readonly Finding[]) =>
        openPart(core, spine, request, { expectedStudyInstanceUid, findings });
      if (reconciliation === undefined) return { open };
      // Whose identity somebody may not see they may not give to others' images.
      const change = await asked(request, 'retrieve', { studyInstanceUid: reconciliation.patientOf }, (tenant) =>
        reconciler(database, tenant, reconciliation, core.config.aet),
      );
      return { open: (findings) => new CoercingSink(open(findings), change) };
    },
    openScratch: () => openScratch(join(core.config.data, 'scratch'), () => spine.objects.space.room),
    search(request, query) {
      const principal = request.principal as Principal;
      const { tenant, patient: patients } = principal;
      const work = async () => {
        const asked = await askedPerson(core, tenant, query);
        const kept = await keptToPatient(database, principal, asked?.query ?? query);
        const servedAs = await servedAsAsked(core, tenant, kept, asked?.person.ids.at(-1)?.id);
        const { baseUrl } = request;
        return search(database, { tenant, query: kept, baseUrl, person: asked?.person, served, servedAs });
      };
      return access(core, { ...accessOf(request, 'search', undefined), patients }, work, ({ count }) => count);
    },
    retrieve: (request, scope) =>
      asked(
        request,
        'retrieve',
        scope,
        async (tenant) => {
          const found = { ...sources, framesOf: places.framesOf.bind(places), signal: request.signal };
          const list = await KeptList.below(database, tenant, scope);
          return new RetrievedInstances(list, { ...found, coercions: await served?.(tenant, list.studies) });
        },
        (instances) => instances.length,
        true,
      ),
    metadata: (request, scope) =>
      asked(request, 'retrieve', scope, (tenant) => metadata.read(tenant, scope, request.baseUrl)),
    frames: (request, scope) =>
      partRead(core, { ...accessOf(request, 'retrieve', scope), original: true }, async (tenant) => {
        const place = await places.find(tenant, scope);
        return storedFrames(sources, place, await places.framesOf(place), request.signal, onSent);
      }),
    bulkdata: (request, scope, path) =>
      partRead(core, { ...accessOf(request, 'retrieve', scope), original: true }, async (tenant) => {
        const place = await places.find(tenant, scope);
        return storedBulk(sources, place, () => places.framesOf(place), path, onSent, request.signal);
      }),
    renderable: (request, scope, frame) =>
      partRead(core, accessOf(request, 'retrieve', scope), (tenant) =>
        renderable(
          sources,
          { tenant, watermark: (request.principal as Principal).share?.watermark },
          scope,
          frame,
          request.signal,
        ),
      ),
    hide: (request, scope, reason) =>
      asked(request, 'hide', scope, (tenant) => hide(database, tenant, scope, reason), Number),
    unhide: (request, scope) => asked(request, 'hide', scope, (tenant) => unhide(database, tenant, scope), Number),
  };
}

function openPart(
  core: Core,
  spine: Spine,
  request: WebRequest,
  { expectedStudyInstanceUid, findings }: { expectedStudyInstanceUid?: string; findings?: readonly Finding[] },
): PartSink {
  const { requestId, remoteAddress } = request;
  const principal = request.principal as Principal;
  const receiving = receiveFrom(core, spine.receive, principal, {
    door: 'stow-rs',
    source: principal.id,
    remoteAddress,
    requestId,
    findings,
    expected: { studyInstanceUid: expectedStudyInstanceUid },
  });
  return {
    write: (chunk) => receiving.write(chunk),
    abort: (reason) => receiving.abort(reason),
    async finish() {
      const kept = await receiving.finish();
      return differing.has(kept.keptAs) ? { ...kept, warningReason: ELEMENTS_DIFFER } : kept;
    },
  };
}

/** PS3.18 I.2.2, B000: what a retrieve of this UID gives has other elements than what was sent. */
const ELEMENTS_DIFFER = 0xb000;
const differing: ReadonlySet<KeptAs> = new Set(['demographics', 'conflict']);

function accessOf<S extends Scope | undefined>(
  request: WebRequest,
  action: Action,
  scope: S,
): S extends Scope ? Access & { studyUid: string } : Access;
function accessOf(request: WebRequest, action: Action, scope: Scope | undefined): Access {
  const { requestId, remoteAddress, rawQuery } = request;
  const principal = request.principal as Principal;
  const studyUid = scope?.studyInstanceUid;
  return { principal, door: 'dicomweb', action, studyUid, query: rawQuery || undefined, requestId, remoteAddress };
}
