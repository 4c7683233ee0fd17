// What the console asks of /api/v1 about orders: studies that nobody ordered, and which order one of them was made for.

import { getJson, sendJson } from './http.ts';

export const limits = {
  /** Studies listed at once. */
  studies: 100,
};

export interface UnscheduledStudy {
  id: string;
  studyInstanceUid: string;
  accessionNumber: string | null;
  createdAt: string;
  /** An order for another patient has this accession number. */
  isOthersAccession: boolean;
  candidates: { order: string; accessionNumber: string | null; procedure: string | null; status: string }[];
}

export const unscheduled = (signal: AbortSignal): Promise<UnscheduledStudy[]> =>
  getJson(`/api/v1/orders/unscheduled?limit=${limits.studies}`, signal);

export const assign = ({ study, order }: { study: string; order: string }): Promise<unknown> =>
  sendJson('PUT', `/api/v1/orders/assigned/${study}`, { order });
