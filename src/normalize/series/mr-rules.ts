// The kind of an MR image by rules, in this order of evidence: Image Type, physics, words. Numbers are in milliseconds and
// degrees; the ranges are those of clinical protocols at 1.5 and 3 tesla.

import type { FatSuppressed, MrClass, MrHeader } from './mr-header.ts';
import { ofPhysics, type Physics } from './mr-physics.ts';
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
  [
    'MAPPING',
    /^(T1 MAP|T2 MAP|T2_STAR MAP|T1_MAP|T2_MAP|T2STAR_MAP|R2STAR|R2_STAR|ECV|T1MAP|T2MAP|FAT_FRACTION|FF|PDFF|QUANT|T1|T2|R2|MAP|T1_.*MAP|T2_.*MAP)$/,
  ],
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
  return derived ||
    imageType.some((value) =>
      /^(TTP|MTT|RCBV|RCBF|RELCBV|CSA.*|PBP|GBP|SUBTRACT(ION)?|CBV|TMAX|COMPOSED|MOSAIC_MEAN|PROJECTION IMAGE|RESAMPLED)$/.test(
        value,
      ),
    )
    ? 'DERIVED'
    : undefined;
}

function ofText(header: MrHeader): MrClass | undefined {
  return (
    fromText(header.seriesDescription, header) ??
    fromText(header.protocolName, header) ??
    fromText(header.sequenceName.replace(/^\*/, ''), header, true)
  );
}

/** Kinds that a pulse sequence's own name tells. */
const bySequenceName = new Set<MrClass>([
  'SWI',
  'SPECTROSCOPY',
  'ASL',
  'BOLD',
  'DTI',
  'TOF-MRA',
  'DWI',
  'MAPPING',
  'PERFUSION-DSC',
]);

function fromText(text: string, header: MrHeader, sequence = false): MrClass | undefined {
  const folded = textOf(text);
  if (
    /dixon|flex|ideal|ip op|in opp|dual ?(echo|fe)|fat water|phase/.test(folded) ||
    header.imageType.includes('DIXON')
  ) {
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
  if (text === 'T2' && gradient && !header.sequenceVariant.includes('SS') && (header.echoTimeMs ?? 0) >= 8)
    return 'T2*';
  if (text === 'CE-MRA' && header.contrastAgent === '' && physics.kind === 'TOF-MRA') return 'TOF-MRA';
  if (
    (text === 'T1' || text === 'T2' || text === 'PD') &&
    physics.certain &&
    physics.kind !== undefined &&
    !compatible(text, physics.kind)
  )
    return undefined;
  return text;
}

/** Kinds that a physical kind may carry as a finer name. */
const finer: Partial<Record<MrClass, readonly MrClass[]>> = {
  DWI: ['DTI', 'TRACE', 'ADC', 'FA', 'DWI', 'DERIVED'],
  BOLD: ['PERFUSION-DSC', 'ASL', 'DTI', 'DWI', 'FIELDMAP', 'T2*'],
  T1: [
    'T1-Gd',
    'PERFUSION-DCE',
    'CE-MRA',
    'MAPPING',
    'DIXON-W',
    'DIXON-F',
    'DIXON-IN',
    'DIXON-OUT',
    'DERIVED',
    'OTHER',
    'LOCALIZER',
    'CINE',
    'PC-MRA',
    'ASL',
  ],
  T2: [
    'MRCP',
    'T2',
    'DIXON-W',
    'DIXON-F',
    'DIXON-IN',
    'DIXON-OUT',
    'LOCALIZER',
    'MAPPING',
    'DERIVED',
    'OTHER',
    'STIR',
    'SPECTROSCOPY',
    'ASL',
  ],
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
function impossible(
  text: MrClass,
  { scanningSequence, echoTimeMs: te, repetitionTimeMs: tr, inversionTimeMs: ti }: MrHeader,
): boolean {
  if (te === undefined || tr === undefined) return false;
  const spin = scanningSequence.includes('SE') && !scanningSequence.includes('EP') && !scanningSequence.includes('GR');
  if (text === 'T1' || text === 'T1-Gd') return spin && te > 60 && ti === undefined;
  if (text === 'T2') return spin && (te < 40 || tr < 1000);
  if (text === 'FLAIR') return spin && ti === undefined && te < 60;
  if (text === 'PD') return spin && te > 60;
  if (text === 'T2*') return spin;
  return false;
}

function withAgent(
  kind: MrClass | undefined,
  { seriesDescription, protocolName, contrastAgent }: MrHeader,
): MrClass | undefined {
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

export function fatSuppression(
  kind: MrClass,
  { scanOptions, seriesDescription, protocolName, sequenceName }: MrHeader,
): FatSuppressed {
  if (withoutEvidence.has(kind)) return 'unknown';
  if (notSuppressed.has(kind)) return 'n';
  if (intrinsic.has(kind)) return 'y';
  if (
    scanOptions.some((option) =>
      /^(FS|FATSAT|FAT_SAT|SFS|SPIR|SPAIR|FS_GEMS|WE|WATER_EXC|PROSET|CHESS|FSS|FATSUP|DIXON_W|SPECIAL|SPECTRALLY_SELECTIVE.*)$/.test(
        option,
      ),
    )
  )
    return 'y';
  if (
    fatWords.test(textOf(seriesDescription)) ||
    fatWords.test(textOf(protocolName)) ||
    /_fs|spair|spir/i.test(sequenceName)
  )
    return 'y';
  return scanOptions.length > 0 ? 'n' : 'unknown';
}
