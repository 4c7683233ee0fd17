// Classes of live cases: everything that the gates and the score go by, without what is of one case only.

import type { ReadingCase } from '../case/reading-case.ts';
import type { CaseFacts } from '../gate/asked.ts';
import type { Known } from '../gate/gate.ts';
import { decimalText } from '../metering/decimal.ts';
import { ownRelativeValues, RelativeValues } from '../metering/relative-value.ts';
import type { ServiceLevel, TermReference } from '../terms/service-term.ts';
import { held } from './held.ts';
import type { CaseClass, CaseKind } from './waiting-case.ts';

export interface GatedClass extends CaseClass {
  facts: CaseFacts;
  term: TermReference;
  /** Tenant of the room in which the copies lie. */
  room: number | undefined;
  known: Known;
}

/** What a class is made of. */
export interface Classed {
  reading: ReadingCase;
  term: TermReference;
  level: ServiceLevel;
  room: number | undefined;
  known: Known;
}

const relativeValues = new RelativeValues(ownRelativeValues);

/** RVU of a reading, in plain films. */
export const rvuOf = (facts: CaseFacts): number => Number(decimalText(relativeValues.of(facts)));

/** What the time of a reading is learnt by. */
export const procedureOf = ({ procedure, modality, bodyRegion = '' }: CaseFacts): string =>
  procedure ?? `${modality} ${bodyRegion}`;

export class Classes {
  readonly #kinds = new Map<string, CaseKind>();
  readonly #classes = new Map<string, GatedClass>();

  of({ reading: { facts }, term, level, room, known }: Classed): GatedClass {
    // Counts and who read it before are of the one case; who read it is barred from it by name.
    const common: CaseFacts = { ...facts, instances: 0, priors: 0, readBy: [] };
    const key = JSON.stringify([common, term.id, term.version, room ?? null, known]);
    return held(this.#classes, key, () => ({
      key,
      client: facts.client,
      kind: this.#kindOf(facts, level.minutes * 60_000),
      facts: common,
      ...{ term, room, known },
    }));
  }

  /** Those that nothing waits of. */
  forget(isWaiting: (key: string) => boolean): void {
    for (const key of this.#classes.keys()) if (!isWaiting(key)) this.#classes.delete(key);
  }

  #kindOf(facts: CaseFacts, slaMs: number): CaseKind {
    const { priority, subspecialty, language } = facts;
    const procedure = procedureOf(facts);
    return held(this.#kinds, JSON.stringify([procedure, priority, slaMs, subspecialty, language]), () => ({
      ...{ procedure, priority, slaMs, rvu: rvuOf(facts) },
      ...(subspecialty === undefined ? {} : { subspecialty }),
      ...(language === undefined ? {} : { language }),
    }));
  }
}
