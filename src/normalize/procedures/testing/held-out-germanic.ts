// How other hospitals than those we learn from write, in Germanic languages: see held-out-words.ts.

export const heldOutGermanic = {
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
};
