// What the DIMSE door gets: its questions, answered by who may come in (auth), the spine (ingest) and the catalogue
// (storage), each as an access.

import { admit } from '../../auth/admission.ts';
import { DEFAULT_TENANT, may, type Principal, requireMay } from '../../auth/principal.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { takeCommitmentResult } from '../../delivery/commitment.ts';
import type { AnswerForm, Query, WorklistQuery } from '../../dicom/query.ts';
import { isStorageSopClass } from '../../dicom/sop-class.ts';
import { hexOf } from '../../dicom/tag.ts';
import type {
  Admission,
  DimseHandlers,
  Exchange,
  PeerAddress,
  SendableInstance,
  StoreRequest,
  StoreSink,
} from '../../dimse/handlers.ts';
import { worklistAnswers } from '../../orders/worklist.ts';
import { type InstanceScope, instancesBelow } from '../../storage/catalogue.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { findAnswers } from '../../storage/search/find.ts';
import type { ServedDemographics } from '../../storage/served-demographics.ts';
import type { Core } from '../core.ts';
import { managedClasses } from '../orders/managed-classes.ts';
import { servedAttributes } from '../served-attributes.ts';
import type { Spine } from '../spine.ts';
import { type Access, access, searched } from './access.ts';
import { askedPerson } from './asked-person.ts';
import { commitments } from './commitments.ts';
import { receiveFrom } from './receive.ts';
import { sendable } from './sendable.ts';
import { servedAsAsked, studiesServedAs } from './served-match.ts';

export function dimseHandlers(core: Core, spine: Spine): DimseHandlers {
  const places = new InstancePlaces(core.database);
  const served = servedAttributes(core);
  const { commit, unreported } = commitments(core, spine);
  return {
    admit: (peer) => admitPeer(core, peer),
    storesSopClass: (principal, sopClassUid) => stores(core, principal as Principal, sopClassUid),
    echo: async ({ principal }) => requireMay(principal as Principal, 'echo'),
    store: (exchange, request) => store(core, spine, exchange, request),
    find: (exchange, query, form) =>
      searched(core, accessOf(exchange, 'search', query), (tenant) => find(core, served, tenant, query, form)),
    worklist: (exchange, query, form) =>
      searched(core, accessOf(exchange, 'search', query), (tenant) =>
        worklistAnswers(core.database, tenant, query, form),
      ),
    managed: managedClasses(core),
    retrieve: (exchange, query) => {
      const asked = accessOf(exchange, 'retrieve', query);
      return access(
        core,
        asked,
        () => retrieve({ core, spine, places, served }, exchange, query),
        (found) => found.length,
      );
    },
    async destination({ principal }, aeTitle) {
      return core.called.find((principal as Principal).tenant, aeTitle);
    },
    commit: (exchange, transactionUid, references) => {
      const asked = { ...accessOf(exchange, 'commit'), query: `transaction ${transactionUid}` };
      const { tenant } = asked.principal;
      const requestor = exchange.peer.callingAeTitle;
      const look = () => commit({ tenant, requestor, transactionUid }, references);
      return access(core, asked, look, () => references.length);
    },
    unreported,
    committed: ({ principal }, information) =>
      takeCommitmentResult(core.database, (principal as Principal).tenant, information),
  };
}

async function admitPeer({ config, peers, audit }: Core, peer: PeerAddress): Promise<Admission> {
  const admission = await admit({ peers, without: config.peers }, peer);
  if ('principal' in admission) return { principal: admission.principal };
  await audit.record({
    tenant: DEFAULT_TENANT,
    principal: peer.callingAeTitle,
    door: 'dimse',
    action: 'admit',
    outcome: 'auth/unauthenticated',
    remoteAddress: peer.remoteAddress,
  });
  return admission;
}

function stores({ peers }: Core, principal: Principal, sopClassUid: string): boolean {
  if (!may(principal, 'store')) return false;
  if (isStorageSopClass(sopClassUid)) return true;
  return peers.find(principal.tenant, aeTitleOf(principal))?.sopClasses.includes(sopClassUid) ?? false;
}

const aeTitleOf = ({ id }: Principal): string => id.replace(/^peer:/, '');

