// Rows of hospitals that nothing was learned from: other words by language (held-out-words.ts), other orders of words,
// order codes, misspellings, and headers that contradict.

import { Random } from '../../learning/random.ts';
import { bodyParts } from '../anatomy.ts';
import type { Contrast, Laterality } from '../procedure.ts';
import type { GeneratedRow } from '../training/generator.ts';
import type { Language } from '../vocabulary/index.ts';
import { heldOutWords } from './held-out-words.ts';

/** Parts examined by each modality. */
const partsBy: Record<string, readonly string[]> = Object.fromEntries(
  `
CT: brain, brain, chest, chest, abdomen, abdomen and pelvis, abdomen and pelvis, chest\\, abdomen and pelvis, cervical spine, lumbar spine, thoracic spine, knee, shoulder, hip, wrist, ankle, foot, elbow, pelvis, neck, paranasal sinuses, orbit, temporal bone, kidney, liver, femur, lower leg
MR: brain, brain, brain, cervical spine, lumbar spine, lumbar spine, thoracic spine, knee, knee, shoulder, hip, wrist, ankle, foot, hand, elbow, pelvis, neck, orbit, liver, prostate, sella, breast, sacroiliac joints, lower leg, forearm, abdomen
XR: chest, chest, chest, abdomen, cervical spine, lumbar spine, thoracic spine, knee, shoulder, hip, wrist, ankle, foot, hand, elbow, pelvis, paranasal sinuses, femur, lower leg, forearm, finger, toe, clavicle, sacroiliac joints
US: abdomen, abdomen, kidney, liver, thyroid, breast, neck, shoulder, bladder, scrotum, prostate
MG: breast`
    .trim()
    .split('\n')
    .map((line) => {
      const [modality, parts] = line.split(': ') as [string, string];
      return [modality, parts.split(/(?<!\\), /).map((part) => part.replace('\\', ''))];
    }),
);

const headers: Record<string, readonly string[]> = {
  CT: ['CT'],
  MR: ['MR'],
  XR: ['CR', 'DX', 'DR'],
  US: ['US'],
  MG: ['MG'],
};
const presets = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'KNEE',
  'SPINE',
  'EXTREMITY',
  'PELVIS',
  'OTHER',
  'Kopf',
  'THORAX',
  'SHOULDER',
];
const agents = [
  'Iomeron 350',
  'XENETIX 300',
  'Clariscan',
  'OPTIRAY',
  'Iopamiro 370',
  'イオパミロン',
  '碘海醇',
  'Gadovist 1.0',
];

export class HeldOutRows {
  readonly #random: Random;
  readonly #words: ReadonlyMap<Language, ReadonlyMap<string, readonly string[]>>;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#words = new Map(Object.entries(heldOutWords).map(([name, text]) => [name as Language, read(text)]));
  }

  row(language: Language = this.#random.of([...this.#words.keys()])): GeneratedRow {
    const random = this.#random;
    const modality = random.weighted({ CT: 30, MR: 30, XR: 24, US: 12, MG: 4 });
    const focus = random.of(partsBy[modality]!);
    const laterality = this.#side(modality, focus);
    const contrast: Contrast =
      modality === 'CT' || modality === 'MR'
        ? random.weighted({ with: 3, without: 3, both: 2, unspecified: 3 })
        : 'none';
    const isSided = 'RLB'.includes(laterality);
    const inHeader = isSided && laterality !== 'B' && random.chance(0.12);
    const said = isSided && !inHeader ? this.#word(language, `side ${laterality}`) : '';
    const contradicts = (laterality === 'L' || laterality === 'R') && !inHeader && random.chance(0.04);
    const enhanced = contrast === 'with' || contrast === 'both' || contrast === 'without';
    const text = this.#written(language, {
      modality: random.chance(0.9) ? this.#word(language, `modality ${modality}`) : '',
      part: this.#word(language, focus),
      side: said,
      contrast: enhanced ? this.#word(language, `contrast ${contrast}`) : '',
      plain: random.chance(0.2) ? this.#word(language, 'plain') : '',
    });
    return {
      input: {
        modality: random.of(headers[modality]!),
        bodyPart: random.chance(0.2) ? random.of(presets) : '',
        laterality: contradicts ? (laterality === 'L' ? 'R' : 'L') : inHeader ? laterality : '',
        studyDescription: random.chance(0.08) ? this.#misspelt(text) : text,
        seriesDescriptions: [],
        contrastAgent: (contrast === 'with' || contrast === 'both') && random.chance(0.2) ? random.of(agents) : '',
      },
      truth: { modality, focus, laterality, contrast, interventional: false },
      ambiguous: contradicts,
      language,
    };
  }

  #side(modality: string, focus: string): Laterality {
    if (modality === 'MG') return this.#random.weighted({ B: 5, L: 2, R: 2 });
    if (focus === 'breast') return this.#random.weighted({ B: 5, L: 2, R: 2 });
    if (!bodyParts.get(focus)!.paired) return 'none';
    return this.#random.weighted({ R: 10, L: 10, B: 3, unspecified: 2 });
  }

  /** In the orders that hospitals of the language write in. */
  #written(language: Language, said: Record<'modality' | 'part' | 'side' | 'contrast' | 'plain', string>): string {
    const random = this.#random;
    const { modality, part, side, contrast, plain } = said;
    const orders = /^(ja|zh|ko|tr)$/.test(language)
      ? [
          [side, part, modality, contrast, plain],
          [modality, side, part, contrast, plain],
          [part, side, contrast, modality, plain],
        ]
      : [
          [modality, part, side, contrast, plain],
          [modality, side, part, contrast, plain],
          [part, side, modality, contrast, plain],
          [modality, plain, part, side, contrast],
        ];
    const tight = language === 'ja' || language === 'zh';
    const joined = random
      .of(orders)
      .filter((word) => word !== '')
      .join(tight && random.chance(0.7) ? '' : random.weighted({ ' ': 8, _: 1, ' - ': 1 }));
    const text = joined.replace(
      /(?<=[A-Za-z])(?=CT|MR|US|X-|DR|MMG)|(?<=CT|MRI?|US|X-P|DR|MMG|CE)(?=[A-Za-z])/g,
      tight ? ' ' : '',
    );
    return random.weighted({ upper: 4, as: 6 }) === 'upper' ? text.toUpperCase() : text;
  }

  #word(language: Language, concept: string): string {
    const words = this.#words.get(language)!.get(concept);
    return this.#random.of(words!);
  }

  /** Two letters swapped, one twice, or one left out, inside a longer word. */
  #misspelt(text: string): string {
    const words = text.split(' ');
    const at = words.findIndex((word) => /^\p{Script=Latin}{7,}$/u.test(word));
    if (at < 0) return text;
    const [word, from] = [words[at]!, 2 + this.#random.below(words[at]!.length - 4)];
    words[at] = this.#random.of([
      `${word.slice(0, from)}${word[from + 1]}${word[from]}${word.slice(from + 2)}`,
      `${word.slice(0, from)}${word[from]}${word.slice(from)}`,
      `${word.slice(0, from)}${word.slice(from + 1)}`,
    ]);
    return words.join(' ');
  }
}

function read(text: string): Map<string, string[]> {
  const lines = text.trim().split('\n');
  return new Map(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [
        line.slice(0, at),
        line
          .slice(at + 1)
          .split(',')
          .map((word) => word.trim()),
      ];
    }),
  );
}
