// /documents: what became of the attachments of DocumentReference and Media that are to be instances.

import { type Static, Type } from '@sinclair/typebox';
import { documentPage } from '../storage/document-instances.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Query = Type.Object({
  state: Type.Optional(Type.Union(['instances', 'refused', 'kept'].map((state) => Type.Literal(state)))),
  resource: Type.Optional(Type.String({ pattern: '^(DocumentReference|Media)/[A-Za-z0-9.-]{1,64}$' })),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

const Document = Type.Object({
  resource: Type.String({ description: 'DocumentReference/… or Media/…' }),
  state: Type.String({
    description: 'instances: they are here; refused: see `outcome`; kept: nothing of it is anything that images hold',
  }),
  studyInstanceUid: Type.Union([Type.String(), Type.Null()]),
  sopInstanceUids: Type.Array(Type.String()),
  findings: Type.Array(Type.Object({ code: Type.String(), assumed: Type.String() })),
  outcome: Type.Union([Type.Unknown(), Type.Null()], { description: 'OperationOutcome of what was refused' }),
  at: Type.String({ format: 'date-time' }),
});

export const documentsRoute: ApiRoute = {
  method: 'GET',
  path: '/documents',
  summary: 'What became of attachments in FHIR that are to be instances, newest first',
  action: 'administer',
  query: Query,
  answer: Type.Array(Document),
  handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) =>
    documentPage(context.database, principal.tenant, query),
};
