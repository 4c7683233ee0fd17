// The hard gates: whether this reader may be offered, may take, may sign this case, each gate by itself and all that are
// closed named. Ranking comes after; nothing here weighs.

import type { Entitlement } from '../case/case-event.ts';
import type { Reader } from '../readers/reader.ts';
import { isInHours } from '../terms/service-hours.ts';
import type { ServiceTerm } from '../terms/service-term.ts';
import type { CaseFacts } from './asked.ts';
import {
  insuranceFor,
  isInsured,
  isLicensed,
  isNotExcluded,
  isPrivileged,
  licenceFor,
  privilegeFor,
} from './credential-gates.ts';
import {
  type Asked,
  type Gate,
  type GateName,
  type GateResult,
  gateNames,
  type Known,
  rowOf,
  type Stage,
} from './gate.ts';
import { isPaidFor, isPermittedPlace, isWithinPersons, mayBeTransferred, mayRest } from './place-gates.ts';
import {
  hasDisplay,
  hasSubspecialty,
  isActive,
  isOfProvider,
  isOnShift,
  isUnbiased,
  readsModality,
  speaks,
} from './reader-gates.ts';

/** What was begun within the hours may be signed after them. */
const isServed: Gate = ({ term, at, stage }) => {
  if (stage === 'sign' || term.outOfHours || isInHours(term, at)) return undefined;
  return { reason: 'it is outside the hours of service', at: rowOf(term) };
};

const table: Record<GateName, Gate> = {
  reader: isActive,
  provider: isOfProvider,
  shift: isOnShift,
  hours: isServed,
  licence: isLicensed,
  jurisdiction: isPermittedPlace,
  transfer: mayBeTransferred,
  rest: mayRest,
  persons: isWithinPersons,
  payer: isPaidFor,
  privilege: isPrivileged,
  referrer: isNotExcluded,
  insurance: isInsured,
  modality: readsModality,
  subspecialty: hasSubspecialty,
  language: speaks,
  display: hasDisplay,
  conflict: isUnbiased,
};

const rows = gateNames.map((gate) => [gate, table[gate]] as const);

/** `at`: ms since the epoch. */
export function gates(
  facts: CaseFacts,
  term: ServiceTerm,
  reader: Reader,
  at: number,
  stage: Stage,
  known: Known = {},
): GateResult {
  const asked: Asked = { facts, term, reader, at, stage, known };
  const failed = rows.flatMap(([gate, closes]) => {
    const closed = closes(asked);
    return closed === undefined ? [] : [{ gate, ...closed }];
  });
  if (failed.length > 0) return { open: false, failed };
  return { open: true, failed, entitlement: entitlementOf(asked) };
}

/** Only where every gate is open: each of these is there. */
function entitlementOf({ facts, reader, at }: Asked): Entitlement {
  const licences = [licenceFor(reader, facts.patientAt, at)!.id, licenceFor(reader, reader.at, at)!.id];
  return {
    licences: [...new Set(licences)],
    privilege: privilegeFor(reader, facts, at)!.id,
    insurance: insuranceFor({ reader, at })!,
    checkedAt: at,
  };
}
