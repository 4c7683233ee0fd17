// What the SOAP door gets: images that a manifest of ours lists, each study an access, as WADO-RS gives them.

import type { Authenticator } from '../../auth/authenticator.ts';
import type { Principal } from '../../auth/principal.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { KeptList } from '../../storage/kept-list.ts';
import type { XdsHandlers } from '../../xds/handlers.ts';
import type { Core } from '../core.ts';
import { locationUidOf } from '../manifests/study-manifests.ts';
import { servedAttributes } from '../served-attributes.ts';
import type { Spine } from '../spine.ts';
import { access } from './access.ts';
import { admit } from './admit.ts';
import { RetrievedInstances } from './retrieved-instance.ts';

export function xdsHandlers(core: Core, spine: Spine, authenticator: Authenticator): XdsHandlers {
  const { config, database } = core;
  const { objects, pixels } = spine;
  const served = servedAttributes(core);
  const places = new InstancePlaces(database);
  const onSent = (sizeBytes: number): void => core.metrics.sent('xds', sizeBytes);
  return {
    authenticate: (request) => admit(core, authenticator, 'xds', request),
    isOurs: ({ baseUrl }, repositoryUniqueId) => repositoryUniqueId === locationUidOf(config, baseUrl),
    documents(request, studyInstanceUid, sopInstanceUids) {
      const { requestId, remoteAddress, signal } = request;
      const principal = request.principal as Principal;
      const { tenant } = principal;
      const by = { principal, door: 'xds', action: 'retrieve', studyUid: studyInstanceUid, original: true } as const;
      return access(
        core,
        { ...by, requestId, remoteAddress },
        async () => {
          const list = await KeptList.below(database, tenant, { studyInstanceUid }, sopInstanceUids);
          const framesOf = places.framesOf.bind(places);
          const sources = { objects, pixels, framesOf, signal, onSent, htj2k: config.htj2k };
          return new RetrievedInstances(list, { ...sources, coercions: await served?.(tenant, list.studies) });
        },
        ({ length }) => length,
      );
    },
  };
}
