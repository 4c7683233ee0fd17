// Flags of a result (OBX-8, Observation.interpretation): HL7 table 0078, which v3 ObservationInterpretation took over.

/** AA, HH and LL call for somebody at once; HU and LU, of v3, soon. Anything else is no reason to call anybody. */
const urgency: Readonly<Record<string, 1 | 2>> = { AA: 1, HH: 1, LL: 1, HU: 2, LU: 2 };

/** Undefined of a flag that is not critical. */
export const urgencyOfFlag = (flag: string): 1 | 2 | undefined => urgency[flag];

/** Of all that is said of one result the most urgent, else what is said first. */
export function tellingFlag(flags: readonly (string | undefined)[]): string | undefined {
  const said = flags.filter((flag): flag is string => flag !== undefined && flag !== '');
  const rank = (flag: string) => urgency[flag] ?? 3;
  return said.length === 0 ? undefined : said.reduce((best, flag) => (rank(flag) < rank(best) ? flag : best));
}
