// What is wrong with an object's header and what it should say: never written into the object, but facts beside it, each
// with its reason, and findings where only a person can know.

import type { DataSet } from '../../dicom/dataset.ts';
import type { Fact } from '../fact.ts';
import { contradictions } from './contradictions.ts';
import { countsOfImage } from './counts.ts';
import { datesAndTimes } from './dates.ts';
import { requiredAttributes } from './required.ts';
import { texts } from './texts.ts';
import { units } from './units.ts';

/** What is wrong, and how much of it we can tell; sentences without patient data. */
const repairCodes = {
  'character-set': 'bytes that the declared character set does not have',
  'person-name': 'a person name that is not in the form of PS3.5 6.2.1',
  date: 'a date or time that is not in the form of its VR, or cannot be',
  unit: 'a number in another unit than the standard gives the attribute',
  laterality: 'two elements that name opposite sides',
  'body-part': 'Body Part Examined and the description name different parts',
  modality: 'a modality that says nothing, or not what the object is',
  missing: 'a Type 1 or Type 2 attribute that is not there',
  count: 'a number of frames, images or bits that is not what is there',
} as const;

export type RepairCode = keyof typeof repairCodes;

export interface RepairFinding {
  code: RepairCode;
  /** Keyword of the attribute. */
  attribute: string;
  /** One sentence for a person; no patient data. */
  text: string;
}

export interface Repairs {
  facts: Fact[];
  findings: RepairFinding[];
}

/** A repair that is known goes to `facts` as well as `findings`; one that is not, to `findings` alone. */
export interface Reporter {
  fact(code: RepairCode, fact: Fact): void;
  finding(code: RepairCode, attribute: string, text: string): void;
}

const checks: readonly ((dataset: DataSet, report: Reporter) => void)[] = [
  texts,
  datesAndTimes,
  units,
  contradictions,
  requiredAttributes,
  countsOfImage,
];

export function repairsOf(dataset: DataSet): Repairs {
  const repairs: Repairs = { facts: [], findings: [] };
  const report = reporterInto(repairs);
  for (const check of checks) check(dataset, report);
  return repairs;
}

export function reporterInto({ facts, findings }: Repairs): Reporter {
  return {
    fact(code, fact) {
      facts.push(fact);
      findings.push({ code, attribute: fact.attribute, text: fact.reason });
    },
    finding: (code, attribute, text) => findings.push({ code, attribute, text }),
  };
}
