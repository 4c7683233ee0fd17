// Reports as they are written, in six languages, with an error put into some of them: which check must say so is known.

import type { Language } from '../lexicon/language.ts';
import type { ReportContent, Subject } from '../report-content.ts';
import type { ReportFacts } from '../report-facts.ts';
import { contentOf, withoutPriors } from './facts.ts';

/** Seeded, so that a failure is found again (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface GeneratedReport {
  content: ReportContent;
  facts: ReportFacts;
  subject: Subject;
  /** The check that must find it; absent: nothing is wrong. */
  wrong?: string;
}

interface Words {
  /** Sentences that no check has anything to say of, many of them near to what one would. */
  harmless: readonly string[];
  /** About the examined knee; `#` is its side. */
  knee: readonly string[];
  left: string;
  right: string;
  impression: (sentence: string) => string;
  critical: readonly string[];
  organOfMen: readonly string[];
  organOfWomen: readonly string[];
  unitless: readonly string[];
  change: readonly string[];
}

const same = (sentence: string) => sentence;

const words: Readonly<Record<Language, Words>> = {
  en: {
    harmless: [
      'No pneumothorax or pleural effusion.',
      'There is no evidence of acute infarct, hemorrhage or midline shift.',
      'Pulmonary embolism has been excluded.',
      'The liver measures 15 cm in length.',
      'Two lesions, the largest 12 x 9 mm.',
      'Both kidneys are of normal size.',
      'Grade 2 change at L4/5, 3 levels involved.',
      'History of pneumothorax, resolved.',
      'Without free air or free fluid.',
      'Mean density 45 HU.',
      'Aortic dissection is ruled out.',
      'Slice thickness 0.6 mm.',
    ],
    knee: [
      'Tear of the medial meniscus of the # knee.',
      'The # knee shows a small effusion.',
      '# knee: cartilage loss of 4 mm.',
    ],
    left: 'left',
    right: 'right',
    impression: same,
    critical: [
      'Large apical pneumothorax.',
      'Acute subdural hematoma.',
      'A pulmonary embolism cannot be excluded.',
      'Free air below the diaphragm.',
    ],
    organOfMen: ['The prostate is enlarged.', 'Seminal vesicles are symmetric.'],
    organOfWomen: ['The uterus is anteverted.', 'Ovarian cyst of 3 cm.'],
    unitless: ['A nodule measuring 12 in the liver.', 'Mass of 3 x 4 in the spleen.', 'Cyst of 900 mm.'],
    change: ['The nodule is unchanged.', 'Lesion increased in size.'],
  },
  de: {
    harmless: [
      'Kein Pneumothorax, kein Erguss.',
      'Keine Blutung, keine frische Ischämie, keine Mittellinienverlagerung.',
      'Eine Lungenembolie ist ausgeschlossen.',
      'Leber 15 cm, homogen.',
      'Rundherd 12 x 9 mm.',
      'Beide Nieren normal groß.',
      'Ohne freie Luft oder freie Flüssigkeit.',
      'Kein Hinweis auf eine Aortendissektion.',
      'Zwei Läsionen in Segment 7.',
      'Schichtdicke 0,6 mm.',
    ],
    knee: [
      'Innenmeniskusriss im #n Knie.',
      'Das # Knie zeigt einen kleinen Erguss.',
      'Im #n Knie Knorpelschaden von 4 mm.',
    ],
    left: 'linke',
    right: 'rechte',
    impression: same,
    critical: [
      'Spannungspneumothorax.',
      'Akutes subdurales Hämatom.',
      'Eine Lungenembolie ist nicht ausgeschlossen.',
      'Freie Luft subphrenisch.',
    ],
    organOfMen: ['Die Prostata ist vergrößert.', 'Samenblasen symmetrisch.'],
    organOfWomen: ['Uterus anteflektiert.', 'Ovarialzyste von 3 cm.'],
    unitless: ['Rundherd, misst 12 im Oberlappen.', 'Raumforderung von 3 x 4 in der Milz.', 'Zyste von 900 mm.'],
    change: ['Der Herd ist unverändert.', 'Größenprogrediente Läsion.'],
  },
  fr: {
    harmless: [
      "Pas de pneumothorax ni d'épanchement.",
      "Absence d'hémorragie intracrânienne.",
      'Embolie pulmonaire éliminée.',
      'Foie de 15 cm, homogène.',
      'Nodule de 12 x 9 mm.',
      'Reins de taille normale.',
      'Sans air libre.',
      "Pas d'argument pour une dissection aortique.",
      'Deux lésions du segment 7.',
    ],
    knee: [
      'Déchirure du ménisque du genou #.',
      'Petit épanchement du genou #.',
      'Genou # : perte de cartilage de 4 mm.',
    ],
    left: 'gauche',
    right: 'droit',
    impression: same,
    critical: [
      'Pneumothorax complet.',
      'Embolie pulmonaire proximale.',
      'Dissection aortique de type A.',
      "Présence d'air libre.",
    ],
    organOfMen: ['Prostate augmentée de volume.', 'Testicules symétriques.'],
    organOfWomen: ['Utérus antéversé.', 'Kyste ovarien de 3 cm.'],
    unitless: ['Nodule qui mesure 12 au lobe supérieur.', 'Masse de 3 x 4 de la rate.', 'Kyste de 900 mm.'],
    change: ['Nodule inchangé.', 'Lésion stable.'],
  },
  es: {
    harmless: [
      'Sin neumotórax ni derrame.',
      'No se observa hemorragia intracraneal.',
      'Se descarta; sin signos de embolia pulmonar.',
      'Hígado de 15 cm, homogéneo.',
      'Nódulo de 12 x 9 mm.',
      'Riñones de tamaño normal.',
      'Ausencia de aire libre.',
      'Dos lesiones en el segmento 7.',
    ],
    knee: [
      'Rotura del menisco de la rodilla #.',
      'Derrame en la rodilla #.',
      'Rodilla #: pérdida de cartílago de 4 mm.',
    ],
    left: 'izquierda',
    right: 'derecha',
    impression: same,
    critical: [
      'Neumotórax a tensión.',
      'Hematoma subdural agudo.',
      'Disección aórtica tipo A.',
      'Aire libre subdiafragmático.',
    ],
    organOfMen: ['Próstata aumentada de tamaño.', 'Vesículas seminales simétricas.'],
    organOfWomen: ['Útero en anteversión.', 'Quiste del ovario de 3 cm.'],
    unitless: ['Nódulo que mide 12 en el lóbulo.', 'Masa de 3 x 4 en el bazo.', 'Quiste de 900 mm.'],
    change: ['Nódulo sin cambios.', 'La lesión ha aumentado.'],
  },
  it: {
    harmless: [
      'Non pneumotorace né versamento.',
      'Assenza di emorragia intracranica.',
      'Non segni di embolia polmonare.',
      'Fegato di 15 cm, omogeneo.',
      'Nodulo di 12 x 9 mm.',
      'Reni di dimensioni normali.',
      'Senza aria libera.',
      'Due lesioni del segmento 7.',
    ],
    knee: [
      'Rottura del menisco del ginocchio #.',
      'Versamento del ginocchio #.',
      'Ginocchio #: perdita di cartilagine di 4 mm.',
    ],
    left: 'sinistro',
    right: 'destro',
    impression: same,
    critical: [
      'Pneumotorace iperteso.',
      'Ematoma subdurale acuto.',
      'Dissezione aortica di tipo A.',
      'Aria libera sottodiaframmatica.',
    ],
    organOfMen: ['Prostata aumentata di volume.', 'Testicoli simmetrici.'],
    organOfWomen: ['Utero antiverso.', 'Cisti ovarica di 3 cm.'],
    unitless: ['Nodulo che misura 12 nel lobo.', 'Massa di 3 x 4 della milza.', 'Cisti di 900 mm.'],
    change: ['Nodulo invariato.', 'Lesione stabile.'],
  },
  nl: {
    harmless: [
      'Geen pneumothorax of pleuravocht.',
      'Geen intracraniële bloeding.',
      'Longembolie is uitgesloten.',
      'Lever van 15 cm, homogeen.',
      'Nodus van 12 x 9 mm.',
      'Beide nieren normaal van grootte.',
      'Zonder vrije lucht.',
      'Twee laesies in segment 7.',
    ],
    knee: ['Meniscusscheur van de # knie.', 'Hydrops van de # knie.', 'De # knie toont kraakbeenverlies van 4 mm.'],
    left: 'linker',
    right: 'rechter',
    impression: same,
    critical: [
      'Spanningspneumothorax.',
      'Acuut subduraal hematoom.',
      'Longembolie is niet uitgesloten.',
      'Vrije lucht onder het diafragma.',
    ],
    organOfMen: ['De prostaat is vergroot.', 'Zaadblazen symmetrisch.'],
    organOfWomen: ['Uterus in anteversie.', 'Ovariële cyste van 3 cm.'],
    unitless: ['Nodus, gemeten 12 in de lever.', 'Massa van 3 x 4 in de milt.', 'Cyste van 900 mm.'],
    change: ['De nodus is ongewijzigd.', 'Laesie is toegenomen.'],
  },
};

