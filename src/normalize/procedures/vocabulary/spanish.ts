// What radiology is called in Spanish, in Spain and in Latin America.

export const spanish = `
abdomen: abdomen, abdominal, abdomen superior, hemiabdomen superior, vientre, bazo, suprarrenales, suprarrenal, abdomen simple, glándulas suprarrenales, pared abdominal, abd, paracentesis
abdomen and pelvis: abdomen y pelvis, abdomen pelvis, abdominopélvico, abdominopélvica, abdomino pélvico, abdomen total, abdomen completo, abdomen pélvico, abdomino pélvica, abdominopelvico, abd pelv, abd y pelvis
abdominal aorta and leg arteries: aorta y miembros inferiores, aorta y mmii, aorto ilíaco y mmii, aortoilíaca y miembros inferiores, aorta abdominal y miembros inferiores, aorta abdominal y mmii, aorta y extremidades inferiores, aortoilíaco y mmii
acromioclavicular joint: articulación acromioclavicular, acromioclavicular, acromioclaviculares
ankle: tobillo, tobillos
aorta: aorta, aorta abdominal, aórtico, aorta toracoabdominal, aorta completa, aneurisma de aorta
appendix: apéndice, apendicitis
axial skeleton: columna y cadera, columna lumbar y cadera, lumbar y cadera, cadera y columna, columna lumbar y fémur
bile ducts: vía biliar, vías biliares, colangiorm, colangio rm, colangioresonancia, colangiografía, colangiorresonancia, colangio resonancia, cprm, biliar, cpre, hepatobiliar, colangiopancreatografía
bladder: vejiga, cistografía, cums, uretrocistografía, cistouretrografía, vesical, cug
brain: cerebro, cerebral, encéfalo, encefálica, encefálico, intracraneal, craneal cerebro, transfontanelar, ictus
head: cabeza, cráneo, craneal, craneo
breast: mama, mamas, mamografía, mamaria, mamario, senos, mastografía, mamografia, galactografía, seno mamario
carotid arteries: carótida, carótidas, carotídeo, vasos carotídeos, tsa, carotídea, troncos supraaórticos, arterias carótidas, doppler carotídeo, carotideo
cervical spine: columna cervical, cervical, raquis cervical, col cervical, c cervical, cc columna, odontoides, vértebras cervicales, columna cerv
chest: tórax, torácico, torácica, mediastino, pleura, tx torax, axila, tráquea, pecho, tele de tórax, teleradiografía de tórax, tele tórax, pleural, tx, toracocentesis
chest and abdomen: tórax y abdomen, tórax abdomen, toracoabdominal, tórax abdominal
chest, abdomen and pelvis: tórax abdomen y pelvis, tórax abdomen pelvis, toraco abdomino pélvico, tap, tórax abdominopélvico, toracoabdominopélvico, toraco abdominopélvico, tc tap, tórax y abdomen y pelvis, cuerpo tórax abdomen pelvis, toraco abdominal pélvico
clavicle: clavícula, clavículas
colon: colon, colonoscopia virtual, colonografía, enema opaco, colon por enema, enema de bario, colonotc, enema baritado, colonograma, colonografia por tc
coronary arteries: coronarias, coronario, arterias coronarias, coronariografía, coronarioTC, coronaria, coronariotc, angiotc coronario, coronarios
elbow: codo, codos, olécranon
esophagus: esófago, esofagograma, esofágico, deglución, tránsito esofágico, esofagografía
extremity: extremidad, extremidades, miembro, miembros
femur: fémur, fémures, femures
fetus: feto, fetal
finger: dedo, dedos, pulgar, dedo de la mano, dedos de la mano, índice, dedo mano, pulgares
foot: pie, pies, calcáneo, antepié, retropié, talón, metatarso, calcaneo
forearm: antebrazo, antebrazos, radio y cúbito, cúbito y radio, cúbito
gallbladder: vesícula, vesícula biliar
groin: ingle, inguinal, región inguinal, ingles
hand: mano, manos, metacarpo, metacarpianos
head and neck vessels: troncos supraaórticos y polígono de willis, tsa y polígono, vasos de cabeza y cuello, tsa y willis, vasos de cuello y cerebro, cabeza y cuello vasos, polígono de willis y tsa, tsa e intracraneal, tsa y polígono de willis, troncos supraaórticos e intracraneales, tsa intracraneal, vasos cervicales y cerebrales, carótidas y polígono de willis, cerebro y cuello vasos
heart: corazón, cardíaca, cardiaco, ecocardiograma, cardíaco, ecocardiografía, miocardio, score cálcico, perfusión miocárdica, score de calcio, gammagrafía miocárdica, cardiaca, puntaje de calcio, tavi, eco cardiaca, miocárdica, calcio coronario, aurícula izquierda, cardiorm
hip: cadera, caderas, coxofemoral, coxofemorales, acetábulo
inferior vena cava: vena cava inferior, vci, cava inferior
internal auditory canal: conducto auditivo interno, cai, conductos auditivos internos, ángulo pontocerebeloso, cais, oídos internos, ángulos pontocerebelosos, apc, neurinoma del acústico, ángulo ponto cerebeloso, ángulo pontino
intracranial vessels: polígono de willis, vasos intracraneales, angiografía cerebral, arterias cerebrales, arteriografía cerebral, vasos cerebrales, senos venosos, circulación cerebral, angio cerebral, willis, panangiografía cerebral, venas cerebrales, transcraneal, doppler transcraneal, senos durales, arterias intracraneales, angiorm cerebral
kidney: riñón, riñones, renal, renales, renograma, gammagrafía renal, nefrostomía, fosa renal, litiasis renal, cólico renal
knee: rodilla, rodillas, rótula, rótulas, patela, femoropatelar, femororrotuliana, patelofemoral
larynx: laringe, laríngeo
leg arteries: arterias de miembros inferiores, arterial de miembros inferiores, arterial mmii, doppler arterial mmii, arterias mmii, arteriografía de miembros inferiores, arterial miembros inferiores, arterial de mmii, arterial de extremidades inferiores, arterias de extremidades inferiores, arteriografía mmii, arterial eeii, arterias de las piernas
leg veins: venas de miembros inferiores, venoso de miembros inferiores, venoso mmii, doppler venoso mmii, tvp, venoso miembros inferiores, venas mmii, venoso de mmii, trombosis venosa profunda, venoso de extremidades inferiores, venoso eeii, venosa de miembros inferiores, venas de las piernas, venoso mi, venoso de mi, flebografía de miembros inferiores
liver: hígado, hepático, hepática, hepáticas, fibroscan
lower extremity: miembro inferior, miembros inferiores, mmii, extremidad inferior, extremidades inferiores, pierna completa, telemetría, ejes mecánicos, mii, mid, eeii, telerradiografía de miembros inferiores, telemetria de miembros inferiores, goniometría, ortoradiografía
lower leg: pierna, tibia, peroné, tibia y peroné, pantorrilla, piernas, fíbula, gemelos, tibia peroné
lumbar spine: columna lumbar, lumbar, lumbosacra, columna lumbosacra, raquis lumbar, lumbosacro, col lumbar, columna lumbo sacra, cls, columna ls, lumbo sacra, vértebras lumbares, cl columna, col lumbosacra, punción lumbar
lung: pulmón, pulmones, pulmonar, gammagrafía pulmonar, bronquial, parénquima pulmonar
mandible: mandíbula, mandibular, ortopantomografía, panorámica dental, dental, dientes, dentascan, panorámica, radiografía panorámica, opg, maxilar inferior, ortopantomograma
maxillofacial: maxilofacial, macizo facial, facial, cara, huesos faciales, macizo maxilofacial, huesos de la cara, malar, maxilar superior, macizo cráneofacial, órbita facial, arco cigomático, huesos malares, craneofacial
nasal bones: huesos propios, huesos nasales, nariz, huesos propios de la nariz, huesos propios nasales, hpn, hueso nasal
neck: cuello, partes blandas de cuello, paratiroides, cervical partes blandas, faringe, nasofaringe, partes blandas cuello, orofaringe, cuello partes blandas, cavum
neck vessels: vasos del cuello, vasos de cuello, angio cuello, arterias vertebrales, vasos cervicales, troncos supraaórticos, tsa, arterias del cuello, vasos supraaórticos, yugular, arteria vertebral, vasos cuello
neck, chest, abdomen and pelvis: cuello tórax abdomen y pelvis, cuello tórax abdomen pelvis, cervico toraco abdomino pélvico, ctap, cuello tap, cervicotoracoabdominopélvico, cervico toraco abdominopélvico, cuello y tap
orbit: órbita, órbitas, ojo, ojos, nervio óptico, orbitaria, ocular, nervios ópticos, orbitario, orbitas
pancreas: páncreas, pancreático
paranasal sinuses: senos paranasales, spn, senos, senos para nasales, waters, cavidades paranasales, senos maxilares, sinusal, cpn, snp
parotid gland: parótida, parótidas, glándulas salivales, glándula parótida, glándula salival, sialografía, submaxilar, submaxilares
pelvis: pelvis, pélvica, pélvico, sacro, cóccix, coxis, ovarios, ovario, pelvis ósea, suelo pélvico, sacro y coxis, sacrocoxis, anexos, ginecológica, pelviana, hipogastrio
pregnancy: embarazo, obstétrico, obstétrica, gestación, ecografía obstétrica, gestacional, translucencia nucal, embarazada, prenatal
prostate: próstata, prostática, prostático, vesículas seminales
pulmonary arteries: arterias pulmonares, tep, tromboembolismo pulmonar, embolia pulmonar, angiotac pulmonar, angiotc pulmonar, tromboembolia pulmonar, angio pulmonar, arteria pulmonar, protocolo tep, embolismo pulmonar, arteriografía pulmonar
rectum: recto, rectal, defecografía, anal, fístula perianal, anorrectal, fístula anal, canal anal, perianal, ano
renal vessels: arterias renales, vasos renales, arteria renal, venas renales, vena renal
retroperitoneum: retroperitoneo, retroperitoneal
ribs: costillas, costilla, parrilla costal, reja costal, arcos costales, parrilla, costal
sacroiliac joints: sacroilíacas, sacroilíaca, articulaciones sacroilíacas, sacro ilíacas, sacroiliacas, articulación sacroilíaca
scapula: escápula, omóplato, escapular, omoplato
scrotum: escroto, testículo, testículos, testicular, escrotal
sella: silla turca, hipófisis, hipofisaria, hipofisis, hipofisario, selar
shoulder: hombro, hombros, manguito rotador, glenohumeral
skeleton: esqueleto, óseo, ósea, gammagrafía ósea, huesos, médula ósea, serie ósea, rastreo óseo, mapa óseo, serie ósea metastásica, centellograma óseo
skull: bóveda craneal, cráneo ap y lateral, calota, cefalometría, telerradiografía lateral de cráneo
skull base to mid-thigh: base de cráneo a muslos, base de cráneo a tercio medio de muslos, base del cráneo a muslo, cráneo a muslos, base craneo a muslo, base de cráneo a muslo, base del cráneo hasta muslos, base craneal a muslos, base de cráneo hasta raíz de muslos, base de cráneo a tercio proximal de muslos, vértex a muslo
small bowel: intestino delgado, enterotc, enterorm, entero rm, entero tc, tránsito intestinal, enterografía, delgado, entero resonancia, enteroclisis, enterorresonancia, entero tac, enterotac
spine: columna, columna completa, columna vertebral, raquis, médula espinal, columna total, medular, columna vertebral completa, espinal, raquis completo, neuroeje, columna entera
sternum: esternón, esternoclavicular, esternoclaviculares
stomach: estómago, gástrico, vaciamiento gástrico, vaciado gástrico
temporal bone: hueso temporal, peñascos, oído, oídos, mastoides, huesos temporales, peñasco, oído medio, oído interno, temporales, óido
temporomandibular joint: articulación temporomandibular, atm, articulaciones temporomandibulares, temporomandibular, atms, temporomandibulares
thigh: muslo, muslos
thoracic aorta: aorta torácica, disección aórtica, cayado aórtico, disección de aorta, arco aórtico, aorta ascendente
thoracic spine: columna dorsal, columna torácica, dorsal, raquis dorsal, col dorsal, columna toracica, vértebras dorsales
thoracolumbar spine: columna dorsolumbar, dorsolumbar, toracolumbar, columna toracolumbar, escoliosis, dorso lumbar, escoliograma, columna dorso lumbar, toraco lumbar
thyroid: tiroides, tiroidea, tiroideo, bocio
toe: dedo del pie, dedos del pie, hallux, ortejo, ortejos, dedos pie, dedo pie, primer dedo del pie, dedo gordo del pie, hállux
upper arm: húmero, brazo, húmeros
upper extremity: miembro superior, miembros superiores, mmss, extremidad superior, plexo braquial, extremidades superiores, fistulografía, fístula arteriovenosa, fav, mms, eess, fístula de diálisis, fistula av
upper gastrointestinal tract: esofagogastroduodenal, tránsito gastroduodenal, segd, egd, tránsito esofagogastroduodenal, serie esofagogastroduodenal, tracto digestivo superior, serie gastroduodenal, egdt, seriada esofagogastroduodenal, tegd
urethra: uretra, uretrografía, uretral
urinary tract: vías urinarias, aparato urinario, urografía, urotac, urotc, uro tc, uréter, uréteres, urograma excretor, tracto urinario, litiasis, urinario, renovesical, uiv, cólico nefrítico, vesicorrenal, pielografía, urorm, renal y vías urinarias, reno vesical, litiasis urinaria, urograma, uro tac, litiasis ureteral, vejiga y riñones, vesico prostático, vía urinaria
uterus: útero, uterina, histerosalpingografía, hsg, miomas, endometrio, uterino, mioma
whole body: cuerpo entero, cuerpo completo, politrauma, rastreo corporal, body tc, politraumatizado, corporal total, corporal, body tac, bodytc, politraumatismo, rastreo corporal total
wrist: muñeca, muñecas, escafoides, carpo, túnel carpiano, túnel del carpo
modality CT: tac, tc, tomografía, tomografía computarizada, tomografía computada, scanner, angiotac, angiotc, tcar, escáner, tacar, tcmd, escanner, tomografía axial computarizada, angio tac, angio tc, urotac, tomografía axial, uro tac, tem, tomo, ct
modality MR: rm, resonancia, resonancia magnética, rmn, irm, angiorm, angioresonancia, rnm, angiorresonancia, angio rm, colangiorm, resonancia nuclear magnética, rmf, artrorm, colangiorresonancia, enterorm, rmi, angio resonancia, colangioresonancia, artroresonancia
modality XR: rx, radiografía, placa, radiografia, rayos x, densitometría, densitometría ósea, ortopantomografía, rayos, radiografías, telerradiografía, radiología simple, dmo, tele
modality US: eco, ecografía, ecodoppler, ultrasonido, eco doppler, ecografia, doppler, ecocardiograma, usg, ultrasonografía, us, ecocardiografía, ecotomografía, ecográfico
modality MG: mamografía, mastografía, mamografia, mx, tomosíntesis, galactografía, mg
modality NM: gammagrafía, gammagrafia, centellograma, medicina nuclear, spect, mn, cintigrama, cintigrafía, centellografía
modality PT: pet, tep pet, tomografía por emisión de positrones
modality PT&CT: pet tc, pet tac, pet ct, pettc, tep tc, pettac, pet tc con fdg
modality RF: fluoroscopia, esofagograma, tránsito, enema opaco, histerosalpingografía, cistografía, radioscopia, uiv, urografía intravenosa, segd, colon por enema, enema de bario, tránsito esofágico, telemando, urografía excretora, fluoroscópico
modality XA: arteriografía, angiografía, flebografía, hemodinámica, intervencionismo, dsa, coronariografía, radiología intervencionista, panangiografía, cavografía
side R: derecho, derecha, der, d, dcho, dcha, dch, drch, dra, dr, drcha, derechos, drcho
side L: izquierdo, izquierda, izq, i, izqdo, izda, izdo, izqda, izquierdos, iz, izqu
side B: bilateral, ambas, ambos, bilat, bilaterales, dos, ambas dos, derecha e izquierda, derecho e izquierdo, comparativo, comparativa, comparativas, der e izq, bil, comparativos
with: con, c
without: sin, s, sn
and: y, e
contraste: contraste
contrast: contraste, civ, cte, medio de contraste, mdc, contraste iv, gadolinio, iv, contraste intravenoso, mc, endovenoso, ev, contr, contraste ev, contraste endovenoso, gado, gd, contrastado iv, intravenoso, contraste yodado, cont, cst, medio
contrast with: contrastada, contrastado, con contraste, con civ, con gadolinio, cc, c c, con mc, tras contraste, con contraste iv, c contraste, con gado, c civ, con cte, con iv, con contraste ev, con medio de contraste, c cte, con ctte, poscontraste, con mdc, postcontraste, con contr
contrast without: simple, sin contraste, sc, s c, sin civ, sin gadolinio, no contrastada, s contraste, sin cte, sin mc, basal, s civ, sin contraste iv, s cte, sin contraste ev, sin medio de contraste, precontraste, sin mdc, sin gado, no contrastado, sin contr, sin iv
contrast both: simple y contrastada, simple y con contraste, sin y con contraste, con y sin contraste, sin con contraste, simple y contrastado, s c y c c, c s contraste, s y c contraste, con sin contraste, sin y con gadolinio, simple y contraste, con y sin civ, sin y con civ, con y sin gadolinio, pre y post contraste, sin y con cte, s c contraste, c y s contraste, sc y cc, simple contrastada, sc cc, sin y con, con y sin, simple + contraste, simple contrastado, con y sin gado, sin y con mc, basal y con contraste, sin y con mdc, antes y después de contraste, basal y contraste, sin contraste y con contraste, con y sin cte, con y sin mc, sin y con contraste iv, con y sin contraste iv, bifásico, s y c
sign angio: angio, angiotac, angiotc, angiografía, angiorm, arteriografía, angio tc, angio tac, angio rm, angioresonancia, angiorresonancia, angiográfico, panangiografía
sign artery: arterial, arterias, arteria, arteriografía, arteriales
sign vein: venoso, venosa, venas, flebografía, vena, tvp, venosos, venorm
sign vessel: vasos, vascular, vasculares
sign doppler: doppler, ecodoppler, dúplex
sign perfusion: perfusión
sign arthrogram: artrorm, artro rm, artrotc, artrografía, artro tac, intraarticular, artro, artroresonancia, artrorresonancia, artro resonancia, artro tc, artrotac
sign myelogram: mielografía, mielotc, intratecal, mielo tc
sign guided: guiada, guiado, ecoguiada, guiada por tc, guiada por eco, ecoguiado, ecodirigida, guiada por tac, bajo tac, guiado por tc, dirigida, bajo tc, bajo control
sign biopsy: biopsia, paaf, baag, bag, punción, biopsias, bav, core
sign drainage: drenaje, drenajes, toracocentesis, paracentesis
sign aspiration: aspiración
sign injection: infiltración, bloqueo, infiltraciones
sign ablation: ablación, radiofrecuencia
sign placement: colocación, implantación, picc, catéter, recambio, stent, prótesis endovascular, retirada
sign needle localization: arpón, marcaje, localización, marcación con arpón
sign embolization: embolización, quimioembolización
sign angioplasty: angioplastia, trombectomía
sign nephrostomy: nefrostomía
sign vertebroplasty: vertebroplastia, cifoplastia
sign lumbar puncture: punción lumbar
sign screening: cribado, tamizaje, despistaje, screening, detección precoz, tamización, pesquisa
sign diagnostic: diagnóstica, diagnóstico
sign tomosynthesis: tomosíntesis
sign stereotactic: estereotáxica, estereotaxia, estereotaxica
sign limited: limitada, limitado
sign complete: completo, completa
sign follow-up: control, seguimiento
sign transvaginal: transvaginal, endovaginal, tv
sign transrectal: transrectal, endorectal, endorrectal
sign 1st trimester: primer trimestre, 1er trimestre, translucencia nucal, 1 trimestre, precoz
sign 2nd/3rd trimester: segundo trimestre, tercer trimestre, morfológica, 2do trimestre, 3er trimestre, 2o trimestre, segundo nivel, 20 semanas
sign multiple gestation: gemelar, gemelos embarazo, múltiple
sign pediatric: pediátrica, pediátrico, niño, lactante, infantil, neonatal, recién nacido, transfontanelar, neonato, rn
sign stress: estrés, esfuerzo, adenosina, dobutamina, dipiridamol
sign rest: reposo
sign calcium: score cálcico, score de calcio, calcio score, calcio, puntaje de calcio, calcio coronario
sign pulmonary embolus: tep, embolia pulmonar, tromboembolismo pulmonar, tromboembolia pulmonar, embolismo pulmonar
sign high resolution: alta resolución, tcar, tacar, tac ar
sign lung cancer: cribado de cáncer de pulmón, cribado pulmonar, cáncer de pulmón
sign colonography: colonografía, colonoscopia virtual, colonotc, colonoscopía virtual
sign enterography: enterotc, enterorm, enterografía, entero rm, entero tc, enterorresonancia
sign urography: urografía, urotac, urotc, urograma, uro tc, uro tac, urorm
sign stone: litiasis, cólico renal, cólico nefrítico, cálculos, cálculo, urolitiasis
sign mrcp: colangiorm, colangioresonancia, colangiorresonancia, cprm, colangio rm, colangio resonancia
sign voiding: miccional, cums, miccionales
sign functional: funcional
sign spectroscopy: espectroscopia, espectroscopía
sign tumor: tumor, fdg, oncológico, estadificación, estadiaje, estudio de extensión, oncológica
sign metastasis: metástasis
sign post-op: postoperatorio, postquirúrgico
sign intra-op: intraoperatorio, intraoperatoria, quirófano
sign portable: portátil, portatil, en cama
sign standing: bipedestación, de pie, en carga, con carga, carga
sign supine: decúbito, decúbito supino
sign flexion extension: flexión extensión, dinámicas, funcionales, flexión y extensión, dinámica
sign oblique: oblicuas, oblicua, oblicuos
sign inspiration expiration: inspiración espiración, espiración
sign scoliosis: escoliosis, escoliograma
sign bone age: edad ósea
sign bone length: telemetría, dismetría, medición
sign bone survey: serie ósea, mapa óseo, serie ósea metastásica
sign density: densitometría, dmo, densitometría ósea
sign dental: ortopantomografía, panorámica dental, panorámica, dental
sign spect: spect
sign three-phase: tres fases, 3 fases, trifásica
sign function: función, renograma
sign diuretic: furosemida, diurético
sign transplant: trasplante, injerto, trasplantado
sign ventilation: ventilación, ventilación perfusión
sign q-perfusion: ventilación perfusión, perfusión pulmonar, perfusión ventilación
sign gastric emptying: vaciamiento gástrico, vaciado gástrico
sign swallow: esofagograma, deglución
sign double contrast: doble contraste
sign water soluble: hidrosoluble
sign enema: enema, colon por enema
sign follow through: tránsito intestinal
sign planning: planificación, simulación
sign tissue: partes blandas, tejidos blandos
sign thumb: pulgar, pulgares
sign calcaneus: calcáneo, talón
sign scaphoid: escafoides
sign spleen: bazo
sign brachial plexus: plexo braquial
sign lymph node: ganglio centinela, ganglio
sign ovary: ovarios, ovario
sign head: cabeza, cráneo
sign bone marrow: médula ósea
view ap: ap, anteroposterior, frente, f
view pa: pa, posteroanterior
view lateral: lateral, l, lat, perfil, p
view oblique: oblicua, oblicuas
view axial: axial, axiales
views: proyecciones, proyección, vistas, incidencias, px, proy, placas, posiciones
number 1: una, un, uno, 1p
number 2: ap y l, ap y lateral, ap l, frente y perfil, ap y lat, dos proyecciones, pa y lateral, pa y lat, ap lateral, f y p, pa l, ap y perfil, pa y l, 2p
number 3: tres
number 4: cuatro
plain: estudio, de, del, la, el, los, las, a, al, en, por, para, urgencias, urgencia, urgente, protocolo, examen, serie, simple rx, informe, ambulatorio, hospital, servicio, externo, consulta, hueso, dinámico, multicorte, trifásico, helicoidal, región, oral, vía, descartar, adulto, dolor, fractura, fase, prueba, imagen, rutina, estándar, hosp, uci, partes, articulación, tejidos, segmento, tórax óseo, planta, multifásico, femenina, femenino, masculino, mujer, hombre, cáncer, baja dosis, dosis baja
week: semanas
sign upper abdomen: abdomen superior, hemiabdomen superior
sign plural: rodillas, manos, pies, caderas, tobillos, muñecas, codos, hombros, miembros inferiores, mmii, extremidades inferiores, mmss, miembros superiores, mamas, senos, oídos, peñascos, carótidas, piernas, muslos, fémures, eeii, antebrazos, huesos temporales
sign fine needle: paaf
sign unilateral: unilateral
`;
