// More of described.ts: vessels, interventions, order codes and what else is not said of parts alone.

export const specialTable = `
CT||CTA COW + CAROTIDS|CT|head and neck vessels|none|with
CT||CTPA ?PE|CT|pulmonary arteries|none|with
CT||CT ABDO/PELVIS PORTAL VENOUS|CT|abdomen and pelvis|none|with
CT||CT KUB LOW DOSE|CT|urinary tract|none|unspecified
CT||CT FEMORAL ANTEVERSION|CT|femur|unspecified|unspecified
CT||CTHEWO|CT|brain|none|without
CT||CTCHEW|CT|chest|none|with
CT||CT C/A/P ONC F/U W|CT|chest, abdomen and pelvis|none|with
CT||CT GUIDED LUNG BX RT|CT|lung|R|unspecified
CT||CT ADRENALS WO/W|CT|abdomen|none|both
CT||CT DENTAL MANDIBLE IMPLANT|CT|mandible|none|unspecified
CT||CT PELVIS + HIPS TRAUMA|CT|hip|B|unspecified
MR||MR ARTHRO SHOULDER LT|MR|shoulder|L|none
MR||MRI BRAIN MS PROTOCOL +GAD|MR|brain|none|with
MR||MRI C+T+L SPINE|MR|spine|none|unspecified
MR||MRV HEAD WO|MR|intracranial vessels|none|without
MR||MRI LIVER W EOVIST|MR|liver|none|with
MR||MRI FOREFOOT RT MORTONS|MR|foot|R|unspecified
MR||MSHLDL|MR|shoulder|L|unspecified
MR||MR DEFECATING PROCTOGRAM|MR|rectum|none|unspecified
MR||MRI BRACHIAL PLEX BIL|MR|upper extremity|B|unspecified
CR||XR HAND RT PA/OBL/LAT|XR|hand|R|none
CR||XFOOTL|XR|foot|L|none
DX||XR AC JOINTS BIL W/ WT|XR|acromioclavicular joint|B|none
DX||XR ORBITS FB PRE MRI|XR|orbit|none|none
CR||NECK SOFT TISSUE LAT XR|XR|neck|none|none
DX||XR SI JTS|XR|sacroiliac joints|none|none
DX||XR PATELLA SKYLINE L|XR|knee|L|none
DX||OPG|XR|mandible|none|none
US||US DVT LEG RT|US|leg veins|R|none
US||USS ABDO + PELVIS|US|abdomen|none|none
US||US OBS 20/40 ANOMALY|US|pregnancy|none|none
US||US CAROTID DOPP BILAT|US|carotid arteries|B|none
US||ECHO TTE|US|heart|none|none
US||US HIPS INFANT DDH|US|hip|B|none
US||US GUIDED THYROID BIOPSY|US|thyroid|none|none
MG||MMG DX BIL TOMO|MG|breast|B|none
MG||MAM SCR|MG|breast|B|none
NM||NM MYOCARDIAL PERFUSION STRESS/REST|NM|heart|none|none
NM||DMSA SCAN|NM|kidney|none|none
NM||NM BONE SCAN WB|NM|skeleton|none|none
PT||PET-CT FDG WHOLE BODY|PT&CT|whole body|none|none
PT||PET/CT PSMA SKULL TO THIGH|PT&CT|skull base to mid-thigh|none|none
RF||BA SWALLOW|RF|esophagus|none|none
RF||UGI W SBFT|RF|upper gastrointestinal tract|none|none
XA||PICC PLACEMENT RT|XA|upper extremity|R|none
XA||TIPS|XA|liver|none|none
CT||CT Lungenembolie|CT|pulmonary arteries|none|with
CT||CT Angio Becken/Bein|CT|abdominal aorta and leg arteries|none|with
CT||CT Polytrauma|CT|whole body|none|unspecified
CT||HR-CT Thorax|CT|chest|none|without
CT||CT Coronarangiographie|CT|coronary arteries|none|with
CT||CT-gest. Punktion Leber|CT|liver|none|unspecified
MR||MRCP|MR|bile ducts|none|unspecified
MR||MRT Sellink|MR|small bowel|none|unspecified
MR||MRT Daumen re o KM|MR|finger|R|without
MR||MR-Mammographie bds. m. KM|MR|breast|B|with
MR||MRT ISG nativ|MR|sacroiliac joints|none|without
MR||cMRT mit KM|MR|brain|none|with
MR||Kardio-MRT|MR|heart|none|unspecified
DX||Rö Hemithorax li|XR|ribs|L|none
DX||Rö Klavikula re. 2 Eb.|XR|clavicle|R|none
DX||Beinachse bds. stehend|XR|lower extremity|B|none
DX||Abdomen Linksseitenlage|XR|abdomen|none|none
DX||Patella axial re.|XR|knee|R|none
US||Duplexsono Carotiden|US|carotid arteries|B|none
US||Sono Hals/SD|US|thyroid|none|none
US||Sono Nieren u. Blase|US|urinary tract|none|none
MG||Mammo Screening|MG|breast|B|none
NM||Schilddrüsenszintigraphie|NM|thyroid|none|none
RF||Ösophagus-Breischluck|RF|esophagus|none|none
CT||Angio TDM cérébrale|CT|intracranial vessels|none|with
CT||TDM abdo pelvienne sans puis avec IV|CT|abdomen and pelvis|none|both
CT||Coroscanner|CT|coronary arteries|none|with
CT||Arthroscanner genou droit|CT|knee|R|none
CT||Dentascanner|CT|mandible|none|unspecified
CT||TDM LOMBAIRE|CT|lumbar spine|none|unspecified
MR||IRM épaule dte sans inj|MR|shoulder|R|without
MR||IRM MAMMAIRE BILAT AVEC GADO|MR|breast|B|with
MR||Entéro-IRM|MR|small bowel|none|unspecified
MR||IRM prostatique multiparamétrique|MR|prostate|none|unspecified
DX||RP face|XR|chest|none|none
DX||Radiographie du gril costal gauche|XR|ribs|L|none
DX||Pangonogramme|XR|lower extremity|unspecified|none
DX||Rx poignet G F/P|XR|wrist|L|none
US||Echodoppler TSA|US|carotid arteries|B|none
US||Echographie obstétricale T2|US|pregnancy|none|none
MG||Mammographie dépistage|MG|breast|B|none
CT||ANGIO-TC DE TRONCOS SUPRAAORTICOS|CT|neck vessels|none|with
CT||TC TORAX ALTA RESOLUCION|CT|chest|none|without
CT||ANGIOTAC PULMONAR (TEP)|CT|pulmonary arteries|none|with
CT||TC ABDOMINOPELVICO C/C IV|CT|abdomen and pelvis|none|with
MR||RM COLUMNA DORSAL S/C|MR|thoracic spine|none|without
MR||RM MAMA BILATERAL C/C|MR|breast|B|with
MR||ANGIO RM CEREBRAL|MR|intracranial vessels|none|unspecified
DX||RX PIE IZQ AP Y OBL|XR|foot|L|none
DX||RX ABDOMEN SIMPLE DE PIE|XR|abdomen|none|none
DX||TELERRADIOGRAFIA COLUMNA|XR|spine|none|none
US||ECOGRAFIA OBSTETRICA 2 TRIM|US|pregnancy|none|none
US||ECO DOPPLER CAROTIDEO|US|carotid arteries|unspecified|none
MG||MAMOGRAFIA BILATERAL DE CRIBADO|MG|breast|B|none
CT||ANGIOTOMOGRAFIA CORONARIANA|CT|coronary arteries|none|with
CT||TC DE ABDOME SUPERIOR C/ CONTRASTE|CT|abdomen|none|with
MR||RM DE COLUNA LOMBO-SACRA S/C|MR|lumbar spine|none|without
MR||COLANGIORRESSONANCIA|MR|bile ducts|none|unspecified
DX||RX BACIA AP|XR|pelvis|none|none
DX||RX PANORAMICA DE MEMBROS INFERIORES|XR|lower extremity|B|none
US||US DOPPLER VENOSO MMII|US|leg veins|B|none
US||USG MAMAS|US|breast|B|none
CT||ANGIO TC TSA|CT|neck vessels|none|with
CT||TC CRANIO URGENTE|CT|brain|none|unspecified
CT||TC TORACE ALTA RISOLUZIONE|CT|chest|none|without
CT||COLONSCOPIA VIRTUALE TC|CT|colon|none|unspecified
MR||RMN GINOCCHIO DX SENZA MDC|MR|knee|R|without
MR||COLANGIO RM|MR|bile ducts|none|unspecified
MR||CUORE RM CON MDC|MR|heart|none|with
DX||RX EMICOSTATO DX|XR|ribs|R|none
DX||RX ANCA SN|XR|hip|L|none
US||ECOGRAFIA ANSE INTESTINALI|US|small bowel|none|none
US||ECODOPPLER VENOSO ARTI INFERIORI|US|leg veins|B|none
CT||CTA halsvaten en circulus|CT|head and neck vessels|none|with
CT||CT thorax/abdomen m. contrast|CT|chest and abdomen|none|with
CT||CT longembolie|CT|pulmonary arteries|none|with
MR||MRI schouder re artro|MR|shoulder|R|none
DX||X-bekken AP|XR|pelvis|none|none
DX||X-clavicula li|XR|clavicle|L|none
US||Echo schildklier met punctie|US|thyroid|none|none
US||Duplex been veneus li|US|leg veins|L|none
CT||DT urinvägar|CT|urinary tract|none|unspecified
CT||DT angio halskärl|CT|neck vessels|none|with
CT||DT lungemboli|CT|pulmonary arteries|none|with
MR||MR MRCP|MR|bile ducts|none|unspecified
DX||Fotled vänster stående|XR|ankle|L|none
US||UL njurar|US|kidney|none|none
MG||Mammografi screening|MG|breast|B|none
CT||CT af thorax, HRCT|CT|chest|none|without
CT||CT urinveje uden kontrast|CT|urinary tract|none|without
MR||MR af højre knæ|MR|knee|R|unspecified
DX||Røntgen af thorax|XR|chest|none|none
US||UL af lever og galdeveje|US|liver|none|none
CT||Angio-TK tętnic szyjnych|CT|neck vessels|none|with
CT||TK zatok bez kontrastu|CT|paranasal sinuses|none|without
MR||MR przysadki z kontrastem|MR|sella|none|with
DX||RTG stopy prawej AP+skos|XR|foot|R|none
US||USG Doppler żył kończyn dolnych|US|leg veins|B|none
US||USG piersi|US|breast|unspecified|none
CT||BT ANJİYO KAROTİS|CT|neck vessels|none|with
CT||KORONER BT ANJİYO|CT|coronary arteries|none|with
MR||SAĞ OMUZ MR|MR|shoulder|R|unspecified
MR||KONTRASTLI HİPOFİZ MR|MR|sella|none|with
DX||PA AKCİĞER GRAFİSİ|XR|chest|none|none
US||TÜM BATIN USG|US|abdomen|none|none
US||BİLATERAL ALT EKSTREMİTE VENÖZ DOPPLER|US|leg veins|B|none
CT||冠動脈CT|CT|coronary arteries|none|with
CT||胸部HRCT|CT|chest|none|without
CT||頭頸部CTA|CT|head and neck vessels|none|with
CT||腹部ダイナミックCT|CT|abdomen|none|both
MR||MRCP|MR|bile ducts|none|unspecified
MR||頭部MRA|MR|intracranial vessels|none|unspecified
MR||乳房MRI 造影|MR|breast|unspecified|with
DX||両膝立位|XR|knee|B|none
DX||腹部臥位|XR|abdomen|none|none
US||下肢静脈エコー|US|leg veins|unspecified|none
US||乳腺エコー|US|breast|unspecified|none
NM||骨シンチ|NM|skeleton|none|none
CT||头颈部CTA|CT|head and neck vessels|none|with
CT||肺动脉CTA|CT|pulmonary arteries|none|with
CT||胸部高分辨CT|CT|chest|none|without
CT||泌尿系CT平扫|CT|urinary tract|none|without
MR||腰椎间盘MR|MR|lumbar spine|none|unspecified
MR||头颅MRA|MR|intracranial vessels|none|unspecified
MR||双侧髋关节MR平扫|MR|hip|B|without
DX||左手正斜位|XR|hand|L|none
US||甲状腺及颈部淋巴结彩超|US|thyroid|none|none
US||颈动脉彩超|US|carotid arteries|unspecified|none
CT||관상동맥 CT|CT|coronary arteries|none|with
CT||폐동맥 CT|CT|pulmonary arteries|none|with
MR||뇌혈관 MRA|MR|intracranial vessels|none|unspecified
MR||우측 무릎 MRI 비조영|MR|knee|R|without
DX||양측 손 X-ray|XR|hand|B|none
US||유방 초음파|US|breast|unspecified|none
CT|HEAD|CT THORAX NATIV|CT|chest|none|without
MR|CHEST|IRM GENOU G|MR|knee|L|unspecified
CT|KNEE|TC ADDOME|CT|abdomen|none|unspecified
OT||MRT LWS|MR|lumbar spine|none|unspecified
SC||RX TORAX|XR|chest|none|none
CT||CT Abd/Pel w IV & oral|CT|abdomen and pelvis|none|with
CT||CT Brain non-con ?SAH|CT|brain|none|without
CT||CT THORACOLUMBAR SPINE TRAUMA|CT|thoracolumbar spine|none|unspecified
CT||CT Elbow Rt 3D recons|CT|elbow|R|unspecified
CT||CTA Lower Ext Runoff|CT|abdominal aorta and leg arteries|none|with
CT||CT Triple phase liver|CT|liver|none|unspecified
CT||CTCA|CT|coronary arteries|none|with
CT||HRCT Chest prone & supine|CT|chest|none|without
CT||CT scan of sinuses|CT|paranasal sinuses|none|unspecified
MR||MR Pituitary w/wo Gd|MR|sella|none|both
MR||MRI Ankle LT W/O|MR|ankle|L|without
MR||MRI C SPINE W+W/O|MR|cervical spine|none|both
MR||MR Wrist Rt Arthrogram|MR|wrist|R|none
MR||MRA Carotids w Gad|MR|neck vessels|none|with
DX||XR Toe Lt 2nd|XR|toe|L|none
CR||Mobile CXR ICU|XR|chest|none|none
DX||XR Pelvis & Rt Hip|XR|hip|R|none
DX||XR Mandible OPG|XR|mandible|none|none
DX||XR Abdomen erect/supine|XR|abdomen|none|none
US||US Testes doppler|US|scrotum|none|none
US||US Soft tissue L thigh|US|thigh|L|none
NM||NM Thyroid scan Tc99m|NM|thyroid|none|none
MG||Bilat screening mammo 3D|MG|breast|B|none
CT||CT Thorax (low dose) nativ|CT|chest|none|without
CT||CT Schädel + NNH|CT|paranasal sinuses|none|unspecified
CT||CT Becken nativ Fraktur|CT|pelvis|none|without
CT||Angio-CT Aorta gesamt|CT|aorta|none|with
CT||CT OSG li nativ|CT|ankle|L|without
MR||MRT Abdomen m. KM Leber|MR|liver|none|with
MR||MRT BWS + LWS|MR|thoracolumbar spine|none|unspecified
MR||MRT Ellenbogen rechts nativ|MR|elbow|R|without
MR||MR-Angiographie intrakraniell|MR|intracranial vessels|none|unspecified
DX||Röntgen Finger III re.|XR|finger|R|none
DX||Rö-Thorax im Liegen|XR|chest|none|none
US||Farbduplex Beinarterien bds.|US|leg arteries|B|none
US||Sonographie Schulter links|US|shoulder|L|none
CT||TDM cervico-thoraco-abdomino-pelvienne|CT|neck, chest, abdomen and pelvis|none|unspecified
CT||Scanner des sinus sans injection|CT|paranasal sinuses|none|without
MR||IRM hanche gauche sans injection|MR|hip|L|without
MR||IRM pelvis endométriose|MR|pelvis|none|unspecified
DX||Radio genou droit F+P|XR|knee|R|none
DX||Radiographie abdomen sans préparation|XR|abdomen|none|none
US||Échographie rénale et vésicale|US|urinary tract|none|none
US||Doppler artériel des membres inférieurs|US|leg arteries|B|none
CT||TAC CEREBRAL C/C|CT|brain|none|with
CT||TC COLUMNA CERVICAL|CT|cervical spine|none|unspecified
CT||TC TORAX-ABDOMEN-PELVIS CON CTE|CT|chest, abdomen and pelvis|none|with
MR||RM TOBILLO DCHO SIN CTE|MR|ankle|R|without
MR||RM CADERAS|MR|hip|B|unspecified
DX||RX MUÑECA IZDA AP-LAT|XR|wrist|L|none
DX||RADIOGRAFIA DE SENOS PARANASALES|XR|paranasal sinuses|none|none
US||ECOGRAFIA DE CUELLO|US|neck|none|none
US||ECO TESTICULAR DOPPLER|US|scrotum|none|none
CT||TC DE TORAX SEM CONTRASTE|CT|chest|none|without
CT||TC ABDOME E PELVE C/ CONTRASTE EV|CT|abdomen and pelvis|none|with
MR||RM DO TORNOZELO ESQUERDO|MR|ankle|L|unspecified
MR||RM ABDOME SUP COM COLANGIO|MR|bile ducts|none|unspecified
DX||RX MAO E PUNHO D|XR|wrist|R|none
US||USG PROSTATA VIA ABDOMINAL|US|prostate|none|none
CT||TC ENCEFALO SENZA MDC|CT|brain|none|without
CT||ANGIO TC TORACE (EP)|CT|pulmonary arteries|none|with
MR||RM CAVIGLIA SN|MR|ankle|L|unspecified
MR||RM ADDOME SUP. CON E SENZA MDC|MR|abdomen|none|both
DX||RX COLONNA LOMBARE 2P|XR|lumbar spine|none|none
US||ECO COLLO|US|neck|none|none
CT||CT abdomen/bekken blanco steen|CT|abdomen and pelvis|none|without
MR||MRI heup li|MR|hip|L|unspecified
MR||MRI cerebrum met gado|MR|brain|none|with
DX||X-voet re 3 ri|XR|foot|R|none
US||Echo bovenbuik|US|abdomen|none|none
CT||DT buk bäcken iv k|CT|abdomen and pelvis|none|with
MR||MR halsrygg utan k|MR|cervical spine|none|without
DX||Rtg knä vä bel|XR|knee|L|none
US||UL lever gallvägar|US|liver|none|none
CT||CT cerebrum uden kontrast akut|CT|brain|none|without
MR||MR lænderyg|MR|lumbar spine|none|unspecified
DX||Rtg. håndled højre|XR|wrist|R|none
CT||TK jamy brzusznej i miednicy mniejszej z kontrastem|CT|abdomen and pelvis|none|with
MR||MR barku lewego|MR|shoulder|L|unspecified
DX||RTG nadgarstka P|XR|wrist|R|none
CT||TORAKS BT (KONTRASTSIZ)|CT|chest|none|without
MR||SOL OMUZ MR|MR|shoulder|L|unspecified
DX||LOMBOSAKRAL GRAFİ 2 YÖN|XR|lumbar spine|none|none
US||BOYUN USG|US|neck|none|none
CT||胸腹部造影CT|CT|chest and abdomen|none|with
CT||頭部CT(単純)|CT|brain|none|without
MR||右肩関節MRI|MR|shoulder|R|unspecified
MR||骨盤MRI 造影|MR|pelvis|none|with
DX||腰椎2方向|XR|lumbar spine|none|none
US||甲状腺エコー|US|thyroid|none|none
CT||全腹部CT平扫+增强|CT|abdomen and pelvis|none|both
CT||鼻窦CT冠状位|CT|paranasal sinuses|none|unspecified
MR||右膝关节磁共振平扫|MR|knee|R|without
MR||颈椎MRI|MR|cervical spine|none|unspecified
DX||双膝正侧位|XR|knee|B|none
US||泌尿系彩超|US|urinary tract|none|none
CT||복부골반 CT 조영|CT|abdomen and pelvis|none|with
MR||어깨 MRI (좌)|MR|shoulder|L|unspecified
DX||요추 측면|XR|lumbar spine|none|none
`;
