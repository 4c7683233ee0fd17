// Order codes that are a modality, a part of the body and a side in one word: XKNER, CHEAD, MLSPN, UABDO, CTABDPELW.

/** Letters that begin a code, as words of the vocabulary. */
const modalities: [string, string][] = [
  ['ct', 'ct'],
  ['mr', 'mri'],
  ['us', 'ultrasound'],
  ['xr', 'xray'],
  ['nm', 'nm'],
  ['mg', 'mammogram'],
  ['fl', 'fluoro'],
  ['x', 'xray'],
  ['c', 'ct'],
  ['m', 'mri'],
  ['u', 'ultrasound'],
  ['n', 'nm'],
  ['f', 'fluoro'],
  ['p', 'pet'],
  ['i', 'interventional'],
];

const parts: Record<string, string> = {
  head: 'head', hd: 'head', brai: 'brain', brain: 'brain', brn: 'brain', skul: 'skull', skull: 'skull', sinu: 'sinus', sinus: 'sinus',
  face: 'facial', faci: 'facial', facb: 'facial', fac: 'facial', orbi: 'orbit', orbit: 'orbit', orb: 'orbit', neck: 'neck', nec: 'neck', nk: 'neck', ches: 'chest', chest: 'chest', chst: 'chest',
  che: 'chest', thor: 'chest', thx: 'chest', abdo: 'abdomen', abd: 'abdomen', abdom: 'abdomen', pelv: 'pelvis', pel: 'pelvis', pelvi: 'pelvis',
  abpe: 'abdomen pelvis', abdpel: 'abdomen pelvis', abpel: 'abdomen pelvis', abdp: 'abdomen pelvis', abpelv: 'abdomen pelvis', apel: 'abdomen pelvis', abdope: 'abdomen pelvis',
  chap: 'chest abdomen pelvis', cap: 'chest abdomen pelvis', chabpe: 'chest abdomen pelvis', cabpe: 'chest abdomen pelvis', tap: 'chest abdomen pelvis', chabp: 'chest abdomen pelvis',
  cerv: 'cervical spine', cspn: 'cervical spine', cspi: 'cervical spine', cspine: 'cervical spine', csp: 'cervical spine', spce: 'cervical spine', spic: 'cervical spine', cesp: 'cervical spine',
  tspn: 'thoracic spine', tspi: 'thoracic spine', thsp: 'thoracic spine', tspine: 'thoracic spine', tsp: 'thoracic spine', spth: 'thoracic spine', spit: 'thoracic spine', dors: 'thoracic spine',
  lspn: 'lumbar spine', lspi: 'lumbar spine', lumb: 'lumbar spine', lspine: 'lumbar spine', lsp: 'lumbar spine', splu: 'lumbar spine', lusp: 'lumbar spine', spil: 'lumbar spine', lssp: 'lumbar spine', lsspn: 'lumbar spine',
  spin: 'whole spine', spwh: 'whole spine', whsp: 'whole spine', shou: 'shoulder', sho: 'shoulder', shld: 'shoulder', shl: 'shoulder', shoul: 'shoulder', elbo: 'elbow', elb: 'elbow', elbow: 'elbow', wris: 'wrist',
  wri: 'wrist', wrist: 'wrist', wrst: 'wrist', hand: 'hand', han: 'hand', hnd: 'hand', fing: 'finger', fin: 'finger', thum: 'thumb', thu: 'thumb', hip: 'hip', hips: 'hips',
  femu: 'femur', fem: 'femur', femur: 'femur', knee: 'knee', kne: 'knee', kn: 'knee', ankl: 'ankle', ank: 'ankle', ankle: 'ankle', foot: 'foot', foo: 'foot', ft: 'foot',
  toe: 'toe', toes: 'toes', tibf: 'tibia fibula', tibfi: 'tibia fibula', tib: 'tibia fibula', tifi: 'tibia fibula', tif: 'tibia fibula', fore: 'forearm', for: 'forearm', rdul: 'forearm', raul: 'forearm', hume: 'humerus', hum: 'humerus', clav: 'clavicle', cla: 'clavicle', scap: 'scapula', sca: 'scapula', scaph: 'scaphoid', scpd: 'scaphoid',
  calc: 'calcaneus', cal: 'calcaneus', renal: 'renal', rena: 'renal', ren: 'renal', kidn: 'renal', kid: 'renal', live: 'liver', liv: 'liver', panc: 'pancreas', pros: 'prostate', prost: 'prostate', test: 'testes', scro: 'scrotum', thyr: 'thyroid', thy: 'thyroid',
  brea: 'breast', bre: 'breast', breas: 'breast', caro: 'carotid', card: 'cardiac', hear: 'heart', coro: 'coronary', cor: 'coronary', pulm: 'ctpa', ctpa: 'ctpa', ctpe: 'ctpa', iams: 'iams', iam: 'iams', iac: 'iac', pitu: 'pituitary', pit: 'pituitary', tmj: 'tmj', temp: 'temporal bone',
  sij: 'si joint', sijt: 'si joint', sijo: 'si joint', ribs: 'ribs', rib: 'ribs', ster: 'sternum', mand: 'mandible', man: 'mandible', nasb: 'nasal bones', nasal: 'nasal bones', bone: 'bone', boneb: 'bone', kub: 'kub', urin: 'urinary tract', coln: 'colon', colon: 'colon', colo: 'colon', enter: 'enterography',
  basw: 'barium swallow', bame: 'barium meal', baen: 'barium enema', swal: 'barium swallow', mrcp: 'mrcp', obst: 'obstetric', preg: 'pregnancy', dvt: 'dvt', aort: 'aorta', aor: 'aorta', wbod: 'whole body', wb: 'whole body', scol: 'scoliosis',
};

const ends: Record<string, string> = {
  '': '', r: 'right', l: 'left', b: 'bilateral', rt: 'right', lt: 'left', bi: 'bilateral', w: 'with contrast', wo: 'without contrast', wwo: 'w wo contrast', wc: 'with contrast', c: 'with contrast', nc: 'without contrast', woc: 'without contrast', both: 'bilateral', n: '', e: '', t: '', s: '', a: '', y: '', m: '', g: '', d: '',
};

const limits = { letters: 14 };

/** The words that a code stands for; undefined when it is none. */
export function codeWord(word: string): string[] | undefined {
  if (word.length < 4 || word.length > limits.letters) return undefined;
  for (const [letters, modality] of modalities) {
    if (!word.startsWith(letters)) continue;
    for (let end = word.length; end > letters.length + 1; end--) {
      const part = parts[word.slice(letters.length, end)];
      const rest = ends[word.slice(end)];
      if (part !== undefined && rest !== undefined) return `${modality} ${part} ${rest}`.trim().split(' ');
    }
  }
  return undefined;
}
