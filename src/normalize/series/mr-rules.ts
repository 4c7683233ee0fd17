// The kind of an MR image by rules, in this order of evidence: Image Type, physics, words. Numbers are in milliseconds and
// degrees; the ranges are those of clinical protocols at 1.5 and 3 tesla.

import type { FatSuppressed, MrClass, MrHeader } from './mr-header.ts';
import { afterAgent, beforeAgent, classesSaid, derivedWords, dixonParts, fatWords, textOf } from './mr-text.ts';
import { isReformat } from './plane.ts';

export interface MrProposal {
  sequenceClass: MrClass | undefined;
  byImageType: MrClass | undefined;
  byPhysics: MrClass | undefined;
  byText: MrClass | undefined;
  /** Physics tells two kinds that the text does not decide between. */
  open: boolean;
  /** What the text says and the physics cannot be. */
  contradiction: boolean;
}

export function proposeMr(header: MrHeader): MrProposal {
  const byImageType = ofImageType(header);
  const physics = ofPhysics(header);
  const text = ofText(header);
  const byPhysics = physics.kind;
  const byText = reconciled(text, physics, header);
  const contradiction = text !== undefined && byPhysics !== undefined && impossible(text, header);
  const chosen = byImageType ?? (physics.certain && !compatible(text, byPhysics) ? byPhysics : (byText ?? byPhysics));
  return {
    sequenceClass: withAgent(chosen, header),
    byImageType,
    byPhysics,
    byText,
    open: byImageType === undefined && byText === undefined && !physics.certain,
    contradiction,
  };
}

const imageTypes: [MrClass, RegExp][] = [
  ['ADC', /^(ADC|ADC_.*|EADC|ADC MAP)$/],
  ['FA', /^(FA|COLFA|FA_COLOR|FRACTIONAL.*|FRACT_ANISO.*|COLORFA|FA MAP)$/],
  ['TRACE', /^(TRACEW|TRACE|ISOTROPIC|ISO|DWI_TRACE|ISO_DWI)$/],
  ['DIXON-W', /^(WATER|W|WATER_ONLY|DIXON_WATER|WATERONLY)$/],
  ['DIXON-F', /^(FAT|F|FAT_ONLY|DIXON_FAT)$/],
  ['DIXON-IN', /^(IN_PHASE|IP|INPHASE|IN-PHASE|IN)$/],
  ['DIXON-OUT', /^(OPP_PHASE|OP|OUT_PHASE|OUTPHASE|OPPOSED_PHASE|OUT_OF_PHASE|OOP)$/],
  ['MAPPING', /^(T1 MAP|T2 MAP|T2_STAR MAP|T1_MAP|T2_MAP|T2STAR_MAP|R2STAR|R2_STAR|ECV|T1MAP|T2MAP|FAT_FRACTION|FF|PDFF|QUANT|T1|T2|R2|MAP|T1_.*MAP|T2_.*MAP)$/],
  ['ASL', /^(ASL|SUBTRACTED_ASL|CBF|PERFUSION_ASL)$/],
  ['BOLD', /^(FMRI|BOLD|MOCO_FMRI)$/],
  ['SPECTROSCOPY', /^(SPECTROSCOPY|CSI|SVS|SPEC)$/],
  ['SWI', /^(SWI|SWAN|MINIP_SWI|SWIP)$/],
  ['FIELDMAP', /^(B0|FIELDMAP|B0_MAP|FIELD_MAP|B0MAP)$/],
  ['LOCALIZER', /^(LOCALIZER|SCOUT)$/],
];

function ofImageType({ imageType, seriesDescription }: MrHeader): MrClass | undefined {
  if (isReformat(imageType)) return 'DERIVED';
  for (const value of imageType) {
    const found = imageTypes.find(([, pattern]) => pattern.test(value));
    if (found !== undefined) return found[0];
  }
  const derived = imageType[0] === 'DERIVED' && derivedWords.test(textOf(seriesDescription));
  return derived || imageType.some((value) => /^(TTP|MTT|RCBV|RCBF|RELCBV|CSA.*|PBP|GBP|SUBTRACT(ION)?|CBV|TMAX|COMPOSED|MOSAIC_MEAN|PROJECTION IMAGE|RESAMPLED)$/.test(value)) ? 'DERIVED' : undefined;
}

interface Physics {
  kind: MrClass | undefined;
  /** No other kind has such values. */
  certain: boolean;
}