function store(core: Core, spine: Spine, exchange: Exchange, request: StoreRequest): StoreSink {
  const { principal, peer, associationId } = exchange;
  const { transferSyntaxUid, ...expected } = request;
  const receiving = receiveFrom(core, spine.receive, principal as Principal, {
    door: 'dimse',
    source: peer.callingAeTitle,
    remoteAddress: peer.remoteAddress,
    requestId: associationId,
    transferSyntaxUid,
    expected,
  });
  return {
    write: (chunk) => receiving.write(chunk),
    async finish() {
      await receiving.finish();
      return { status: 0x0000 };
    },
    abort: (reason) => receiving.abort(reason),
  };
}

async function* find(
  core: Core,
  served: ServedDemographics | undefined,
  tenant: number,
  query: Query,
  form: AnswerForm,
): AsyncGenerator<readonly Uint8Array[]> {
  const person = await askedPerson(core, tenant, query);
  const meant = person?.query ?? query;
  const servedAs = await servedAsAsked(core, tenant, meant, person?.person.ids.at(-1)?.id);
  const request = { tenant, query: meant, form, person: person?.person, served, servedAs };
  yield* findAnswers(core.database, request);
}

interface RetrieveSources {
  core: Core;
  spine: Spine;
  places: InstancePlaces;
  served: ServedDemographics | undefined;
}

async function retrieve(
  { core, spine, places, served }: RetrieveSources,
  { principal, signal }: Exchange,
  query: Query,
): Promise<SendableInstance[]> {
  const { tenant } = principal as Principal;
  const asked = await askedPerson(core, tenant, query, 'retrieve');
  const scope =
    asked === undefined
      ? { ...scopeOf(query), alsoStudyIds: await studiesServedAs(core, tenant, query) }
      : { ...keysOf(asked.query), studyIds: asked.person.studyIds };
  const instances = await instancesBelow(core.database, tenant, scope).catch(noneIsNoFailure);
  const coercions = await served?.(tenant, [...new Set(instances.map(({ studyId }) => studyId))]);
  return instances.map((kept) =>
    sendable(core, spine, places, kept, { signal, coercion: coercions?.get(kept.studyId) }),
  );
}

/** PS3.4 C.4.2.2.1, C.4.3.2.1: the unique keys of the levels, single values or lists of UIDs. */
function scopeOf(query: Query): InstanceScope {
  const scope = keysOf(query);
  if (Object.values(scope).every((value) => value === undefined)) {
    throw new Problem('dimse/identifier-mismatch', { reason: 'no unique key has a value' });
  }
  return scope;
}

function keysOf({ keys }: Query): InstanceScope {
  const keyOf = (tag: number) => {
    const values = keys.find(({ path }) => path.length === 1 && path[0] === tag)?.values ?? [];
    return values.length > 1 ? values : values[0];
  };
  const patientId = keyOf(0x00100020);
  return {
    patientId: typeof patientId === 'string' ? patientId : undefined,
    studyInstanceUid: keyOf(0x0020000d),
    seriesInstanceUid: keyOf(0x0020000e),
    sopInstanceUid: keyOf(0x00080018),
  };
}

/** PS3.4 C.4.2.3: a retrieve that matches nothing succeeds with no sub-operations. */
function noneIsNoFailure(error: unknown): never[] {
  const { code } = asProblem(error);
  if (code === 'catalogue/not-found' || code === 'catalogue/hidden') return [];
  throw error;
}

function accessOf(exchange: Exchange, action: Access['action'], query?: WorklistQuery): Access {
  const { principal, peer, associationId } = exchange;
  return {
    principal: principal as Principal,
    door: 'dimse',
    action,
    requestId: associationId,
    remoteAddress: peer.remoteAddress,
    ...(query && { query: printQuery(query) }),
  };
}

/** The raw query, for the audit: `STUDY 00100020=P1 0020000D=`. */
function printQuery({ level, keys }: WorklistQuery & { level?: string }): string {
  return [
    level ?? 'worklist',
    ...keys.map(({ path, values }) => `${path.map(hexOf).join('.')}=${values.join('\\')}`),
  ].join(' ');
}
