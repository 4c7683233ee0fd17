// Which places hold which: ISO 3166-1 alpha-2 countries and their ISO 3166-2 subdivisions.

import type { Jurisdiction } from './service-term.ts';

export const countryOf = (place: Jurisdiction): string => place.slice(0, 2);

/** A country holds all of its subdivisions; a subdivision holds itself, and not the country that is said without one. */
export const holds = (larger: Jurisdiction, place: Jurisdiction): boolean =>
  larger === place || (larger.length === 2 && countryOf(place) === larger);

export const anyHolds = (places: readonly Jurisdiction[], place: Jurisdiction): boolean =>
  places.some((each) => holds(each, place));

/** Whether one may lie in the other: who says no more than `US` may be in `US-NY`. */
export const mayMeet = (one: Jurisdiction, other: Jurisdiction): boolean => holds(one, other) || holds(other, one);
