// Parts of the body as procedures name them: the region of the RadLex Playbook, whether the part is one of two, and its
// code in SNOMED CT as PS3.16 CID 4 (Anatomic Region) and the groups it includes have it.

export interface BodyPart {
  /** `anatomic focus`, the name the rest of this folder uses. */
  name: string;
  region: string;
  /** One of two, examined one at a time: a side is expected. */
  paired: boolean;
  /** Takes a side when one is stated, without expecting it: a kidney, an orbit. */
  sided: boolean;
  /** SNOMED CT, of CID 4 and CID 4030, 4031, 4040. */
  code: string | undefined;
  meaning: string | undefined;
}

const table = `
abdomen|ABDOMEN||818981001|Abdomen
abdomen and pelvis|ABDOMEN||818982008|Abdomen and Pelvis
abdominal aorta and leg arteries|ABDOMEN|||
acromioclavicular joint|UPPER EXTREMITY|paired|85856004|Acromioclavicular joint
ankle|LOWER EXTREMITY|paired|70258002|Ankle joint
aorta|CHEST|||
appendix|PELVIS|||
axial skeleton|BONE|||
bile ducts|ABDOMEN||28273000|Bile duct
bladder|PELVIS||89837001|Bladder
brain|HEAD||12738006|Brain
breast|BREAST|paired|76752008|Breast
carotid arteries|NECK|paired|69105007|Carotid Artery
cervical spine|CERVICAL SPINE||122494005|Cervical spine
chest|CHEST||816094009|Chest
chest and abdomen|CHEST||416550000|Chest and Abdomen
chest, abdomen and pelvis|CHEST||416775004|Chest, Abdomen and Pelvis
clavicle|UPPER EXTREMITY|paired|51299004|Clavicle
colon|ABDOMEN||71854001|Colon
coronary arteries|CHEST||41801008|Coronary artery
elbow|UPPER EXTREMITY|paired|16953009|Elbow joint
esophagus|CHEST||32849002|Esophagus
extremity|EXTREMITY|paired|66019005|Extremity
femur|LOWER EXTREMITY|paired|71341001|Femur
fetus|PELVIS|||
finger|UPPER EXTREMITY|paired|7569003|Finger
foot|LOWER EXTREMITY|paired|56459004|Foot
forearm|UPPER EXTREMITY|paired|14975008|Forearm
gallbladder|ABDOMEN||28231008|Gallbladder
groin|PELVIS|sided|26893007|Inguinal region
hand|UPPER EXTREMITY|paired|85562004|Hand
head and neck vessels|HEAD|||
heart|CHEST||80891009|Heart
hip|LOWER EXTREMITY|paired|29836001|Hip
inferior vena cava|ABDOMEN|||
internal auditory canal|HEAD|sided|361078006|Internal Auditory Canal
intracranial vessels|HEAD|sided|11279006|Circle of Willis
kidney|ABDOMEN|sided|64033007|Kidney
knee|LOWER EXTREMITY|paired|72696002|Knee
larynx|NECK||4596009|Larynx
leg arteries|LOWER EXTREMITY|paired||
leg veins|LOWER EXTREMITY|paired||
liver|ABDOMEN||10200004|Liver
lower extremity|LOWER EXTREMITY|paired|61685007|Lower limb
lower leg|LOWER EXTREMITY|paired|30021000|Lower leg
lumbar spine|LUMBAR SPINE||122496007|Lumbar spine
lung|CHEST|paired|39607008|Lung
mandible|HEAD||91609006|Mandible
maxillofacial|HEAD||91397008|Facial bones
nasal bones|FACE||74386004|Nasal bone
neck|NECK||45048000|Neck
neck vessels|NECK|||
neck, chest, abdomen and pelvis|NECK||416319003|Neck, Chest, Abdomen and Pelvis
orbit|HEAD|sided|363654007|Orbital structure
pancreas|ABDOMEN||15776009|Pancreas
paranasal sinuses|HEAD||2095001|Paranasal sinus
parotid gland|NECK|sided|45289007|Parotid gland
pelvis|PELVIS||816092008|Pelvis
pregnancy|PELVIS|||
prostate|PELVIS||41216001|Prostate
pulmonary arteries|CHEST||81040000|Pulmonary artery
rectum|PELVIS||34402009|Rectum
renal vessels|ABDOMEN|sided|2841007|Renal artery
retroperitoneum|ABDOMEN||82849001|Retroperitoneum
ribs|CHEST|paired|113197003|Rib
sacroiliac joints|PELVIS||39723000|Sacroiliac joint
scapula|UPPER EXTREMITY|paired|79601000|Scapula
scrotum|PELVIS||20233005|Scrotum
sella|HEAD||42575006|Sella turcica
shoulder|UPPER EXTREMITY|paired|16982005|Shoulder
skeleton|BONE|||
skull|SKULL||89546000|Skull
skull base to mid-thigh|SKULL BASE TO MID-THIGH|||
small bowel|ABDOMEN||30315005|Small intestine
spine|SPINE||421060004|Spine
sternum|CHEST||56873002|Sternum
stomach|ABDOMEN||69695003|Stomach
temporal bone|HEAD|sided|59066005|Mastoid bone
temporomandibular joint|HEAD|sided|53620006|Temporomandibular joint
thigh|LOWER EXTREMITY|paired|68367000|Thigh
thoracic aorta|CHEST||113262008|Thoracic aorta
thoracic spine|THORACIC SPINE||122495006|Thoracic spine
thoracolumbar spine|THORACOLUMBAR SPINE||1217256009|Thoraco-lumbar spine
thyroid|NECK||69748006|Thyroid
toe|LOWER EXTREMITY|paired|29707007|Toe
unspecified||||
upper arm|UPPER EXTREMITY|paired|40983000|Upper arm
upper extremity|UPPER EXTREMITY|paired|53120007|Upper limb
upper gastrointestinal tract|ABDOMEN||110861005|Esophagus, stomach and duodenum
urethra|PELVIS||13648007|Urethra
urinary tract|ABDOMEN||431491007|Upper urinary tract
uterus|PELVIS||35039007|Uterus
whole body|WHOLEBODY||38266002|Entire body
wrist|UPPER EXTREMITY|paired|74670003|Wrist joint
`;

export const bodyParts: ReadonlyMap<string, BodyPart> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [name, region, pairing, code, meaning] = line.split('|') as [string, string, string, string, string];
      const part: BodyPart = {
        name,
        region,
        paired: pairing === 'paired',
        sided: pairing !== '',
        code: code || undefined,
        meaning: meaning || undefined,
      };
      return [name, part];
    }),
);

/** Regions from the head down, for "the one nearest the head" of several. */
export const regionsFromTheHead = [
  'SKULL',
  'HEAD',
  'FACE',
  'NECK',
  'CERVICAL SPINE',
  'SPINE',
  'BREAST',
  'CHEST',
  'THORACIC SPINE',
  'UPPER EXTREMITY',
  'THORACOLUMBAR SPINE',
  'ABDOMEN',
  'LUMBAR SPINE',
  'PELVIS',
  'EXTREMITY',
  'LOWER EXTREMITY',
  'BONE',
  'WHOLEBODY',
  'SKULL BASE TO MID-THIGH',
  '',
];
