// Rows to learn from: a procedure is drawn, then written as some hospital would write it, in one of the languages of the
// vocabulary, with its abbreviations, noise, slips of the keyboard, preset header values and contradictions. No row comes
// from a patient record or from the rows we are scored on.

import { Random } from '../../learning/random.ts';
import { bodyParts } from '../anatomy.ts';
import { playbook } from '../playbook.ts';
import type { Contrast, Decisions, Laterality, ProcedureInput } from '../procedure.ts';
import { interventionSigns } from '../rules.ts';
import { type Language, linesOf, vocabularies } from '../vocabulary/index.ts';
import { type Examination, partsOf } from './examinations.ts';
import { headerOf, languageWeights, modalityWeights, terms } from './habits.ts';
import { unmixed } from './words.ts';

export interface GeneratedRow {
  input: ProcedureInput;
  truth: Decisions;
  /** A careful person would ask. */
  ambiguous: boolean;
  language: Language;
}

/** Rows of the Playbook whose names say all that is decided. */
const namedRows = playbook.filter(
  ({ modality, focus, contrast, side }) =>
    modality in headerOf &&
    focus !== 'unspecified' &&
    side !== 'U' &&
    (contrast !== '' || (modality !== 'CT' && modality !== 'MR')),
);

export class RowGenerator {
  readonly #random: Random;
  readonly #words = new Map<string, Map<string, string[]>>();
  /** Words for both of a part, by language. */
  readonly #plurals = new Map<string, ReadonlySet<string>>();

  constructor(seed: number) {
    this.#random = new Random(seed);
    for (const language of Object.keys(vocabularies) as Language[]) {
      this.#words.set(language, unmixed(language));
      this.#plurals.set(language, new Set(linesOf(language).find(({ concept }) => concept === 'sign plural')?.words));
    }
  }

  row(): GeneratedRow {
    const random = this.#random;
    if (random.chance(0.04)) return this.#named();
    const language = random.weighted(languageWeights);
    const modality = random.weighted(modalityWeights);
    const examination = random.of(partsOf(modality));
    const truth: Decisions = {
      modality,
      focus: examination.focus,
      laterality: this.#side(examination.focus, modality),
      contrast: this.#contrast(modality, examination.contrast),
      interventional: examination.interventional,
    };
    const named = random.chance(0.5) ? calledBy(examination) : examination.focus;
    const plural = truth.laterality === 'B' && random.chance(0.3) ? this.#plural(language, named) : undefined;
    const words = [
      plural ?? this.#parts(language, named, truth.laterality),
      ...examination.signs.map((sign) => this.#word(language, `sign ${sign}`)),
    ];
    const input = this.#written(language, truth, words, examination.contrast !== undefined, plural !== undefined);
    const row = { input, truth, ambiguous: vague(truth), language };
    return random.chance(0.1) ? this.#contradicted(row) : row;
  }

  /** A procedure called by the name that the Playbook has for it. */
  #named(): GeneratedRow {
    const random = this.#random;
    const { modality, focus, contrast, side, attributes, names } = random.of(namedRows);
    const name = random.of(names);
    const { paired } = bodyParts.get(focus)!;
    const truth: Decisions = {
      modality,
      focus,
      laterality: /^[LRB]$/.test(side) ? (side as Laterality) : paired ? 'unspecified' : 'none',
      contrast: contrast || 'none',
      interventional: attributes.some((sign) => interventionSigns.includes(sign)),
    };
    return {
      input: {
        modality: random.of(headerOf[modality]!),
        bodyPart: random.chance(0.2) ? (terms[focus] ?? '') : '',
        laterality: '',
        studyDescription: random.chance(0.5) ? name.toUpperCase() : name,
        seriesDescriptions: [],
        contrastAgent: '',
      },
      truth,
      ambiguous: vague(truth),
      language: 'en',
    };
  }

