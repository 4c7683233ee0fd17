// The phase and the reconstruction of a CT series by rules: Image Type first, then the words of the description, the kernel
// and the agent. Sharp kernels mean bone, in the chest lung.

import { bodyParts } from '../procedures/anatomy.ts';
import type { Evidence } from '../procedures/evidence.ts';
import { evidenceOf } from '../procedures/evidence.ts';
import { focusOf } from '../procedures/focus.ts';
import type { Lexicon } from '../procedures/lexicon.ts';
import type { CtHeader, CtPhase, CtReconstruction } from './ct-header.ts';
import { type Sharpness, sharpnessOf } from './ct-kernel.ts';
import { textOf } from './mr-text.ts';

export interface CtProposal {
  phase: CtPhase;
  reconstruction: CtReconstruction;
  region: string;
  /** Contrast was given and nothing says when it was imaged. */
  timingOpen: boolean;
  /** The words say one thing and the agent or kernel another. */
  contradiction: boolean;
  /** Neither a word nor an agent tells phase, part or reconstruction. */
  nothingSaid: boolean;
  /** Nothing said what part it shows. */
  noRegion: boolean;
  saidPhase: CtPhase | undefined;
  saidReconstruction: CtReconstruction | undefined;
  kernel: Sharpness | undefined;
}

const phaseWords: [CtPhase, RegExp][] = [
  [
    'perfusion',
    /(^|[^a-z])(perf\w*|ctp|vpct|tbp|cbf|cbv|mtt|ttp|tmax|dynamic ?eye|neuro ?vpct)([^a-z]|$)|灌流|灌注|관류/,
  ],
  [
    'delayed',
    /(^|[^a-z])(delay\w*|dela|late|excret\w*|spät\w*|spaet\w*|tardi\w*|nephrographic ?late|uro\w* ?phase|ausscheid\w*|excretion|équilibre|equilib\w*|eliminaci[oó]n|eliminação|excretora|urografi\w*|sp[aä]tphase|laat|laatfase|utsöndring\w*|sen fas|3 ?min|5 ?min|10 ?min|15 ?min|\d+ ?min|opóźnion\w*|geç|gec faz|venös spät)([^a-z]|$)|遅延|平衡|排泄|延迟|延時|지연|배설|延迟期|後期相/,
  ],
  [
    'portal-venous',
    /(^|[^a-z])(portal\w*|pv|ven|venous|venös\w*|venoes\w*|venoso|venosa|veineux|veineuse|portal ?venous|porto\w*|pvp|hepatic ?phase|veneus|venøs|pvenös|venózní|żyln\w*|wrotn\w*|portalfas|venfas|ven[oö]z|portale|parenchym\w*|nephro\w*|portoven\w*|venöse|pven|pv ?phase|nefrogr\w*)([^a-z]|$)|門脈|门脉|静脈相|静脉期|門靜脈|문맥|정맥기/,
  ],
  [
    'CTA',
    /(^|[^a-z])(cta|ctangio|angio\w*|ctpa|pe|pulm(onary)? ?angio\w*|run ?off|cow|carot\w*|aorta|aortic|coron\w*|ccta|pulmonalis\w*|lae|embol\w*|tep|ep|tavi|dissection|willis|heart|cardiac|bestdiast|best ?phase|best ?syst|calc ?coronar|aneurysm\w*|circle|angioct|ctca|anjiyo\w*|lungemboli|supraaort\w*|tsa|carotid\w*|vessels?|gefäße?)([^a-z]|$)|アンギオ|血管|动脉造影|冠脉|冠動脈|대동맥|혈관/,
  ],
  [
    'arterial',
    /(^|[^a-z])(art\w*|arterial\w*|arteriel\w*|early|früh\w*|frueh\w*|précoce|precoce|late ?arterial|hap|cortico\w*|arteriell|artériel|tętnicz\w*|pancreatic ?phase|arter\w*|tepenn\w*)([^a-z]|$)|動脈相|动脉期|早期|동맥기|動脈/,
  ],
  [
    'non-contrast',
    /(^|[^a-z])(w ?o|wo|without|non ?con(trast)?|noncon|nc|unenh\w*|plain|native?|nativ\w*|ncct|pre|precontrast|ohne|sans|sin|sem|senza|blanco|uten|uden|utan|bez|s c|basal|simple|non ?enhanced|c-|ld|low ?dose|stone|kub|calcium|ca ?score|ca ?sc|kontrastsız|smart ?score|scoring|cascore|hrct|diretta|no ?contrast|non ?iv|o km|screening|lung ?screen)([^a-z]|$)|単純|平扫|平掃|单纯|비조영|造影前/,
  ],
];

