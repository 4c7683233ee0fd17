// What normalisation found, in the words that rules use.

import type { Fact } from '../normalize/fact.ts';
import type { SeriesFacts, StudyFacts } from '../routing/facts.ts';

const sides: Readonly<Record<string, string>> = { R: 'RIGHT', L: 'LEFT', B: 'BILATERAL' };

/** Whether rules ask about it: to find it out takes time. */
export const asksForNormalised = (rules: unknown): boolean =>
  /\bprocedure\.|\.(class|plane|confidence)\b/.test(JSON.stringify(rules));

/** What is left open is left out: a rule then says that it is not known. */
export function procedureForRules(facts: readonly Fact[]): NonNullable<StudyFacts['procedure']> {
  const found = new Map(facts.map(({ attribute, value }) => [attribute, String(value)]));
  const known = {
    modality: found.get('Modality'),
    bodyRegion: found.get('BodyRegion'),
    focus: found.get('AnatomicFocus'),
    laterality: sides[found.get('Laterality') ?? ''],
    contrast: found.get('Contrast') === 'unspecified' ? undefined : found.get('Contrast'),
    intervention: found.has('Interventional') ? 'INTERVENTIONAL' : undefined,
    playbookId: playbookId(facts),
    confidence: facts[0]?.confidence,
  };
  return present(known);
}

/** A phase says what a CT series is, unless it is no slice of the patient. */
export function seriesForRules(facts: readonly Fact[]): Pick<SeriesFacts, 'class' | 'plane' | 'confidence'> {
  const found = new Map(facts.map(({ attribute, value }) => [attribute, String(value)]));
  const reconstruction = found.get('Reconstruction');
  const isNoSlice = reconstruction === 'scout' || reconstruction === 'dose-report';
  const known = {
    class: found.get('SequenceClass') ?? (isNoSlice ? reconstruction : (found.get('ContrastPhase') ?? reconstruction)),
    plane: found.get('Plane'),
    confidence: facts[0]?.confidence,
  };
  return present(known);
}

/** Of `code^scheme^meaning`. */
function playbookId(facts: readonly Fact[]): string | undefined {
  const coded = facts.filter(({ attribute }) => attribute === 'ProcedureCodeSequence');
  return coded.map(({ value }) => String(value).split('^')).find(([, scheme]) => scheme === 'RADLEX')?.[0];
}

function present<T extends object>(known: T): { [name in keyof T]?: Exclude<T[name], undefined> } {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof present<T>
  >;
}
