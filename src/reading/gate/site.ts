// A place where a client makes images, and the names by which studies and orders say it.

import { type Static, Type } from '@sinclair/typebox';
import { isZone } from '../../routing/local-time.ts';
import { readDocument } from '../terms/faults.ts';
import { closed, list, name, place, text } from '../terms/forms.ts';

export const siteSchema = Type.Object(
  {
    id: name('a site'),
    name: Type.Optional(text('for people')),
    at: place,
    zone: Type.Optional(text('an IANA time zone')),
    language: Type.Optional(text('of reports, BCP 47: en-GB')),
    aeTitles: list(text('an AE title that sends from there')),
    stations: list(text('a Station Name (0008,1010)')),
    institutions: list(text('an Institution Name (0008,0080)')),
    facilities: list(text('a facility that orders: MSH-4')),
  },
  closed,
);

export type SiteDocument = Static<typeof siteSchema>;

export interface Site extends SiteDocument {
  aeTitles: string[];
  stations: string[];
  institutions: string[];
  facilities: string[];
}

/** Throws request/malformed. */
export function readSite(document: unknown): Site {
  const site = readDocument(siteSchema, document, 'the site', ({ zone }) =>
    zone === undefined || isZone(zone) ? [] : [{ path: ['zone'], message: `no time zone ${zone}` }],
  );
  return { aeTitles: [], stations: [], institutions: [], facilities: [], ...site };
}

/** What a study and its order say of where they are from; what is not known is absent. */
export interface SaidOfSite {
  aeTitle?: string | undefined;
  station?: string | undefined;
  institution?: string | undefined;
  facility?: string | undefined;
}

/** The most telling name first: a station stands in one place, an institution may have several. */
const names = [
  ['station', 'stations'],
  ['aeTitle', 'aeTitles'],
  ['facility', 'facilities'],
  ['institution', 'institutions'],
] as const;

/** The only site of a client is where everything is from; undefined where none, or more than one, is meant. */
export function siteOf(sites: readonly Site[], said: SaidOfSite): Site | undefined {
  for (const [one, many] of names) {
    const value = said[one]?.trim().toLowerCase();
    if (value === undefined || value === '') continue;
    const meant = sites.filter((site) => site[many].some((each) => each.trim().toLowerCase() === value));
    if (meant.length === 1) return meant[0];
  }
  return sites.length === 1 ? sites[0] : undefined;
}
