// A learned judge of rows: one model for each field that is decided, one that says how likely all of it is right, and the
// calibration of the latter. Rules are among the features it sees. As text it is sections, each under `= name`.

import { type Calibration, calibrate, probabilityOf, readCalibration, writeCalibration } from './calibration.ts';
import { probabilities, read, type SoftmaxModel, train, write } from './softmax.ts';

export interface JudgeModel<Field extends string> {
  fields: Record<Field, SoftmaxModel>;
  /** Classes `right` and `wrong`. */
  doubt: SoftmaxModel;
  calibration: Calibration;
}

export interface Verdict<Field extends string> {
  values: Record<Field, string>;
  /** Probability of each value, before it is known how often all are right together. */
  sure: Record<Field, number>;
}

/** What a judge sees of a row. */
export interface Seen<Field extends string> {
  features: Record<Field, readonly string[]>;
  /** What the rules say of a field, where they say something. */
  rules?: Partial<Record<Field, string>>;
  /** What may make the verdict wrong. */
  doubts(verdict: Verdict<Field>): string[];
}

/** A row to learn from. */
export interface Lesson<Field extends string> extends Seen<Field> {
  truth: Record<Field, string>;
  /** A careful person would ask: nothing to learn of the fields, and no verdict is right. */
  ambiguous: boolean;
  /** Whether what follows from the verdict is right as well; the fields themselves are compared without it. */
  follows?(verdict: Verdict<Field>): boolean;
}

const limits = {
  /** Probability from which a rule is overruled. */
  overruled: 0.7,
};

export function decide<Field extends string>(
  model: Pick<JudgeModel<Field>, 'fields'>,
  { features, rules }: Seen<Field>,
): Verdict<Field> {
  const verdict = { values: {}, sure: {} } as Verdict<Field>;
  for (const field of Object.keys(model.fields) as Field[]) {
    const { classes } = model.fields[field];
    const chances = probabilities(model.fields[field], features[field]);
    const best = chances.reduce((top, chance, at) => (chance > chances[top]! ? at : top), 0);
    const rule = classes.indexOf(rules?.[field] ?? '');
    const chosen = rule >= 0 && chances[best]! < limits.overruled ? rule : best;
    verdict.values[field] = classes[chosen]!;
    verdict.sure[field] = chances[chosen]!;
  }
  return verdict;
}

/** A value that a field may have, and how likely it is by itself. */
export interface Candidate {
  value: string;
  /** 0 to 1. */
  probability: number;
}

/** What each field may be, the likeliest first. What the rules say, where `decide` goes by it, may stand further down. */
export function candidatesOf<Field extends string>(
  { fields }: Pick<JudgeModel<Field>, 'fields'>,
  { features }: Pick<Seen<Field>, 'features'>,
): Record<Field, Candidate[]> {
  const found = {} as Record<Field, Candidate[]>;
  for (const field of Object.keys(fields) as Field[]) {
    const model = fields[field];
    found[field] = [...probabilities(model, features[field])]
      .map((probability, at) => ({ value: model.classes[at]!, probability }))
      .sort((a, b) => b.probability - a.probability);
  }
  return found;
}

/** Calibrated probability that the whole verdict is right. */
export const confidenceOf = <Field extends string>(
  model: JudgeModel<Field>,
  seen: Seen<Field>,
  verdict: Verdict<Field>,
): number => probabilityOf(model.calibration, scoreOf(model.doubt, seen.doubts(verdict)));

/** Log-odds that all is right, before calibration. */
function scoreOf(doubt: SoftmaxModel, doubts: readonly string[]): number {
  const chances = probabilities(doubt, doubts);
  const right = chances[doubt.classes.indexOf('right')] ?? 0;
  return Math.log(Math.max(1e-9, right) / Math.max(1e-9, 1 - right));
}

/** A level of probability by name, as a doubt. */
export const levelOf = (probability: number): string =>
  probability > 0.995 ? 'sure' : probability > 0.97 ? 'likely' : probability > 0.8 ? 'open' : 'unsure';

const training = {
  /** What the rules say starts with this weight; only much evidence overrules them. */
  rule: 6,
  fields: { epochs: 4, rate: 0.3, decay: 1e-5 },
  doubt: { epochs: 6, rate: 0.2, decay: 1e-5 },
};

/** Each of the three is learned from lessons of its own. */
export function learn<Field extends string>(
  names: readonly Field[],
  lessons: { fields: readonly Lesson<Field>[]; doubt: readonly Lesson<Field>[]; calibration: readonly Lesson<Field>[] },
): JudgeModel<Field> {
  const clear = lessons.fields.filter(({ ambiguous }) => !ambiguous);
  const prior = (feature: string, label: string): number => (feature === `rule ${label}` ? training.rule : 0);
  const fields = Object.fromEntries(
    names.map((field) => [
      field,
      train(
        clear.map(({ features, truth }) => ({ features: features[field], label: truth[field] })),
        { ...training.fields, prior },
      ),
    ]),
  ) as Record<Field, SoftmaxModel>;
  const doubt = train(
    lessons.doubt.map((lesson) => {
      const verdict = decide({ fields }, lesson);
      return { features: lesson.doubts(verdict), label: isRight(lesson, verdict) ? 'right' : 'wrong' };
    }),
    training.doubt,
  );
  const calibration = calibrate(
    lessons.calibration.map((lesson) => {
      const verdict = decide({ fields }, lesson);
      return { score: scoreOf(doubt, lesson.doubts(verdict)), right: isRight(lesson, verdict) };
    }),
  );
  return { fields, doubt, calibration };
}

function isRight<Field extends string>(lesson: Lesson<Field>, verdict: Verdict<Field>): boolean {
  if (lesson.ambiguous) return false;
  const same = (Object.keys(lesson.truth) as Field[]).every((field) => lesson.truth[field] === verdict.values[field]);
  return same && (lesson.follows?.(verdict) ?? true);
}

export function writeJudge<Field extends string>({ fields, doubt, calibration }: JudgeModel<Field>): string {
  const sections = (Object.keys(fields) as Field[]).map((field) => `= ${field}\n${write(fields[field])}`);
  return `${[...sections, `= doubt\n${write(doubt)}`, `= calibration\n${writeCalibration(calibration)}`].join('\n')}\n`;
}

export function readJudge<Field extends string>(text: string): JudgeModel<Field> {
  const sections = text
    .split(/^= /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)] as const);
  const { doubt, calibration, ...fields } = Object.fromEntries(sections);
  return {
    fields: Object.fromEntries(Object.entries(fields).map(([field, model]) => [field, read(model)])) as Record<
      Field,
      SoftmaxModel
    >,
    doubt: read(doubt!),
    calibration: readCalibration(calibration!),
  };
}
