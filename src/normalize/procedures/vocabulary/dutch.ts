// What radiology is called in Dutch.

export const dutch = `
abdomen: abdomen, buik, bovenbuik, buikoverzicht, milt, bijnier, bijnieren, bovenbuikorganen, boz, buikwand, lever galblaas pancreas, ascitespunctie
abdomen and pelvis: abdomen bekken, abdomen en bekken, buik en bekken, buik bekken, gehele abdomen, totale abdomen, abdomen kleine bekken
abdominal aorta and leg arteries: aorta en beenvaten, aorta been vaten, aorta benen, bekken been angiografie, bekken beenvaten, aorta bekken benen, buikaorta en beenvaten, aorta bekkenbeenvaten, aorta en benen
acromioclavicular joint: ac gewricht, acromioclaviculair gewricht, ac gewrichten
ankle: enkel, enkels, bovenste spronggewricht
aorta: aorta, buikaorta, aorta abdominalis, aaa, aneurysma aorta, hele aorta
appendix: appendix, blindedarm
axial skeleton: lwk en heup, heup en wervelkolom, wervelkolom en heup, heup en lwk
bile ducts: galwegen, mrcp, galweg, galgangen, galboom
bladder: blaas, mictiecystogram, cystogram, urineblaas, mictie cystogram, mcug, cystografie
brain: hersenen, cerebrum, hersen, brein, neuro, cerebri, ct cerebrum, intracranieel, cva, schedelecho
head: hoofd, schedel, cranium, cranio
breast: borst, mamma, mammae, mammografie, borsten, mammogram, galactografie
carotid arteries: carotis, carotiden, halsslagader, halsslagaders, carotides, duplex carotiden
cervical spine: cwk, cervicale wervelkolom, nekwervels, halswervelkolom, cervicaal, cervicale, dens
chest: thorax, borstkas, mediastinum, pleura, x thorax, axilla, oksel, thorax foto, borstholte, pleurapunctie
chest and abdomen: thorax abdomen, thorax en abdomen, thorax bovenbuik
chest, abdomen and pelvis: thorax abdomen bekken, thorax abdomen en bekken, thorax abdomen kleine bekken, romp
clavicle: clavicula, sleutelbeen
colon: colon, dikke darm, colonografie, colon inloop, coloninloop, virtuele colonoscopie, colon contrast, virtuele coloscopie, ct colon
coronary arteries: coronairen, kransslagaders, coronaire, coronair, coronariografie, coronaria, kransslagvaten, coronairarteriën
elbow: elleboog, ellebogen
esophagus: slokdarm, oesofagus, oesophagus, slikfoto, slikvideo, slokdarmfoto, slikonderzoek, slikfunctie
extremity: extremiteit, extremiteiten, ledemaat
femur: femur, dijbeen, bovenbeen bot
fetus: foetus, foetaal, foetale
finger: vinger, vingers, duim, duimen, wijsvinger, pink, dig hand
foot: voet, voeten, calcaneus, hiel, voorvoet, middenvoet, hielbeen
forearm: onderarm, radius ulna, onderarmen
gallbladder: galblaas
groin: lies, liezen, liesstreek, inguinaal
hand: hand, handen, middenhand
head and neck vessels: hals en hersenvaten, hersenvaten en halsvaten, hals en hoofdvaten, hoofd hals vaten, hoofd hals angiografie, hals hersenvaten, halsvaten en hersenvaten, carotiden en cirkel van willis, cerebrum en halsvaten, hals hoofd vaten, halsvaten en circulus, halsvaten en cirkel van willis, halsvaten circulus
heart: hart, cardiaal, echocardiogram, echocardiografie, calciumscore, cor, myocard, cardiaal mri, hartecho, calcium score, tavi, myocardscintigrafie, kalkscore, hartfunctie, linker atrium
hip: heup, heupen, heupgewricht, heupgewrichten, acetabulum
inferior vena cava: vena cava inferior, vci, vena cava
internal auditory canal: brughoek, brughoeken, inwendige gehoorgang, mai, gehoorgang, meatus acusticus internus, brughoektumor, inwendige gehoorgangen, binnenoor brughoek
intracranial vessels: hersenvaten, cirkel van willis, intracraniële vaten, cerebrale angiografie, hersenarteriën, cerebrale vaten, cerebrale arteriën, sinus trombose, veneuze sinus, intracraniele vaten, hersenvenen, cerebrale venen, circulus willisi, transcraniële
kidney: nier, nieren, renografie, nierscintigrafie, renogram, nierfunctie, nefrostomie, nierstenen, niersteen, niersteenprotocol, niersteenkoliek
knee: knie, knieën, patella, knieschijf, kniegewricht, knieen
larynx: larynx, strottenhoofd
leg arteries: beenarteriën, arteriën benen, been arterieel, arterieel onderste extremiteit, arteriën onderste extremiteiten, beenslagaders, arterieel benen, arterieel been, beenvaten arterieel, arterien been, duplex arterieel benen
leg veins: beenvenen, venen benen, dvt been, dvt, trombosebeen, veneus been, diepe veneuze trombose, veneus onderste extremiteit, venen been, trombose been, veneus benen, duplex veneus been, dvt onderste extremiteit
liver: lever, hepatisch, leverecho
lower extremity: been, benen, onderste extremiteit, beenlengte, beenas, onderste extremiteiten, lange benen, beenassen, beenlengtemeting
lower leg: onderbeen, tibia, fibula, kuit, scheenbeen, crus, onderbenen, cruris
lumbar spine: lwk, lumbale wervelkolom, lendenwervels, lumbaal, lumbosacraal, lendenwervelkolom, lumbale, lswk, lumbosacrale wervelkolom, lumbo sacraal, lumbaalpunctie
lung: long, longen, pulmonaal, longscan, longperfusie, ventilatie perfusie scan
mandible: mandibula, onderkaak, opg, orthopantomogram, gebit, kaak, tanden, kaakoverzicht, panoramische
maxillofacial: aangezicht, aangezichtsschedel, gelaat, jukbeen, maxillofaciaal, bovenkaak, zygoma, gezicht, maxilla, aangezichtskelet, midface
nasal bones: neus, os nasale, neusbeen
neck: hals, nek, halsweefsel, hals weke delen, bijschildklier, bijschildklieren, weke delen hals, halsecho, larynx hals, pharynx, halslymfeklieren, nasofarynx, halsweke delen, wekedelen hals, halsweke
neck vessels: halsvaten, halsarteriën, vertebralis, hals vaten, vertebralen, hals angiografie, arteriën hals, supra aortale vaten
neck, chest, abdomen and pelvis: hals thorax abdomen bekken, hals thorax abdomen, hals thorax abdomen en bekken, hals t m bekken
orbit: orbita, oogkas, oog, ogen, orbitae, oogkassen, nervus opticus, oogzenuw
pancreas: pancreas, alvleesklier
paranasal sinuses: sinussen, neusbijholten, bijholten, sinus, kaakholte, nbh, neusbijholte, kaakholten
parotid gland: parotis, speekselklier, speekselklieren, oorspeekselklier, glandula parotis, submandibularis
pelvis: bekken, onderbuik, sacrum, staartbeen, ovarium, ovaria, bekkenfoto, bekkenbodem, bekkenoverzicht, kleine bekken, coccyx, os sacrum, gynaecologisch, heiligbeen, gyn
pregnancy: zwangerschap, obstetrisch, zwanger, termijnecho, zwangerschapsecho, nekplooimeting, prenataal, obstetrie
prostate: prostaat, zaadblaasjes
pulmonary arteries: longembolie, pulmonalis, longarteriën, pulmonalis angiografie, longslagaders, le protocol, longvaten, longslagader, ca pulmonalis, pulmonalisangiografie
rectum: rectum, defecogram, defecografie, anaal, endeldarm, anorectaal, perianale fistel, fistel anaal, anus
renal vessels: nierarteriën, niervaten, nierarterie, nierslagaders
retroperitoneum: retroperitoneum, retroperitoneaal
ribs: ribben, rib, ribfoto
sacroiliac joints: si gewrichten, sacroiliacale gewrichten, si gewricht, sacro iliacale gewrichten, sig, sacroiliacaal
scapula: scapula, schouderblad
scrotum: scrotum, testis, testikel, balzak, testikels, testes
sella: hypofyse, sella, hypofysair
shoulder: schouder, schouders, schoudergewricht, rotator cuff
skeleton: skelet, botten, botscan, skeletscintigrafie, beenmerg, skeletonderzoek, skeletstatus, botscintigrafie, bot
skull: schedel 2 richtingen, schedeldak, schedelfoto
skull base to mid-thigh: schedelbasis tot bovenbeen, schedelbasis tot halverwege bovenbeen, schedelbasis tot mid dij, schedelbasis tot dijbeen, schedelbasis bovenbeen, schedelbasis lies, schedelbasis tot lies, schedelbasis tot bovenbenen, schedelbasis t m bovenbeen
small bowel: dunne darm, enterografie, enteroclyse, mr enteroclyse, dunnedarm, dunne darm passage, dunnedarmpassage
spine: wervelkolom, gehele wervelkolom, ruggenmerg, totale wervelkolom, wk, rug, myelum, hele wervelkolom, spinaal, rugwervels
sternum: sternum, borstbeen, sternoclaviculair gewricht, sternoclaviculaire
stomach: maag, maaglediging, maagontlediging
temporal bone: rotsbeen, rotsbeenderen, mastoïd, os petrosum, middenoor, binnenoor, mastoid, oor, mastoiden, oren, rotsbenen, ossa petrosa
temporomandibular joint: kaakgewricht, kaakgewrichten, temporomandibulair gewricht
thigh: bovenbeen, dij, bovenbenen
thoracic aorta: thoracale aorta, aortaboog, dissectie aorta, aorta thoracalis, aortadissectie, dissectie, aorta ascendens
thoracic spine: twk, thoracale wervelkolom, borstwervels, thoracaal, borstwervelkolom, thoracale
thoracolumbar spine: thoracolumbaal, twk lwk, thoracolumbale wervelkolom, scoliose, twk en lwk, scoliosefoto, thoraco lumbaal
thyroid: schildklier, schildklierscan
toe: teen, tenen, grote teen, hallux, dig voet
upper arm: humerus, bovenarm, bovenarmen
upper extremity: arm, armen, bovenste extremiteit, plexus brachialis, bovenste extremiteiten, shunt arm, dialyseshunt, fistulografie, av fistel
upper gastrointestinal tract: maagfoto, slokdarm maag, maag duodenum, slokdarm maag duodenum, slokdarm maag foto, slokdarm maag en duodenum, bovenste tractus digestivus
urethra: urethra, urethrogram, plasbuis, urethrografie
urinary tract: urinewegen, ivu, urografie, ivp, urineleider, ureter, ct ivu, ct urografie, ureteren, nier en urinewegen, nieren en blaas, nieren blaas, urogram, koliek
uterus: baarmoeder, uterus, hsg, hysterosalpingografie, myoom, endometrium, myomen
whole body: totaal lichaam, hele lichaam, total body, polytrauma, traumascan, gehele lichaam, heel lichaam
wrist: pols, polsen, scaphoid, handwortel, polsgewricht, scaphoïd, carpus, carpaal, carpale tunnel
modality CT: ct, computertomografie, cta, ct scan, hrct, ctscan, cat scan, cone beam
modality MR: mr, mri, kernspin, mra, kernspintomografie, mriscan, mri scan, mrcp, mrscan
modality XR: röntgen, x, rx, foto, x foto, röntgenfoto, opg, dexa, botdichtheid, botdensitometrie, overzichtsfoto, xfoto, botdichtheidsmeting, bucky, x ray, conventioneel, rontgen
modality US: echo, echografie, echo doppler, duplex, doppler, us, echocardiogram, ultrageluid, ultrasound, echografisch, echocardiografie, duplexonderzoek
modality MG: mammografie, mammogram, mammo, tomosynthese
modality NM: scintigrafie, nucleair, spect, nucleaire geneeskunde, botscan, nucleair onderzoek, skeletscintigrafie, scan nucleair, isotopen
modality PT: pet
modality PT&CT: pet ct, petct, pet ct scan
modality RF: doorlichting, slikfoto, slikvideo, colon inloop, mictiecystogram, röntgendoorlichting, contrastfoto, defecogram, maagfoto, coloninloop, oesofagusfoto, fluoroscopie
modality XA: angiografie, arteriografie, dsa, interventie, flebografie, interventieradiologie, coronariografie, venografie, angiogram
side R: rechts, re, rechter, r, rechtse, rechterzijde
side L: links, li, linker, l, linkse, linkerzijde
side B: beiderzijds, bdz, beide, bilateraal, beiden, links en rechts, rechts en links, bz, li en re, beide zijden, re li, bds, re en li
with: met, m
without: zonder, z, zndr
and: en
contrast: contrast, contrastmiddel, iv contrast, gd, gadolinium, km, iv, i v contrast, intraveneus contrast, cm, contr, i v
contrast with: met contrast, na contrast, met iv contrast, met gd, met gadolinium, mc, m contrast, met contrastmiddel, met km, met iv, met i v contrast, contrastversterkt, met intraveneus contrast, na gadolinium
contrast without: zonder contrast, blanco, blanc, zonder iv contrast, z contrast, zonder gd, zc, zonder gadolinium, zonder contrastmiddel, zonder iv, voor contrast, zonder km, zonder intraveneus contrast
contrast both: zonder en met contrast, met en zonder contrast, blanco en met contrast, voor en na contrast, zonder met contrast, blanco en contrast, zonder en met iv contrast, z m contrast, zonder en met gd, met zonder contrast, blanco contrast, met en zonder iv contrast, voor na contrast, z en m contrast, blanco met contrast, zonder en met gadolinium, zonder en met, met en zonder, blanco en iv contrast, met en zonder gd, voor en na gadolinium
sign angio: angiografie, angio, cta, mra, angiogram, arteriografie
sign artery: arterieel, arteriën, arterie, arteriële, slagader, arterien
sign vein: veneus, venen, dvt, flebografie, veneuze, vene, venografie
sign vessel: vaten, vat
sign doppler: doppler, duplex
sign perfusion: perfusie
sign arthrogram: artrografie, mr artrografie, arthrografie, intra articulair, artro, intraarticulair, arthro, artro mri
sign myelogram: myelografie, intrathecaal, caudografie
sign guided: geleid, geleide, ct geleid, echogeleid, echogeleide, onder echo, onder ct, ct geleide, echo geleide, echo geleid
sign biopsy: biopsie, punctie, bioptie, cytologische punctie, biopten, biopt
sign drainage: drainage, drain, ascitespunctie, pleurapunctie
sign aspiration: aspiratie
sign injection: injectie, infiltratie, blokkade
sign ablation: ablatie, rfa
sign placement: plaatsing, plaatsen, picc, inbrengen, stentplaatsing, stent, inbrengen van, wissel, verwisselen
sign needle localization: draadlokalisatie, lokalisatie, markering
sign embolization: embolisatie
sign angioplasty: dotter, pta, angioplastiek, dotteren
sign nephrostomy: nefrostomie, nefrodrain
sign vertebroplasty: vertebroplastiek
sign lumbar puncture: lumbaalpunctie
sign screening: screening, bevolkingsonderzoek
sign diagnostic: diagnostisch
sign tomosynthesis: tomosynthese
sign stereotactic: stereotactisch, stereotactische
sign limited: beperkt, gericht
sign complete: compleet, volledig
sign follow-up: controle, follow up, vervolg
sign transvaginal: transvaginaal, vaginaal, transvaginale, vaginale
sign transrectal: transrectaal, trus, transrectale
sign 1st trimester: eerste trimester, termijnecho, vroege zwangerschap, nekplooimeting, 1e trimester
sign 2nd/3rd trimester: 20 weken, tweede trimester, derde trimester, structureel echoscopisch onderzoek, seo, twintig weken echo, 20 weken echo, 2e trimester, 3e trimester
sign multiple gestation: tweeling, meerling
sign pediatric: kind, kinderen, pediatrisch, neonaat, baby, zuigeling
sign stress: stress, inspanning, adenosine, dobutamine
sign rest: rust
sign calcium: calciumscore, calcium score, kalkscore
sign pulmonary embolus: longembolie, le protocol
sign high resolution: hoge resolutie, hrct, hr ct
sign lung cancer: longkankerscreening, longkanker screening
sign colonography: colonografie, virtuele colonoscopie, virtuele coloscopie
sign enterography: enterografie, enteroclyse
sign urography: urografie, ivu, ivp, urogram
sign stone: niersteen, nierstenen, steenprotocol, niersteenprotocol, stenen, koliek
sign voiding: mictie, mictiecystogram
sign functional: functioneel, fmri, functionele
sign spectroscopy: spectroscopie
sign tumor: tumor, fdg, oncologie, stadiëring
sign metastasis: metastasen, metastase
sign post-op: postoperatief
sign intra-op: intraoperatief, ok, peroperatief
sign portable: bed, op zaal, bedfoto, op bed
sign standing: staand, belast, staande
sign supine: liggend
sign flexion extension: flexie extensie, functieopnamen, functie opnamen, flexie en extensie
sign oblique: driekwart, schuin, schuine
sign scoliosis: scoliose
sign bone age: skeletleeftijd, botleeftijd
sign bone length: beenlengte, beenlengtemeting
sign bone survey: skeletstatus, skeletonderzoek
sign density: botdichtheid, botdensitometrie, dexa, botdichtheidsmeting
sign dental: opg, gebit, orthopantomogram, kaakoverzicht
sign three-phase: drie fasen, 3 fasen, driefasen
sign function: functie, renografie
sign diuretic: furosemide
sign transplant: transplantaat, transplantatie, transplantatienier
sign ventilation: ventilatie, ventilatie perfusie
sign q-perfusion: ventilatie perfusie, longperfusie
sign gastric emptying: maaglediging, maagontlediging
sign swallow: slikfoto, slikvideo, slikonderzoek
sign double contrast: dubbelcontrast
sign water soluble: wateroplosbaar, gastrografine
sign enema: inloop, coloninloop, colon inloop
sign follow through: dunne darm passage
sign planning: planning, bestralingsplanning
sign tissue: weke delen
sign thumb: duim, duimen
sign calcaneus: calcaneus, hiel
sign scaphoid: scaphoid
sign spleen: milt
sign brachial plexus: plexus brachialis
sign lymph node: schildwachtklier, sentinel node, lymfeklier
sign head: hoofd, schedel
view ap: ap, voorachterwaarts
view pa: pa
view lateral: lateraal, zijwaarts, dwars, opzij, laterale
view oblique: driekwart, schuin
view axial: axiaal
views: richtingen, richting, opnamen, opname, richt
number 2: twee, voorachterwaarts en dwars, ap en lateraal, twee richtingen, ap lateraal, ap en dwars, pa en lateraal, ap dwars, pa en dwars
number 3: drie
number 4: vier
number 1: een, één
plain: onderzoek, van, de, het, in, op, routine, spoed, protocol, poli, poliklinisch, klinisch, extern, opname ct, standaard, voor, te, verslag, organen, bij, scan, aanvraag, gehele, seh, dunne coupes, beeldvorming, serie, om, oraal, revisie, ov, buiten, eigen, aangeleverd, verdenking, pijn, fractuur, evaluatie, regio, gewricht, fase, volwassene, elders, meerfasen, vrouw, man, lage dosis, low dose
week: weken
sign upper abdomen: bovenbuik, bovenbuikorganen
sign plural: knieën, handen, voeten, heupen, enkels, polsen, ellebogen, schouders, benen, borsten, mammae, rotsbeenderen, carotiden, onderbenen, armen, onderste extremiteiten, knieen, rotsbenen
sign unilateral: enkelzijdig, unilateraal
`;
