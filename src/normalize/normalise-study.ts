// A study as facts beside it: what was done, and what each of its MR and CT series shows. To make one reads vocabularies
// and models, which takes half a second of processor time; a study then takes a millisecond or a few.

import type { DataSet } from '../dicom/dataset.ts';
import type { Fact } from './fact.ts';
import { Lexicon } from './procedures/lexicon.ts';
import { ProcedureNormaliser, type Weighed } from './procedures/normalise-procedure.ts';
import type { Decisions, Procedure, ProcedureInput } from './procedures/procedure.ts';
import { procedureFacts } from './procedures/procedure-facts.ts';
import { CtSeriesNormaliser } from './series/ct-series.ts';
import { ctHeaderOf, mrHeaderOf } from './series/header-of.ts';
import { MrSeriesNormaliser } from './series/mr-series.ts';
import { ctKeyOf, mrKeyOf } from './series/series-answers.ts';
import { ctSeriesFacts, mrSeriesFacts } from './series/series-facts.ts';
import { procedureInputOf } from './study-input.ts';

export interface NormalisedStudy {
  /** What the headers say of the procedure. */
  input: ProcedureInput;
  procedure: Fact[];
  /** By Series Instance UID; series of which nothing is known are left out. */
  series: Map<string, Fact[]>;
  /** What MR and CT series say, as the key of an answer, by Series Instance UID. */
  seriesSaid: Map<string, string>;
}

export class StudyNormaliser {
  readonly #procedures: ProcedureNormaliser;
  readonly #series: Readonly<Record<string, (object: DataSet) => { facts: Fact[]; said: string }>>;

  /** `model`: of procedures, as judge.ts writes it; by default the one that is shipped. */
  constructor(model?: string, lexicon = new Lexicon()) {
    this.#procedures = new ProcedureNormaliser(model, lexicon);
    const [mr, ct] = [new MrSeriesNormaliser(), new CtSeriesNormaliser(lexicon)];
    this.#series = {
      MR(object) {
        const header = mrHeaderOf(object);
        return { facts: mrSeriesFacts(mr.normalise(header)), said: mrKeyOf(header) };
      },
      CT(object) {
        const header = ctHeaderOf(object);
        return { facts: ctSeriesFacts(ct.normalise(header)), said: ctKeyOf(header) };
      },
    };
  }

  /** `firsts`: one instance of each series, in any order; bulk need not be held. */
  normalise(firsts: readonly DataSet[]): NormalisedStudy {
    const input = procedureInputOf(firsts);
    const series = new Map<string, Fact[]>();
    const seriesSaid = new Map<string, string>();
    for (const object of firsts) {
      const found = this.#series[object.text('Modality') ?? '']?.(object);
      if (found === undefined) continue;
      const uid = object.text('SeriesInstanceUID') ?? '';
      seriesSaid.set(uid, found.said);
      if (found.facts.length > 0) series.set(uid, found.facts);
    }
    return { input, procedure: procedureFacts(input, this.#procedures.normalise(input)), series, seriesSaid };
  }

  /** What was done in a study of which no more is known. */
  procedure(input: ProcedureInput): Procedure {
    return this.#procedures.normalise(input);
  }

  /** The same with what it may be instead, for a person to look at. */
  weigh(input: ProcedureInput): Weighed {
    return this.#procedures.weigh(input);
  }

  /** What a person decided of it, with what follows: region and codes. */
  decided(input: ProcedureInput, decisions: Decisions): Omit<Procedure, 'confidence' | 'reasons'> {
    return this.#procedures.decided(input, decisions);
  }
}
