// Body Part Examined and Laterality (PS3.3 C.7.3.1) as SNOMED CT: the correspondence of PS3.16 Annex L, Table L-1.

import type { Coding } from '@medplum/fhirtypes';
import { SNOMED_CT } from './coding.ts';

/** Defined Term of (0018,0015), code, meaning. */
const table = `
ABDOMEN|818981001|Abdomen
ABDOMENPELVIS|818982008|Abdomen and Pelvis
ADRENAL|23451007|Adrenal gland
ANKLE|70258002|Ankle joint
AORTA|15825003|Aorta
ARM|40983000|Upper arm
AXILLA|91470000|Axilla
BACK|77568009|Back
BILEDUCT|28273000|Bile duct
BLADDER|89837001|Bladder
BRAIN|12738006|Brain
BREAST|76752008|Breast
BRONCHUS|955009|Bronchus
CALCANEUS|80144004|Calcaneus
CAROTID|69105007|Carotid Artery
CEREBELLUM|113305005|Cerebellum
CHEST|816094009|Chest
CHESTABDOMEN|416550000|Chest and Abdomen
CHESTABDPELVIS|416775004|Chest, Abdomen and Pelvis
CIRCLEOFWILLIS|11279006|Circle of Willis
CLAVICLE|51299004|Clavicle
COCCYX|64688005|Coccyx
COLON|71854001|Colon
CORONARYARTERY|41801008|Coronary artery
CSPINE|122494005|Cervical spine
DUODENUM|38848004|Duodenum
ELBOW|16953009|Elbow joint
ESOPHAGUS|32849002|Esophagus
EXTREMITY|66019005|Extremity
EYE|81745001|Eye
FACE|89545001|Face
FEMUR|71341001|Femur
FINGER|7569003|Finger
FOOT|56459004|Foot
FOREARM|14975008|Forearm
GALLBLADDER|28231008|Gallbladder
HAND|85562004|Hand
HEAD|69536005|Head
HEADNECK|774007|Head and Neck
HEART|80891009|Heart
HIP|29836001|Hip
HUMERUS|85050009|Humerus
IAC|361078006|Internal Auditory Canal
KIDNEY|64033007|Kidney
KNEE|72696002|Knee
LARYNX|4596009|Larynx
LEG|30021000|Lower leg
LIVER|10200004|Liver
LSPINE|122496007|Lumbar spine
LUNG|39607008|Lung
MANDIBLE|91609006|Mandible
MAXILLA|70925003|Maxilla
MEDIASTINUM|72410000|Mediastinum
MOUTH|123851003|Mouth
NECK|45048000|Neck
NECKCHEST|417437006|Neck and Chest
NECKCHESTABDOMEN|416152001|Neck, Chest and Abdomen
NECKCHESTABDPELV|416319003|Neck, Chest, Abdomen and Pelvis
NOSE|45206002|Nose
ORBIT|363654007|Orbital structure
OVARY|15497006|Ovary
PANCREAS|15776009|Pancreas
PAROTID|45289007|Parotid gland
PATELLA|64234005|Patella
PELVIS|816092008|Pelvis
PENIS|18911002|Penis
PHARYNX|54066008|Pharynx
PROSTATE|41216001|Prostate
RECTUM|34402009|Rectum
RIB|113197003|Rib
SCALP|41695006|Scalp
SCAPULA|79601000|Scapula
SCROTUM|20233005|Scrotum
SHOULDER|16982005|Shoulder
SIJOINT|39723000|Sacroiliac joint
SINUS|2095001|Paranasal sinus
SKULL|89546000|Skull
SPINE|421060004|Spine
SPLEEN|78961009|Spleen
SSPINE|54735007|Sacrum
STERNUM|56873002|Sternum
STOMACH|69695003|Stomach
TESTIS|40689003|Testis
THIGH|68367000|Thigh
THUMB|76505004|Thumb
THYMUS|9875009|Thymus
THYROID|69748006|Thyroid
TLSPINE|1217256009|Thoraco-lumbar spine
TMJ|53620006|Temporomandibular joint
TOE|29707007|Toe
TRACHEA|44567001|Trachea
TSPINE|122495006|Thoracic spine
UTERUS|35039007|Uterus
WHOLEBODY|38266002|Entire body
WRIST|74670003|Wrist joint
ZYGOMA|13881006|Zygoma
`;

const rows = table
  .trim()
  .split('\n')
  .map((line) => line.split('|') as [term: string, code: string, meaning: string]);

const sites = new Map(
  rows.map(([term, code, display]): [string, Coding] => [term, { system: SNOMED_CT, code, display }]),
);

/** undefined for what is no Defined Term: it says something to people only. */
export const bodySiteOf = (bodyPartExamined: string | undefined): Coding | undefined =>
  sites.get(bodyPartExamined?.trim().toUpperCase() ?? '');

/** Defined Terms of a code. */
export const bodyPartsOf = (code: string): string[] => rows.filter((row) => row[1] === code).map(([term]) => term);

const sides: Readonly<Record<string, Coding>> = {
  L: { system: SNOMED_CT, code: '7771000', display: 'Left' },
  R: { system: SNOMED_CT, code: '24028007', display: 'Right' },
  B: { system: SNOMED_CT, code: '51440002', display: 'Right and left' },
};

/** PS3.3 C.7.3.1: R, L; facts also say B. */
export const lateralityOf = (side: string | undefined): Coding | undefined => sides[side?.trim() ?? ''];
