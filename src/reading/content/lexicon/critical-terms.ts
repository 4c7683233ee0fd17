// Findings that somebody has to be told of at once, or the same day; what a word alone does not say (acute, ruptured) stands
// with it. Category as in the work group's scheme: 1 minutes, 2 hours.

import type { Phrases } from './language.ts';

export interface CriticalTerm {
  name: string;
  category: 1 | 2;
  words: Phrases;
}

const term = (name: string, category: 1 | 2, words: Phrases): CriticalTerm => ({ name, category, words });

export const criticalTerms: readonly CriticalTerm[] = [
  term('pneumothorax', 1, {
    en: 'pneumothorax, pneumothoraces, hydropneumothorax',
    de: '*pneumothorax, *pneumothoraces',
    fr: 'pneumothorax, hydropneumothorax',
    es: 'neumotórax, hidroneumotórax',
    it: 'pneumotorace, pnx, idropneumotorace',
    nl: '*pneumothorax, klaplong',
  }),
  term('pulmonary embolism', 1, {
    en: 'pulmonary embolism, pulmonary emboli, pulmonary embolus, pulmonary thromboembolism, saddle embolus',
    de: 'lungenembolie*, lungenarterienembolie*, lae',
    fr: 'embolie pulmonaire, embolies pulmonaires, ep',
    es: 'embolia pulmonar, embolias pulmonares, tromboembolismo pulmonar, tep',
    it: 'embolia polmonare, tromboembolia polmonare, ep',
    nl: 'longembolie*, longembolus',
  }),
  term('intracranial haemorrhage', 1, {
    en: 'intracranial hemorrhage, intracranial haemorrhage, subdural hematoma, subdural haematoma, epidural hematoma, epidural haematoma, extradural haematoma, extradural hematoma, subarachnoid hemorrhage, subarachnoid haemorrhage, intraparenchymal hemorrhage, intraparenchymal haemorrhage, intracerebral haemorrhage, intracerebral hemorrhage, intraventricular hemorrhage, intraventricular haemorrhage, subdural, acute hemorrhage, acute haemorrhage',
    de: 'hirnblutung*, intrakraniell* blutung*, subduralhämatom*, subdurales hämatom, subduralen hämatom*, epiduralhämatom*, epidurales hämatom, subarachnoidalblutung*, sab, intrazerebral* blutung*, akute blutung',
    fr: 'hémorragie intracrânienne, hématome sous dural, hématome extra dural, hématome extradural, hémorragie sous arachnoïdienne, hémorragie méningée, hématome intraparenchymateux, hémorragie cérébrale',
    es: 'hemorragia intracraneal, hematoma subdural, hematoma epidural, hemorragia subaracnoidea, hemorragia intraparenquimatosa, hemorragia cerebral',
    it: 'emorragia intracranica, ematoma subdurale, ematoma sottodurale, ematoma epidurale, ematoma extradurale, emorragia subaracnoidea, emorragia intraparenchimale, emorragia cerebrale',
    nl: 'intracraniële bloeding, subduraal hematoom, subdurale hematomen, epiduraal hematoom, subarachnoïdale bloeding, sab, hersenbloeding, intracerebrale bloeding',
  }),
  term('midline shift or herniation', 1, {
    en: 'midline shift, uncal herniation, transtentorial herniation, tonsillar herniation, subfalcine herniation, brain herniation',
    de: 'mittellinienverlagerung, einklemmung, herniation*',
    fr: 'déviation de la ligne médiane, engagement cérébral, engagement temporal',
    es: 'desviación de la línea media, herniación',
    it: 'shift della linea mediana, deviazione della linea mediana, erniazione',
    nl: 'midline shift, inklemming, herniatie',
  }),
  term('acute infarct', 1, {
    en: 'acute infarct, acute infarction, acute ischemic stroke, acute ischaemic stroke, large vessel occlusion, acute ischemia, acute ischaemia',
    de: 'akuter infarkt, akuten infarkt*, frischer infarkt, frische ischämie, akute ischämie, infarktdemarkierung, gefässverschluss',
    fr: 'infarctus aigu, avc ischémique, accident vasculaire cérébral, ischémie aiguë',
    es: 'infarto agudo, ictus isquémico, isquemia aguda',
    it: 'infarto acuto, ictus ischemico, ischemia acuta',
    nl: 'acuut infarct, acute ischemie, herseninfarct',
  }),
  term('aortic dissection or rupture', 1, {
    en: 'aortic dissection, dissection of the aorta, aortic rupture, ruptured aneurysm, ruptured aortic aneurysm, contained rupture, intramural hematoma, intramural haematoma',
    de: 'aortendissektion*, aortenruptur*, rupturiert* aneurysma*, rupturiert* aortenaneurysma*, intramural* hämatom*',
    fr: 'dissection aortique, dissection de l aorte, rupture aortique, anévrisme rompu, hématome intramural',
    es: 'disección aórtica, disección de aorta, rotura aórtica, aneurisma roto, hematoma intramural',
    it: 'dissezione aortica, dissecazione aortica, rottura aortica, aneurisma rotto, ematoma intramurale',
    nl: 'aortadissectie*, aortaruptuur, geruptureerd aneurysma, intramuraal hematoom',
  }),
  term('free air', 1, {
    en: 'pneumoperitoneum, free air, free intraperitoneal air, free gas, bowel perforation, perforated viscus',
    de: 'pneumoperitoneum, freie luft, darmperforation, hohlorganperforation',
    fr: 'pneumopéritoine, air libre, perforation digestive',
    es: 'neumoperitoneo, aire libre, perforación intestinal',
    it: 'pneumoperitoneo, aria libera, perforazione intestinale',
    nl: 'pneumoperitoneum, vrije lucht, darmperforatie, vrij lucht',
  }),
  term('bowel ischaemia', 1, {
    en: 'mesenteric ischemia, mesenteric ischaemia, bowel ischemia, bowel ischaemia, pneumatosis intestinalis, portal venous gas, midgut volvulus',
    de: 'mesenterialischämie, darmischämie, pneumatosis intestinalis, volvulus',
    fr: 'ischémie mésentérique, pneumatose intestinale, volvulus',
    es: 'isquemia mesentérica, neumatosis intestinal, vólvulo',
    it: 'ischemia mesenterica, pneumatosi intestinale, volvolo',
    nl: 'mesenteriale ischemie, darmischemie, pneumatosis intestinalis, volvulus',
  }),
  term('torsion', 1, {
    en: 'testicular torsion, ovarian torsion, adnexal torsion',
    de: 'hodentorsion, ovarialtorsion, adnextorsion',
    fr: 'torsion testiculaire, torsion ovarienne, torsion annexielle',
    es: 'torsión testicular, torsión ovárica, torsión anexial',
    it: 'torsione testicolare, torsione ovarica, torsione annessiale',
    nl: 'torsio testis, ovariumtorsie, adnextorsie',
  }),
  term('ectopic pregnancy', 1, {
    en: 'ectopic pregnancy',
    de: 'extrauteringravidität, eileiterschwangerschaft',
    fr: 'grossesse extra utérine, geu',
    es: 'embarazo ectópico',
    it: 'gravidanza ectopica, gravidanza extrauterina',
    nl: 'extra uteriene graviditeit, buitenbaarmoederlijke zwangerschap',
  }),
  term('cord compression', 1, {
    en: 'cord compression, spinal cord compression, cauda equina compression, unstable fracture',
    de: 'myelonkompression, rückenmarkskompression, caudakompression, instabile fraktur',
    fr: 'compression médullaire, fracture instable',
    es: 'compresión medular, fractura inestable',
    it: 'compressione midollare, frattura instabile',
    nl: 'myelumcompressie, caudacompressie, instabiele fractuur',
  }),
  term('appendicitis', 2, {
    en: 'acute appendicitis, perforated appendicitis, appendicitis',
    de: '*appendizitis, *appendicitis',
    fr: 'appendicite*',
    es: 'apendicitis',
    it: 'appendicite',
    nl: 'appendicitis',
  }),
  term('deep vein thrombosis', 2, {
    en: 'deep vein thrombosis, deep venous thrombosis, acute dvt',
    de: 'tiefe beinvenenthrombose, beinvenenthrombose, tvt',
    fr: 'thrombose veineuse profonde, tvp',
    es: 'trombosis venosa profunda, tvp',
    it: 'trombosi venosa profonda, tvp',
    nl: 'diepe veneuze trombose, dvt',
  }),
];
