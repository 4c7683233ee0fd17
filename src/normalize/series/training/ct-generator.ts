// CT series to learn from: a phase and a reconstruction are drawn, then the description, kernel, Image Type and agent that
// scanners and radiographers write for them.

import { Random } from '../../learning/random.ts';
import type { CtHeader, CtPhase, CtReconstruction } from '../ct-header.ts';

export interface GeneratedCt {
  header: CtHeader;
  truth: { phase: CtPhase; reconstruction: CtReconstruction };
  ambiguous: boolean;
}

const parts: readonly [string, string][] = [
  ['HEAD', 'HEAD'],
  ['CHEST', 'CHEST'],
  ['ABDOMEN', 'ABDOMEN'],
  ['ABD/PEL', 'ABDOMEN'],
  ['NECK', 'NECK'],
  ['THORAX', 'CHEST'],
  ['LIVER', 'LIVER'],
  ['KNEE', 'KNEE'],
  ['Schädel', 'HEAD'],
  ['L-SPINE', 'LSPINE'],
  ['SINUS', 'HEAD'],
];

const phases: Record<CtPhase, readonly string[]> = {
  'non-contrast': [
    'W/O',
    'wo',
    'nativ',
    'PLAIN',
    'NON CON',
    'sin contraste',
    'sans iv',
    'UNENHANCED',
    'low dose',
    'senza mdc',
    'ohne KM',
    '',
  ],
  arterial: ['ARTERIAL', 'art', 'early arterial', 'arteriell', 'arteriosa', 'late arterial', '35s'],
  'portal-venous': ['PORTAL VENOUS', 'PV', 'venous', 'portalvenös', 'VEN', 'portal', 'venosa', '70s', 'portale'],
  delayed: ['DELAYED', 'delay', 'late', 'Spät', 'excretory', 'tardif', '5 min'],
  CTA: ['CTA', 'angio', 'PE', 'Angio', 'CT ANGIO', 'CTPA', 'runoff'],
  perfusion: ['perfusion', 'CTP', 'VPCT', 'Perf'],
  unknown: [''],
};

const kernels = {
  soft: ['STANDARD', 'SOFT', 'B30f', 'B31f', 'I31f', 'H31s', 'Br40', 'B', 'C', 'FC08', 'FC13', 'Qr40', 'DETAIL'],
  bone: ['BONE', 'BONEPLUS', 'B70f', 'H60s', 'H70h', 'Br64', 'YC', 'D', 'FC30', 'EDGE', 'B60s'],
  lung: ['LUNG', 'B70f', 'B60f', 'L', 'Bl57', 'FC52', 'YA', 'B80f', 'I70f'],
} as const;

/** Pages and images that show no phase: description and Image Type. */
const withoutPhase: Record<'scout' | 'dose-report' | 'other', readonly [string, readonly string[]][]> = {
  scout: [
    ['Topogram', ['ORIGINAL', 'PRIMARY', 'LOCALIZER']],
    ['SCOUT', ['ORIGINAL', 'PRIMARY', 'LOCALIZER']],
    ['Surview', ['ORIGINAL', 'PRIMARY', 'LOCALIZER']],
  ],
  'dose-report': [
    ['Dose Report', ['DERIVED', 'SECONDARY', 'SCREEN SAVE']],
    ['Patient Protocol', ['DERIVED', 'SECONDARY', 'OTHER', 'CT_SOM5 PROT']],
    ['Dose Info', ['DERIVED', 'SECONDARY', 'DOSE_INFO']],
  ],
  other: [
    ['SMART PREP', ['ORIGINAL', 'PRIMARY', 'AXIAL']],
    ['PreMonitoring', ['ORIGINAL', 'PRIMARY', 'AXIAL']],
    ['Bolus tracking', ['ORIGINAL', 'PRIMARY', 'AXIAL']],
    ['SCREEN SAVE', ['DERIVED', 'SECONDARY', 'SCREEN SAVE']],
  ],
};

export class CtGenerator {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  row(): GeneratedCt {
    const random = this.#random;
    const special = random.weighted({ none: 75, scout: 6, 'dose-report': 5, other: 6, mip: 4, '3d': 4, mpr: 10 });
    if (special === 'scout' || special === 'dose-report' || special === 'other') return this.#withoutPhase(special);
    const phase = random.weighted({
      'non-contrast': 45,
      arterial: 10,
      'portal-venous': 18,
      delayed: 8,
      CTA: 14,
      perfusion: 2,
    });
    const [said, preset] = random.of(phase === 'CTA' ? parts.slice(0, 6) : parts);
    const chest = preset === 'CHEST';
    const reconstruction: CtReconstruction =
      special !== 'none'
        ? special
        : phase === 'non-contrast' && random.chance(0.4)
          ? chest
            ? 'lung'
            : 'bone'
          : 'soft';
    const header = this.#header(said, preset, phase, reconstruction);
    return random.chance(0.1)
      ? this.#unclear(header, { phase, reconstruction }, said)
      : { header, truth: { phase, reconstruction }, ambiguous: false };
  }

