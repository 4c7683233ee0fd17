// An association with a peer, for as long as something is done on it.

import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN } from '../dicom/transfer-syntax.ts';
import type { Destination } from '../dimse/handlers.ts';
import { openAssociation, type RequestedAssociation } from '../dimse/requested-association.ts';
import type { Core } from './core.ts';

/** What we are towards the peer: PS3.7 D.3.3.4. */
interface Proposed {
  abstractSyntax: string;
  role?: { scuRole: boolean; scpRole: boolean };
}

/** Proposes one class, in the syntaxes that everybody has. Rejects as `openAssociation` and `work` do. */
export async function associated<T>(
  { config }: Pick<Core, 'config'>,
  { aeTitle: calledAeTitle, host, port, tls }: Destination,
  proposed: Proposed,
  work: (association: RequestedAssociation) => Promise<T>,
): Promise<T> {
  const transferSyntaxes = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN];
  const contexts = [{ ...proposed, transferSyntaxes }];
  const association = await openAssociation({ host, port, tls, calledAeTitle, callingAeTitle: config.aet, contexts });
  try {
    return await work(association);
  } finally {
    await association.release();
  }
}
