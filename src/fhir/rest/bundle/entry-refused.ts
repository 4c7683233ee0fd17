// Why a transaction was refused: what was wrong with one of its entries, and which.

import { asProblem, type Problem } from '../../../base/problem.ts';
import { outcomeOf, ToldProblem } from '../../issue.ts';

/** What an entry was refused with is said with its place. */
export async function atEntry<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const problem = asProblem(error);
    throw problem instanceof EntryRefused || problem.answers.http >= 500 ? error : new EntryRefused(at, problem);
  }
}

/** A failure of one entry, which is that of the whole. */
export class EntryRefused extends ToldProblem {
  constructor(at: number, problem: Problem) {
    const [first, ...others] = outcomeOf(problem).issue!;
    const expression = [`Bundle.entry[${at}]`, ...(first!.expression ?? [])];
    super(problem, { resourceType: 'OperationOutcome', issue: [{ ...first!, expression }, ...others] });
  }
}