  #header(said: string, preset: string, phase: CtPhase, reconstruction: CtReconstruction): CtHeader {
    const random = this.#random;
    const words = [said, random.of(phases[phase]), ...this.#reconstructionWords(reconstruction)].filter(
      (word) => word !== '',
    );
    const enhanced = phase !== 'non-contrast';
    const family = reconstruction === 'bone' || reconstruction === 'lung' ? reconstruction : 'soft';
    return {
      manufacturer: random.of(['SIEMENS', 'GE MEDICAL SYSTEMS', 'Philips', 'TOSHIBA']),
      model: '',
      seriesDescription:
        `${words.join(random.of([' ', ' ', '_', '  ']))} ${random.of(['', '5.0', '3mm', '1.25', '0.75'])}`.trim(),
      kernel: random.of(kernels[family]),
      sliceThicknessMm: random.of([0.6, 1, 1.25, 2, 3, 5]),
      imageType: this.#imageType(reconstruction),
      contrastAgent:
        enhanced && random.chance(0.6)
          ? random.of(['OMNIPAQUE', 'IV', 'ISOVUE 370', 'Ultravist 300', 'Visipaque'])
          : '',
      tubeVoltageKv: random.of([100, 120]),
      exposureMas: Math.round(random.between(20, 400)),
      bodyPart: random.chance(0.7) ? preset : '',
    };
  }

  #reconstructionWords(reconstruction: CtReconstruction): string[] {
    const random = this.#random;
    const words: Partial<Record<CtReconstruction, readonly string[]>> = {
      bone: ['BONE', 'Knochen', '', '', 'hueso'],
      lung: ['LUNG', 'Lunge', '', 'HR', 'poumon'],
      mpr: ['COR', 'SAG', 'MPR', 'coronal', 'Sag MPR'],
      mip: ['MIP', 'MIP COR', 'THICK MIP'],
      '3d': ['VRT', '3D', 'Volume Rendering'],
    };
    const choice = words[reconstruction];
    return choice === undefined ? [] : [random.of(choice)];
  }

  #imageType(reconstruction: CtReconstruction): string[] {
    const random = this.#random;
    switch (reconstruction) {
      case 'mpr':
        return random.of([
          ['DERIVED', 'SECONDARY', 'MPR'],
          ['DERIVED', 'SECONDARY', 'REFORMATTED', 'AVERAGE'],
          ['ORIGINAL', 'PRIMARY', 'MPR'],
        ]);
      case 'mip':
        return ['DERIVED', 'SECONDARY', 'MIP'];
      case '3d':
        return random.of([
          ['DERIVED', 'SECONDARY', 'VRT'],
          ['DERIVED', 'SECONDARY', 'VOLREN'],
        ]);
      default:
        return random.of([
          ['ORIGINAL', 'PRIMARY', 'AXIAL'],
          ['ORIGINAL', 'PRIMARY', 'AXIAL', 'HELIX'],
          ['ORIGINAL', 'PRIMARY', 'AXIAL', 'CT_SOM5 SPI'],
        ]);
    }
  }

  #withoutPhase(reconstruction: 'scout' | 'dose-report' | 'other'): GeneratedCt {
    const random = this.#random;
    const [said, preset] = random.of(parts);
    const header = this.#header(said, preset, 'non-contrast', 'soft');
    const [description, imageType] = random.of(withoutPhase[reconstruction]);
    return {
      header: { ...header, seriesDescription: description, imageType, contrastAgent: '' },
      truth: { phase: 'unknown', reconstruction },
      ambiguous: false,
    };
  }

  /** Contrast without timing, or a number for a name. */
  #unclear(header: CtHeader, truth: GeneratedCt['truth'], said: string): GeneratedCt {
    const random = this.#random;
    const changed = random.chance(0.6)
      ? {
          seriesDescription: `${said} ${random.of(['C+', 'POST', 'W', 'mit KM', 'con contraste', 'CONTRAST', 'iv', 'enhanced'])}`,
          contrastAgent: random.of(['', 'IV', 'OMNIPAQUE']),
        }
      : { seriesDescription: String(random.below(900)), contrastAgent: random.of(['', 'IV']) };
    return { header: { ...header, ...changed }, truth, ambiguous: true };
  }
}