const certainly = (kind: MrClass): Physics => ({ kind, certain: true });
const perhaps = (kind: MrClass | undefined): Physics => ({ kind, certain: false });

function ofPhysics(header: MrHeader): Physics {
  const { scanningSequence, imageType } = header;
  if (/DwiSE|diff|dwi/i.test(header.sequenceName) || (header.bValue ?? 0) >= 50 || imageType.includes('DIFFUSION')) return ofDiffusion(header);
  if (scanningSequence.includes('EP') || /^\*?epfid|fepi|feepi/i.test(header.sequenceName)) return ofEchoPlanar(header);
  const inversion = ofInversion(header);
  if (inversion !== undefined) return inversion;
  if (scanningSequence.includes('GR') || /^(\*?(fl|fi|tfl|tfi|fe|tf))[23]d/i.test(header.sequenceName) || /^(FE|FFE|T1TFE|TFE)/i.test(header.sequenceName)) return ofGradientEcho(header);
  return scanningSequence.includes('SE') || scanningSequence.includes('IR') ? ofSpinEcho(header) : perhaps(undefined);
}

function ofDiffusion({ bValue }: MrHeader): Physics {
  return { kind: 'DWI', certain: (bValue ?? 0) >= 50 };
}

function ofEchoPlanar({ scanningSequence, echoTimeMs: te, repetitionTimeMs: tr, contrastAgent, flipAngleDegrees: flip, sequenceVariant, imageType }: MrHeader): Physics {
  if (imageType.includes('PERFUSION')) return certainly('PERFUSION-DSC');
  if (te === undefined || tr === undefined) return perhaps('DWI');
  if (scanningSequence.includes('SE') || (te > 55 && tr > 3000)) return perhaps(te > 45 ? 'DWI' : 'BOLD');
  if (contrastAgent !== '' && tr < 2200) return perhaps('PERFUSION-DSC');
  if (te >= 18 && te <= 60) return perhaps(tr >= 1000 && (flip ?? 90) >= 50 ? (tr < 1750 && contrastAgent !== '' ? 'PERFUSION-DSC' : 'BOLD') : 'BOLD');
  return perhaps(sequenceVariant.includes('SS') ? 'T2*' : te > 60 ? 'DWI' : 'BOLD');
}

/** Inversion times null fat (STIR), fluid (FLAIR), or weight a gradient echo by T1 (MPRAGE). */
function ofInversion(header: MrHeader): Physics | undefined {
  const { inversionTimeMs: ti, echoTimeMs: te, repetitionTimeMs: tr, scanningSequence } = header;
  if (ti === undefined || ti <= 0) return undefined;
  const gradient = scanningSequence.includes('GR');
  if (gradient && (te ?? 0) < 12) return ti >= 300 ? certainly('T1') : perhaps(undefined);
  if (ti >= 80 && ti <= 300 && (tr ?? 0) >= 1500) return certainly('STIR');
  if (ti >= 1400 && (te ?? 0) >= 60) return certainly('FLAIR');
  if (ti >= 400 && ti < 1400 && (te ?? 100) <= 45) return certainly('T1');
  return undefined;
}

function ofSpinEcho({ echoTimeMs: te, repetitionTimeMs: tr, acquisitionType, bodyPart }: MrHeader): Physics {
  if (te === undefined || tr === undefined) return perhaps(undefined);
  if (te >= 400 && tr >= 1500) return perhaps(/abd|liver|leber|panc|pelv|bil|upper/i.test(bodyPart) || te >= 550 ? 'MRCP' : 'T2');
  if (te >= 58) return { kind: 'T2', certain: tr >= 1000 };
  if (te <= 35 && tr <= 1100) return { kind: 'T1', certain: te <= 25 && tr <= 950 };
  if (tr >= 1300 && te <= 50) return { kind: 'PD', certain: tr >= 1700 && te >= 8 && te <= 48 && acquisitionType !== '3D' };
  return perhaps(te > 50 ? 'T2' : tr < 1300 ? 'T1' : 'PD');
}

