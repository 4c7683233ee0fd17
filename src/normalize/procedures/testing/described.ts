// Descriptions as hospitals that we have not seen might write them, each with what a radiographer reads in it. Made up for
// the tests from general knowledge of radiology; none is from a patient record or from the rows we are scored on.
// Columns: header modality | header body part | study description | modality | focus | side | contrast.

const table = `
CT||CT BRAIN PLAIN|CT|brain|none|without
CT||CT KUB PLAIN|CT|urinary tract|none|without
CT||NCCT HEAD CODE STROKE|CT|brain|none|without
CT||CECT ABD & PELVIS|CT|abdomen and pelvis|none|with
CT||CT NECK/CHEST/ABD/PELVIS W IV CON|CT|neck, chest, abdomen and pelvis|none|with
CT||CT TAP + C|CT|chest, abdomen and pelvis|none|with
CT||CT LOWER EXT LT W/O|CT|lower extremity|L|without
CT||CT SINUS LIMITED|CT|paranasal sinuses|none|unspecified
CT||CT L-SPINE W/O CONT|CT|lumbar spine|none|without
CT||CTA ABD AORTA W RUNOFF|CT|abdominal aorta and leg arteries|none|with
CT||CT UROGRAM W/WO|CT|urinary tract|none|both
CT||CT ENTEROGRAPHY WITH CONTRAST|CT|small bowel|none|with
CT||CT ORBITS W CONTRAST|CT|orbit|none|with
CT||CT IAC WO|CT|internal auditory canal|none|without
CT||LOW DOSE CT LUNG SCREENING|CT|chest|none|without
MR||MRI LT ANKLE W/O CONTRAST|MR|ankle|L|without
MR||MR BRAIN + IAC W/WO GAD|MR|internal auditory canal|none|both
MR||MRI L SP W/O|MR|lumbar spine|none|without
MR||MRA CIRCLE OF WILLIS W/O|MR|intracranial vessels|none|without
MR||MRI PROSTATE MULTIPARAMETRIC|MR|prostate|none|unspecified
MR||MRI BOTH HIPS|MR|hip|B|unspecified
MR||MR ARTHROGRAM RT SHOULDER|MR|shoulder|R|none
MR||MRI ENTIRE SPINE W WO|MR|spine|none|both
MR||MRI ABD W/WO MRCP|MR|bile ducts|none|both
MR||MRI TMJ BILAT|MR|temporomandibular joint|B|unspecified
DX||XR CHEST PA/LAT|XR|chest|none|none
CR||CXR PORT AP|XR|chest|none|none
DX||RIGHT KNEE 3V|XR|knee|R|none
DX||LSPINE AP/LAT|XR|lumbar spine|none|none
CR||ABD FLAT & UPRIGHT|XR|abdomen|none|none
DX||XR TIB/FIB LEFT 2 VIEWS|XR|lower leg|L|none
DX||FOOT COMPLETE RIGHT|XR|foot|R|none
DX||SCOLIOSIS STANDING|XR|thoracolumbar spine|none|none
DX||SHOULDER RT 2+ VWS|XR|shoulder|R|none
DX||BONE AGE STUDY|XR|hand|unspecified|none
US||US RENAL BILATERAL|US|kidney|B|none
US||US OB 1ST TRIMESTER|US|pregnancy|none|none
US||US PELVIS TRANSVAG|US|pelvis|none|none
US||US ABD COMPLETE|US|abdomen|none|none
US||VENOUS DOPPLER LLE|US|leg veins|L|none
US||US THYROID FNA|US|thyroid|none|none
US||CAROTID DUPLEX BILAT|US|carotid arteries|B|none
MG||MAMMO SCREENING BILATERAL W TOMO|MG|breast|B|none
MG||DIAG MAMMO LEFT|MG|breast|L|none
NM||NM BONE SCAN 3 PHASE|NM|skeleton|none|none
NM||RENAL SCAN W LASIX|NM|kidney|none|none
NM||GASTRIC EMPTYING STUDY|NM|stomach|none|none
RF||BARIUM ENEMA AIR CONTRAST|RF|colon|none|none
RF||ESOPHAGRAM|RF|esophagus|none|none
XA||IVC FILTER PLACEMENT|XA|inferior vena cava|none|none
CT||CT Abdomen nativ + KM|CT|abdomen|none|both
CT||CT Schädel nativ|CT|brain|none|without
CT||CCT ohne KM|CT|brain|none|without
CT||CT Thorax/Abdomen/Becken mit KM|CT|chest, abdomen and pelvis|none|with
CT||CT-Angiographie Hals- und Hirngefäße|CT|head and neck vessels|none|with
CT||CT NNH nativ|CT|paranasal sinuses|none|without
CT||CT Pulmonalisangio (LAE?)|CT|pulmonary arteries|none|with
MR||MRT LWS nativ|MR|lumbar spine|none|without
MR||MRT Schädel ohne und mit KM|MR|brain|none|both
MR||MRT Kniegelenk links|MR|knee|L|unspecified
MR||MRT Oberbauch mit MRCP|MR|bile ducts|none|unspecified
MR||MRT Hüfte bds. nativ|MR|hip|B|without
DX||Rö Thorax p.a. u. seitl.|XR|chest|none|none
CR||HWS in 2 Ebenen|XR|cervical spine|none|none
DX||Handgelenk re. 2 Eb.|XR|wrist|R|none
US||Sono Schilddrüse|US|thyroid|none|none
US||Duplex Beinvenen li|US|leg veins|L|none
CT||TDM TAP injecté|CT|chest, abdomen and pelvis|none|with
CT||Scanner cérébral sans injection|CT|brain|none|without
CT||Uroscanner sans et avec injection|CT|urinary tract|none|both
CT||TDM des sinus|CT|paranasal sinuses|none|unspecified
MR||IRM genou G|MR|knee|L|unspecified
MR||IRM rachis lombaire|MR|lumbar spine|none|unspecified
MR||IRM hypophysaire avec gado|MR|sella|none|with
DX||Radio bassin de face|XR|pelvis|none|none
DX||Epaule droite 3 incidences|XR|shoulder|R|none
US||Echo-doppler veineux MI bilatéral|US|leg veins|B|none
US||Echographie abdomino-pelvienne|US|abdomen|none|none
CT||TAC CRANEO SIN CONTRASTE|CT|brain|none|without
CT||TC ABDOMEN Y PELVIS CON CIV|CT|abdomen and pelvis|none|with
CT||TAC SENOS PARANASALES|CT|paranasal sinuses|none|unspecified
MR||RMN COLUMNA LUMBOSACRA|MR|lumbar spine|none|unspecified
MR||RM RODILLA IZQUIERDA S/C|MR|knee|L|without
DX||RX TORAX PA Y LAT|XR|chest|none|none
DX||RX MANO DER 2 PROY|XR|hand|R|none
US||ECO ABDOMINAL|US|abdomen|none|none
CT||TC CRÂNIO SEM CONTRASTE|CT|brain|none|without
CT||ANGIOTC TÓRAX PROTOCOLO TEP|CT|pulmonary arteries|none|with
MR||RM JOELHO E|MR|knee|L|unspecified
MR||RM COLUNA CERVICAL C/C|MR|cervical spine|none|with
US||US TIREOIDE COM DOPPLER|US|thyroid|none|none
CT||TC TORACE HR SENZA MDC|CT|chest|none|without
MR||RM GINOCCHIO SX|MR|knee|L|unspecified
MR||RM ENCEFALO S/C MDC|MR|brain|none|both
DX||RX MANO DX 2 PR|XR|hand|R|none
US||ECOCOLORDOPPLER TSA|US|carotid arteries|B|none
CT||CT HERSENEN BLANCO|CT|brain|none|without
MR||MRI KNIE RECHTS|MR|knee|R|unspecified
DX||X-THORAX 2 RICHTINGEN|XR|chest|none|none
CT||DT BUK MED IV KONTRAST|CT|abdomen|none|with
MR||MR HJÄRNA UTAN KONTRAST|MR|brain|none|without
DX||RTG HÖFTLED HÖ|XR|hip|R|none
CT||CT af thorax og abdomen med kontrast|CT|chest and abdomen|none|with
MR||MR knæ ve|MR|knee|L|unspecified
CT||TK głowy bez kontrastu|CT|brain|none|without
MR||MR kręgosłupa lędźwiowego|MR|lumbar spine|none|unspecified
US||USG jamy brzusznej|US|abdomen|none|none
CT||BT TORAKS KONTRASTLI|CT|chest|none|with
MR||LOMBER MRG|MR|lumbar spine|none|unspecified
DX||SAĞ DİZ GRAFİSİ 2 YÖN|XR|knee|R|none
CT||頭部CT 単純|CT|brain|none|without
CT||胸腹部CT 造影|CT|chest and abdomen|none|with
MR||腰椎MRI|MR|lumbar spine|none|unspecified
DX||胸部X-P 正面|XR|chest|none|none
US||腹部エコー|US|abdomen|none|none
CT||上腹部CT增强|CT|abdomen|none|with
MR||颅脑MR平扫+增强|MR|brain|none|both
DX||左膝关节正侧位|XR|knee|L|none
CT||흉부 CT 조영|CT|chest|none|with
MR||뇌 MRI 비조영|MR|brain|none|without
DX||우측 무릎 X-ray|XR|knee|R|none
CT||CT mozku nativně|CT|brain|none|without
MR||МРТ головного мозга с контрастом|MR|brain|none|with
`;

export interface Described {
  modality: string;
  bodyPart: string;
  description: string;
  expected: { modality: string; focus: string; laterality: string; contrast: string };
}

export const described: readonly Described[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [header, bodyPart, description, modality, focus, laterality, contrast] = line.split('|') as string[];
    return {
      modality: header!,
      bodyPart: bodyPart!,
      description: description!,
      expected: { modality: modality!, focus: focus!, laterality: laterality!, contrast: contrast! },
    };
  });
