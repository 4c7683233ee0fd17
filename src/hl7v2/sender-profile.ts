// Where a sender puts what, and what it may send: data, because no two senders agree. Everything may be absent; what is
// absent is as the standard says.

export interface SenderProfile {
  /** Fields that hold the patient's identifiers, in order of preference: `PID-3`. */
  identifiers?: readonly string[];
  /** Identifier type codes (table 0203) that are not used: account numbers, say. */
  ignoredIdentifierTypes?: readonly string[];
  /** The assigning authority of identifiers that come without one. */
  defaultIssuer?: string;
  /** Other spellings of an authority, by what the sender writes: `{ "RIS_MRN": "HOSPITAL" }`. */
  issuers?: Readonly<Record<string, string>>;
  /** The assigning authorities whose identifiers this sender may merge and link; absent: `ownsAuthority`. */
  owns?: readonly string[];
  /** Fields of names: the patient's own first. */
  names?: readonly string[];
  birthDate?: string;
  sex?: string;
  address?: string;
  phones?: readonly string[];
  nationalId?: string;
  /** The mother's maiden name is evidence; some senders put the patient's own there. */
  birthName?: string;
  /** ADT events that are taken; absent: all that are not refused. */
  acceptedEvents?: readonly string[];
  refusedEvents?: readonly string[];
  /** Of messages that declare none: a name of table 0211. */
  characterSet?: string;
  /** Where it is told, unasked, which identifiers are one person's (IHE ITI-10). */
  notify?: Notify;
}

export interface Notify {
  host: string;
  port: number;
  /** The authorities whose identifiers it is told; absent: all. */
  domains?: readonly string[];
}

/** As the standard has it: v2.8.2 3.4.2 (PID). PID-2, PID-4 and PID-19 are of versions before v2.7. */
export const standardProfile = {
  identifiers: ['PID-3', 'PID-2', 'PID-4'],
  // Account, visit and billing numbers, and the national ones, which have a field of their own.
  ignoredIdentifierTypes: ['AN', 'VN', 'BN', 'SS', 'NI'],
  names: ['PID-5', 'PID-9'],
  birthDate: 'PID-7',
  sex: 'PID-8',
  address: 'PID-11',
  phones: ['PID-13', 'PID-14'],
  nationalId: 'PID-19',
} as const satisfies SenderProfile;

/** Whether the profile takes an ADT event. */
export function takesEvent({ acceptedEvents, refusedEvents = [] }: SenderProfile, event: string): boolean {
  return !refusedEvents.includes(event) && (acceptedEvents === undefined || acceptedEvents.includes(event));
}

/** `PID-3` or `PID-3.2`; undefined where it is no such path. */
export function fieldPath(path: string): { segment: string; field: number; component: number } | undefined {
  const match = /^([A-Z][A-Z0-9]{2})-(\d{1,3})(?:\.(\d{1,2}))?$/.exec(path);
  return match === null ? undefined : { segment: match[1]!, field: Number(match[2]), component: Number(match[3] ?? 1) };
}

/**
 * Whether a sender may merge and link identifiers of an authority: one it is said to own; where nothing is said, its
 * default issuer; where it has none, any that no other sender (`others`, of the same tenant) owns. `canonical` makes one
 * text of all names of an authority: who writes another name of it owns no more.
 */
export function ownsAuthority(
  profile: SenderProfile,
  issuer: string,
  others: readonly SenderProfile[],
  canonical: (issuer: string) => string = (text) => text,
): boolean {
  const meant = canonical(issuer);
  const isMeant = (owner: string) => canonical(owner) === meant;
  const owned = authoritiesOf(profile);
  if (owned !== undefined) return owned.some(isMeant);
  return !others.some((other) => authoritiesOf(other)?.some(isMeant));
}

function authoritiesOf({ owns, defaultIssuer }: SenderProfile): readonly string[] | undefined {
  return owns ?? (defaultIssuer === undefined ? undefined : [defaultIssuer]);
}