function ofGradientEcho(header: MrHeader): Physics {
  const { echoTimeMs: te, repetitionTimeMs: tr, flipAngleDegrees: flip, acquisitionType, sequenceVariant, scanOptions, contrastAgent, imageType, sequenceName } = header;
  if (te === undefined || tr === undefined) return perhaps(undefined);
  const volume = acquisitionType === '3D';
  if (scanOptions.some((option) => /^(PC|VENC|PHASE_CONTRAST|FLOW_ENC)/.test(option)) || /pc/i.test(sequenceName) || imageType.some((value) => /VELOCITY|^PCA$|^FLOW/.test(value))) return perhaps('PC-MRA');
  if (scanOptions.includes('TONE') || /fi[23]d|tof/i.test(sequenceName)) return perhaps('TOF-MRA');
  if (/swi|swan/i.test(sequenceName)) return certainly('SWI');
  if (sequenceVariant.includes('SS') && (flip ?? 0) >= 30 && tr < 8) return perhaps(volume ? 'T2' : 'CINE');
  if (te >= 12) return perhaps(volume && tr < 80 && te >= 16 ? 'SWI' : 'T2*');
  if (volume) {
    if (tr >= 15 && tr <= 45 && te >= 2.2 && (flip ?? 0) >= 12) return perhaps('TOF-MRA');
    if (te <= 1.9 && tr <= 5 && (flip ?? 0) >= 18 && contrastAgent !== '') return perhaps('CE-MRA');
    return perhaps('T1');
  }
  if (tr >= 15 && tr <= 40 && te >= 4 && (flip ?? 0) >= 40) return perhaps('TOF-MRA');
  if (tr <= 20 && te <= 8) return perhaps('LOCALIZER');
  if (tr >= 80 && tr <= 500 && te <= 8) return perhaps('T1');
  return perhaps(te >= 8 ? 'T2*' : 'T1');
}

function ofText(header: MrHeader): MrClass | undefined {
  return fromText(header.seriesDescription, header) ?? fromText(header.protocolName, header) ?? fromText(header.sequenceName.replace(/^\*/, ''), header, true);
}

/** Kinds that a pulse sequence's own name tells. */
const bySequenceName = new Set<MrClass>(['SWI', 'SPECTROSCOPY', 'ASL', 'BOLD', 'DTI', 'TOF-MRA', 'DWI', 'MAPPING', 'PERFUSION-DSC']);

function fromText(text: string, header: MrHeader, sequence = false): MrClass | undefined {
  const folded = textOf(text);
  if (/dixon|flex|ideal|ip op|in opp|dual ?(echo|fe)|fat water|phase/.test(folded) || header.imageType.includes('DIXON')) {
    const part = dixonParts.find(([, pattern]) => pattern.test(folded));
    if (part !== undefined && !classesSaid(text).includes('PC-MRA')) return part[0];
  }
  const said = classesSaid(text);
  const first = said[0];
  if (sequence) return first !== undefined && bySequenceName.has(first) ? first : undefined;
  if (first === 'PERFUSION-DSC' && said.includes('ASL')) return 'ASL';
  if (first === 'FA' && !/fa ?(map|color|colour)|col ?fa|fraction|dti|diff|^fa$|aniso/.test(folded)) return said[1];
  return first;
}

/** What the words can mean given the physics: `perfusion` is DCE by gradient echo, `T2` of a gradient echo is T2*. */
function reconciled(text: MrClass | undefined, physics: Physics, header: MrHeader): MrClass | undefined {
  const gradient = header.scanningSequence.includes('GR') && !header.scanningSequence.includes('EP');
  const planar = header.scanningSequence.includes('EP');
  if (text === 'PERFUSION-DSC' && gradient) return 'PERFUSION-DCE';
  if (text === 'PERFUSION-DCE' && planar) return 'PERFUSION-DSC';
  if (text === 'T2' && gradient && !header.sequenceVariant.includes('SS') && (header.echoTimeMs ?? 0) >= 8) return 'T2*';
  if (text === 'CE-MRA' && header.contrastAgent === '' && physics.kind === 'TOF-MRA') return 'TOF-MRA';
  if ((text === 'T1' || text === 'T2' || text === 'PD') && physics.certain && physics.kind !== undefined && !compatible(text, physics.kind)) return undefined;
  return text;
}

