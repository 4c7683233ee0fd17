// What descriptions, protocol and sequence names say of an MR series: vendors' names of sequences and the words of
// radiographers, each pattern with the kind of image it means.

import type { MrClass } from './mr-header.ts';

/** Words that are told apart from letters beside them by `_`, digits and signs. */
const word = (pattern: string): RegExp => new RegExp(`(?:^|[^a-z])(?:${pattern})(?![a-z])`);
const part = (pattern: string): RegExp => new RegExp(pattern);

const classWords: [MrClass, RegExp][] = [
  [
    'LOCALIZER',
    word(
      'loc|localizer|localiser|locator|localisateur|localizador|localizzatore|lokali[sz]er|scout|scouts|survey|3 ?plane|3 ?pl|three plane|topogram|aahead ?scout|aascout|plan ?scan|planning|pilot|repérage|reperage|uebersicht|übersicht|scano|localis',
    ),
  ],
  ['LOCALIZER', part('定位|localiz|localis|survey|smartbrain|scout|ロケータ|位置決め')],
  [
    'OTHER',
    word(
      'calibration|asset ?cal|asset calibration|cal|coilsurvey|ref ?scan|reference scan|prescan|shim|sense ?ref|calib|b1 ?map|b1|speeder ?map|arc ?cal|noise|phantom|screen ?save|report|coil ?sens',
    ),
  ],
  ['ADC', word('adc|adc ?map|dadc|eadc|apparent diffusion( coefficient)?|ivim ?adc')],
  ['FA', word('fa|fa ?map|colfa|fractional aniso|fractional anisotropy|color fa|fa ?color|dti fa|dfa')],
  ['TRACE', word('trace|tracew|trace ?w|isotropic|iso ?dwi|isodwi|dwi ?iso|tracewg|combined ?dwi|avdc|trw')],
  [
    'DTI',
    word('dti|tensor|dti\\d+|\\d+ ?dir|\\d+dirs?|directions|mddw|hardi|tractography|noddi|traktographie|difftensor'),
  ],
  ['ASL', word('asl|pcasl|pasl|pulsar|3dasl|spin label(l)?ing|arterial spin|cbf|tgse ?asl|pcasl\\d*')],
  ['SWI', word('ven ?bold|venous ?bold')],
  [
    'BOLD',
    word(
      'bold|fmri|resting|rest ?state|rsfmri|rs ?fmri|finger ?tapping|motor task|task|functional|restingstate|motor|language task|ep2d ?bold|irmf',
    ),
  ],
  [
    'PERFUSION-DSC',
    word('dsc|perf|perfusion|pwi|ep2d ?perf|bolus ?track|bolus ?perf|perf ?dsc|perfusie|perfusione|rcbv|perf\\d*'),
  ],
  ['CE-MRA', word('twist ?ce|ce ?twist|tricks ?\\w*|twist ?angio|mra ?dyn|angio ?dyn')],
  [
    'PERFUSION-DCE',
    word(
      'dce|dyn|dynamic|dynamisch|twist ?dyn|dynamique|dinamico|dyna|ktrans|permeability|multiphase|vibrant|dynava|dynamik|thrive ?dyn|4d ?thrive|disco|multi ?arterial|dynam',
    ),
  ],
  [
    'SWI',
    word(
      'swi|swan|swip|venobold|susceptibility|suscept|swi images|mag images|pha images|fsbb|swap|qsm|swi ?\\w*|swan\\w*|mip images\\(sw\\)|susc',
    ),
  ],
  [
    'TOF-MRA',
    word(
      'tof|3dtof|2dtof|tof ?3d|tof ?\\w*|time of flight|inflow|in flow|mra ?tof|tof ?mra|fl3d ?ra|3di ?mc|3d ?inflow|willis',
    ),
  ],
  [
    'PC-MRA',
    word(
      'pc|phase ?contrast|pca|venc|venc\\d+|pc ?mra|flow ?quant|qflow|q ?flow|pc ?mrv|velocity|pcmra|flow through|thru ?plane|4d ?flow|qf|throughplane|pc3d|3dpc|2dpc|flusso|flussmessung|fluss',
    ),
  ],
  [
    'CE-MRA',
    word(
      'ce ?mra|cemra|care ?bolus|twist|tricks|angio ?ce|ce ?angio|mra ?ce|angio ?dyn|bolus ?chase|fl3d ?ce|runoff|cmra|mra ?\\+ ?c|tws|mobiview|time ?resolved|tra?cks|4d ?trak|angio ?gd|mra gd|freeze ?frame',
    ),
  ],
  [
    'MRCP',
    word('mrcp|thick ?slab|radial ?mrcp|3d ?mrcp|mrcp\\w*|cholangio|space ?mrcp|galle|cprm|colangio|bili ?irm|cpre'),
  ],
  [
    'SPECTROSCOPY',
    word(
      'mrs|svs|csi|press|steam|spectro|spectroscopy|single ?voxel|probe ?p|probe|spektro\\w*|spettro\\w*|espectro\\w*|svs ?se|3dcsi|2dcsi|naa|hise',
    ),
  ],
  [
    'MAPPING',
    word(
      't1 ?map\\w*|t2 ?map\\w*|t2\\* ?map\\w*|molli|shmolli|ecv|mapping|t1rho|cartigram|mapit|quantification|sasha|t2star ?map|r2\\* ?map|r2 ?star|ideal ?iq|fat ?fraction|pdff|synthetic|magic|mdixon ?quant|t1 ?moco|myomaps|t2 ?prep ?map|t1 ?cal',
    ),
  ],
  ['FIELDMAP', word('fieldmap|field ?map|b0 ?map|gre ?field\\w*|b0|field ?mapping|fm|gre field mapping|topup|b0map')],
  [
    'CINE',
    word(
      'cine|kine|trufi ?cine|bssfp ?cine|fiesta ?cine|btfe|cine ?\\w*|b ?tfe ?bh|retro|4ch|2ch|3ch|sax|lvot|short axis|kino|cin[eé]|tf2d\\d*|trufi ?retro|fcard|rvot|bffe|bh ?cine|realtime',
    ),
  ],
  [
    'FLAIR',
    word(
      'flair|tirm ?dark|dark ?fluid|t2 ?flair|tirm ?tra ?dark|da ?fl|dark ?fl|t2w ?flair|vista ?flair|cube ?flair|flair\\w*|space ?flair|darkfluid|dark ?fl\\w*|fluid ?att',
    ),
  ],
  ['STIR', word('stir|tirm|stir\\w*|t2 ?tirm|short ?tau|fast ?stir|stir ?lte|turbo ?stir')],
  [
    'T1-Gd',
    word(
      't1 ?\\w* ?(gd|gad|c\\+|\\+c|post|km|ce|mdc|contrast|kontrast)|t1gd|t1 ?c|t1w ?gd|t1 ?ce|mprage ?gd|spgr ?c|bravo ?c|vibe ?post|bravo ?post|mprage ?post|post ?t1',
    ),
  ],
  [
    'T2*',
    word(
      't2\\*|t2star|t2 ?star|t2s|hemo|heme|fl2d ?hemo|merge|medic|t2 ?ffe|gre ?t2|mgre|t2 ?gre|gre ?hemo|blood|t2w ?ffe|fl2d ?t2|blut|t2\\*\\w*|me2d|me3d|mffe|mpgr|fe ?t2|hämo|haemo|t2w ?gre',
    ),
  ],
  [
    'PD',
    word(
      'pd|pdw|proton|dens|pd ?\\w*|proton ?density|dp|densit\\w*|pdfs|protonendichte|pd ?tse|dens ?prot|protondichtheid|rho',
    ),
  ],
  [
    'T1',
    word(
      't1|t1w|t1wi|mprage|mp ?rage|spgr|bravo|vibe|lava|thrive|t1 ?\\w*|fspgr|starvibe|mp2rage|tfl3d|ethrive|3d ?t1|ir ?spgr|quick ?3d|t1fs|flash ?t1|tfe ?t1|dual ?echo ?t1|t1tse|t1se|ir ?fspgr|t1ffe|t1vibe|fame|tigre|t1space',
    ),
  ],
  [
    'T2',
    word(
      't2|t2w|t2wi|haste|ssfse|frfse|blade ?t2|propeller ?t2|t2 ?\\w*|space ?t2|cube ?t2|ciss|fiesta ?c|drive|ssh|sshtse|t2tse|fase|t2fs|t2spair|t2haste|ssh ?tse|3d ?t2|t2space|t2blade|t2prop|trufi|fiesta|sstse|t2drive|true ?fisp|vista|t2 ?tse|true ?ssfp|balanced|btfe|b ?tfe',
    ),
  ],
  [
    'DWI',
    word(
      'dwi|diff|diffusion|ep2d ?diff|resolve|b\\d{2,4}|dw|dwibs|epi ?diff|difusion|diffusione|diffusie|difusão|dwi\\w*|rs ?epi|focus ?dwi|zoomit ?diff|diff\\w*|seepi ?dwi|tracew ?b|ssdwi|difuzyon|dyfuzja|diffusjon|dwi\\d*',
    ),
  ],
];

