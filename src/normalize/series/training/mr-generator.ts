// MR series to learn from: a kind is drawn, then its physics within the ranges of clinical protocols, the header values a
// vendor would write, and a description that names it, names it badly, or says nothing.

import { Random } from '../../learning/random.ts';
import type { MrClass, MrHeader } from '../mr-header.ts';

export interface GeneratedMr {
  header: MrHeader;
  truth: MrClass;
  ambiguous: boolean;
}

type Range = readonly [number, number];

interface Recipe {
  kind: MrClass;
  sequence: string;
  variant?: string;
  dimension: '2D' | '3D';
  te: Range;
  tr: Range;
  ti?: Range;
  flip: Range;
  b?: readonly number[];
  /** Values three and on of Image Type; the first two are ORIGINAL PRIMARY unless `derived`. */
  type?: readonly string[];
  derived?: true;
  agent?: true;
  names: readonly string[];
}

const recipes: readonly Recipe[] = [
  { kind: 'T1', sequence: 'SE', dimension: '2D', te: [7, 24], tr: [380, 900], flip: [70, 150], names: ['T1', 't1_tse', 'T1W SE', 'T1 SE AX', 't1_se_tra', 'T1 FSE'] },
  { kind: 'T1', sequence: 'GR', dimension: '3D', te: [2, 4.6], tr: [1600, 2400], ti: [800, 1100], flip: [7, 12], names: ['MPRAGE', 't1_mprage_sag', '3D T1 TFE', 'BRAVO', 'T1 3D'] },
  { kind: 'T1', sequence: 'GR', dimension: '3D', te: [1, 2.6], tr: [3.5, 7], flip: [9, 15], names: ['VIBE PRE', 'LAVA pre', 't1_vibe_fs_pre', 'THRIVE', 't1_vibe'] },
  { kind: 'T1', sequence: 'GR', dimension: '2D', te: [2, 6], tr: [90, 260], flip: [60, 80], names: ['T1 FLASH', 't1_fl2d_tra', 'FSPGR T1', 'T1 FFE'] },
  { kind: 'T1', sequence: 'SE\\IR', dimension: '2D', te: [7, 25], tr: [1700, 2800], ti: [650, 1150], flip: [90, 150], names: ['T1 FLAIR', 't1_tirm', 'T1 IR TSE'] },
  { kind: 'T1-Gd', sequence: 'SE', dimension: '2D', te: [7, 24], tr: [380, 900], flip: [70, 150], agent: true, names: ['T1 GD', 't1_tse_km', 'T1 POST', 'T1W +C', 'T1 C+', 't1_se_fs_gd'] },
  { kind: 'T1-Gd', sequence: 'GR', dimension: '3D', te: [2, 4.6], tr: [1600, 2400], ti: [800, 1100], flip: [7, 12], agent: true, names: ['MPRAGE POST', 'MPRAGE GD', '3D T1 GD'] },
  { kind: 'T1-Gd', sequence: 'GR', dimension: '3D', te: [1, 2.6], tr: [3.5, 7], flip: [9, 15], agent: true, names: ['VIBE POST', 'LAVA portal venous', 'THRIVE delayed', 't1_vibe_fs_post'] },
  { kind: 'T2', sequence: 'SE', variant: 'SK', dimension: '2D', te: [70, 130], tr: [2200, 6500], flip: [90, 180], names: ['T2', 't2_tse', 'T2W TSE', 'T2 FRFSE', 'T2 BLADE', 't2_tse_fs', 'SSFSE', 'HASTE'] },
  { kind: 'T2', sequence: 'SE', variant: 'SK', dimension: '3D', te: [90, 420], tr: [1200, 3500], flip: [100, 180], names: ['T2 SPACE', 'CUBE T2', '3D T2 VISTA'] },
  { kind: 'PD', sequence: 'SE', variant: 'SK', dimension: '2D', te: [10, 45], tr: [1800, 4800], flip: [90, 180], names: ['PD', 'PD FS', 'pd_tse', 'PDW', 'PROTON DENSITY', 'DP'] },
  { kind: 'FLAIR', sequence: 'IR', variant: 'SK', dimension: '2D', te: [80, 150], tr: [6000, 11000], ti: [1900, 2900], flip: [90, 180], names: ['FLAIR', 't2_flair', 'T2 FLAIR FS', 'dark fluid', 't2_tirm_dark-fluid'] },
  { kind: 'FLAIR', sequence: 'SE\\IR', variant: 'SK', dimension: '3D', te: [110, 420], tr: [4500, 8000], ti: [1500, 2400], flip: [90, 180], names: ['FLAIR 3D', 'CUBE FLAIR', 'SPACE FLAIR'] },
  { kind: 'STIR', sequence: 'SE\\IR', variant: 'SK', dimension: '2D', te: [20, 100], tr: [2500, 7500], ti: [120, 240], flip: [90, 180], names: ['STIR', 'tirm_cor', 't2_stir', 'STIR LONG TE'] },
  { kind: 'T2*', sequence: 'GR', dimension: '2D', te: [9, 30], tr: [300, 1100], flip: [12, 35], names: ['T2*', 't2_fl2d_hemo', 'GRE T2*', 'MERGE', 'medic', 'T2 FFE'] },
  { kind: 'SWI', sequence: 'GR', dimension: '3D', te: [18, 42], tr: [26, 60], flip: [10, 20], names: ['SWI', 'SWAN', 'Mag_Images', 'SWIp', 'VenBOLD'] },
  { kind: 'DWI', sequence: 'EP', dimension: '2D', te: [52, 105], tr: [2800, 9500], flip: [90, 90], b: [50, 400, 500, 800, 1000, 1400], names: ['DWI', 'ep2d_diff', 'diffusion', 'b1000', 'resolve'] },
  { kind: 'DTI', sequence: 'EP', dimension: '2D', te: [60, 105], tr: [4500, 12000], flip: [90, 90], b: [800, 1000, 2000], names: ['DTI', 'ep2d_diff_mddw_30', 'DTI 32 dir', 'tensor'] },
  { kind: 'ADC', sequence: 'EP', dimension: '2D', te: [52, 105], tr: [2800, 9500], flip: [90, 90], derived: true, type: ['ADC'], names: ['ADC', 'ep2d_diff_ADC', 'dADC', 'Apparent Diffusion Coefficient'] },
  { kind: 'TRACE', sequence: 'EP', dimension: '2D', te: [52, 105], tr: [2800, 9500], flip: [90, 90], derived: true, type: ['TRACEW'], names: ['TRACE', 'ep2d_diff_TRACEW', 'isotropic', 'DWI iso'] },
  { kind: 'FA', sequence: 'EP', dimension: '2D', te: [60, 105], tr: [4500, 12000], flip: [90, 90], derived: true, type: ['FA'], names: ['FA', 'ColFA', 'FA map', 'fractional anisotropy'] },
  { kind: 'BOLD', sequence: 'EP', dimension: '2D', te: [24, 42], tr: [1200, 3200], flip: [60, 90], names: ['BOLD', 'fMRI rest', 'ep2d_bold_moco', 'resting state'] },
  { kind: 'PERFUSION-DSC', sequence: 'EP', dimension: '2D', te: [25, 48], tr: [1000, 2100], flip: [50, 90], agent: true, names: ['perfusion', 'ep2d_perf', 'DSC', 'PWI'] },
  { kind: 'PERFUSION-DCE', sequence: 'GR', dimension: '3D', te: [0.9, 2.4], tr: [2.6, 6], flip: [9, 25], agent: true, names: ['DCE', 'dynamic', 'DISCO', 'dyn vibe', 'perfusion DCE'] },
  { kind: 'ASL', sequence: 'SE', variant: 'SK', dimension: '3D', te: [9, 22], tr: [3800, 5500], ti: [1500, 2100], flip: [110, 180], type: ['ASL'], names: ['ASL', 'pCASL', '3D ASL', 'PASL'] },
  { kind: 'TOF-MRA', sequence: 'GR', dimension: '3D', te: [2.4, 7], tr: [18, 38], flip: [15, 25], names: ['TOF', '3D TOF', 'tof_fl3d', 'MRA TOF'] },
  { kind: 'TOF-MRA', sequence: 'GR', dimension: '2D', te: [4, 9], tr: [18, 40], flip: [45, 75], names: ['2D TOF', 'TOF neck'] },
  { kind: 'PC-MRA', sequence: 'GR', dimension: '2D', te: [2.4, 7], tr: [15, 60], flip: [8, 30], names: ['PC', 'venc 150', 'flow quant', 'phase contrast', 'Q flow'] },
  { kind: 'CE-MRA', sequence: 'GR', dimension: '3D', te: [0.9, 1.8], tr: [2.4, 4.8], flip: [18, 40], agent: true, names: ['CE MRA', 'angio gd', 'TWIST', 'TRICKS', 'fl3d_ce'] },
  { kind: 'CINE', sequence: 'GR', variant: 'SS', dimension: '2D', te: [1, 1.9], tr: [2.4, 4.5], flip: [40, 80], names: ['cine', 'SAX cine', '4CH', 'tf2d_retro', 'FIESTA cine', 'LVOT'] },
  { kind: 'LOCALIZER', sequence: 'GR', dimension: '2D', te: [1.4, 7], tr: [4, 20], flip: [8, 45], names: ['localizer', 'loc', 'scout', '3-plane', 'survey', 'Localizador'] },
  { kind: 'MAPPING', sequence: 'GR', dimension: '2D', te: [1, 10], tr: [2.5, 400], flip: [5, 60], derived: true, type: ['T1 MAP'], names: ['T1 map', 'T2 map', 'MOLLI', 'ECV map', 'T2* map'] },
  { kind: 'MRCP', sequence: 'SE', variant: 'SK', dimension: '3D', te: [550, 850], tr: [1800, 6500], flip: [90, 180], names: ['MRCP', '3D MRCP', 'thick slab', 'mrcp_rad'] },
  { kind: 'MRCP', sequence: 'SE', variant: 'SK', dimension: '2D', te: [600, 1100], tr: [2000, 8000], flip: [90, 180], names: ['MRCP', 'thick slab MRCP'] },
  { kind: 'SPECTROSCOPY', sequence: 'SE', dimension: '2D', te: [28, 290], tr: [1400, 2200], flip: [90, 90], type: ['SPECTROSCOPY'], names: ['MRS', 'svs_se_30', 'csi', 'PRESS', 'spectro'] },
  { kind: 'FIELDMAP', sequence: 'GR', dimension: '2D', te: [4.5, 10], tr: [400, 800], flip: [45, 60], names: ['field map', 'gre_field_mapping', 'B0 map'] },
  { kind: 'DIXON-W', sequence: 'GR', dimension: '3D', te: [1.2, 2.8], tr: [3.6, 7], flip: [9, 15], type: ['DIXON', 'WATER'], names: ['t1_vibe_dixon_W', 'LAVA FLEX water', 'mDIXON W', 'dixon'] },
  { kind: 'DIXON-F', sequence: 'GR', dimension: '3D', te: [1.2, 2.8], tr: [3.6, 7], flip: [9, 15], type: ['DIXON', 'FAT'], names: ['t1_vibe_dixon_F', 'LAVA FLEX fat', 'mDIXON F', 'dixon'] },
  { kind: 'DIXON-IN', sequence: 'GR', dimension: '3D', te: [1.2, 4.9], tr: [3.6, 7], flip: [9, 15], type: ['DIXON', 'IN_PHASE'], names: ['t1_vibe_dixon_in', 'in phase', 'mDIXON IP', 'dixon'] },
  { kind: 'DIXON-OUT', sequence: 'GR', dimension: '3D', te: [1.2, 2.8], tr: [3.6, 7], flip: [9, 15], type: ['DIXON', 'OPP_PHASE'], names: ['t1_vibe_dixon_opp', 'out of phase', 'mDIXON OP', 'dixon'] },
  { kind: 'DERIVED', sequence: 'GR', dimension: '3D', te: [2.4, 7], tr: [3, 35], flip: [8, 25], derived: true, type: ['MIP'], names: ['MIP', 'TOF MIP', 'SUB', 'MPR cor'] },
  { kind: 'DERIVED', sequence: 'EP', dimension: '2D', te: [25, 48], tr: [1000, 2100], flip: [60, 90], derived: true, type: ['TTP'], names: ['TTP', 'rCBV', 'MTT'] },
  { kind: 'OTHER', sequence: 'GR', dimension: '2D', te: [0.8, 3], tr: [2, 12], flip: [1, 10], names: ['calibration', 'ASSET cal', 'CoilSurvey', 'RefScan'] },
];