const withWords =
  /(^|[^a-z])(w|with|c\+|\+c|km|contrast\w*|contraste|enh\w*|post|ce|iv|kontrast\w*|mdc|mit|avec|con|com|inj\w*|\+ ?iv|kontrastlı|med|cect|i ?v ?c)([^a-z]|$)|造影|增强|増強|조영/;

/** Reconstructions that are told by Image Type. */
const imageTypes: [CtReconstruction, RegExp][] = [
  ['scout', /^(LOCALIZER|SCOUT|.*TOPO.*|CT_SOM\d TOP|SURVEY|SCANOGRAM)$/],
  ['dose-report', /^(DOSE.*|.* PROT|PATIENT PROTOCOL|CT_SOM\d PROT|RADIATION.*)$/],
  ['mip', /^(MIP|MAXIMUM.*|THICK MIP|CSA MIP|MIP THIN|PROJECTION IMAGE MIP)$/],
  [
    'other',
    /^(MINIP|MIN IP|MINIMUM.*|PERFUSION|COLOR.*|CBF|CBV|MTT|TTP|TMAX|MONITORING|BOLUS.*|SMARTPREP|PREP|SCREEN ?SAVE?|CT_SOM\d MON|.* MON|CAPTURE|CSA BLACK IMAGE|BLACK IMAGE)$/,
  ],
  ['3d', /^(VRT|VOLUME.*|VR|CSA 3D|SSD|3D|.*_3D|THREED|3D_RENDER\w*|VOLREN.*|SURFACE.*)$/],
  [
    'mpr',
    /^(MPR|REFORMATTED|CSA MPR|CSAPARALLEL|CURVED|CPR|MULTIPLANAR|CSA PARALLEL|PARALLEL|MPR .*|MULTI_PLANAR|CSAMANIPULATED.*)$/,
  ],
];

