// What a normaliser holds to be true of an object or a series: a fact beside the original, which stays as it came. Each
// says where it was read and why it is believed, so that a person can check it and a rule can ask for certainty.

/** A value in the standard's own terms: texts as the attribute's VR has them, numbers in the unit PS3.3 gives it. */
export type FactValue = string | number | boolean | readonly string[] | readonly number[];

/** An element that a fact was read from, or a part of one. */
export interface FactSource {
  /** Tag path in hexadecimal, items by number from 1, as `Finding.path` has it: `00189117[1].00189087`. */
  path: string;
  /** Private Creator of the block the element lies in; absent for a standard element. */
  creator?: string;
  /** Where within the value: `CSA PhaseEncodingDirectionPositive`, `ASCCONV sKSpace.lBaseResolution`. */
  within?: string;
}

export interface Fact<T extends FactValue = FactValue> {
  /** Keyword of PS3.6 (`EffectiveEchoTime`), or the BIDS name of a derived quantity that PS3.6 has no keyword for. */
  attribute: string;
  value: T;
  /** What was read, most telling first; empty only where the absence of an element says it. */
  sources: readonly FactSource[];
  /** 0 to 1: how often such a reading is right. Below `certain`, a person should look before anything depends on it. */
  confidence: number;
  /** One sentence for a person: which rule of which vendor, and what it took. No patient data. */
  reason: string;
}

/** From here on a fact may be acted on without a person. */
export const certain = 0.95;

/** The same facts with those of `better` in place of the ones that speak of the same attribute. */
export function overlaid(facts: readonly Fact[], better: readonly Fact[]): Fact[] {
  const named = new Set(better.map(({ attribute }) => attribute));
  return [...facts.filter(({ attribute }) => !named.has(attribute)), ...better];
}
