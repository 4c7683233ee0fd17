// /orders: what was ordered, which studies nobody ordered, and how much of a study is to come.

import { type Static, Type } from '@sinclair/typebox';
import { announceExpected } from '../storage/announced.ts';
import { listOrders, unscheduledStudies } from '../storage/orders-of-studies.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const text = (description: string) => Type.Optional(Type.String({ maxLength: 64, description }));

const Query = Type.Object({
  ...page.properties,
  accessionNumber: text('of the order'),
  patientId: text('of its patient'),
  status: text('SCHEDULED, IN PROGRESS, COMPLETED, CANCELED …'),
});

const Order = Type.Object({
  id: Type.String({ description: '`before` for the next page' }),
  source: Type.String({ description: 'who placed it: an HL7 interface, or fhir' }),
  status: Type.String(),
  accessionNumber: Type.Union([Type.String(), Type.Null()]),
  studyInstanceUid: Type.String(),
  order: Type.Unknown({ description: 'numbers, procedure, patient, visit and steps' }),
  isHere: Type.Boolean({ description: 'whether a study of it was kept' }),
  updatedAt: Type.String({ format: 'date-time' }),
});

const Unscheduled = Type.Object({
  id: Type.String({ description: '`before` for the next page' }),
  studyInstanceUid: Type.String(),
  accessionNumber: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  isOthersAccession: Type.Boolean({ description: 'an order for another patient has this accession number' }),
});

const Expected = Type.Object(
  {
    studyInstanceUid: Type.String({ pattern: '^[0-9.]{1,64}$' }),
    seriesInstanceUid: Type.Optional(Type.String({ pattern: '^[0-9.]{1,64}$' })),
    instances: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    final: Type.Boolean({ default: true, description: 'it will not grow' }),
  },
  { additionalProperties: false },
);

export const orderRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/orders',
    summary: 'Orders, newest first',
    action: 'administer',
    query: Query,
    answer: Type.Array(Order),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof Query>, unknown>) =>
      listOrders(context.database, principal.tenant, query),
  },
  {
    method: 'GET',
    path: '/orders/unscheduled',
    summary: 'Studies that nobody ordered, newest first',
    action: 'administer',
    query: page,
    answer: Type.Array(Unscheduled),
    handle: ({ context, principal, query }: ApiRequest<unknown, Static<typeof page>, unknown>) =>
      unscheduledStudies(context.database, principal.tenant, query),
  },
  {
    method: 'POST',
    path: '/orders/expected',
    summary: 'How many instances a study, or a series of it, will have: rules that wait for it wait for these',
    action: 'administer',
    body: Expected,
    studyUid: (body) => (body as Static<typeof Expected>).studyInstanceUid,
    handle: ({ context, principal, body }: ApiRequest<unknown, unknown, Static<typeof Expected>>) =>
      announceExpected(context.database, principal.tenant, body),
  },
];
