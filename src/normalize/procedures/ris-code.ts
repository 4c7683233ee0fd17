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

/** Abbreviations of parts: the words they stand for, then the abbreviations. */
const parts = new Map(
  `
head: head hd he hea
brain: brai brain brn
skull: skul skull
sinus: sinu sinus
facial: face faci facb fac
orbit: orbi orbit orb
neck: neck nec nk
chest: ches chest chst che thor thx
abdomen: abdo abd abdom
pelvis: pelv pel pelvi
abdomen pelvis: abpe abdpel abpel abdp abpelv apel abdope
chest abdomen pelvis: chap cap chabpe cabpe tap chabp
cervical spine: cerv cspn cspi cspine csp spce spic cesp
thoracic spine: tspn tspi thsp tspine tsp spth spit dors
lumbar spine: lspn lspi lumb lspine lsp splu lusp spil lssp lsspn
whole spine: spin spwh whsp
shoulder: shou sho shld shl shoul
elbow: elbo elb elbow
wrist: wris wri wrist wrst
hand: hand han hnd
finger: fing fin
thumb: thum thu
hip: hip
hips: hips
femur: femu fem femur
knee: knee kne kn
ankle: ankl ank ankle
foot: foot foo ft
toe: toe
toes: toes
tibia fibula: tibf tibfi tib tifi tif
forearm: fore for rdul raul
humerus: hume hum
clavicle: clav cla
scapula: scap sca
scaphoid: scaph scpd
calcaneus: calc cal
renal: renal rena ren kidn kid
liver: live liv
pancreas: panc
prostate: pros prost
testes: test
scrotum: scro
thyroid: thyr thy
breast: brea bre breas
carotid: caro
cardiac: card
heart: hear
coronary: coro cor
ctpa: pulm ctpa ctpe
iams: iams iam
iac: iac
pituitary: pitu pit
tmj: tmj
temporal bone: temp
si joint: sij sijt sijo
ribs: ribs rib
sternum: ster
mandible: mand man
nasal bones: nasb nasal
bone: bone boneb
kub: kub
urinary tract: urin
colon: coln colon colo
enterography: enter
barium swallow: basw swal
barium meal: bame
barium enema: baen
mrcp: mrcp
obstetric: obst
pregnancy: preg
dvt: dvt
aorta: aort aor
whole body: wbod wb
scoliosis: scol
`
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [words, codes] = line.split(': ') as [string, string];
      return codes.split(' ').map((code) => [code, words] as const);
    }),
);

const ends: Record<string, string> = {
  '': '',
  r: 'right',
  l: 'left',
  b: 'bilateral',
  rt: 'right',
  lt: 'left',
  bi: 'bilateral',
  w: 'with contrast',
  wo: 'without contrast',
  wwo: 'w wo contrast',
  wc: 'with contrast',
  c: 'with contrast',
  nc: 'without contrast',
  woc: 'without contrast',
  both: 'bilateral',
  n: '',
  e: '',
  t: '',
  s: '',
  a: '',
  y: '',
  m: '',
  g: '',
  d: '',
};

const limits = { letters: 14 };

/** The words that a code stands for; undefined when it is none. */
export function codeWord(word: string): string[] | undefined {
  if (word.length < 4 || word.length > limits.letters) return undefined;
  for (const [letters, modality] of modalities) {
    if (!word.startsWith(letters)) continue;
    for (let end = word.length; end > letters.length + 1; end--) {
      const part = parts.get(word.slice(letters.length, end));
      const rest = ends[word.slice(end)];
      if (part !== undefined && rest !== undefined) return `${modality} ${part} ${rest}`.trim().split(' ');
    }
  }
  return undefined;
}