const reconstructionWords: [CtReconstruction, RegExp][] = [
  [
    'dose-report',
    /(^|[^a-z])(dose ?(report|info\w*|page|summary|record|sheet|protocol)|dose$|patient protocol|protocol page|dlp|exam summary|dosis\w*|ctdi\w*|rdsr|dosage|dosisprotokoll|dosisrapport)([^a-z]|$)|線量|剂量报告|선량/,
  ],
  [
    'scout',
    /(^|[^a-z])(scout\w*|topo\w*|surview|survey|scano\w*|localizer|localiz\w*|loc|surv|scanogram\w*|übersicht|pilot)([^a-z]|$)|スカウト|定位像|정위/,
  ],
  [
    'other',
    /(^|[^a-z])(bolus\w*|premon\w*|monitor\w*|smart ?prep|min ?ip|minip|track\w*|sure ?start|screen ?sav\w*|care ?bolus|prep|test ?bolus|mon|locator|i ?control|cbf|cbv|mtt|ttp|tmax|colou?r|summary|screen|testbolus|timing|realprep|roi|contrast timing|fusion|rapid)([^a-z]|$)|ボーラス|监测/,
  ],
  ['3d', /(^|[^a-z])(vrt?|3d|volume ?rend\w*|ssd|vr\w*|3d ?\w*|volren\w*|rendered|surface)([^a-z]|$)|三维|立体|三維/],
  ['mip', /(^|[^a-z])(mips?|mip\w*|cmip|tmip)([^a-z]|$)/],
  [
    'mpr',
    /(^|[^a-z])(mpr\w*|cor|coronal|sag|sagittal|reformat\w*|cpr|curved|kor|koronar|sagital|coronale|sagittale|frontal|obl|oblique|mpr ?\w*|cor\d*|sag\d*|recon ?cor|coron|sagit\w*|coronaal|sagitaal|frontale)([^a-z]|$)|冠状|矢状|관상면|시상/,
  ],
  [
    'lung',
    /(^|[^a-z])(lung\w*|lunge\w*|pulm\w* window|poumons?|parench\w*|pulmón|pulmon\w*|pulmão|polmon\w*|long|longen|hrct|hr|hi ?res|lungor|płuc\w*|akciğer|plic\w*|pulmo|lungenfenster|lungs|high ?res\w*)([^a-z]|$)|肺野|肺窗|肺条件|폐/,
  ],
  [
    'bone',
    /(^|[^a-z])(bone\w*|knochen\w*|os|hueso\w*|osso|osseo|óseo|ossea|bot|ben|skelett|kost\w*|kemik|kości|osseux|fenêtre osseuse|knochenfenster|skel|boneplus|ossi|inner ear|kostn\w*|óssea|osseuse)([^a-z]|$)|骨条件|骨窗|骨|뼈/,
  ],
];

export function proposeCt(header: CtHeader, lexicon: Lexicon): CtProposal {
  const evidence = evidenceOf(
    {
      modality: 'CT',
      bodyPart: header.bodyPart,
      laterality: '',
      studyDescription: header.seriesDescription.replace(/\ba\/p\b/i, 'abdomen pelvis'),
      seriesDescriptions: [],
      contrastAgent: '',
    },
    lexicon,
  );
  // `LeberArt`
  const text = textOf(header.seriesDescription.replace(/(?<!^Pre)(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})/gu, ' '));
  const kernel = sharpnessOf(header);
  const region = regionOf(evidence);
  const saidReconstruction = reconstructionWords.find(([, pattern]) => pattern.test(text))?.[0];
  const reconstruction = reconstructionOf(header, saidReconstruction, kernel, region);
  const saidPhase = phaseSaid(text, header.seriesDescription.toLowerCase());
  const enhanced = header.contrastAgent.trim() !== '' && !/^(no|none|oral|water)/i.test(header.contrastAgent.trim());
  const phase = phaseOf(saidPhase, enhanced, text, reconstruction);
  return {
    ...phase,
    reconstruction,
    region,
    contradiction: saidPhase === 'non-contrast' && enhanced && !withWords.test(text),
    noRegion: region === '',
    nothingSaid:
      saidPhase === undefined &&
      saidReconstruction === undefined &&
      evidence.study.parts.length === 0 &&
      header.imageType[0] === 'ORIGINAL',
    saidPhase,
    saidReconstruction,
    kernel,
  };
}

function phaseSaid(text: string, raw: string): CtPhase | undefined {
  const said = phaseWords.filter(([, pattern]) => pattern.test(text) || pattern.test(raw)).map(([phase]) => phase);
  if (
    said.includes('non-contrast') &&
    said.length > 1 &&
    /(^|[^a-z])(w ?o|pre|nativ\w*|without|non ?con\w*|ohne|sans|unenh\w*)([^a-z]|$)/.test(text)
  )
    return 'non-contrast';
  const seconds = Number(/(?:^|[^\d.])(\d{2,3}) ?s(?:ec)?(?:[^a-z]|$)/.exec(raw)?.[1]);
  if (said.length === 0 && seconds > 0) return secondsAfter(seconds);
  // `CTA late`, `angio venous`: the timing of organs beats the vessels only where it says more.
  if (said.includes('CTA') && said.includes('arterial')) return 'CTA';
  return said[0];
}

