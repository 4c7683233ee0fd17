// What radiology is called in Portuguese, in Portugal and in Brazil.

export const portuguese = `
abdomen: abdome, abdómen, abdominal, abdome superior, abdómen superior, abdome sup, baço, suprarrenais, adrenais, parede abdominal, abd, barriga, abdomen, abd sup, abd superior, paracentese
abdomen and pelvis: abdome e pelve, abdome total, abdómen e pélvis, abdome pelve, abdómen total, abd total, abdominopélvica, abdominopélvico, abdome e pelvis, abdômen e pelve, abdómen pélvis, abdomino pélvica, abdomen total, abd pelve, abdómino pélvica, abdômen total, abdomino pélvico, abd e pelve
abdominal aorta and leg arteries: aorta e membros inferiores, aorta e mmii, aorta e ilíacas e membros inferiores, aorta abdominal e membros inferiores, aorta abdominal e mmii, aorto ilíaca e membros inferiores
acromioclavicular joint: articulação acromioclavicular, acromioclavicular, acrômio clavicular, acromioclaviculares
ankle: tornozelo, tornozelos, tibiotársica, tibiotársico, tíbio társica
aorta: aorta, aorta abdominal, aórtica, aorta total, aneurisma da aorta, toracoabdominal aorta
appendix: apêndice, apendicite
axial skeleton: coluna e fêmur, coluna lombar e fêmur, lombar e colo do fémur, coluna e quadril, coluna e anca, coluna lombar e colo do fêmur
bile ducts: vias biliares, colangio rm, colangiorm, colangioressonância, colangiografia, cprm, biliar, colangio, colangio ressonância, colangiopancreatografia, cpre
bladder: bexiga, uretrocistografia, cistografia, uretrocistografia miccional, vesical, ucm, cums
brain: cérebro, cerebral, encéfalo, encefálica, crânio encefálica, crânio encefálico, ce cranio, transfontanelar, intracraniano, avc, encefálico
head: cabeça, crânio, craniana, craniano, crâneo, cranio, tcce, tce
breast: mama, mamas, mamografia, mamária, mamaria, mamário, mamograf, galactografia
carotid arteries: carótida, carótidas, carotídeo, carótidas e vertebrais, carotídea, carótidas vertebrais, artérias carótidas, doppler de carótidas, vasos do pescoço doppler
cervical spine: coluna cervical, cervical, col cervical, c cervical, coluna cerv, ráquis cervical, odontóide, vértebras cervicais, col cerv
chest: tórax, torácica, torácico, mediastino, pulmões e mediastino, pleura, axila, traqueia, rx torax, peito, pleural, grelha torácica, tx, toracocentese
chest and abdomen: tórax e abdome, tórax abdome, tórax e abdómen, toracoabdominal, tórax abdómen, tórax e abdome superior
chest, abdomen and pelvis: tórax abdome e pelve, tórax abdome pelve, tórax abdómen e pélvis, tap, tórax e abdome total, toraco abdomino pélvica, toracoabdominopélvica, tórax abdome total, tórax abdómen pélvis, tórax abdômen e pelve, tórax e abdome e pelve, toraco abdómino pélvica, tórax abdómen pélvica, tórax abdominopélvica, tórax abdominopélvico, torax abdomen pelvico, tórax abd pelve, toraco abdominopélvica, toraco-abdomino-pélvico
clavicle: clavícula, clavículas
colon: cólon, colonoscopia virtual, colonografia, enema opaco, clister opaco, colonoscopia, colono tc, colonotc
coronary arteries: coronárias, artérias coronárias, coronária, angiotc coronárias, coronariografia, angiotomografia de coronárias, coronário, cateterismo
elbow: cotovelo, cotovelos
esophagus: esôfago, esófago, esofagograma, esofagografia, deglutição, videodeglutograma, esofágico, trânsito esofágico, deglutograma
extremity: extremidade, extremidades, membro, membros
femur: fêmur, fémur, fêmures, diáfise femoral, diáfise do fêmur
fetus: feto, fetal
finger: dedo, dedos, polegar, quirodáctilo, quirodáctilos, dedo da mão, dedos da mão, indicador, dedo mão, quirodátilo
foot: pé, pés, calcâneo, antepé, retropé, calcanhar, metatarso, calcâneos, ante pé
forearm: antebraço, antebraços, rádio e ulna, rádio e cúbito
gallbladder: vesícula, vesícula biliar
groin: virilha, inguinal, região inguinal, inguinais
hand: mão, mãos, metacarpo
head and neck vessels: vasos cervicais e intracranianos, vasos do crânio e pescoço, artérias cervicais e intracranianas, carótidas e intracraniana, cervicais e cerebrais, angio crânio e pescoço, arterial intracraniana e cervical, vasos intra e extracranianos, arterial cervical e intracraniana, polígono de willis e carótidas, vasos do pescoço e intracranianos, vasos supra aórticos e intracranianos, vasos cerebrais e cervicais, angio de crânio e pescoço
heart: coração, cardíaca, cardíaco, ecocardiograma, miocárdica, miocárdio, escore de cálcio, cintilografia miocárdica, ecocardiografia, score de cálcio, cardio, cintilografia de perfusão miocárdica, ecott, átrio esquerdo, tavi, ecotranstorácico, eco transtorácico, cálcio coronário, perfusão miocárdica
hip: quadril, anca, quadris, coxofemoral, ancas, bacia quadril, articulação coxofemoral, coxofemorais, acetábulo, coxo femoral
inferior vena cava: veia cava inferior, vci, cava inferior
internal auditory canal: conduto auditivo interno, cai, ouvidos internos, ângulo pontocerebelar, mais, meato acústico interno, canais auditivos internos, meatos acústicos internos, condutos auditivos internos, ângulos ponto cerebelosos, ângulo ponto cerebeloso, apc, canal auditivo interno, ângulos pontocerebelares
intracranial vessels: polígono de willis, vasos intracranianos, artérias cerebrais, angiografia cerebral, arterial intracraniana, venosa intracraniana, arteriografia cerebral, vasos cerebrais, seios venosos, angio cerebral, intracraniana, artérias intracranianas, arterial de crânio, arterial do crânio, venosa de crânio, venosa cerebral, doppler transcraniano, transcraniano, arterial cerebral, venosa craniana, arterial craniana
kidney: rim, rins, renal, renais, cintilografia renal, renograma, nefrostomia, litíase renal, cálculo renal, nefrolitíase, cólica renal
knee: joelho, joelhos, patela, rótula, femoropatelar, patelas, fêmoro patelar
larynx: laringe, laríngea
leg arteries: artérias dos membros inferiores, arterial de membros inferiores, arterial mmii, arterial dos membros inferiores, arterial de mmii, arteriografia de membros inferiores, doppler arterial dos membros inferiores, artérias mmii, arterial membros inferiores, arterial de membro inferior, arterial dos mmii, artérias de membros inferiores, arterial mi
leg veins: veias dos membros inferiores, venoso de membros inferiores, venoso mmii, tvp, venoso dos membros inferiores, venoso de mmii, veias mmii, venoso membros inferiores, venoso de membro inferior, doppler venoso dos membros inferiores, venosa de membros inferiores, trombose venosa profunda, venoso dos mmii, venoso mi, flebografia de membros inferiores
liver: fígado, hepático, hepática, hepáticas
lower extremity: membro inferior, membros inferiores, mmii, perna inteira, escanometria, escanograma, extralongo, mi, extra longo dos membros inferiores, escanometria de membros inferiores, extremidade inferior, panorâmica de membros inferiores, panorâmica dos membros inferiores, panorâmica mmii
lower leg: perna, tíbia, fíbula, perônio, panturrilha, pernas, peróneo, tíbia e fíbula, tíbia e perónio, barriga da perna, gémeos
lumbar spine: coluna lombar, lombar, lombossacra, coluna lombossacra, lombo sacra, coluna lombo sacra, lombosagrada, coluna lombo sagrada, lombossagrada, col lombar, ls, coluna lombossagrada, vértebras lombares, c lombar, col lombo sacra, col lombossacra, punção lombar, lombo sagrada
lung: pulmão, pulmões, pulmonar, cintilografia pulmonar, pulmonares, parênquima pulmonar
mandible: mandíbula, mandibular, panorâmica, ortopantomografia, dentes, panorâmica dentária, dentária, arcada dentária, panorâmica dos maxilares, ortopantomograma, dental, radiografia panorâmica
maxillofacial: face, ossos da face, maxilofacial, maciço facial, malar, arco zigomático, facial, maxila, maxilo facial, ossos próprios da face, crânio facial, zigomático
nasal bones: ossos nasais, ossos próprios do nariz, nariz, ossos próprios, opn, cavum e nariz, osso nasal
neck: pescoço, partes moles do pescoço, paratireoides, cervical partes moles, paratiroides, cavum, partes moles pescoço, faringe, nasofaringe, partes moles cervicais, paratireoide, região cervical
neck vessels: vasos cervicais, vasos do pescoço, artérias vertebrais, angio pescoço, artérias cervicais, arterial cervical, cervicais vasos, troncos supra aórticos, jugular, tsa, vasos supra aórticos, arterial de pescoço, vasos do colo
neck, chest, abdomen and pelvis: pescoço tórax abdome e pelve, pescoço tórax abdome pelve, pescoço tap, pescoço tórax abdómen e pélvis, cervico toraco abdomino pélvica, pescoço tórax abdome total, pescoço tórax abdómen pélvis, pescoço tórax e abdome total, cervico toraco abdominopélvica
orbit: órbita, órbitas, olho, olhos, nervo óptico, orbitária, orbital, ocular, nervos ópticos, orbitárias
pancreas: pâncreas, pancreático
paranasal sinuses: seios da face, seios paranasais, seios perinasais, spn, seios, waters, cavum e seios, perinasais, seios nasais, seio face, seios maxilares
parotid gland: parótida, parótidas, glândulas salivares, glândula salivar, sialografia, submandibular, submandibulares
pelvis: pelve, pélvica, bacia, pélvis, pélvico, sacro, cóccix, ovários, ovário, sacrococcígea, ginecológica, assoalho pélvico, hipogástrio, sacro cóccix, pavimento pélvico, endometriose, anexos
pregnancy: gravidez, obstétrica, obstétrico, gestação, gestante, translucência nucal, gestacional, pré natal, grávida
prostate: próstata, prostática, prostático, vesículas seminais
pulmonary arteries: artérias pulmonares, tep, tromboembolismo pulmonar, embolia pulmonar, angiotc pulmonar, angio tc pulmonar, tromboembolia pulmonar, protocolo tep, angio pulmonar, artéria pulmonar, angiotomografia pulmonar, arteriografia pulmonar
rectum: reto, recto, retal, defecografia, anal, defecorressonância, fístula perianal, rectal, canal anal, anorretal, defeco rm, fístula anal
renal vessels: artérias renais, vasos renais, artéria renal, veias renais
retroperitoneum: retroperitônio, retroperitoneu, retroperitoneal
ribs: costelas, costela, arcos costais, grelha costal, gradil costal, gradeado costal, arco costal, hemitórax costelas
sacroiliac joints: sacroilíacas, articulações sacroilíacas, sacro ilíacas, sacroilíaca, sacro ilíaca, articulação sacroilíaca
scapula: escápula, omoplata, escapular
scrotum: escroto, testículo, testículos, bolsa escrotal, escrotal, testicular, bolsa testicular
sella: sela túrcica, hipófise, sela turca, hipofisária, selar, sela
shoulder: ombro, ombros, manguito rotador, glenoumeral
skeleton: esqueleto, ósseo, óssea, cintilografia óssea, ossos, medula óssea, inventário ósseo, cintigrafia óssea, survey ósseo, mapeamento ósseo
skull: crânio ap e perfil, calota craniana, calvária, telerradiografia, teleradiografia
skull base to mid-thigh: base do crânio à coxa, base do crânio até a coxa, base do crânio à raiz da coxa, crânio à coxa, base do crânio às coxas, base do crânio até terço médio das coxas, base do crânio a coxa, base do crânio até raiz da coxa, vértice à coxa
small bowel: intestino delgado, enterorm, enterotc, entero rm, trânsito intestinal, enterografia, delgado, entero tc, enterorressonância, enterotomografia, trânsito de delgado, enteróclise, entero ressonância
spine: coluna, coluna total, coluna vertebral, ráquis, medula espinhal, coluna inteira, medula, neuroeixo, coluna completa, coluna vertebral total, espinhal
sternum: esterno, esternoclavicular, esternal, esternoclaviculares
stomach: estômago, gástrico, esvaziamento gástrico
temporal bone: osso temporal, ossos temporais, mastoides, ouvido, ouvidos, mastoide, mastóide, rochedos, rochedo, mastóides, orelha, orelhas, temporais, ouvido médio
temporomandibular joint: articulação temporomandibular, atm, articulações temporomandibulares, temporomandibular, têmporo mandibulares, atms, têmporo mandibular, temporomandibulares
thigh: coxa, coxas
thoracic aorta: aorta torácica, dissecção aórtica, arco aórtico, dissecção de aorta, crossa da aorta, dissecção, aorta ascendente
thoracic spine: coluna dorsal, coluna torácica, dorsal, col dorsal, col torácica, vértebras dorsais
thoracolumbar spine: coluna dorsolombar, toracolombar, dorso lombar, coluna toracolombar, dorsolombar, escoliose, coluna tóraco lombar, coluna dorso lombar, tóraco lombar
thyroid: tireoide, tiroide, tiróide, tireóide, tiroideia, tireoidiana, bócio
toe: dedo do pé, dedos do pé, hálux, pododáctilo, pododáctilos, artelho, artelhos, dedos pé, dedo pé
upper arm: braço, úmero, húmero, braços
upper extremity: membro superior, membros superiores, mmss, plexo braquial, ms, extremidade superior, fístula arteriovenosa, fav, fistulografia, fístula av, plexos braquiais
upper gastrointestinal tract: seed, esofagogastroduodenal, gastroduodenal, trânsito gastroduodenal, eed, esôfago estômago e duodeno, trânsito esofagogastroduodenal, esófago estômago e duodeno
urethra: uretra, uretrografia, uretral
urinary tract: vias urinárias, aparelho urinário, urotc, urotomografia, urografia, uro tc, ureter, ureteres, litíase, rins e vias urinárias, urinário, urografia excretora, uro rm, urorm, trato urinário, aparelho renal, reno vesical, renovesical, rins bexiga, uroressonância, cálculo ureteral, reno-vesical, urorressonância
uterus: útero, uterina, histerossalpingografia, endométrio, miomas, hsg, histerosalpingografia, uterino, mioma
whole body: corpo inteiro, corpo total, pesquisa de corpo inteiro, politrauma, pci corpo, politraumatizado, body tc
wrist: punho, punhos, escafoide, carpo, pulso, escafóide, túnel do carpo, túnel cárpico, canal cárpico
modality CT: tc, tac, tomografia, tomografia computadorizada, angiotc, angiotomografia, tcar, tomografia computorizada, angio tc, urotc, angiotac, urotomografia, tcmd, tomo
modality MR: rm, ressonância, ressonância magnética, rmn, angiorm, angioressonância, rnm, colangiorm, ressonancia, angio rm, enterorm, colangioressonância, artrorm, enterorressonância, irm
modality XR: rx, raio x, radiografia, raios x, densitometria, densitometria óssea, panorâmica, raiox, telerradiografia, rdx, osteodensitometria, dmo, rad
modality US: us, usg, eco, ecografia, ultrassonografia, ultrassom, doppler, ecodoppler, ecocardiograma, ultrasonografia, ultra som, eco doppler, ecotomografia, ultra sonografia, ultrasom
modality MG: mamografia, mg, tomossíntese, mmg
modality NM: cintilografia, cintigrafia, medicina nuclear, spect, cintilo, cintigrama, mn, linfocintilografia
modality PT: pet, tomografia por emissão de pósitrons
modality PT&CT: pet ct, pet tc, petct, pet scan
modality RF: fluoroscopia, esofagograma, enema opaco, clister opaco, uretrocistografia, histerossalpingografia, seed, urografia excretora, trânsito, radioscopia, deglutograma, defecografia, eed, escopia
modality XA: arteriografia, angiografia, flebografia, hemodinâmica, cateterismo, dsa, angiografia digital, radiologia de intervenção, cavografia, intervenção
side R: direito, direita, dir, d, dto, dta, dt, drt, direitos
side L: esquerdo, esquerda, esq, e, esqdo, esqda, esqo, esqa, esquerdos
side B: bilateral, ambos, ambas, bilat, bilaterais, direito e esquerdo, direita e esquerda, dir e esq, d e e, comparativo, dois, duas, ambas as, ambos os, bil, comparativos, comparativa
with: com, c
without: sem, s, sm
and: e
contrast: contraste, contraste iv, civ, cte, gadolínio, meio de contraste, ev, contraste endovenoso, contr, contraste ev, gado, endovenoso, produto de contraste, iv, contraste intravenoso, ctr, gd, cont
contrast with: contrastada, contrastado, com contraste, cc, c c, com gadolínio, c contraste, com contraste iv, c cte, com civ, pós contraste, com cte, com contr, c contr, com contraste ev, com meio de contraste, com gado, com iv, com ev, com produto de contraste, c civ, após contraste, com contraste endovenoso, contrastados
contrast without: sem contraste, simples, sc, s c, sem gadolínio, s contraste, sem contraste iv, s cte, sem civ, sem cte, sem contr, s contr, sem meio de contraste, pré contraste, sem gado, sem contraste ev, não contrastada, sem iv, sem ev, sem produto de contraste, s civ, sem contraste endovenoso
contrast both: sem e com contraste, com e sem contraste, s c e c c, pré e pós contraste, simples e contrastada, s e c contraste, c s contraste, com sem contraste, sem com contraste, sem e com gadolínio, sc e cc, sem e após contraste, sem e com, com e sem, c e s contraste, com e sem gadolínio, sc cc, s c contraste, sem e com contraste iv, com e sem contraste iv, sem e com civ, antes e após contraste, sem e com gado, simples e com contraste, sem contraste e com contraste, com e sem civ, sem e com meio de contraste, s e c
sign angio: angio, angiotc, angiotomografia, angiorm, angiografia, arteriografia, angioressonância, angio tc, angio rm, angiográfico, angiotac
sign artery: arterial, artérias, artéria, arteriografia, arteriais
sign vein: venoso, venosa, veias, flebografia, veia, tvp
sign vessel: vasos, vascular
sign doppler: doppler, ecodoppler, duplex scan
sign perfusion: perfusão
sign arthrogram: artrorm, artrografia, artro rm, artro tc, intra articular, intraarticular, artrorressonância, artro, artrotc, artro ressonância
sign myelogram: mielografia, mielotc, intratecal, mielo tc
sign guided: guiada, guiado, guiada por tc, guiada por us, ecoguiada, ecoguiado, sob tc, guiada por tomografia, guiada por ultrassom, orientada, tc guiada
sign biopsy: biópsia, paaf, punção, core biopsy, biopsia, biópsias, citologia aspirativa, mamotomia, core
sign drainage: drenagem, dreno, toracocentese, paracentese
sign aspiration: aspiração
sign injection: infiltração, bloqueio
sign ablation: ablação, radiofrequência
sign placement: colocação, implante de, picc, passagem de, inserção, stent, implantação, troca de
sign needle localization: agulhamento, marcação, localização, arpão
sign embolization: embolização, quimioembolização
sign angioplasty: angioplastia, trombectomia
sign nephrostomy: nefrostomia
sign vertebroplasty: vertebroplastia, cifoplastia
sign lumbar puncture: punção lombar
sign screening: rastreamento, rastreio, screening
sign diagnostic: diagnóstica, diagnóstico
sign tomosynthesis: tomossíntese
sign stereotactic: estereotáxica, estereotaxia
sign limited: limitada
sign complete: completo, completa
sign follow-up: controle, seguimento, acompanhamento, controlo
sign transvaginal: transvaginal, endovaginal, tv, transvag
sign transrectal: transretal, endorretal, transrectal
sign 1st trimester: primeiro trimestre, 1 trimestre, 1o trimestre, translucência nucal
sign 2nd/3rd trimester: segundo trimestre, terceiro trimestre, morfológica, morfológico, 2o trimestre, 3o trimestre, 2 trimestre, 3 trimestre
sign multiple gestation: gemelar, gêmeos
sign pediatric: pediátrica, pediátrico, infantil, criança, lactente, recém nascido, neonatal, transfontanelar, rn
sign stress: estresse, esforço, stress, dipiridamol, adenosina
sign rest: repouso
sign calcium: escore de cálcio, score de cálcio, cálcio
sign pulmonary embolus: tep, embolia pulmonar, tromboembolismo pulmonar, tromboembolia pulmonar
sign high resolution: alta resolução, tcar
sign lung cancer: rastreamento de câncer de pulmão, rastreio de cancro do pulmão, rastreio pulmonar, câncer de pulmão, cancro do pulmão
sign colonography: colonografia, colonoscopia virtual
sign enterography: enterorm, enterotc, enterografia, entero rm, entero tc
sign urography: urotc, urografia, urotomografia, uro tc, urorm, uro rm
sign stone: litíase, cólica renal, cálculo, cálculos, nefrolitíase, cálculo renal
sign mrcp: colangiorm, colangioressonância, cprm, colangio rm
sign voiding: miccional
sign functional: funcional
sign spectroscopy: espectroscopia
sign tumor: tumor, fdg, oncológico, estadiamento, oncológica
sign metastasis: metástases, metástase
sign post-op: pós operatório
sign intra-op: intraoperatório, intraoperatória, bloco operatório, centro cirúrgico
sign portable: no leito, leito, portátil, acamado
sign standing: ortostático, em pé, com carga, ortostase, em carga, de pé, carga
sign supine: decúbito
sign flexion extension: dinâmico, flexão extensão, flexão e extensão, dinâmica, dinâmicas
sign oblique: oblíqua, oblíquas, oblíquo
sign inspiration expiration: inspiração e expiração, expiração, inspiração expiração
sign scoliosis: escoliose
sign bone age: idade óssea
sign bone length: escanometria, escanograma
sign bone survey: inventário ósseo
sign density: densitometria, densitometria óssea, osteodensitometria
sign dental: panorâmica, ortopantomografia, dentes
sign spect: spect
sign three-phase: três fases, trifásica, 3 fases
sign function: função, renograma
sign diuretic: furosemida, diurético
sign transplant: transplante, enxerto, transplantado
sign ventilation: ventilação, ventilação perfusão, inalação
sign q-perfusion: ventilação perfusão, perfusão pulmonar, inalação e perfusão
sign gastric emptying: esvaziamento gástrico
sign swallow: deglutição, esofagograma
sign double contrast: duplo contraste
sign enema: enema, clister
sign follow through: trânsito intestinal
sign planning: planejamento, planeamento, simulação
sign tissue: partes moles
sign thumb: polegar
sign calcaneus: calcâneo, calcanhar
sign scaphoid: escafoide
sign spleen: baço
sign brachial plexus: plexo braquial
sign lymph node: linfonodo sentinela, linfonodo
sign head: cabeça, crânio
view ap: ap, frente, f, anteroposterior
view pa: pa, posteroanterior
view lateral: perfil, p, lateral, lat
view oblique: oblíqua, oblíquas
view axial: axial
views: incidências, incidência, posições, inc, projeções, inc raio x
number 1: uma, um
number 2: ap e perfil, ap p, frente e perfil, ap e p, ap perfil, pa e perfil, duas incidências, pa p, f e p, f p, pa e p, pa perfil
number 3: três
number 4: quatro
plain: exame, estudo, de, da, do, das, dos, o, a, na, no, em, por, para, ao, à, às, urgência, rotina, protocolo, ambulatório, internado, hospital, serviço, externo, simples rx, multislice, região, via oral, oral, pesquisa, articulação, adulto, dor, fratura, fase, c laudo, laudo, imagem, segmento, as, os, avaliação, convênio, ps, uti, enf, pronto socorro, convencional, digital, seg, feminina, masculino, masculina, feminino, câncer, baixa dose
week: semanas
sign upper abdomen: abdome superior, abdómen superior, abdome sup, abd superior, abd sup
sign plural: joelhos, mãos, pés, quadris, ancas, tornozelos, punhos, cotovelos, ombros, membros inferiores, mmii, mmss, membros superiores, mamas, ouvidos, ossos temporais, carótidas, pernas, coxas, antebraços, mastoides
sign fine needle: paaf
sign unilateral: unilateral
`;
