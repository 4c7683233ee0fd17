// The steps of a rule: what is done to an instance on its way to a destination. The originals stay as they came.

/** A keyword (`PatientID`), eight hexadecimal digits, or `CREATOR/GGGGxxEE` for a private element, as `(0019,xx0C)`. */
export type AttributeName = string;

/** Whose values take the place of those sent; `facts` are what normalisation found. */
export const coercionSources = ['order', 'person', 'facts'] as const;
export type CoercionSource = (typeof coercionSources)[number];

export type Step =
  | { set: Readonly<Record<AttributeName, string>> }
  | { copy: { from: AttributeName; to: AttributeName } }
  | { remove: readonly (AttributeName | 'private')[] }
  | { map: ValueMap }
  | { standardise: { from: AttributeName; to: AttributeName; scale?: number; offset?: number } }
  | { coerce: { from: CoercionSource; attributes?: readonly AttributeName[] } }
  /** What cannot be rewritten stops where nothing is said: references to other studies, old UIDs in text and private values. */
  | { remapUids: { unknownReferences?: 'stop' | 'keep'; uidsInValues?: 'stop' | 'keep' } }
  | { splitSeries: { by: readonly AttributeName[] } }
  | { mergeSeries: { by: readonly AttributeName[] } }
  /** Of a domain everything sent lines up, and nothing with that of another; the profile's own where none is named. */
  | { deidentify: { profile: string; domain?: string } }
  | { transcode: Transcode };

export type StepName = Step extends infer One ? (One extends Step ? keyof One : never) : never;
export type StepValue<Name extends StepName> = Extract<Step, Record<Name, unknown>>[Name];

export interface ValueMap {
  attribute: AttributeName;
  values: Readonly<Record<string, string>>;
  /** What becomes of a value that is not listed; `keep` where absent. */
  otherwise?: 'keep' | 'remove' | 'stop';
}

export interface Transcode {
  /** UID of the transfer syntax. */
  to: string;
  /** Allows a lossy syntax, by which every image becomes a derived one. */
  lossy?: { ratio: number };
}
