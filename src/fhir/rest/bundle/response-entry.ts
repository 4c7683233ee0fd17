// What came of an entry of a batch or transaction, as an entry of the response (R4 bundle.html#bundle-response).

import { STATUS_CODES } from 'node:http';
import type { BundleEntry } from '@medplum/fhirtypes';
import type { Problem } from '../../../base/problem.ts';
import { outcomeOf } from '../../issue.ts';
import type { Answer } from '../exchange.ts';

export function responseEntry({ status, headers = {}, resource }: Answer): BundleEntry {
  const { Location: location, ETag: etag, 'Last-Modified': modified } = headers;
  const lastModified = resource?.meta?.lastUpdated ?? (modified && new Date(modified).toISOString());
  const isOutcome = resource?.resourceType === 'OperationOutcome';
  return {
    ...(resource && !isOutcome && { resource }),
    response: {
      status: statusOf(status),
      ...(location && { location }),
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
      ...(isOutcome && { outcome: resource }),
    },
  };
}

const statusOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

export function refusedEntry(problem: Problem): BundleEntry {
  return { response: { status: statusOf(problem.answers.http), outcome: outcomeOf(problem) } };
}
