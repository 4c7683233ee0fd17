// Reports that wait for the study that they are about.

import { type Static, Type } from '@sinclair/typebox';
import { waitingReports } from '../storage/report-documents.ts';
import { page } from './page.ts';
import type { ApiRequest, ApiRoute } from './route.ts';

const Waiting = Type.Object({
  report: Type.String({ description: 'id of the DiagnosticReport' }),
  version: Type.Integer(),
  studyInstanceUid: Type.Union([Type.String(), Type.Null()]),
  accessionNumber: Type.Union([Type.String(), Type.Null()]),
  problem: Type.Union([Type.String(), Type.Null()], {
    description: 'dicom/study-mismatch: a study of this number is here, and is somebody else’s',
  }),
  since: Type.String({ format: 'date-time' }),
});

export const reportRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    path: '/reports/waiting',
    summary: 'Reports of which no study is here, or one of somebody else, longest first',
    action: 'administer',
    query: Type.Object({ limit: page.properties.limit }),
    answer: Type.Array(Waiting),
    handle: ({ context, principal, query }: ApiRequest<unknown, Pick<Static<typeof page>, 'limit'>, unknown>) =>
      waitingReports(context.database, principal.tenant, query.limit),
  },
];