  #side(focus: string, modality: string): Laterality {
    const { paired, sided } = bodyParts.get(focus)!;
    if (modality === 'MG') return this.#random.weighted({ B: 6, L: 2, R: 2 });
    if (paired) return this.#random.weighted({ R: 10, L: 10, B: 3, unspecified: 2 });
    return sided && this.#random.chance(0.3)
      ? this.#random.weighted({ R: 4, L: 4, B: 2 })
      : focus === 'lung'
        ? 'unspecified'
        : 'none';
  }

  #contrast(modality: string, defined: Contrast | undefined): Contrast {
    if (modality !== 'CT' && modality !== 'MR') return 'none';
    return defined ?? this.#random.weighted({ without: 4, with: 3, both: 2, unspecified: 3 });
  }

  /** The description and the header values; what the description leaves out, the header says. */
  #written(
    language: Language,
    truth: Decisions,
    parts: string[],
    contrastDefined: boolean,
    plural: boolean,
  ): ProcedureInput {
    const random = this.#random;
    const input = {
      modality: random.of(headerOf[truth.modality]!),
      bodyPart: '',
      laterality: '',
      contrastAgent: '',
      seriesDescriptions: [] as string[],
      studyDescription: '',
    };
    const words = [...parts];
    const modalityWord = random.chance(0.85) || truth.modality === 'PT&CT';
    if (modalityWord)
      words.splice(random.chance(0.8) ? 0 : words.length, 0, this.#word(language, `modality ${truth.modality}`));
    if (modalityWord && random.chance(0.08)) input.modality = random.of(['OT', 'SC']);
    if ('RLB'.includes(truth.laterality) && !plural) {
      const inText = random.chance(0.8) || (truth.modality === 'MG' && truth.laterality !== 'B');
      if (inText) words.splice(random.below(2) + words.length - 1, 0, this.#word(language, `side ${truth.laterality}`));
      if (!inText || random.chance(0.3)) input.laterality = truth.laterality;
    }
    if (truth.contrast === 'with' || truth.contrast === 'without' || truth.contrast === 'both')
      this.#sayContrast(language, truth.contrast, contrastDefined, words, input);
    if (random.chance(0.25)) words.push(this.#word(language, 'plain'));
    if (truth.modality === 'XR' && random.chance(0.4)) words.push(...this.#views(language));
    if (random.chance(0.35)) input.bodyPart = terms[truth.focus] ?? '';
    else if (random.chance(0.15)) input.bodyPart = random.of(Object.values(terms));
    input.studyDescription = this.#styled(words, language);
    return input;
  }

  #sayContrast(
    language: Language,
    contrast: string,
    defined: boolean,
    words: string[],
    input: { contrastAgent: string; seriesDescriptions: string[] },
  ): void {
    const random = this.#random;
    const agent = random.of([
      'OMNIPAQUE 350',
      'Ultravist',
      'GADAVIST',
      'Dotarem 10ml',
      'ISOVUE 300',
      '造影剤',
      'Gadolinium',
      'Visipaque',
      'Prohance',
    ]);
    if (defined && random.chance(0.7)) return;
    const inText = random.chance(0.85);
    if (inText) words.push(this.#word(language, `contrast ${contrast}`));
    if (contrast === 'without') {
      if (!inText) input.seriesDescriptions.push(`AX ${this.#word(language, 'contrast without')}`);
    } else {
      if (!inText || random.chance(0.3)) input.contrastAgent = agent;
      if (!inText && contrast === 'both') input.seriesDescriptions.push('AX PRE CONTRAST', 'AX POST CONTRAST');
    }
  }

  #views(language: Language): string[] {
    const { of, below } = {
      of: <T>(values: T[]) => this.#random.of(values),
      below: (count: number) => this.#random.below(count),
    };
    return of([
      () => [String(1 + below(4)), this.#word(language, 'views')],
      () => [this.#word(language, 'view ap'), this.#word(language, 'view lateral')],
      () => [this.#word(language, 'number 2'), this.#word(language, 'views')],
    ])();
  }

  /** Two parts under one name are written one after the other; a word for both sides only where both are meant. */
  #parts(language: Language, named: string, laterality: Laterality): string {
    const unwanted = laterality === 'none' || laterality === 'unspecified' ? this.#plurals.get(language) : undefined;
    return named
      .split(' + ')
      .map((part) => this.#part(language, part, unwanted))
      .join(' ');
  }

  #part(language: Language, focus: string, unwanted?: ReadonlySet<string>): string {
    return this.#word(language, focus === 'brain' && this.#random.chance(0.5) ? 'head' : focus, unwanted);
  }

  /** A word for both of a part: `knees`. */
  #plural(language: Language, focus: string): string | undefined {
    const both = this.#plurals.get(language)!;
    const own =
      linesOf(language)
        .find(({ concept }) => concept === focus)
        ?.words.filter((word) => both.has(word)) ?? [];
    return own.length === 0 ? undefined : this.#random.of(own);
  }

  /** A word of the language; English where it has none, and sometimes where it has. */
  #word(language: Language, concept: string, unwanted?: ReadonlySet<string>): string {
    const own = this.#words.get(language)!.get(concept);
    const words =
      own === undefined || (this.#random.chance(0.03) && language !== 'en') ? this.#words.get('en')!.get(concept) : own;
    const wanted = words?.filter((word) => !unwanted?.has(word)) ?? [];
    return wanted.length === 0 ? '' : this.#random.of(wanted);
  }

  #styled(words: readonly string[], language: Language): string {
    const random = this.#random;
    const joined = words
      .filter((word) => word !== '')
      .join(
        language === 'ja' || language === 'zh'
          ? random.of(['', '', ' '])
          : random.of([' ', ' ', ' ', ' ', '_', '-', ', ', '/']),
      );
    const slipped = random.chance(0.12) ? this.#slip(joined) : joined;
    return random.chance(0.5) ? slipped.toUpperCase() : slipped;
  }

  /** One letter left out, doubled or swapped with the next, or the end of a word cut. */
  #slip(text: string): string {
    const at = 1 + this.#random.below(Math.max(1, text.length - 2));
    return this.#random.of([
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + text[at] + text.slice(at),
      () => text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2),
      () => text.replace(/(\p{Script=Latin}{5})\p{Script=Latin}{2,}/u, '$1'),
    ])();
  }

  /** What makes a careful person ask. */
  #contradicted(row: GeneratedRow): GeneratedRow {
    const random = this.#random;
    const { input, truth, language } = row;
    const choices: (() => Partial<ProcedureInput> | undefined)[] = [
      () => {
        if (truth.laterality !== 'L' && truth.laterality !== 'R') return undefined;
        const [said, preset] = random.chance(0.5) ? ['R', 'L'] : ['L', 'R'];
        return {
          studyDescription: this.#styled(
            [
              this.#word(language, `modality ${truth.modality}`),
              this.#part(language, truth.focus),
              this.#word(language, `side ${said}`),
            ],
            language,
          ),
          laterality: preset!,
        };
      },
      () => {
        if (truth.modality !== 'CT' && truth.modality !== 'MR') return undefined;
        return {
          studyDescription: this.#styled(
            [
              this.#word(language, `modality ${truth.modality}`),
              this.#part(language, truth.focus),
              this.#word(language, 'contrast without'),
            ],
            language,
          ),
          contrastAgent: 'OMNIPAQUE',
          seriesDescriptions: ['POST CONTRAST'],
        };
      },
      () => ({
        studyDescription: this.#styled(
          [this.#word(language, `modality ${truth.modality}`), this.#word(language, 'plain')],
          language,
        ),
        bodyPart: '',
        seriesDescriptions: [],
      }),
      () => ({
        modality: 'OT',
        studyDescription: this.#styled([this.#word(language, 'plain'), this.#word(language, 'plain')], language),
        bodyPart: '',
        seriesDescriptions: [],
      }),
      () => ({
        modality: 'OT',
        studyDescription: this.#styled([this.#part(language, truth.focus)], language),
        bodyPart: '',
        seriesDescriptions: [],
        laterality: '',
      }),
    ];
    const changed = random.of(choices)();
    return changed === undefined ? row : { ...row, input: { ...input, ...changed }, ambiguous: true };
  }
}

/** Parts that the organ and the kind of examination name together: `CTA head`; or the latter alone: `DEXA`. */
const organs: Record<string, string> = {
  'axial skeleton': '',
  'intracranial vessels': 'brain',
  'neck vessels': 'neck',
  'head and neck vessels': 'brain + neck',
  'renal vessels': 'kidney',
  'leg arteries': 'lower extremity',
  'pulmonary arteries': 'chest',
  'coronary arteries': 'heart',
};

function calledBy({ focus, signs }: Examination): string {
  const saysAll = ['angio', 'tof', 'pulmonary embolus', 'calcium', 'density'].some((sign) => signs.includes(sign));
  return (saysAll ? organs[focus] : undefined) ?? focus;
}

/** A limb without its side or joint, a spine without its level. */
function vague({ modality, focus, laterality, contrast }: Decisions): boolean {
  if (focus === 'extremity') return true;
  if (focus === 'whole body') return modality === 'CT' && contrast === 'unspecified';
  if (focus === 'upper extremity' || focus === 'lower extremity')
    return modality === 'XR' || laterality === 'unspecified';
  return false;
}