export const derivedWords = word(
  'mip|mpr|minip|subtraction|sub|subs|subtracted|reformat|ttp|mtt|cbv|rcbv|rcbf|pbp|gbp|relcbv|processed|fused|fusion|overlay|stitched|composed|wash ?in|wash ?out|pei|color|colour|recon|vrt|screenshot|tmax|pjn|collapsed|mean ?curve|compos\\w*|results?',
);

/** `pre` beats the agent of the whole exam. */
export const beforeAgent =
  /(^|[^a-z])(pre|native?|nativ[oa]?|plain|before|avant|ohne|without|non ?con(trast)?|sans|sin|sem|senza|unenh\w*|c-|blanco|voor|wo)([^a-z]|$)|平扫|単純|单纯/;
export const afterAgent =
  /(^|[^a-z])(post|gd|gad\w*|c\+|\+c|\+ c|km|ce|mdc|contrast|kontrast\w*|nach|apres|après|dopo|con|mit|tras|pos|inj\w*|dotarem|late|venous|arterial|portal|delayed|delay|enh\w*|\+ ?gd|na)([^a-z]|$)|造影|增强|増強|조영/;
export const fatWords =
  /(^|[^a-z])(fs|fat ?sat\w*|fatsat|spair|spir|fat ?supp\w*|chess|we|proset|special|water ?exc\w*|watex|fatsup|stir|tirm(?!.*dark)|sf|fsat|mfs|aspir|fetts\w*|satur\w* gras\w*|fat ?-? ?sat|sgrasa|spectair|we ?ffe|wfs|vibe ?fs|lava ?flex water|dfs|q ?fat ?sat|qfs|enh ?fs|enhanced fat|water|fat ?free|fatfree|t[12]w?fs|pdw?fs|fettgesättigt|saturation|suppression)(?![a-z])|脂肪抑制|压脂|抑脂|지방억제|脂抑/;
export const dixonParts: [MrClass, RegExp][] = [
  [
    'DIXON-W',
    /(^|[^a-z])(w|water|wasser|wat|h2o|wo)$|dixon.{0,12}(_w|[^a-z]water|[^a-z]w)([^a-z]|$)|(^|[^a-z])water( ?:|\b)|水/,
  ],
  ['DIXON-F', /(^|[^a-z])(f|fat|fett)$|dixon.{0,12}(_f|[^a-z]fat|[^a-z]f)([^a-z]|$)|^fat|(^|[^a-z])fat( ?:)/],
  ['DIXON-IN', /(^|[^a-z])(in|ip|inphase|in ?phase|in-phase)([^a-z]|$)|同相/],
  [
    'DIXON-OUT',
    /(^|[^a-z])(opp|op|out|oop|outphase|opp ?phase|out ?phase|opposed\w*|out-of-phase|out of phase|outofphase)([^a-z]|$)|反相/,
  ],
];

/** All kinds a text names, the most telling first. */
export function classesSaid(text: string): MrClass[] {
  const folded = textOf(text);
  return [...new Set(classWords.filter(([, pattern]) => pattern.test(folded)).map(([name]) => name))];
}

export const textOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[_\-./]+/g, ' ')
    .trim();
