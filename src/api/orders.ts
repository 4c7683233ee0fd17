// /orders: what was ordered, which studies nobody ordered, and how much of a study is to come.

import { type Static, Type } from '@sinclair/typebox';
import { Problem } from '../base/problem.ts';
import { announceExpected } from '../storage/announced.ts';
import { assignOrder, isForPatientOf, listOrders, unscheduledStudies } from '../storage/orders-of-studies.ts';
import { page } from './page.ts';
import type { ApiIdentity, ApiRequest, ApiRoute } from './route.ts';

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

const Candidate = Type.Object({
  order: Type.String({ description: 'its id' }),
  accessionNumber: Type.Union([Type.String(), Type.Null()]),
  procedure: Type.Union([Type.String(), Type.Null()]),
  status: Type.String(),
});

const OfStudy = Type.Object({ studyInstanceUid: Type.String({ pattern: '^[0-9.]{1,64}$' }) });
const Assignment = Type.Object(
  { order: Type.String({ pattern: '^[0-9]{1,18}$', description: 'id of the order' }) },
  { additionalProperties: false },
);

const Unscheduled = Type.Object({
  id: Type.String({ description: '`before` for the next page' }),
  studyInstanceUid: Type.String(),
  accessionNumber: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String({ format: 'date-time' }),
  isOthersAccession: Type.Boolean({ description: 'an order for another patient has this accession number' }),
  candidates: Type.Array(Candidate, { description: 'orders for its patient, the newest first' }),
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
    method: 'PUT',
    path: '/orders/assigned/{studyInstanceUid}',
    summary: 'An order is that of a study from now on, whatever its numbers say; it must be for the same patient',
    action: 'administer',
    params: OfStudy,
    body: Assignment,
    handle: assign,
  },
  {
    method: 'DELETE',
    path: '/orders/assigned/{studyInstanceUid}',
    summary: 'Takes the assignment back: the study has the order that its numbers name',
    action: 'administer',
    params: OfStudy,
    async handle({ context, principal, params }: ApiRequest<Static<typeof OfStudy>, unknown, unknown>) {
      const taken = { ...params, order: undefined, by: principal.id };
      if (!(await assignOrder(context.database, principal.tenant, taken)))
        throw new Problem('catalogue/not-found', { what: 'assignment' });
    },
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

/** Who is who is decided elsewhere: an order that is for another patient would label images with somebody else's number. */
async function assign({
  context,
  principal,
  params,
  body,
}: ApiRequest<Static<typeof OfStudy>, unknown, Static<typeof Assignment>>): Promise<void> {
  const { database } = context;
  const assigned = { ...params, order: body.order, by: principal.id };
  const isFor = await isForPatientOf(database, principal.tenant, assigned);
  if (isFor === undefined) throw new Problem('catalogue/not-found', { what: 'study or order' });
  const isSame = isFor.isSameNumber || (await isSamePerson(await context.identity(principal), isFor));
  if (!isSame)
    throw new Problem('request/malformed', { reason: 'the order is for another patient: say first who is who' });
  await assignOrder(database, principal.tenant, assigned);
}

async function isSamePerson(
  identity: ApiIdentity,
  { studies, issuer, patientId }: { studies: readonly string[]; issuer: string; patientId: string },
): Promise<boolean> {
  const [person] = (await identity.persons({ issuer, id: patientId, limit: 1 })) as { id: string }[];
  const ofStudies = await Promise.all(studies.map((study) => identity.ofStudy(study)));
  return person !== undefined && ofStudies.every((known) => known?.person === person.id);
}
