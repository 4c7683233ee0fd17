// How other hospitals than those we learn from write, in Romance languages: see held-out-words.ts.

export const heldOutRomance = {
  fr: `
modality CT: scanner, TDM, tomodensitométrie, Scan, scanographie
modality MR: IRM, imagerie par résonance magnétique, remnographie, RMN
modality XR: radiographie, radio, Rx, cliché, radio standard
modality US: échographie, écho, echo, US
modality MG: mammographie, mammo
side R: droit, droite, dt, dte, D
side L: gauche, gche, G, gch
side B: bilatéral, bilatérale, des deux côtés, bilat, des 2 côtés
contrast with: avec injection, injecté, avec produit de contraste, avec PDC, avec IV, avec inj., avec contraste iodé
contrast without: sans injection, non injecté, SPC, sans produit de contraste, sans inj, sans contraste
contrast both: sans et avec injection, sans puis avec injection, avant et après injection, sans puis avec IV, S+C
plain: contrôle, examen, standard, bilan
brain: cérébral, crâne, encéphale, tête, encéphalique, cerveau
chest: thorax, thoracique, poumons, pulmonaire
abdomen: abdomen, abdominal, abdo
abdomen and pelvis: abdomino-pelvien, abdomen et pelvis, abdo-pelvien, abdomen pelvis, AP
chest, abdomen and pelvis: TAP, thoraco-abdomino-pelvien, thorax abdomen pelvis
cervical spine: rachis cervical, colonne cervicale, cervical
lumbar spine: rachis lombaire, colonne lombaire, lombo-sacré, rachis lombo-sacré
thoracic spine: rachis dorsal, rachis thoracique, colonne dorsale
knee: genou, du genou
shoulder: épaule, de l'épaule
hip: hanche, de hanche
wrist: poignet, carpe
ankle: cheville, articulation tibio-tarsienne
foot: pied, avant-pied, calcanéum
hand: main, de la main
elbow: coude, du coude
pelvis: bassin, pelvis, pelvien
neck: cou, cervicale ORL, parties molles du cou
paranasal sinuses: sinus, sinus de la face, massif sinusien
orbit: orbites, orbitaire
temporal bone: rocher, oreille moyenne
kidney: reins, rein, rénal
liver: foie, hépatique
prostate: prostate, prostatique
sella: hypophyse, hypophysaire, selle turcique
thyroid: thyroïde, thyroïdienne
breast: seins, sein, mammaire
sacroiliac joints: sacro-iliaques, articulations sacro-iliaques
femur: fémur, du fémur
lower leg: jambe, tibia péroné
forearm: avant-bras, avant bras
finger: doigt, pouce, index
toe: orteil, gros orteil
clavicle: clavicule
bladder: vessie, vésical
scrotum: testicules, scrotum, bourses
`,
  es: `
modality CT: TAC, TC, tomografía, tomografía computada, escáner, TEM
modality MR: RM, resonancia, RMN, resonancia magnética, resonancia magnética nuclear
modality XR: Rx, radiografía, rayos X, RX de
modality US: ecografía, ultrasonido, eco, USG
modality MG: mamografía, mastografía
side R: derecho, derecha, dcha., der, D
side L: izquierdo, izquierda, izq., izda, I
side B: bilateral, ambos, ambas, bilat.
contrast with: con contraste, con CIV, c/contraste, contrastada, con medio de contraste, con contraste IV, con gadolinio
contrast without: sin contraste, s/contraste, simple, sin CIV, sin medio de contraste
contrast both: con y sin contraste, simple y contrastada, sin y con contraste, s/c y c/c
plain: control, estudio, rutina, protocolo
brain: cráneo, cerebro, cerebral, encéfalo, cabeza
chest: tórax, torácica, pulmón
abdomen: abdomen, abdominal, abdomen superior
abdomen and pelvis: abdomen y pelvis, abdominopélvico, abdomino-pélvica, abdomen-pelvis
chest, abdomen and pelvis: tórax abdomen y pelvis, TAP, toracoabdominopélvico
cervical spine: columna cervical, raquis cervical, C. cervical
lumbar spine: columna lumbar, columna lumbosacra, raquis lumbar, lumbosacro
thoracic spine: columna dorsal, columna torácica
knee: rodilla, de rodilla
shoulder: hombro, de hombro
hip: cadera, de cadera
wrist: muñeca, carpo
ankle: tobillo, de tobillo
foot: pie, antepié, calcáneo
hand: mano, de mano
elbow: codo, de codo
pelvis: pelvis, pelvis ósea
neck: cuello, partes blandas de cuello
paranasal sinuses: senos paranasales, SPN, senos
orbit: órbitas, órbita
temporal bone: peñasco, hueso temporal, oído
kidney: riñón, riñones, renal
liver: hígado, hepático
prostate: próstata, prostática
sella: hipófisis, silla turca
thyroid: tiroides, glándula tiroides
breast: mamas, mama, mamaria
sacroiliac joints: sacroilíacas, articulaciones sacroilíacas
femur: fémur
lower leg: pierna, tibia y peroné
forearm: antebrazo
finger: dedo, pulgar
toe: dedo del pie, hallux
clavicle: clavícula
bladder: vejiga, vesical
scrotum: testículo, testicular, escroto
`,
  pt: `
modality CT: TC, tomografia, tomografia computadorizada, TAC
modality MR: RM, ressonância, ressonância magnética, RNM
modality XR: RX, raio-X, radiografia, raio X
modality US: USG, ultrassom, ecografia, ultrassonografia, US
modality MG: mamografia, mamo
side R: direito, direita, dir., D, dto
side L: esquerdo, esquerda, esq., E, esqdo
side B: bilateral, ambos, bilat, ambas
contrast with: com contraste, c/ contraste, contrastada, com CIV, c/c, com gadolínio
contrast without: sem contraste, s/ contraste, sem CIV, simples, s/c
contrast both: com e sem contraste, sem e com contraste, pré e pós contraste
plain: controle, rotina, exame, protocolo
brain: crânio, encéfalo, cerebral, cérebro, cabeça
chest: tórax, torácica, pulmão
abdomen: abdome, abdômen, abdominal, abdome superior, abdómen
abdomen and pelvis: abdome e pelve, abdome total, abdômen e pelve, abdomino-pélvica
chest, abdomen and pelvis: tórax abdome e pelve, toracoabdominopélvica
cervical spine: coluna cervical, col. cervical
lumbar spine: coluna lombar, coluna lombossacra, col. lombar, lombo-sagrada
thoracic spine: coluna torácica, coluna dorsal
knee: joelho, do joelho
shoulder: ombro, do ombro
hip: quadril, anca
wrist: punho, carpo
ankle: tornozelo, tibiotársica
foot: pé, antepé, calcâneo
hand: mão, da mão
elbow: cotovelo
pelvis: pelve, bacia, pélvica
neck: pescoço, cervical partes moles
paranasal sinuses: seios da face, seios paranasais, SPN
orbit: órbitas, órbita
temporal bone: mastoide, osso temporal, ouvido
kidney: rim, rins, renal
liver: fígado, hepática
prostate: próstata, prostática
sella: hipófise, sela túrcica
thyroid: tireoide, tiroide
breast: mamas, mama
sacroiliac joints: sacroilíacas, articulações sacroilíacas
femur: fêmur, fémur, diáfise femoral
lower leg: perna, tíbia e fíbula
forearm: antebraço
finger: dedo da mão, polegar, quirodáctilo
toe: dedo do pé, hálux, pododáctilo
clavicle: clavícula
bladder: bexiga
scrotum: testículos, bolsa escrotal, escroto
`,
  it: `
modality CT: TC, TAC, tomografia computerizzata, TC multistrato
modality MR: RM, RMN, risonanza, risonanza magnetica
modality XR: RX, radiografia, Rx standard, radiogramma
modality US: ecografia, eco, US
modality MG: mammografia, mammo
side R: destro, destra, dx, dx.
side L: sinistro, sinistra, sx, sin, sn
side B: bilaterale, bilat., bil, entrambi
contrast with: con mdc, con contrasto, con m.d.c., con MDC ev, dopo mdc, con mezzo di contrasto
contrast without: senza mdc, senza contrasto, s/mdc, basale, senza MDC, diretta
contrast both: senza e con mdc, con e senza mdc, senza e con contrasto, basale e dopo mdc
plain: controllo, esame, standard, follow-up
brain: cranio, encefalo, cerebrale, cervello, capo
chest: torace, toracica, polmone
abdomen: addome, addominale, addome superiore, add. sup.
abdomen and pelvis: addome completo, addome e pelvi, addome-pelvi
chest, abdomen and pelvis: torace addome pelvi, torace-addome-pelvi, torace e addome completo
cervical spine: rachide cervicale, colonna cervicale
lumbar spine: rachide lombare, rachide lombosacrale, colonna lombosacrale, L/S
thoracic spine: rachide dorsale, colonna dorsale
knee: ginocchio, del ginocchio
shoulder: spalla, della spalla
hip: anca, dell'anca
wrist: polso, carpo
ankle: caviglia, tibiotarsica, TT
foot: piede, avampiede, calcagno
hand: mano, della mano
elbow: gomito
pelvis: bacino, pelvi, pelvica, scavo pelvico
neck: collo, tessuti molli del collo
paranasal sinuses: seni paranasali, SPN
orbit: orbite, orbita
temporal bone: rocca petrosa, orecchio, mastoide, osso temporale
kidney: reni, rene, renale
liver: fegato, epatica
prostate: prostata, prostatica
sella: ipofisi, sella turcica
thyroid: tiroide, tiroidea
breast: mammella, mammaria, mammelle
sacroiliac joints: sacroiliache, articolazioni sacroiliache
femur: femore
lower leg: gamba, tibia e perone
forearm: avambraccio
finger: dito, pollice
toe: alluce, dita del piede
clavicle: clavicola
bladder: vescica
scrotum: testicoli, scroto
`,
};
