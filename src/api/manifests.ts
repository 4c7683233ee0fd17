// /manifests: manifests of studies that others sent, and how much of what they list is here.

import { type Static, Type } from '@sinclair/typebox';
import { receivedManifests } from '../storage/received-manifests.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Query = Type.Object({
  ...page.properties,
  studyInstanceUid: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$' })),
});

const Manifest = Type.Object({
  id: Type.String({ description: '`before` for the next page' }),
  studyInstanceUid: Type.String(),
  document: Type.String({ description: 'instance and its SOP Instance UID, or DocumentReference and its id' }),
  receivedAt: Type.String({ format: 'date-time' }),
  listed: Type.Integer({ description: 'instances that it lists' }),
  here: Type.Integer({ description: 'of which are here' }),
  state: Type.String({
    description:
      'here; queued: something is being retrieved; failed: nobody tries any more; unknown: nobody knows where from',
  }),
  unknown: Type.Array(Type.Unknown(), {
    description: 'where manifests say that it is, of which no archive is configured',
  }),
  pulls: Type.Array(Type.Unknown(), { description: 'archive, state, attempts and problem' }),
});

export const manifestsRoute: ApiRoute = {
  method: 'GET',
  path: '/manifests',
  summary: 'Manifests of studies that others sent, newest first, and what became of what they list',
  action: 'administer',
  query: Query,
  answer: Type.Array(Manifest),
  handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) =>
    receivedManifests(context.database, principal.tenant, query),
};
