// By brute force, over plain facts: which gates are closed. It shares no line with the gates: places are written out as the
// sets of what they hold, hours as intervals laid out day by day, privileges are looked up class by class.

import { DAY, places, type Span, type World } from './random-world.ts';

const within: Record<string, string[]> = {
  US: ['US', 'US-NY', 'US-CA'],
  DE: ['DE', 'DE-BY'],
  IN: ['IN'],
  'US-NY': ['US-NY'],
  'US-CA': ['US-CA'],
  'DE-BY': ['DE-BY'],
};
const spread = (of: string[]): Set<string> => new Set(of.flatMap((place) => within[place]!));
const lasts = ({ from, to }: Span, at: number): boolean => !(at < from) && !(to !== undefined && to <= at);
const nation = (place: string) => places.find((each) => each.length === 2 && within[each]!.includes(place));

type Rule = (world: World) => boolean;

/** Each by the gate that it closes. */
const forbids: Record<string, Rule> = {
  reader: ({ suspended }) => suspended,
  provider: ({ readerProvider, provider, partners, widened }) =>
    ![provider, ...(widened ? partners : [])].includes(readerProvider),
  shift: ({ stage, shifts, at }) => stage === 'offer' && shifts.filter((each) => lasts(each, at)).length === 0,
  hours: ({ stage, outOfHours, hours, holidays, at }) => {
    if (stage === 'sign' || outOfHours || hours.length === 0) return false;
    for (let day = -1; day < 15; day++) {
      if (holidays.includes(day)) continue;
      for (const { from, to } of hours.filter((each) => each.days.includes((day + 7) % 7))) {
        const begins = from === to ? 0 : from;
        const ends = from === to ? DAY : to < from ? to + DAY : to;
        if (at >= day * DAY + begins && at < day * DAY + ends) return false;
      }
    }
    return true;
  },
  licence: ({ licences, patientAt, readerAt, at }) => {
    const good = licences.filter(({ status, span }) => status === 'active' && lasts(span, at));
    const entitled = spread(good.flatMap((each) => each.places));
    return !(entitled.has(patientAt) && entitled.has(readerAt));
  },
  jurisdiction: ({ patientPlaces, readerPlaces, blocked, patientAt, readerAt }) =>
    (patientPlaces.length > 0 && !spread(patientPlaces).has(patientAt)) ||
    (readerPlaces.length > 0 && !spread(readerPlaces).has(readerAt)) ||
    spread(blocked).has(readerAt) ||
    blocked.some((place) => spread([readerAt]).has(place)),
  transfer: ({ patientAt, readerAt, transferUntil, at }) =>
    nation(patientAt) !== nation(readerAt) && (transferUntil === undefined || at >= transferUntil),
  rest: ({ restPlaces, restsAt, readerAt }) => !spread(restPlaces).has(restsAt ?? readerAt),
  persons: ({ limit, persons, stage }) => {
    if (limit === undefined || persons === undefined || stage === 'sign') return false;
    return !persons.isAmong && persons.given + 1 > limit;
  },
  payer: ({ payers, payer, readType, readerAt }) => {
    for (const row of payers) {
      if (row.payer !== payer) continue;
      if (row.readType !== '*' && row.readType !== readType) continue;
      if (row.readerAt !== '*' && !spread([row.readerAt]).has(readerAt)) continue;
      return !row.allowed;
    }
    return false;
  },
  privilege: (world) => {
    const { privileges, at, site, modality, region, readType, stage } = world;
    for (const bySite of [true, false]) {
      for (const byModality of [true, false]) {
        for (const byRegion of [true, false]) {
          const held = privileges.filter(
            (each) =>
              each.client === 'north' &&
              lasts(each.span, at) &&
              (bySite ? each.site === site : each.site === undefined) &&
              (byModality ? each.modalities.includes(modality) : each.modalities.length === 0) &&
              (byRegion ? each.regions.some((one) => one === region) : each.regions.length === 0),
          );
          if (held.length === 0) continue;
          for (const level of ['none', 'view', 'draft', 'report']) {
            const least = held.find((each) => each.level === level);
            if (least === undefined) continue;
            if (!least.readTypes.some((each) => each === readType)) return true;
            return level === 'none' || level === 'view' || (level === 'draft' && stage !== 'claim');
          }
        }
      }
    }
    return true;
  },
  referrer: ({ privileges, referrer, site, at }) =>
    referrer !== undefined &&
    privileges
      .filter((each) => each.client === 'north' && [undefined, site].includes(each.site) && lasts(each.span, at))
      .flatMap((each) => each.excluded)
      .includes(referrer),
  insurance: ({ insurances, at }) => !insurances.map((each) => lasts(each, at)).includes(true),
  modality: ({ readerModalities, modality }) => readerModalities.length > 0 && !readerModalities.includes(modality),
  subspecialty: ({ required, needs, subspecialties, relaxAt, elapsed = 0 }) =>
    required === 'hard' &&
    needs !== undefined &&
    !subspecialties.includes(needs) &&
    !(relaxAt !== undefined && elapsed >= relaxAt),
  language: ({ language, languages }) => {
    if (language === undefined) return false;
    const spoken: Record<string, string> = { en: 'en-GB', 'de-AT': 'DE', FR: 'fr-CA' };
    return !languages.map((each) => spoken[each]).includes(language);
  },
  display: ({ modality, calibratedUntil, at }) =>
    modality === 'MG' && (calibratedUntil === undefined || calibratedUntil <= at),
  conflict: ({ readBy, ownDiscrepancy }) => ownDiscrepancy || readBy.includes('me'),
};

export const closedGates = (world: World): string[] =>
  Object.entries(forbids)
    .filter(([, rule]) => rule(world))
    .map(([gate]) => gate)
    .sort();
