// Gates of what a reader was given: licences by authorities, privileges by the client, insurance by an insurer.

import { holdsAt } from '../readers/period.ts';
import type { Licence, Privilege, Reader } from '../readers/reader.ts';
import { anyHolds } from '../terms/jurisdiction.ts';
import type { Jurisdiction } from '../terms/service-term.ts';
import type { CaseFacts } from './asked.ts';
import type { Asked, Gate } from './gate.ts';

/** ACR: licensed where the image was made and where it is read, which may be one licence. */
export const isLicensed: Gate = ({ reader, facts, at }) => {
  for (const [place, who] of [
    [facts.patientAt, 'patient'],
    [reader.at, 'reader'],
  ] as const) {
    if (licenceFor(reader, place, at) === undefined) {
      return { reason: `no licence in force in ${place}, where the ${who} is`, ...lapsed(reader, place) };
    }
  }
  return undefined;
};

/** The first that entitles there. */
export const licenceFor = (reader: Reader, place: Jurisdiction, at: number): Licence | undefined =>
  reader.licences.find(
    ({ status, validAt, period }) => status === 'active' && anyHolds(validAt, place) && holdsAt(period, at),
  );

/** One that would have entitled there, had it not ended. */
function lapsed(reader: Reader, place: Jurisdiction): { at?: string } {
  const found = reader.licences.find(({ validAt }) => anyHolds(validAt, place));
  return found === undefined ? {} : { at: `licence ${found.id}` };
}

/** `draft` prepares what another signs: such a reader may take a case, is offered none, and signs none. */
export const isPrivileged: Gate = ({ reader, facts, at, stage }) => {
  const privilege = privilegeFor(reader, facts, at);
  const where = `${facts.client}/${facts.site}`;
  if (privilege === undefined) return { reason: `no privilege in force at ${where} for ${facts.modality}` };
  const { level, readTypes, id } = privilege;
  const row = `privilege ${id}`;
  if (!readTypes.includes(facts.readType)) return { reason: `no privilege for a ${facts.readType} reading`, at: row };
  if (level === 'report' || (level === 'draft' && stage === 'claim')) return undefined;
  return { reason: `the privilege at ${where} is ${level}`, at: row };
};

const levels = ['none', 'view', 'draft', 'report'] as const;

/**
 * The privilege that decides: of those in force that cover the case the narrowest, by site, then modality, then region; of
 * those that are as narrow the least.
 */
export function privilegeFor(reader: Reader, facts: CaseFacts, at: number): Privilege | undefined {
  const covering = privilegesAt(reader, facts, at).filter(
    ({ modalities, bodyRegions }) => covers(modalities, facts.modality) && covers(bodyRegions, facts.bodyRegion),
  );
  return covering.toSorted(
    (a, b) => narrowness(b) - narrowness(a) || levels.indexOf(a.level) - levels.indexOf(b.level),
  )[0];
}

const narrowness = ({ site, modalities, bodyRegions }: Privilege): number =>
  (site === undefined ? 0 : 4) + (modalities.length > 0 ? 2 : 0) + (bodyRegions.length > 0 ? 1 : 0);

const covers = (values: readonly string[], value: string | undefined): boolean =>
  values.length === 0 || (value !== undefined && values.includes(value));

const privilegesAt = (reader: Reader, { client, site }: CaseFacts, at: number): Privilege[] =>
  reader.privileges.filter(
    (each) => each.client === client && (each.site === undefined || each.site === site) && holdsAt(each.period, at),
  );

/** Whoever is excluded by any privilege at the site is excluded, however broad the others are. */
export const isNotExcluded: Gate = ({ reader, facts, at }) => {
  const { referrer } = facts;
  if (referrer === undefined) return undefined;
  const row = privilegesAt(reader, facts, at).find(({ excludedReferrers }) => excludedReferrers.includes(referrer));
  return row && { reason: `orders of referrer ${referrer} are not for this reader`, at: `privilege ${row.id}` };
};

export const isInsured: Gate = (asked) => {
  if (insuranceFor(asked) !== undefined) return undefined;
  return { reason: 'no insurance is in force', at: `reader ${asked.reader.id}` };
};

/** By its limit and end: insurances have no number. */
export function insuranceFor({ reader, at }: Pick<Asked, 'reader' | 'at'>): string | undefined {
  const found = reader.insurance.find(({ period }) => holdsAt(period, at));
  if (found === undefined) return undefined;
  const { limit, currency, period } = found;
  return `${limit} ${currency} until ${period.to ?? 'it ends'}`;
}
