// Night, for prices: by the clock on the wall where the hours of a term are kept.

import { isInHours } from '../terms/service-hours.ts';
import type { ServiceTerm } from '../terms/service-term.ts';

export const night = { from: '20:00', to: '08:00' } as const;

const everyDay = [0, 1, 2, 3, 4, 5, 6] as const;

/** UTC where a term has no hours. `at`: ms since the epoch. */
export function isNight(at: number, { hours }: Pick<ServiceTerm, 'hours'>): boolean {
  const { zone } = hours[0] ?? { zone: 'UTC' };
  return isInHours({ hours: [{ days: everyDay, ...night, zone }], holidays: [] }, at);
}
