// MR series to learn from: a kind is drawn, then its physics within the ranges of clinical protocols, the header values a
// vendor would write, and a description that names it, names it badly, or says nothing.

import { Random } from '../../learning/random.ts';
import type { MrClass, MrHeader } from '../mr-header.ts';
import { type Range, type Recipe, recipes } from './mr-recipes.ts';

export interface GeneratedMr {
  header: MrHeader;
  truth: MrClass;
  ambiguous: boolean;
}

const vendors = ['SIEMENS', 'GE MEDICAL SYSTEMS', 'Philips Medical Systems', 'TOSHIBA_MEC', 'UIH'];
const orientations = [
  [1, 0, 0, 0, 1, 0],
  [1, 0, 0, 0, 0, -1],
  [0, 1, 0, 0, 0, -1],
  [1, 0, 0, 0, 0.95, 0.31],
  [0.7, 0.7, 0, 0, 0, -1],
];
const parts = ['BRAIN', 'HEAD', 'KNEE', 'ABDOMEN', 'LIVER', 'SPINE', 'PELVIS', 'CHEST', ''];

export class MrGenerator {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  row(): GeneratedMr {
    const random = this.#random;
    const recipe = random.of(recipes);
    const header = this.#header(recipe);
    // Maps and kinds that physics does not tell need their name or type.
    const useless = random.chance(0.25) && (recipe.type.length > 0 || !named.has(recipe.kind));
    const said = useless ? this.#useless() : this.#described(random.of(recipe.names));
    header.seriesDescription = said;
    header.protocolName = random.of([said, said, '', 'ROUTINE', 'BRAIN']);
    if (useless && isFastVolume(recipe)) return { header, truth: recipe.kind, ambiguous: true };
    return random.chance(0.07) ? this.#unclear(header, recipe) : { header, truth: recipe.kind, ambiguous: false };
  }

  #header(recipe: Recipe): MrHeader {
    const random = this.#random;
    const within = ([least, most]: Range): number => random.between(least, most);
    const { inversionTimeMs: inversion, bValues, type, derived, agent } = recipe;
    return {
      manufacturer: random.of(vendors),
      model: '',
      seriesDescription: '',
      protocolName: '',
      sequenceName: '',
      scanningSequence: recipe.scanningSequence,
      sequenceVariant: recipe.sequenceVariant.split('\\'),
      scanOptions: random.of([[], ['FS'], ['SAT1'], ['PFP'], ['FAST_GEMS'], ['FC'], ['PFP', 'FS']]),
      imageType: [
        ...(derived ? ['DERIVED', random.of(['PRIMARY', 'SECONDARY'])] : ['ORIGINAL', 'PRIMARY']),
        ...(type.length > 0 ? type : random.of([['M', 'ND'], ['OTHER'], ['M_SE', 'M', 'SE']])),
      ],
      acquisitionType: recipe.dimension,
      echoTimeMs: within(recipe.echoTimeMs),
      repetitionTimeMs: within(recipe.repetitionTimeMs),
      inversionTimeMs: inversion && within(inversion),
      flipAngleDegrees: within(recipe.flipAngleDegrees),
      bValue: bValues.length > 0 ? random.of(bValues) : undefined,
      contrastAgent: agent ? random.of(['GADAVIST', 'Dotarem', 'Gd', 'Magnevist', 'MULTIHANCE 15ML']) : '',
      orientation: random.of(orientations),
      bodyPart: random.of(parts),
    };
  }

  #described(name: string): string {
    const random = this.#random;
    const plane = random.of(['', 'AX ', 'SAG ', 'COR ', 'tra_']);
    const text = random.chance(0.6)
      ? `${plane}${name}`
      : `${name}${random.of(['_tra', ' sag', '_cor', ' 3mm', '_p2', ' FS', ' BH', ''])}`;
    return random.chance(0.4) ? text.toUpperCase() : text;
  }

  #useless(): string {
    return `${this.#random.of(['seq_', 'scan ', 'image ', '', 'series ', 'test ', 'WIP ', 'unk ', 'knee ', 'brain '])}${this.#random.below(900)}`;
  }

  /** Physics that contradicts the name, or an export that kept neither. */
  #unclear(header: MrHeader, recipe: Recipe): GeneratedMr {
    if (this.#random.chance(0.5)) {
      const empty = {
        scanningSequence: this.#random.of([[], ['RM']]),
        sequenceVariant: [],
        scanOptions: [],
        imageType: ['DERIVED', 'SECONDARY'],
        echoTimeMs: undefined,
        repetitionTimeMs: undefined,
        inversionTimeMs: undefined,
        bValue: undefined,
        contrastAgent: '',
        seriesDescription: this.#useless(),
        protocolName: '',
      };
      return { header: { ...header, ...empty }, truth: recipe.kind, ambiguous: true };
    }
    const [te, tr, said] = this.#random.of([
      [10, 600, 't2_tse_tra'],
      [110, 4500, 'T1 SE'],
      [95, 4000, 'PD FS'],
      [12, 550, 'T2 TSE'],
    ] as const);
    const spin = {
      scanningSequence: ['SE'],
      imageType: ['ORIGINAL', 'PRIMARY', 'M'],
      acquisitionType: '2D',
      echoTimeMs: te,
      repetitionTimeMs: tr,
      inversionTimeMs: undefined,
      bValue: undefined,
      contrastAgent: '',
    };
    return {
      header: { ...header, ...spin, seriesDescription: said, protocolName: said },
      truth: 'T2',
      ambiguous: true,
    };
  }
}

/** Fast gradient echoes of a volume are of many kinds: nothing but their name tells which. */
const isFastVolume = ({ type, scanningSequence, dimension, repetitionTimeMs }: Recipe): boolean =>
  type.length === 0 && scanningSequence.includes('GR') && dimension === '3D' && repetitionTimeMs[1] <= 7;

/** Kinds that only their name or Image Type tells. */
const named = new Set<MrClass>([
  'DTI',
  'PC-MRA',
  'FIELDMAP',
  'OTHER',
  'DERIVED',
  'MAPPING',
  'LOCALIZER',
  'CINE',
  'T1-Gd',
]);
