// What UPS-RS asks of whoever stands behind it: PS3.18 11. Each rejects with a Problem.

import type { WebRequest } from '../../base/http/web-request.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { WorklistQuery } from '../../dicom/query.ts';

/** A DIMSE status (PS3.4 CC.2), where it is a warning. */
export interface WorkitemDone {
  status?: number;
}

/** An Event Report as its web socket has it (PS3.18 8.10.5): DICOM JSON. */
export type SendEvent = (json: string) => void;

export interface WorkitemHandlers {
  create(
    request: WebRequest,
    workitem: string | undefined,
    attributes: DataSet,
  ): Promise<WorkitemDone & { uid: string }>;
  retrieve(request: WebRequest, workitem: string): Promise<DataSet>;
  /** `transactionUid`: of the URL. */
  update(
    request: WebRequest,
    workitem: string,
    modifications: DataSet,
    transactionUid: string | undefined,
  ): Promise<WorkitemDone>;
  changeState(
    request: WebRequest,
    workitem: string,
    wanted: { state: string | undefined; transactionUid: string | undefined },
  ): Promise<WorkitemDone>;
  /** `requester`: an AE title; absent: whoever the credential is of. */
  requestCancel(
    request: WebRequest,
    workitem: string,
    reasons: DataSet,
    requester: string | undefined,
  ): Promise<WorkitemDone>;
  /** The first matches after `offset`, at most `limit`; `more`: there are others. */
  search(
    request: WebRequest,
    query: WorklistQuery & { limit: number; offset: number },
  ): Promise<{ found: readonly DataSet[]; more: boolean }>;
  subscribe(
    request: WebRequest,
    workitem: string,
    subscriber: string,
    options: { deletionLock: boolean; filter: DataSet | undefined },
  ): Promise<void>;
  unsubscribe(request: WebRequest, workitem: string, subscriber: string): Promise<void>;
  suspend(request: WebRequest, workitem: string, subscriber: string): Promise<void>;
  /** Events of this subscriber go to `send` until the answer is called. */
  listen(request: WebRequest, subscriber: string, send: SendEvent): Promise<() => void>;
}
