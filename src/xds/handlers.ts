// What the SOAP door asks of whoever stands behind it.

import type { Authenticating, WebRequest } from '../base/http/web-request.ts';
import type { RetrievableInstances } from '../dicomweb/handlers.ts';

export interface XdsHandlers extends Authenticating {
  /** Whether images are retrieved from us under this Retrieve Location UID. `baseUrl` of the request: our DICOMweb root. */
  isOurs(request: WebRequest, repositoryUniqueId: string): boolean;
  /**
   * Those of a study that are shown, of these SOP Instance UIDs. Rejects with catalogue/not-found or catalogue/hidden where
   * none is, and with auth/forbidden.
   */
  documents(
    request: WebRequest,
    studyInstanceUid: string,
    sopInstanceUids: readonly string[],
  ): Promise<RetrievableInstances>;
}