const vendors = ['SIEMENS', 'GE MEDICAL SYSTEMS', 'Philips Medical Systems', 'TOSHIBA_MEC', 'UIH'];
const orientations = [[1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1], [0, 1, 0, 0, 0, -1], [1, 0, 0, 0, 0.95, 0.31], [0.7, 0.7, 0, 0, 0, -1]];
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
    const useless = random.chance(0.25) && (recipe.type !== undefined || !named.has(recipe.kind));
    const said = useless ? this.#useless() : this.#described(random.of(recipe.names));
    header.seriesDescription = said;
    header.protocolName = random.of([said, said, '', 'ROUTINE', 'BRAIN']);
    if (useless && recipe.type === undefined && recipe.sequence === 'GR' && recipe.dimension === '3D' && recipe.tr[1] < 8) return { header, truth: recipe.kind, ambiguous: true };
    return random.chance(0.07) ? this.#unclear(header, recipe) : { header, truth: recipe.kind, ambiguous: false };
  }

  #header({ sequence, variant, dimension, te, tr, ti, flip, b, type, derived, agent }: Recipe): MrHeader {
    const random = this.#random;
    const within = ([least, most]: Range): number => random.between(least, most);
    const options = random.of([[], ['FS'], ['SAT1'], ['PFP'], ['FAST_GEMS'], ['FC'], ['PFP', 'FS']]);
    return {
      manufacturer: random.of(vendors),
      model: '',
      seriesDescription: '',
      protocolName: '',
      sequenceName: '',
      scanningSequence: sequence.split('\\'),
      sequenceVariant: [variant ?? (sequence === 'GR' ? 'SP' : 'NONE')],
      scanOptions: options,
      imageType: [...(derived ? ['DERIVED', random.of(['PRIMARY', 'SECONDARY'])] : ['ORIGINAL', 'PRIMARY']), ...(type ?? random.of([['M', 'ND'], ['OTHER'], ['M_SE', 'M', 'SE']]))],
      acquisitionType: dimension,
      echoTimeMs: within(te),
      repetitionTimeMs: within(tr),
      inversionTimeMs: ti && within(ti),
      flipAngleDegrees: within(flip),
      bValue: b && random.of(b),
      contrastAgent: agent && random.chance(0.85) ? random.of(['GADAVIST', 'Dotarem', 'Gd', 'Magnevist']) : agent ? 'GD' : '',
      orientation: random.of(orientations),
      bodyPart: random.of(parts),
    };
  }

  #described(name: string): string {
    const random = this.#random;
    const plane = random.of(['', 'AX ', 'SAG ', 'COR ', 'tra_']);
    const text = random.chance(0.6) ? `${plane}${name}` : `${name}${random.of(['_tra', ' sag', '_cor', ' 3mm', '_p2', ' FS', ' BH', ''])}`;
    return random.chance(0.4) ? text.toUpperCase() : text;
  }

  #useless(): string {
    return `${this.#random.of(['seq_', 'scan ', 'image ', '', 'series ', 'test ', 'WIP ', 'unk ', 'knee ', 'brain '])}${this.#random.below(900)}`;
  }

  /** Physics that contradicts the name, or an export that kept neither. */
  #unclear(header: MrHeader, recipe: Recipe): GeneratedMr {
    if (this.#random.chance(0.5)) {
      const empty = { scanningSequence: this.#random.of([[], ['RM']]), sequenceVariant: [], scanOptions: [], imageType: ['DERIVED', 'SECONDARY'], echoTimeMs: undefined, repetitionTimeMs: undefined, inversionTimeMs: undefined, bValue: undefined, contrastAgent: '', seriesDescription: this.#useless(), protocolName: '' };
      return { header: { ...header, ...empty }, truth: recipe.kind, ambiguous: true };
    }
    const [te, tr, said] = this.#random.of([[10, 600, 't2_tse_tra'], [110, 4500, 'T1 SE'], [95, 4000, 'PD FS'], [12, 550, 'T2 TSE']] as const);
    const spin = { scanningSequence: ['SE'], imageType: ['ORIGINAL', 'PRIMARY', 'M'], acquisitionType: '2D', echoTimeMs: te, repetitionTimeMs: tr, inversionTimeMs: undefined, bValue: undefined, contrastAgent: '' };
    return { header: { ...header, ...spin, seriesDescription: said, protocolName: said }, truth: 'T2', ambiguous: true };
  }
}

/** Kinds that only their name or Image Type tells. */
const named = new Set<MrClass>(['DTI', 'PC-MRA', 'FIELDMAP', 'OTHER', 'DERIVED', 'MAPPING', 'LOCALIZER', 'CINE', 'T1-Gd']);