/** Seconds after the injection began. */
const secondsAfter = (seconds: number): CtPhase =>
  seconds <= 48 ? 'arterial' : seconds <= 110 ? 'portal-venous' : 'delayed';

/** Without an agent and without a word for one, nothing was given. */
function phaseOf(
  said: CtPhase | undefined,
  enhanced: boolean,
  text: string,
  reconstruction: CtReconstruction,
): { phase: CtPhase; timingOpen: boolean } {
  if (reconstruction === 'scout' || reconstruction === 'dose-report') return { phase: 'unknown', timingOpen: false };
  if (said !== undefined) return { phase: said, timingOpen: false };
  // Bolus tracking and screen saves have no phase; minimum intensities and maps have that of their source.
  if (reconstruction === 'other' && !/min ?ip|colou?r|map/.test(text)) return { phase: 'unknown', timingOpen: false };
  if (enhanced || withWords.test(text)) return { phase: 'portal-venous', timingOpen: true };
  return { phase: 'non-contrast', timingOpen: false };
}

function reconstructionOf(
  { imageType, seriesDescription }: CtHeader,
  said: CtReconstruction | undefined,
  kernel: Sharpness | undefined,
  region: string,
): CtReconstruction {
  for (const [name, pattern] of imageTypes) {
    if (imageType.slice(2).some((value) => pattern.test(value))) {
      if (name === 'other' && said === 'dose-report') return 'dose-report';
      // Thick slabs and minimum intensities are filed as reformats.
      return name === 'mpr' && (said === 'mip' || said === '3d' || /min ?ip/i.test(seriesDescription))
        ? said === 'mip' || said === '3d'
          ? said
          : 'other'
        : name === 'mip' && /min ?ip/i.test(seriesDescription)
          ? 'other'
          : name;
    }
  }
  if (said === 'dose-report' || said === 'scout' || said === 'other' || said === 'mip' || said === '3d') return said;
  if (said === 'mpr' && imageType[0] !== 'ORIGINAL') return 'mpr';
  if (kernel === 'sharp' || kernel === 'lung') {
    if (said === 'bone' || said === 'lung') return said;
    return kernel === 'lung' || region === 'CHEST' ? 'lung' : 'bone';
  }
  if (kernel === undefined && (said === 'bone' || said === 'lung' || said === 'mpr')) return said;
  return kernel === undefined && imageType[0] === 'DERIVED' && imageType[1] === 'SECONDARY' ? 'other' : 'soft';
}

/** The description beats Body Part Examined; windows (`lung`, `bone`) name no part unless nothing else does. */
function regionOf({ study, header }: Evidence): string {
  const parts = study.parts.filter((part) => part !== 'lung' && part !== 'skeleton');
  const signs = new Set([...study.signs]);
  const name = focusOf(parts, signs, 'CT').name;
  const said = bodyParts.get(name)!.region;
  const preset = focusOf(header.parts, new Set(), 'CT').name;
  if (
    signs.has('runoff') &&
    !parts.some((part) => part.includes('aorta') && part !== 'abdominal aorta and leg arteries')
  )
    return 'LOWER EXTREMITY';
  if (name === 'aorta' && bodyParts.get(preset)!.region === 'ABDOMEN') return 'ABDOMEN';
  if (said !== '') return ofCt(name, said);
  if (bodyParts.get(preset)!.region !== '') return ofCt(preset, bodyParts.get(preset)!.region);
  return study.parts.includes('lung') || study.signs.has('pulmonary embolus') || study.signs.has('high resolution')
    ? 'CHEST'
    : '';
}

/** The face by CT is the head. */
const ofCt = (focus: string, region: string): string =>
  region === 'FACE' || region === 'SKULL' ? 'HEAD' : focus === 'aorta' ? 'CHEST' : region;
