// How other hospitals than those we learn from write: words of their own choice by language, apart from the vocabulary, some
// of which it does not have. `concept: words, …`, as there; never learned from, so that what is measured on them holds elsewhere.

import type { Language } from '../vocabulary/index.ts';

export const heldOutWords: Partial<Record<Language, string>> = {
  en: `
modality CT: CT scan, computed tomography, CAT scan, MDCT, C.T.
modality MR: MRI scan, magnetic resonance imaging, MR imaging, NMR
modality XR: plain film, radiograph, x-ray exam, digital radiography, plain radiograph, xrays
modality US: ultrasound scan, sonogram, U/S, ultrasonography, sonography
modality MG: mammography study, digital mammogram
side R: RT, right sided, (R), right side, R.
side L: LT, left sided, (L), left side, L.
side B: bilat., both sides, B/L, bilaterally
contrast with: + IV contrast, w contrast, contrast enhanced, post contrast, CE, with IV, w/ IV contrast, enhanced, C+
contrast without: non contrast, unenhanced, w/o IV contrast, noncon, plain, no contrast, C-, NC, non-enhanced
contrast both: pre and post contrast, with & without contrast, w+w/o contrast, w/ and w/o IV con, C-/C+
plain: routine, protocol, exam, study
brain: brain, head, cerebrum, neuro head, hd
chest: thorax, chest, lungs and mediastinum, CHST
abdomen: abdomen, abd., upper abdomen, abdo
abdomen and pelvis: abdomen + pelvis, abd/pelvis, A/P, abd & pelv, ABDPELV
chest, abdomen and pelvis: CAP, chest abdomen + pelvis, chest/abd/pelvis, thorax abdomen pelvis, C/A/P
cervical spine: C-spine, cervical spine, C spine, spine cervical, csp
lumbar spine: L-spine, lumbar spine, LS spine, lumbosacral spine, L/S spine
thoracic spine: T-spine, thoracic spine, dorsal spine, spine thoracic
knee: knee, knee joint, kn
shoulder: shoulder, shldr, glenohumeral joint, shoulder joint
hip: hip, hip joint
wrist: wrist, carpus, wrist joint, wri
ankle: ankle, ankle joint, talocrural joint, ank
foot: foot, hindfoot, forefoot, ft
hand: hand, hnd, metacarpals
elbow: elbow, elb, elbow joint
pelvis: pelvis, bony pelvis, pelv
neck: neck, soft tissue neck, ST neck
paranasal sinuses: paranasal sinuses, sinuses, PNS, sinus
orbit: orbits, orbit, eye sockets
temporal bone: temporal bone, mastoid, petrous bone
kidney: kidneys, renal, renals
liver: liver, hepatic
prostate: prostate, mpMRI prostate, prostate gland
sella: pituitary, sella turcica, pituitary gland
thyroid: thyroid, thyroid gland
breast: breast, breasts
sacroiliac joints: SI joints, sacroiliac joints
femur: femur, thigh bone
lower leg: tibia/fibula, tib-fib, tibia and fibula
forearm: forearm, radius/ulna, radius and ulna
finger: finger, thumb, digit hand
toe: toe, great toe, toes
clavicle: clavicle, collarbone
bladder: bladder, urinary bladder
scrotum: testes, scrotum, testicular
`,
  de: `
modality CT: Computertomographie, CT, CT-Untersuchung, Spiral-CT, MSCT
modality MR: MRT, Kernspintomographie, MR-Tomographie, Kernspin, Magnetresonanztomographie
modality XR: Röntgen, Rö, konventionelles Röntgen, Röntgenaufnahme, Rö.
modality US: Sonographie, Ultraschall, Sono, US
modality MG: Mammographie, Mammografie, MG
side R: rechts, re., re, R, rechte
side L: links, li., li, L, linke
side B: beidseits, bds., bds, bilateral, beide, beiderseits
contrast with: mit KM, KM-gestützt, m. KM, mit i.v. KM, kontrastverstärkt, nach KM, mit Kontrastmittel
contrast without: nativ, ohne KM, o. KM, ohne Kontrastmittel, native
contrast both: nativ und KM, ohne/mit KM, nativ + KM, vor und nach KM, ohne und mit Kontrastmittel
plain: Routine, Kontrolle, Standard, ambulant
brain: Schädel, Kopf, Gehirn, Neurocranium, Hirn, Hirnschädel, cerebral
chest: Thorax, Brustkorb, Lunge, Brustraum
abdomen: Abdomen, Bauch, Oberbauch, Bauchraum
abdomen and pelvis: Abdomen und Becken, Abdomen/Becken, Bauch und Becken, Abd./Becken
chest, abdomen and pelvis: Thorax/Abdomen/Becken, Thorax Abdomen Becken, Rumpf, Thorax-Abdomen-Becken
cervical spine: HWS, Halswirbelsäule, Halswirbel
lumbar spine: LWS, Lendenwirbelsäule, Lendenwirbel
thoracic spine: BWS, Brustwirbelsäule, Brustwirbel
knee: Knie, Kniegelenk, KG
shoulder: Schulter, Schultergelenk, Schulterglk.
hip: Hüfte, Hüftgelenk, Hüftglk.
wrist: Handgelenk, Handwurzel, HG
ankle: Sprunggelenk, OSG, oberes Sprunggelenk, SG
foot: Fuß, Vorfuß, Rückfuß, Mittelfuß, Fuss
hand: Hand, Mittelhand, Handskelett
elbow: Ellenbogen, Ellbogen, Ellenbogengelenk, EB
pelvis: Becken, kleines Becken, Beckenübersicht
neck: Hals, Halsweichteile, Hals-WT
paranasal sinuses: NNH, Nasennebenhöhlen, Nebenhöhlen
orbit: Orbita, Orbitae, Augenhöhle
temporal bone: Felsenbein, Schläfenbein, Mastoid
kidney: Niere, Nieren
liver: Leber
prostate: Prostata, Prostata multiparametrisch
sella: Hypophyse, Sella, Hypophysenregion
thyroid: Schilddrüse, SD
breast: Mamma, Brust, Mammae
sacroiliac joints: ISG, Iliosakralgelenke, Sakroiliakalgelenke
femur: Oberschenkelknochen, Femur
lower leg: Unterschenkel, Tibia/Fibula
forearm: Unterarm, UA
finger: Finger, Daumen, Zeigefinger, Langfinger
toe: Zehe, Großzehe, Zehen
clavicle: Schlüsselbein, Clavicula, Klavikula
bladder: Harnblase, Blase
scrotum: Hoden, Skrotum
`,
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
  nl: `
modality CT: CT, CT-scan, CT scan
modality MR: MRI, MRI-scan, MR
modality XR: X-, röntgen, X-foto, rontgenfoto
modality US: echo, echografie, US
modality MG: mammografie, mammogram
side R: rechts, re, R, rechter
side L: links, li, L, linker
side B: beiderzijds, bdz, bilateraal, beide
contrast with: met contrast, met iv contrast, na contrast, m. contrast, met gadolinium
contrast without: zonder contrast, blanco, z. contrast, zonder iv contrast
contrast both: zonder en met contrast, blanco en met contrast, met en zonder contrast
plain: controle, onderzoek, protocol
brain: hersenen, schedel, cerebrum, hoofd, brein
chest: thorax, longen, borstkas
abdomen: abdomen, buik, bovenbuik
abdomen and pelvis: abdomen en bekken, buik en bekken, abdomen/bekken
chest, abdomen and pelvis: thorax abdomen bekken, thorax/abdomen/bekken, thorax-abdomen-bekken
cervical spine: CWK, cervicale wervelkolom, halswervelkolom
lumbar spine: LWK, lumbale wervelkolom, LSWK
thoracic spine: TWK, thoracale wervelkolom
knee: knie
shoulder: schouder, schoudergewricht
hip: heup, heupgewricht
wrist: pols, polsgewricht
ankle: enkel, enkelgewricht
foot: voet, voorvoet, hiel
hand: hand, middenhand
elbow: elleboog
pelvis: bekken, pelvis
neck: hals, halsweke delen
paranasal sinuses: sinussen, neusbijholten, NBH
orbit: orbita, oogkas
temporal bone: rotsbeen, mastoïd
kidney: nier, nieren
liver: lever
prostate: prostaat
sella: hypofyse, sella
thyroid: schildklier
breast: mammae, mamma, borst
sacroiliac joints: SI-gewrichten, sacro-iliacale gewrichten, SIG
femur: femur, dijbeen
lower leg: onderbeen
forearm: onderarm
finger: vinger, duim
toe: teen, grote teen
clavicle: clavicula, sleutelbeen
bladder: blaas
scrotum: testes, scrotum, testikels
`,
  sv: `
modality CT: DT, CT, datortomografi, skiktröntgen
modality MR: MR, MRT, magnetröntgen, magnetkamera
modality XR: röntgen, rtg, slätröntgen, RTG, konv röntgen
modality US: ultraljud, UL
modality MG: mammografi
side R: höger, hö, hö., dx
side L: vänster, vä, vä., sin
side B: bilateralt, bilat, båda, bil
contrast with: med kontrast, med iv kontrast, m kontrast, kontrastförstärkt
contrast without: utan kontrast, u kontrast, nativ, utan iv kontrast
contrast both: utan och med kontrast, med och utan kontrast, före och efter kontrast
plain: kontroll, rutin, undersökning
brain: hjärna, skalle, huvud, cerebrum
chest: thorax, lungor, bröstkorg, torax
abdomen: buk, övre buk, buköversikt
abdomen and pelvis: buk och bäcken, buk bäcken, buk/bäcken
chest, abdomen and pelvis: thorax buk bäcken, thorax/buk/bäcken, torax-buk-bäcken
cervical spine: halsrygg, cervikalrygg
lumbar spine: ländrygg, lumbalrygg, LS-rygg
thoracic spine: bröstrygg, thorakalrygg
knee: knä, knäled
shoulder: axel, axelled, skuldra
hip: höft, höftled
wrist: handled
ankle: fotled, ankel
foot: fot, framfot, häl
hand: hand, mellanhand
elbow: armbåge, armbågsled
pelvis: bäcken, lilla bäckenet
neck: hals, halsens mjukdelar
paranasal sinuses: sinus, bihålor
orbit: orbita, ögonhåla
temporal bone: temporalben, klippben, tinningben
kidney: njure, njurar
liver: lever
prostate: prostata
sella: hypofys, sella
thyroid: sköldkörtel, thyroidea
breast: bröst, mammae
sacroiliac joints: SI-leder, sacroiliacaleder
femur: lårben, femur
lower leg: underben
forearm: underarm
finger: finger, tumme
toe: tå, stortå
clavicle: nyckelben, klavikel
bladder: urinblåsa, blåsa
scrotum: scrotum, testiklar, pung
`,
  da: `
modality CT: CT, CT-scanning, CT scanning
modality MR: MR, MR-scanning, MR scanning
modality XR: røntgen, rtg, rtg., rgt
modality US: ultralyd, UL
modality MG: mammografi, klinisk mammografi
side R: højre, hø, hø., dxt
side L: venstre, ve, ve., sin
side B: bilateralt, begge sider, bilat.
contrast with: med kontrast, m/ kontrast, med iv kontrast, m. kontrast
contrast without: uden kontrast, u/ kontrast, uten kontrast, nativ
contrast both: uden og med kontrast, med og uden kontrast, uten og med kontrast
plain: kontrol, undersøgelse, rutine
brain: cerebrum, hjerne, caput, hode, kranie
chest: thorax, lunger, brystkasse, toraks
abdomen: abdomen, mave, øvre abdomen
abdomen and pelvis: abdomen og bækken, abdomen bekken, abdomen/bækken
chest, abdomen and pelvis: thorax abdomen bækken, thorax og abdomen og bækken, toraks abdomen bekken
cervical spine: columna cervicalis, halshvirvelsøjle, cervikalcolumna, nakke
lumbar spine: columna lumbalis, lændehvirvelsøjle, lumbalcolumna, lænderyg
thoracic spine: columna thoracalis, brysthvirvelsøjle, thoracalcolumna
knee: knæ, kne
shoulder: skulder, skulderled
hip: hofte, hofteled
wrist: håndled, håndledd
ankle: ankel, fodled
foot: fod, fot, forfod, hæl
hand: hånd, mellemhånd
elbow: albue, albueled
pelvis: bækken, bekken
neck: hals, collum
paranasal sinuses: bihuler, bihuler sinus, sinus paranasales
orbit: orbita, øjenhule
temporal bone: tindingeben, os temporale, mastoid
kidney: nyrer, nyre
liver: lever
prostate: prostata
sella: hypofyse, sella
thyroid: skjoldbruskkirtel, gl. thyreoidea, thyreoidea
breast: mamma, bryst
sacroiliac joints: sakroiliakaled, SI-led, IS-ledd
femur: femur, lårben
lower leg: underben, crus
forearm: underarm, antebrachium
finger: finger, tommel
toe: tå, storetå
clavicle: clavicula, kraveben, kragebein
bladder: blære, urinblære
scrotum: scrotum, testikler
`,
  pl: `
modality CT: TK, tomografia komputerowa, KT, badanie TK
modality MR: MR, rezonans magnetyczny, RM, badanie MR
modality XR: RTG, zdjęcie RTG, rentgen, Rtg
modality US: USG, ultrasonografia, badanie USG
modality MG: mammografia, MMG
side R: prawy, prawa, P, prawego, str. prawa, prawej
side L: lewy, lewa, L, lewego, str. lewa, lewej
side B: obustronnie, obu, obustronne, oba
contrast with: z kontrastem, z k.k., po kontraście, ze środkiem kontrastowym, ze wzmocnieniem kontrastowym
contrast without: bez kontrastu, bez k.k., natywne, bez środka kontrastowego
contrast both: bez i z kontrastem, bez i po kontraście, z kontrastem i bez
plain: kontrola, badanie, standard
brain: głowa, głowy, mózg, mózgu, mózgowie
chest: klatka piersiowa, klatki piersiowej, kl. piersiowej, płuca
abdomen: jama brzuszna, jamy brzusznej, brzuch, brzucha
abdomen and pelvis: jamy brzusznej i miednicy, brzucha i miednicy, jamy brzusznej i miednicy mniejszej
chest, abdomen and pelvis: klatki piersiowej jamy brzusznej i miednicy, klatki piersiowej brzucha i miednicy
cervical spine: kręgosłup szyjny, kręgosłupa szyjnego, odcinek szyjny kręgosłupa, C kręgosłupa
lumbar spine: kręgosłup lędźwiowy, kręgosłupa lędźwiowo-krzyżowego, kręgosłup L-S, odcinek lędźwiowy
thoracic spine: kręgosłup piersiowy, kręgosłupa piersiowego, odcinek piersiowy kręgosłupa
knee: kolano, staw kolanowy, stawu kolanowego
shoulder: bark, staw barkowy, stawu barkowego, barku
hip: biodro, staw biodrowy, stawu biodrowego
wrist: nadgarstek, nadgarstka
ankle: staw skokowy, stawu skokowego, kostka
foot: stopa, stopy, pięta
hand: ręka, dłoń, ręki
elbow: łokieć, staw łokciowy, łokcia
pelvis: miednica, miednicy, miednicy mniejszej
neck: szyja, szyi, tkanek miękkich szyi
paranasal sinuses: zatoki, zatok, zatok przynosowych
orbit: oczodoły, oczodołów
temporal bone: kość skroniowa, kości skroniowej, piramidy kości skroniowej
kidney: nerki, nerek, nerka
liver: wątroba, wątroby
prostate: prostata, gruczoł krokowy, stercza
sella: przysadka, przysadki, siodło tureckie
thyroid: tarczyca, tarczycy
breast: piersi, sutka, pierś
sacroiliac joints: stawy krzyżowo-biodrowe, stawów krzyżowo-biodrowych
femur: kość udowa, kości udowej
lower leg: podudzie, goleń, podudzia
forearm: przedramię, przedramienia
finger: palec, kciuk, palca ręki
toe: paluch, palca stopy
clavicle: obojczyk, obojczyka
bladder: pęcherz moczowy, pęcherza
scrotum: jądra, moszna, jąder
`,
  tr: `
modality CT: BT, bilgisayarlı tomografi, tomografi, CT
modality MR: MR, MRG, manyetik rezonans, emar, MRI
modality XR: grafi, röntgen, direkt grafi, grafisi, X-ray
modality US: USG, ultrason, ultrasonografi, US
modality MG: mamografi, MG
side R: sağ, sag, (sağ), R
side L: sol, (sol), L
side B: bilateral, iki taraflı, her iki, çift taraflı
contrast with: kontrastlı, IV kontrastlı, kontrast ile, ilaçlı
contrast without: kontrastsız, ilaçsız, IV kontrastsız
contrast both: kontrastlı ve kontrastsız, kontrastlı kontrastsız, kontrastsız + kontrastlı
plain: kontrol, tetkik, rutin, inceleme
brain: beyin, kranial, kraniyal, kafa, baş
chest: toraks, göğüs, akciğer
abdomen: abdomen, batın, karın, üst batın
abdomen and pelvis: tüm batın, abdomen pelvis, alt-üst batın, tüm abdomen
chest, abdomen and pelvis: toraks abdomen pelvis, toraks ve tüm batın
cervical spine: servikal, servikal vertebra, boyun omurga, servikal spinal
lumbar spine: lomber, lumbal, lomber vertebra, lumbosakral, bel
thoracic spine: torakal vertebra, dorsal vertebra, torakal spinal
knee: diz, diz eklemi
shoulder: omuz, omuz eklemi
hip: kalça, kalça eklemi
wrist: el bileği, elbilek
ankle: ayak bileği, ayakbilek
foot: ayak, topuk
hand: el, el tarağı
elbow: dirsek, dirsek eklemi
pelvis: pelvis, alt batın, pelvik
neck: boyun, boyun yumuşak doku
paranasal sinuses: paranazal sinüs, PNS, sinüs
orbit: orbita, göz
temporal bone: temporal kemik, kulak, mastoid
kidney: böbrek, renal
liver: karaciğer, KC
prostate: prostat, multiparametrik prostat
sella: hipofiz, sella
thyroid: tiroid, tiroit
breast: meme
sacroiliac joints: sakroiliak eklem, sakroiliak
femur: femur, uyluk kemiği
lower leg: kruris, tibia fibula, baldır
forearm: ön kol, önkol
finger: parmak, el parmağı, baş parmak
toe: ayak parmağı, ayak baş parmağı
clavicle: klavikula, köprücük kemiği
bladder: mesane
scrotum: skrotal, testis, skrotum
`,
  ja: `
modality CT: CT, CT検査, コンピュータ断層撮影, ＣＴ
modality MR: MRI, MR, 磁気共鳴, ＭＲＩ, MRI検査
modality XR: X線, レントゲン, 単純撮影, X-P, 一般撮影
modality US: 超音波, エコー, 超音波検査, US
modality MG: マンモグラフィ, MMG, 乳房撮影
side R: 右, 右側, (右), Rt, R
side L: 左, 左側, (左), Lt, L
side B: 両側, 両, 左右
contrast with: 造影, 造影あり, 造影CE, 造影剤使用, CE
contrast without: 単純, 造影なし, 非造影, 単純のみ
contrast both: 単純・造影, 単純+造影, 単純/造影, 造影前後
plain: 検査, ルーチン, 定期
brain: 頭部, 脳, 頭, 脳実質
chest: 胸部, 胸, 肺野, 肺
abdomen: 腹部, 上腹部, 腹
abdomen and pelvis: 腹部骨盤, 腹部～骨盤, 全腹部, 腹部・骨盤部
chest, abdomen and pelvis: 胸腹部骨盤, 胸部～骨盤, 胸腹骨盤, 体幹部
cervical spine: 頸椎, 頚椎, 頸部脊椎
lumbar spine: 腰椎, 腰仙椎, 腰部脊椎
thoracic spine: 胸椎, 背椎
knee: 膝, 膝関節, ひざ
shoulder: 肩, 肩関節
hip: 股関節, 股
wrist: 手関節, 手首
ankle: 足関節, 足首
foot: 足, 足部, 踵骨
hand: 手, 手部
elbow: 肘, 肘関節
pelvis: 骨盤, 骨盤部, 骨盤腔
neck: 頸部, 頚部, 首
paranasal sinuses: 副鼻腔, 鼻副鼻腔
orbit: 眼窩, 眼窩部
temporal bone: 側頭骨, 中耳
kidney: 腎臓, 腎, 両腎
liver: 肝臓, 肝
prostate: 前立腺
sella: 下垂体, トルコ鞍
thyroid: 甲状腺
breast: 乳房, 乳腺
sacroiliac joints: 仙腸関節
femur: 大腿骨
lower leg: 下腿, 下腿骨
forearm: 前腕, 前腕骨
finger: 指, 母指, 手指
toe: 足趾, 母趾, 趾
clavicle: 鎖骨
bladder: 膀胱
scrotum: 精巣, 陰嚢
`,
  zh: `
modality CT: CT, 螺旋CT, 电脑断层, 電腦斷層, 计算机断层
modality MR: MRI, 磁共振, 核磁, MR, 核磁共振, 磁振造影
modality XR: DR, X线, X光, 平片, 摄片, X光片
modality US: 超声, B超, 彩超, 超音波, 彩色多普勒
modality MG: 钼靶, 乳腺X线, 乳房攝影
side R: 右侧, 右, 右側, (右)
side L: 左侧, 左, 左側, (左)
side B: 双侧, 双, 雙側, 两侧
contrast with: 增强, 增强扫描, 強化, 增強, 注射造影剂
contrast without: 平扫, 平掃, 无增强, 不打显影剂
contrast both: 平扫+增强, 平扫加增强, 平扫及增强, 平掃+增強
plain: 检查, 复查, 常规, 扫描
brain: 头颅, 颅脑, 头部, 脑, 頭部, 头
chest: 胸部, 肺部, 胸, 肺, 胸腔
abdomen: 腹部, 上腹, 上腹部, 腹
abdomen and pelvis: 全腹, 全腹部, 腹盆, 腹部+盆腔, 上下腹部
chest, abdomen and pelvis: 胸腹盆, 胸部+全腹, 胸部+腹部+盆腔
cervical spine: 颈椎, 頸椎
lumbar spine: 腰椎, 腰骶椎, 腰椎间盘
thoracic spine: 胸椎
knee: 膝关节, 膝, 膝關節
shoulder: 肩关节, 肩部, 肩關節
hip: 髋关节, 髋, 髖關節
wrist: 腕关节, 腕, 手腕
ankle: 踝关节, 踝, 腳踝
foot: 足, 足部, 跟骨
hand: 手, 手掌, 掌骨
elbow: 肘关节, 肘, 手肘
pelvis: 盆腔, 骨盆, 盆部
neck: 颈部, 颈部软组织, 頸部
paranasal sinuses: 鼻窦, 副鼻窦, 鼻竇
orbit: 眼眶, 眼部
temporal bone: 颞骨, 乳突, 中耳乳突
kidney: 肾脏, 双肾, 肾
liver: 肝脏, 肝, 肝臟
prostate: 前列腺, 攝護腺
sella: 垂体, 鞍区, 腦下垂體
thyroid: 甲状腺, 甲狀腺
breast: 乳腺, 乳房
sacroiliac joints: 骶髂关节, 薦髂關節
femur: 股骨
lower leg: 小腿, 胫腓骨
forearm: 前臂, 尺桡骨
finger: 手指, 拇指
toe: 足趾, 脚趾
clavicle: 锁骨, 鎖骨
bladder: 膀胱
scrotum: 阴囊, 睾丸
`,
  ko: `
modality CT: CT, 전산화단층촬영, 컴퓨터단층촬영
modality MR: MRI, MR, 자기공명영상
modality XR: X-ray, 엑스레이, 단순촬영, 일반촬영
modality US: 초음파, US, 초음파검사
modality MG: 유방촬영, 유방촬영술, 맘모그램
side R: 우측, 오른쪽, 우, Rt
side L: 좌측, 왼쪽, 좌, Lt
side B: 양측, 양쪽, 양
contrast with: 조영, 조영증강, 조영제 사용, CE
contrast without: 비조영, 조영제 없이, 조영안함
contrast both: 조영 전후, 비조영+조영, 조영전후
plain: 검사, 추적, 정기
brain: 뇌, 두부, 머리, 두개
chest: 흉부, 가슴, 폐
abdomen: 복부, 상복부, 배
abdomen and pelvis: 복부골반, 복부 및 골반, 전복부
chest, abdomen and pelvis: 흉부 복부 골반, 흉복부골반
cervical spine: 경추, 목뼈
lumbar spine: 요추, 요천추, 허리
thoracic spine: 흉추, 등뼈
knee: 무릎, 슬관절, 무릎관절
shoulder: 어깨, 견관절, 어깨관절
hip: 고관절, 엉덩이관절
wrist: 손목, 수근관절
ankle: 발목, 족관절
foot: 발, 족부
hand: 손, 수부
elbow: 팔꿈치, 주관절
pelvis: 골반, 골반강
neck: 경부, 목
paranasal sinuses: 부비동, 코곁굴
orbit: 안와, 눈
temporal bone: 측두골, 유양동
kidney: 신장, 콩팥
liver: 간, 간장
prostate: 전립선
sella: 뇌하수체
thyroid: 갑상선, 갑상샘
breast: 유방
sacroiliac joints: 천장관절
femur: 대퇴골
lower leg: 하퇴, 하퇴부, 종아리
forearm: 전완, 전완부
finger: 손가락, 수지
toe: 발가락, 족지
clavicle: 쇄골
bladder: 방광
scrotum: 음낭, 고환
`,
};