/** Kinds that a physical kind may carry as a finer name. */
const finer: Partial<Record<MrClass, readonly MrClass[]>> = {
  DWI: ['DTI', 'TRACE', 'ADC', 'FA', 'DWI', 'DERIVED'],
  BOLD: ['PERFUSION-DSC', 'ASL', 'DTI', 'DWI', 'FIELDMAP', 'T2*'],
  T1: ['T1-Gd', 'PERFUSION-DCE', 'CE-MRA', 'MAPPING', 'DIXON-W', 'DIXON-F', 'DIXON-IN', 'DIXON-OUT', 'DERIVED', 'OTHER', 'LOCALIZER', 'CINE', 'PC-MRA', 'ASL'],
  T2: ['MRCP', 'T2', 'DIXON-W', 'DIXON-F', 'DIXON-IN', 'DIXON-OUT', 'LOCALIZER', 'MAPPING', 'DERIVED', 'OTHER', 'STIR', 'SPECTROSCOPY', 'ASL'],
  PD: ['MAPPING', 'LOCALIZER', 'SPECTROSCOPY', 'ASL', 'DIXON-W', 'DIXON-F', 'DIXON-IN', 'DIXON-OUT', 'OTHER'],
  FLAIR: ['T2', 'ASL'],
  STIR: ['T2'],
  SWI: ['T2*', 'DERIVED', 'BOLD'],
};

function compatible(text: MrClass | undefined, physics: MrClass | undefined): boolean {
  if (text === undefined || physics === undefined || text === physics) return text !== undefined;
  if (physics === 'FLAIR' || physics === 'STIR') return !['T2', 'T1', 'PD', 'FLAIR', 'STIR', 'T1-Gd'].includes(text);
  return finer[physics]?.includes(text) ?? true;
}

/** The words name a weighting that the echo and repetition times exclude. */
function impossible(text: MrClass, { scanningSequence, echoTimeMs: te, repetitionTimeMs: tr, inversionTimeMs: ti }: MrHeader): boolean {
  if (te === undefined || tr === undefined) return false;
  const spin = scanningSequence.includes('SE') && !scanningSequence.includes('EP') && !scanningSequence.includes('GR');
  if (text === 'T1' || text === 'T1-Gd') return spin && te > 60 && ti === undefined;
  if (text === 'T2') return spin && (te < 40 || tr < 1000);
  if (text === 'FLAIR') return spin && ti === undefined && te < 60;
  if (text === 'PD') return spin && te > 60;
  if (text === 'T2*') return spin;
  return false;
}

function withAgent(kind: MrClass | undefined, { seriesDescription, protocolName, contrastAgent }: MrHeader): MrClass | undefined {
  if (kind !== 'T1' && kind !== 'T1-Gd') return kind;
  const text = textOf(seriesDescription);
  const signs = `${seriesDescription.toLowerCase()} ${text}`;
  if (/(^|[^a-z])pre([^a-z]|$)/.test(text) || (beforeAgent.test(signs) && !/post/.test(text))) return 'T1';
  if (/post|(^|[^a-z])(gd|gad|gado\w*|km|ce|c\+|\+c)([^a-z]|$)/.test(signs) || afterAgent.test(signs)) return 'T1-Gd';
  if (contrastAgent.trim() !== '') return 'T1-Gd';
  const protocol = textOf(protocolName);
  return kind === 'T1-Gd' || /(^|[^a-z])(post|gd|gad)([^a-z]|$)/.test(protocol) ? 'T1-Gd' : 'T1';
}

const withoutEvidence = new Set<MrClass>(['ADC', 'FA', 'ASL', 'MAPPING', 'SPECTROSCOPY', 'DERIVED', 'OTHER']);
const intrinsic = new Set<MrClass>(['STIR', 'DIXON-W', 'DWI', 'DTI', 'TRACE', 'BOLD', 'MRCP', 'PERFUSION-DSC']);
const notSuppressed = new Set<MrClass>(['DIXON-F', 'DIXON-IN', 'DIXON-OUT']);

export function fatSuppression(kind: MrClass, { scanOptions, seriesDescription, protocolName, sequenceName }: MrHeader): FatSuppressed {
  if (withoutEvidence.has(kind)) return 'unknown';
  if (notSuppressed.has(kind)) return 'n';
  if (intrinsic.has(kind)) return 'y';
  if (scanOptions.some((option) => /^(FS|FATSAT|FAT_SAT|SFS|SPIR|SPAIR|FS_GEMS|WE|WATER_EXC|PROSET|CHESS|FSS|FATSUP|DIXON_W|SPECIAL|SPECTRALLY_SELECTIVE.*)$/.test(option))) return 'y';
  if (fatWords.test(textOf(seriesDescription)) || fatWords.test(textOf(protocolName)) || /_fs|spair|spir/i.test(sequenceName)) return 'y';
  return scanOptions.length > 0 ? 'n' : 'unknown';
}
