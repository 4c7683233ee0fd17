// What is wrong with a resource: the issues of an OperationOutcome (R4 operationoutcome.html), and the failure that carries
// them to a door.

import type { OperationOutcome } from '@medplum/fhirtypes';
import { Problem } from '../base/problem.ts';

export interface Issue {
  severity: 'error' | 'warning';
  /** http://hl7.org/fhir/issue-type */
  code:
    | 'structure'
    | 'required'
    | 'value'
    | 'code-invalid'
    | 'invariant'
    | 'too-costly'
    | 'not-supported'
    | 'business-rule';
  /** FHIRPath: `Patient.name[0].given[1]`. */
  expression?: string;
  /** Never a value of the resource. */
  diagnostics: string;
}

/** A resource that is not what R4 says it is, with everything that is wrong. */
export class InvalidResource extends Problem {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    const { diagnostics, expression } = issues.find(({ severity }) => severity === 'error')!;
    super('fhir/invalid', { reason: expression === undefined ? diagnostics : `${expression}: ${diagnostics}` });
    this.issues = issues;
  }
}

/** A failure that says itself what its OperationOutcome is. */
export class ToldProblem extends Problem {
  readonly outcome: OperationOutcome;

  constructor({ code, details }: Problem, outcome: OperationOutcome) {
    super(code, details);
    this.outcome = outcome;
  }
}

/** The OperationOutcome of a failure, for whichever door answers in FHIR. */
export function outcomeOf(problem: Problem): OperationOutcome {
  if (problem instanceof ToldProblem) return problem.outcome;
  const issues: readonly Issue[] | undefined = problem instanceof InvalidResource ? problem.issues : undefined;
  const { fhir: code } = problem.answers;
  const severity = warnings.has(problem.code) ? 'warning' : 'error';
  return {
    resourceType: 'OperationOutcome',
    issue: issues?.map(issueOf) ?? [{ severity, code: code as Issue['code'], diagnostics: problem.message }],
  };
}

export const outcomeOfIssues = (issues: readonly Issue[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: issues.map(issueOf),
});

/** ITI-78 2:3.78.4.1.3, case 4. */
const warnings: ReadonlySet<string> = new Set(['identity/unknown-returned-domain']);

const issueOf = ({ severity, code, expression, diagnostics }: Issue) => ({
  severity,
  code,
  diagnostics,
  ...(expression === undefined ? {} : { expression: [expression] }),
});
