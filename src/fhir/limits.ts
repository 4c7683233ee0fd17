/** Every limit of the FHIR format. */
export const limits = {
  /** Characters of a resource as JSON or XML. */
  characters: 32 * 1024 * 1024,
  /** Objects and arrays within each other in JSON; two an element that repeats. */
  depth: 160,
  /** Elements within each other. */
  elementDepth: 64,
  /** Entries of a Bundle. */
  entries: 10_000,
  /** Issues of one OperationOutcome; what comes after the last is not looked at. */
  issues: 100,
} as const;
