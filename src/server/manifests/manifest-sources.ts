// From which archive what a manifest lists is retrieved. Only from one that somebody configured, by the address that is
// configured for it: a manifest names it, and leads nowhere else.

import type { RetrieveFrom } from '../../translate/manifest/manifest.ts';
import type { Core } from '../core.ts';
import { settingsOf } from '../delivery/destination-settings.ts';

/** Name of the destination or peer; '' for this node itself; undefined where nobody knows it. */
export function archiveOf(core: Core, tenant: number, from: RetrieveFrom): string | undefined {
  if (isOurs(core, from)) return '';
  const { url, locationUid, aeTitle } = from;
  const { destinations, called } = core;
  for (const { name, kind, settings } of destinations.list(tenant)) {
    if (kind === 'dicomweb') {
      const told = settingsOf('dicomweb', settings);
      const isNamed = told.locationUid !== undefined && told.locationUid === locationUid;
      if (isNamed || (url !== undefined && isWithin(url, told.url))) return name;
    }
    if (kind === 'dimse') {
      const told = settingsOf('dimse', settings);
      const isNamed = told.locationUid !== undefined && told.locationUid === locationUid;
      if (isNamed || (aeTitle !== undefined && (told.aeTitle ?? name) === aeTitle)) return name;
    }
  }
  // Where an archive gives them by DICOMweb or DIMSE too, that is the shorter way.
  for (const { name, kind, settings } of destinations.list(tenant)) {
    if (kind !== 'xds' || locationUid === undefined) continue;
    if (settingsOf('xds', settings).locationUid === locationUid) return name;
  }
  return aeTitle !== undefined && called.find(tenant, aeTitle) !== undefined ? aeTitle : undefined;
}

function isOurs({ config }: Core, { url, locationUid, aeTitle }: RetrieveFrom): boolean {
  return (
    (locationUid !== undefined && locationUid === config.locationUid) ||
    (url !== undefined && config.publicUrl !== undefined && isWithin(url, config.publicUrl)) ||
    (url === undefined && locationUid === undefined && aeTitle === config.aet)
  );
}

/** A Retrieve URL is the root of the service (MADO), or leads to a series of it (XDS-I.b). */
function isWithin(url: string, root: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(root)) return false;
  const [one, other] = [new URL(url), new URL(root)];
  const path = other.pathname.replace(/\/+$/, '');
  return one.origin === other.origin && (one.pathname === path || one.pathname.startsWith(`${path}/`));
}