export const languagesOfReports = Object.keys(words) as Language[];

/** One kind of error each; by the name of the check that is to find it. */
const errors = [
  'laterality',
  'sex-and-organ',
  'critical-without-loop',
  'measurement',
  'comparison',
  'missing-impression',
  'wrong-patient',
  'typed-date',
] as const;

export function generatedReport(random: () => number, share = 0.5): GeneratedReport {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const language = pick(languagesOfReports);
  const its = words[language];
  const sex = pick(['M', 'F'] as const);
  const laterality = pick(['L', 'R'] as const);
  const facts = withoutPriors({ sex, laterality, focus: 'knee', modality: 'MR', description: 'MR knee' });
  const wrong = random() < share ? pick(errors) : undefined;
  const said = (side: 'L' | 'R') => pick(its.knee).replace('#', side === 'L' ? its.left : its.right);
  const findings = [said(laterality), pick(its.harmless), pick(its.harmless), pick(its.harmless)];
  let impression: string | undefined = its.impression(said(laterality));
  let { subject } = facts;
  const put = (sentence: string) => findings.splice(1 + Math.floor(random() * findings.length), 0, sentence);
  switch (wrong) {
    case 'laterality':
      impression = said(laterality === 'L' ? 'R' : 'L');
      break;
    case 'sex-and-organ':
      put(pick(sex === 'M' ? its.organOfWomen : its.organOfMen));
      break;
    case 'critical-without-loop':
      put(pick(its.critical));
      break;
    case 'measurement':
      put(pick(its.unitless));
      break;
    case 'comparison':
      put(pick(its.change));
      break;
    case 'missing-impression':
      impression = undefined;
      break;
    case 'wrong-patient':
      subject = { ...subject, accession: 'B1' };
      break;
    case 'typed-date':
      put('12.03.2019.');
      break;
    default:
      // What a sex has may be told of it.
      if (random() < 0.3) put(pick(sex === 'F' ? its.organOfWomen : its.organOfMen));
  }
  const texts = { findings: findings.join(' '), ...(impression !== undefined && { impression }) };
  return { content: contentOf(texts, language), facts, subject, ...(wrong !== undefined && { wrong }) };
}
