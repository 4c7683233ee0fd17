// Descriptions as hospitals that we have not seen might write them, each with what a radiographer reads in it. Made up for
// the tests from general knowledge of radiology; none is from a patient record or from the rows we are scored on.
// Columns: header modality | header body part | study description | modality | focus | side | contrast.

import { specialTable } from './described-special.ts';

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
CT||CT ABDOMEN/PELVIS WITHOUT|CT|abdomen and pelvis|none|without
CT||CHEST CT HI-RES|CT|chest|none|without
CT||CT C SPINE TRAUMA|CT|cervical spine|none|unspecified
CT||CT T/L SPINE RECON|CT|thoracolumbar spine|none|unspecified
CT||CT CHEST/ABD/PELV W & W/O|CT|chest, abdomen and pelvis|none|both
CT||CT UPPER EXT RT WO|CT|upper extremity|R|without
CT||CT TIBIA/FIBULA LEFT|CT|lower leg|L|unspecified
CT||CT FACIAL BONES W/O CON|CT|maxillofacial|none|without
CT||CTA CAROTIDS|CT|neck vessels|none|with
CT||CTA BRAIN & NECK W/ CONTRAST|CT|head and neck vessels|none|with
CT||CT PANCREAS PROTOCOL|CT|pancreas|none|unspecified
CT||CT LIVER 3 PHASE|CT|liver|none|unspecified
CT||CT GUIDED BX LT KIDNEY|CT|kidney|L|unspecified
CT||CT THORACIC AORTA ANGIO|CT|thoracic aorta|none|with
CT||CT SACRUM|CT|pelvis|none|unspecified
CT||CHEADC|CT|brain|none|with
CT||CT Pituitary w contrast|CT|sella|none|with
CT||CT STONE STUDY|CT|kidney|none|without
CT||CT PERFUSION BRAIN|CT|brain|none|with
MR||MRI FOOT W/WO RT|MR|foot|R|both
MR||MR PELVIS WO - FIBROIDS|MR|uterus|none|without
MR||MRI BRACHIAL PLEXUS LT W/WO|MR|upper extremity|L|both
MR||MRI BREAST BILAT W WO|MR|breast|B|both
MR||MRI CARDIAC STRESS|MR|heart|none|unspecified
MR||MRV BRAIN|MR|intracranial vessels|none|unspecified
MR||MRA RENAL ARTERIES W|MR|renal vessels|none|with
MR||MRI ORBITS/BRAIN W/WO|MR|orbit|none|both
MR||MRI THUMB LT|MR|finger|L|unspecified
MR||MRI SI JOINTS|MR|sacroiliac joints|none|unspecified
MR||MRI FETAL|MR|fetus|none|unspecified
MR||MKNEL|MR|knee|L|unspecified
MR||MLSPN|MR|lumbar spine|none|unspecified
MR||MRI RECTUM STAGING|MR|rectum|none|unspecified
MR||MRI FEMUR RIGHT WITH AND WITHOUT|MR|femur|R|both
MR||MR ENTEROGRAPHY|MR|small bowel|none|unspecified
CR||XR HAND BIL 3V|XR|hand|B|none
CR||XCHES|XR|chest|none|none
DX||XPELV|XR|pelvis|none|none
DX||XANKR|XR|ankle|R|none
DX||ABD XR ERECT|XR|abdomen|none|none
DX||CALCANEUS LT 2V|XR|foot|L|none
DX||SCAPHOID VIEWS RT|XR|wrist|R|none
DX||THORACIC SPINE 2VW|XR|thoracic spine|none|none
DX||RIBS UNI RIGHT W CHEST|XR|ribs|R|none
DX||SKULL 3 VIEWS|XR|skull|none|none
DX||AC JOINTS WEIGHT BEARING|XR|acromioclavicular joint|B|none
DX||HIP UNILAT W PELVIS LT|XR|hip|L|none
DX||DEXA SPINE AND HIP|XR|axial skeleton|none|none
DX||LEG LENGTH SCANOGRAM|XR|lower extremity|unspecified|none
US||US AORTA|US|aorta|none|none
US||US GALLBLADDER|US|gallbladder|none|none
US||US RENAL TRANSPLANT DOPPLER|US|kidney|none|none
US||US TESTICULAR|US|scrotum|none|none
US||US SOFT TISSUE NECK|US|neck|none|none
US||USS SHOULDER RT|US|shoulder|R|none
US||US BREAST LT LIMITED|US|breast|L|none
US||US ARTERIAL DUPLEX LE BILAT|US|leg arteries|B|none
US||US PREGNANCY < 14 WEEKS|US|pregnancy|none|none
US||US APPENDIX|US|appendix|none|none
US||US HEAD NEONATAL|US|brain|none|none
US||US KIDNEYS & BLADDER|US|urinary tract|none|none
MG||MAMMO DX RT|MG|breast|R|none
NM||MUGA|NM|heart|none|none
NM||HEPATOBILIARY SCAN|NM|bile ducts|none|none
NM||NM PARATHYROID SPECT|NM|neck|none|none
NM||LUNG PERFUSION SCAN|NM|lung|unspecified|none
PT||PET/CT FDG EYES TO THIGHS|PT&CT|skull base to mid-thigh|none|none
PT||PET BRAIN|PT|brain|none|none
RF||VIDEO SWALLOW|RF|esophagus|none|none
RF||HSG|RF|uterus|none|none
RF||SMALL BOWEL SERIES|RF|small bowel|none|none
XA||CEREBRAL ANGIO 4 VESSEL|XA|intracranial vessels|none|none
CT||CT HWS nativ|CT|cervical spine|none|without
CT||CT Ganzkörper Polytrauma mit KM|CT|whole body|none|with
CT||CT Felsenbein bds|CT|temporal bone|B|unspecified
CT||CTA Becken-Bein|CT|abdominal aorta and leg arteries|none|with
CT||CT Oberbauch/Becken m. KM|CT|abdomen and pelvis|none|with
MR||MRT Neurocranium m. KM|MR|brain|none|with
MR||MRT OSG re.|MR|ankle|R|unspecified
MR||MRT Schulter li nativ|MR|shoulder|L|without
MR||MRT Becken/ISG|MR|sacroiliac joints|none|unspecified
MR||MR-Angio Hirngefäße (TOF)|MR|intracranial vessels|none|without
CR||Thorax liegend (Bett)|XR|chest|none|none
DX||Beckenübersicht + Hüfte li. axial|XR|hip|L|none
DX||Vorfuß re. dp und schräg|XR|foot|R|none
DX||LWS stehend 2 Eb.|XR|lumbar spine|none|none
US||Oberbauchsonographie|US|abdomen|none|none
US||Mammasono li.|US|breast|L|none
RF||MDP|RF|upper gastrointestinal tract|none|none
NM||Skelettszinti|NM|skeleton|none|none
CT||Angio-TDM des TSA et du polygone de Willis|CT|head and neck vessels|none|with
CT||TDM abdo-pelvienne avec IV|CT|abdomen and pelvis|none|with
CT||TDM thoracique basse dose|CT|chest|none|unspecified
CT||Arthro-scanner épaule gauche|CT|shoulder|L|none
CT||TDM rachis cervical|CT|cervical spine|none|unspecified
MR||IRM encéphalique sans et avec gadolinium|MR|brain|none|both
MR||IRM pelvienne|MR|pelvis|none|unspecified
MR||Bili-IRM|MR|bile ducts|none|unspecified
MR||IRM cheville D|MR|ankle|R|unspecified
DX||Pouce droit F+P|XR|finger|R|none
DX||ASP|XR|abdomen|none|none
DX||Rachis dorso-lombaire en charge|XR|thoracolumbar spine|none|none
US||Echo thyroïde|US|thyroid|none|none
MG||Mammographie bilatérale|MG|breast|B|none
CT||ANGIOTAC CEREBRAL Y TSA|CT|head and neck vessels|none|with
CT||TC TAP C/C|CT|chest, abdomen and pelvis|none|with
CT||UROTAC SIN CONTRASTE|CT|urinary tract|none|without
CT||TAC OIDOS|CT|temporal bone|B|unspecified
MR||RM CEREBRO CON Y SIN GADOLINIO|MR|brain|none|both
MR||RM HOMBRO DCHO|MR|shoulder|R|unspecified
MR||RM COLANGIO|MR|bile ducts|none|unspecified
DX||RX PARRILLA COSTAL IZQ|XR|ribs|L|none
DX||RX CADERAS AP|XR|hip|B|none
US||ECO DOPPLER VENOSO MMII|US|leg veins|B|none
US||ECO PARTES BLANDAS CUELLO|US|neck|none|none
CT||TC SEIOS DA FACE|CT|paranasal sinuses|none|unspecified
CT||TC ABD TOTAL C/ CONTRASTE|CT|abdomen and pelvis|none|with
MR||RM OMBRO DIR|MR|shoulder|R|unspecified
MR||RM CRANIO S/ CONTRASTE|MR|brain|none|without
DX||RX PE ESQ|XR|foot|L|none
US||ECOGRAFIA RENAL|US|kidney|none|none
US||US OBSTÉTRICO MORFOLÓGICO|US|pregnancy|none|none
CT||TC ADDOME COMPLETO CON MDC|CT|abdomen and pelvis|none|with
CT||TC MASSICCIO FACCIALE|CT|maxillofacial|none|unspecified
MR||RM SPALLA DX|MR|shoulder|R|unspecified
MR||RMN RACHIDE CERVICALE|MR|cervical spine|none|unspecified
DX||RX BACINO|XR|pelvis|none|none
DX||RX GINOCCHIO SN 2P|XR|knee|L|none
US||ECO ADDOME SUPERIORE|US|abdomen|none|none
CT||CT sinus|CT|paranasal sinuses|none|unspecified
CT||CT abdomen met contrast|CT|abdomen|none|with
MR||MRI schouder li|MR|shoulder|L|unspecified
MR||MRI LWK zonder contrast|MR|lumbar spine|none|without
US||Echo nieren|US|kidney|none|none
CT||DT thorax buk m iv kontrast|CT|chest and abdomen|none|with
MR||MR ländrygg|MR|lumbar spine|none|unspecified
DX||Lungor frontal och sida|XR|chest|none|none
US||UL buk övre|US|abdomen|none|none
CT||CT cerebrum u/k|CT|brain|none|without
MR||MR columna lumbalis|MR|lumbar spine|none|unspecified
DX||RTG klatki piersiowej PA|XR|chest|none|none
CT||TK zatok przynosowych|CT|paranasal sinuses|none|unspecified
MR||MR stawu kolanowego prawego|MR|knee|R|unspecified
US||USG tarczycy|US|thyroid|none|none
CT||BT BEYİN|CT|brain|none|unspecified
MR||DİZ MR SOL|MR|knee|L|unspecified
DX||EL BİLEĞİ GRAFİSİ 2 YÖNLÜ SAĞ|XR|wrist|R|none
US||TÜM ABDOMEN USG|US|abdomen|none|none
CT||胸部-骨盤CT 造影|CT|chest, abdomen and pelvis|none|with
CT||頭部単純CT|CT|brain|none|without
MR||右膝MRI|MR|knee|R|unspecified
DX||左足関節 2方向|XR|ankle|L|none
US||頸動脈エコー|US|carotid arteries|unspecified|none
CT||胸部CT平扫+增强|CT|chest|none|both
CT||颅脑CT|CT|brain|none|unspecified
MR||腰椎MR|MR|lumbar spine|none|unspecified
US||双下肢静脉彩超|US|leg veins|B|none
DX||胸部正侧位DR|XR|chest|none|none
CT||복부 CT 조영증강|CT|abdomen|none|with
MR||요추 MRI|MR|lumbar spine|none|unspecified
DX||흉부 X-ray 정면|XR|chest|none|none
US||US PARA|US|abdomen|none|none
CT||CT A/P WO|CT|abdomen and pelvis|none|without
US||US SD|US|thyroid|none|none
DX||L.S. SPINE AP/LAT|XR|lumbar spine|none|none
DX||D-L SPINE 2 VIEWS|XR|thoracolumbar spine|none|none
CT||CT WHOLE ABDOMEN PLAIN & CONTRAST|CT|abdomen and pelvis|none|both
CT||TC TX S/C|CT|chest|none|without
MR||RM JOELHO ESQ S/C|MR|knee|L|without
RF||LUMBAR PUNCTURE FLUORO|RF|lumbar spine|none|none
XA||PORT PLACEMENT CHEST|XA|chest|none|none
DX||KUB|XR|abdomen|none|none
CT||NECT BRAIN|CT|brain|none|without
CT||CECT THORAX|CT|chest|none|with
CT||CT PNS CORONAL|CT|paranasal sinuses|none|unspecified
MR||MRI WHOLE SPINE SCREENING|MR|spine|none|unspecified
MR||MRI B/L KNEE|MR|knee|B|unspecified
DX||X-RAY BOTH HANDS AP|XR|hand|B|none
DX||X RAY PELVIS WITH BOTH HIPS AP|XR|hip|B|none
US||USG WHOLE ABDOMEN|US|abdomen|none|none
US||USG KUB|US|urinary tract|none|none
MR||CE MRI PELVIS|MR|pelvis|none|with
CT||HRCT TEMPORAL BONE|CT|temporal bone|none|without
CT||CT CORONARY ANGIOGRAM|CT|coronary arteries|none|with
US||OBS SCAN|US|pregnancy|none|none
US||TVS|US|pelvis|none|none
DX||CXR PA VIEW|XR|chest|none|none
CT||CT-Thorax m. KM i.v.|CT|chest|none|with
CT||CT Hals/Thorax/Abd. mit KM|CT|neck, chest, abdomen and pelvis|none|with
MR||MRT HWS nativ + KM|MR|cervical spine|none|both
MR||MRT Handgelenk rechts o. KM|MR|wrist|R|without
MR||MRT Hypophyse m KM|MR|sella|none|with
DX||Rö. Knie bds. stehend|XR|knee|B|none
DX||Rö BWS 2E|XR|thoracic spine|none|none
US||Sono Abdomen komplett|US|abdomen|none|none
US||FKDS Carotiden|US|carotid arteries|B|none
CT||Scanner abdominal non injecté|CT|abdomen|none|without
CT||TDM genou gauche|CT|knee|L|unspecified
MR||IRM du rachis cervical sans inj|MR|cervical spine|none|without
MR||ARM TOF encéphale|MR|intracranial vessels|none|without
DX||Rx main D 3 inc|XR|hand|R|none
US||Echo scrotale|US|scrotum|none|none
CT||ANGIO TAC TORAX|CT|chest|none|with
CT||TAC DE COLUMNA LUMBAR|CT|lumbar spine|none|unspecified
MR||RM MUÑECA DERECHA CON CONTRASTE|MR|wrist|R|with
DX||RX DE TOBILLO IZQUIERDO AP Y L|XR|ankle|L|none
US||ECOGRAFIA TIROIDEA|US|thyroid|none|none
CT||TOMOGRAFIA DE CRANIO|CT|brain|none|unspecified
CT||TC COLUNA LOMBAR SEM CONTRASTE|CT|lumbar spine|none|without
MR||RESSONANCIA MAGNETICA DE PELVE|MR|pelvis|none|unspecified
DX||RX TORAX PA E PERFIL|XR|chest|none|none
US||US TRANSVAGINAL|US|pelvis|none|none
CT||TC COLLO SENZA E CON MDC|CT|neck|none|both
CT||ANGIO-TC AORTA ADDOMINALE|CT|aorta|none|with
MR||RM COLONNA LOMBOSACRALE|MR|lumbar spine|none|unspecified
DX||RX PIEDE DESTRO|XR|foot|R|none
US||ECOGRAFIA TIROIDE|US|thyroid|none|none
CT||CT thorax zonder|CT|chest|none|without
CT||CT enkel re|CT|ankle|R|unspecified
MR||MRI hersenen met gadolinium|MR|brain|none|with
DX||X-knie li|XR|knee|L|none
CT||DT hjärna|CT|brain|none|unspecified
MR||MR knä hö|MR|knee|R|unspecified
DX||RTG handled vä|XR|wrist|L|none
CT||CT abdomen m/iv kontrast|CT|abdomen|none|with
MR||MR hofte hø|MR|hip|R|unspecified
CT||TK klatki piersiowej z kontrastem|CT|chest|none|with
MR||Rezonans głowy z kontrastem|MR|brain|none|with
DX||RTG kolana lewego AP+bok|XR|knee|L|none
CT||BT ABDOMEN IV KONTRASTLI|CT|abdomen|none|with
MR||SERVİKAL MR|MR|cervical spine|none|unspecified
US||TİROİD USG|US|thyroid|none|none
CT||腹部CT(単純+造影)|CT|abdomen|none|both
CT||CT 頭部 造影なし|CT|brain|none|without
MR||MRI 頚椎|MR|cervical spine|none|unspecified
MR||肩関節MRI 左|MR|shoulder|L|unspecified
DX||胸部XP PA|XR|chest|none|none
US||心エコー|US|heart|none|none
MG||マンモグラフィー検診|MG|breast|B|none
CT||冠脉CTA|CT|coronary arteries|none|with
CT||副鼻窦CT|CT|paranasal sinuses|none|unspecified
MR||垂体MR增强|MR|sella|none|with
MR||右肩MRI平扫|MR|shoulder|R|without
DX||腰椎正侧位|XR|lumbar spine|none|none
US||肝胆胰脾彩超|US|abdomen|none|none
CT||뇌 CT (비조영)|CT|brain|none|without
MR||좌측 어깨 MRI|MR|shoulder|L|unspecified
US||갑상선 초음파|US|thyroid|none|none
XA||EMBOLISATION UTERINE ARTERY|XA|uterus|none|none
CT||CT GUIDED FNA LUNG LT|CT|lung|L|unspecified
US||US GUIDED THYROID FNA|US|thyroid|none|none
CT||CT DRAIN ABSCESS ABD|CT|abdomen|none|unspecified
MR||MR GUIDED BX BREAST RT|MR|breast|R|unspecified
`;

export interface Described {
  modality: string;
  bodyPart: string;
  description: string;
  expected: { modality: string; focus: string; laterality: string; contrast: string };
}

export const described: readonly Described[] = [table, specialTable]
  .flatMap((text) => text.trim().split('\n'))
  .map((line) => {
    const [header, bodyPart, description, modality, focus, laterality, contrast] = line.split('|') as string[];
    return {
      modality: header!,
      bodyPart: bodyPart!,
      description: description!,
      expected: { modality: modality!, focus: focus!, laterality: laterality!, contrast: contrast! },
    };
  });
