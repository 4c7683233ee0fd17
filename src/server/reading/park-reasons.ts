// Why a reader parks a case, and whom that is put down to. A clock stands still only for reasons that the term names, and only
// where the client is the cause; what a pause was put down to can be disputed.

import type { Cause } from '../../reading/terms/service-term.ts';

export const parkReasons = {
  'question-to-site': 'client',
  'priors-needed': 'client',
  'images-incomplete': 'client',
  'history-missing': 'client',
  'second-opinion': 'provider',
  interrupted: 'provider',
  'workstation-fault': 'provider',
  'exchange-fault': 'exchange',
} as const satisfies Record<string, Cause>;

export type ParkReason = keyof typeof parkReasons;

export const causeOfPark = (reason: string): Cause => parkReasons[reason as ParkReason] ?? 'provider';
