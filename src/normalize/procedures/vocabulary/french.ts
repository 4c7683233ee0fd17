// What radiology is called in French.

export const french = `
abdomen: abdomen, abdominal, abdominale, asp, abdomen sans préparation, ventre, rate, surrénales, surrénale, abdomino, étage sus mésocolique, paroi abdominale, échographie abdominale, étage supérieur, abdomen supérieur, ponction d ascite, ascite
abdomen and pelvis: abdomen pelvis, abdomino pelvien, abdominopelvien, abdomino pelvienne, abdominopelvienne, abdomen et pelvis, abdo pelvien, abdo pelvis, ap, abdomen et du pelvis, abdopelvien, abdo pelvienne
abdominal aorta and leg arteries: aorte et membres inférieurs, angioscanner des membres inférieurs, artères des membres inférieurs et aorte, aorte abdominale et membres inférieurs, aorto iliaque et membres inférieurs, aorte et artères des membres inférieurs
acromioclavicular joint: articulation acromio claviculaire, acromioclaviculaire, acromio claviculaire
ankle: cheville, chevilles, tibio tarsienne, articulation tibio tarsienne, tibiotarsienne
aorta: aorte, aorte abdominale, aortique, aorte thoraco abdominale, aaa, anévrisme aorte
appendix: appendice, appendicite
axial skeleton: rachis et hanche, rachis lombaire et hanche, lombaire et hanche, rachis hanche
bile ducts: voies biliaires, bili irm, biliaire, cholangio irm, cholangiographie, bili, cholangio pancréatographie, bilirm
bladder: vessie, cystographie, urétrocystographie, cystographie rétrograde, vésicale, ucrm
brain: cerveau, cérébral, cérébrale, encéphale, encéphalique, intracrânien, cérébraux, cranio encéphalique, avc, intracranien
head: tête, crâne, crânien, crânienne, craniale
breast: sein, seins, mammaire, mammographie, mammaires, mammo, tomosynthèse mammaire, galactographie
carotid arteries: carotide, carotides, tsa, carotidien, troncs supra aortiques, troncs supraaortiques, artères carotides, doppler tsa, carotidienne
cervical spine: rachis cervical, colonne cervicale, cervical, cervicale, rachis cervicale, vertèbres cervicales, odontoïde, charnière cervico occipitale
chest: thorax, thoracique, poitrine, poumons thorax, médiastin, plèvre, radio pulmonaire, rp, radio thorax, gril thoracique, trachée, cage thoracique, parenchyme pulmonaire, creux axillaire, ponction pleurale, rp face, rp f, cliché pulmonaire
chest and abdomen: thorax abdomen, thoraco abdominal, thorax et abdomen, thoraco abdominale
chest, abdomen and pelvis: thorax abdomen pelvis, tap, thoraco abdomino pelvien, thoracoabdominopelvien, thoraco abdo pelvien, thorax abdomen et pelvis, thoraco abdomino pelvienne, thorax abdo pelvis, thoraco abdominopelvien
clavicle: clavicule, clavicules
colon: côlon, colon, coloscanner, coloscopie virtuelle, lavement baryté, colique, lavement opaque, lavement aux hydrosolubles, colographie, colo scanner
coronary arteries: coronaires, coronarographie, coroscanner, coronaire, artères coronaires, coro scanner, coronarienne, coroscan
elbow: coude, coudes, tête radiale, olécrane
esophagus: œsophage, oesophage, transit oesophagien, oesophagien, déglutition, toge, togd oesophage
extremity: membre, membres, extrémité, extrémités
femur: fémur, fémurs
fetus: fœtus, foetal, fœtal, foetale, fœtale, irm fœtale
finger: doigt, doigts, pouce, index, annulaire, auriculaire, pouces
foot: pied, pieds, avant pied, calcanéum, arrière pied, talon, métatarse, calcaneus, médio pied
forearm: avant bras, avantbras, radius, cubitus
gallbladder: vésicule, vésicule biliaire
groin: aine, inguinal, inguinale, pli inguinal
hand: main, mains, métacarpe, métacarpiens
head and neck vessels: tsa et polygone de willis, troncs supra aortiques et polygone, vaisseaux cérébraux et cervicaux, polygone de willis et tsa, vaisseaux du cou et du cerveau, angio tsa polygone, tsa et polygone, tsa polygone, artères cervicales et cérébrales, vaisseaux cervico encéphaliques, tsa et intracrânien, cervico encéphalique, cervico céphalique
heart: coeur, cœur, cardiaque, échocardiographie, ett, eto, myocardique, myocarde, score calcique, échographie cardiaque, scintigraphie myocardique, péricarde, ventriculaire, tavi, oreillette gauche
hip: hanche, hanches, coxo fémorale, cotyle, coxo fémorales
inferior vena cava: veine cave inférieure, vci, veine cave
internal auditory canal: conduit auditif interne, cai, conduits auditifs internes, angle ponto cérébelleux, apc, angles ponto cérébelleux, neurinome de l acoustique, conduits auditifs, neurinome acoustique
intracranial vessels: polygone de willis, vaisseaux intracrâniens, angiographie cérébrale, artères cérébrales, vaisseaux cérébraux, artériographie cérébrale, sinus veineux, polygone, angio irm cérébrale, artères intracrâniennes, veineuse cérébrale, veines cérébrales, artère cérébrale, angio irm encéphalique, doppler transcrânien, angioscanner cérébral
kidney: rein, reins, rénal, rénale, rénaux, scintigraphie rénale, fosse lombaire, néphrostomie
knee: genou, genoux, rotule, patella, fémoro patellaire, rotules, fémoro tibial
larynx: larynx, laryngé
leg arteries: artères des membres inférieurs, artériel des membres inférieurs, doppler artériel membres inférieurs, artères membres inférieurs, artériel membres inférieurs, artériographie des membres inférieurs, artères des mi, artériel mi, artériel des mi, artérielle des membres inférieurs
leg veins: veines des membres inférieurs, veineux des membres inférieurs, doppler veineux membres inférieurs, phlébite, veines membres inférieurs, veineux membres inférieurs, tvp, veineux des mi, veineux mi, veines mi, phlébographie des membres inférieurs, thrombose veineuse profonde, veineuse des membres inférieurs
liver: foie, hépatique, hépatiques, fibroscan
lower extremity: membre inférieur, membres inférieurs, jambes, mi, mis, gonométrie, pangonogramme, télémétrie des membres inférieurs, pangonométrie, minf
lower leg: jambe, tibia, péroné, mollet, fibula, deux os de la jambe, mollets, tibias
lumbar spine: rachis lombaire, colonne lombaire, lombaire, lombo sacré, rachis lombo sacré, lombosacré, rachis lombosacré, lombaires, charnière lombo sacrée, vertèbres lombaires, lombo sacrée, ponction lombaire
lung: poumon, poumons, pulmonaire, pulmonaires, scintigraphie pulmonaire, bronches
mandible: mandibule, mandibulaire, panoramique dentaire, orthopantomogramme, mâchoire, dents, dentaire, dentascan, panoramique, dentascanner, maxillaire inférieur
maxillofacial: massif facial, face, maxillo facial, os de la face, os malaire, malaire, maxillaire supérieur, zygomatique, maxillofacial
nasal bones: os propres du nez, nez, opn, os propres
neck: cou, parties molles du cou, parathyroïdes, cervico facial, parathyroïde, pharynx, oropharynx, cavum, aires ganglionnaires cervicales, orl, cervicale orl, cou orl
neck vessels: vaisseaux du cou, angio tsa, vaisseaux cervicaux, artères vertébrales, artères cervicales, angioscanner tsa, angio irm tsa, troncs supra aortiques, tsa, artère vertébrale, jugulaire
neck, chest, abdomen and pelvis: cou thorax abdomen pelvis, cervico thoraco abdomino pelvien, cervico tap, ctap, cou tap, cervico thoraco abdomino pelvienne, tapc, cervico thoraco abdominopelvien
orbit: orbite, orbites, oeil, œil, yeux, nerf optique, nerfs optiques, orbitaire, orbitaires
pancreas: pancréas, pancréatique
paranasal sinuses: sinus, sinus de la face, blondeau, sinusien, naso sinusien, sinus maxillaires, sinus paranasaux
parotid gland: parotide, parotides, glandes salivaires, glande salivaire, sialographie, sous maxillaire, parotidienne
pelvis: pelvis, bassin, pelvien, pelvienne, sacrum, coccyx, ovaires, ovaire, petit bassin, plancher pelvien, pelvipérinéale, radiopelvimétrie, sacro coccyx, endométriose
pregnancy: grossesse, obstétricale, obstétrical, enceinte, échographie obstétricale, morphologique, clarté nucale, datation
prostate: prostate, prostatique, vésicules séminales
pulmonary arteries: artères pulmonaires, embolie pulmonaire, ep, angioscanner pulmonaire, angio pulmonaire, artère pulmonaire, recherche ep, angioscanner thoracique ep, protocole ep, recherche d ep, artériographie pulmonaire, suspicion ep, angio scanner pulmonaire
rectum: rectum, rectal, rectale, défécographie, canal anal, anopérinéal, fistule anale, anorectal, déféco irm
renal vessels: artères rénales, vaisseaux rénaux, artère rénale, veines rénales
retroperitoneum: rétropéritoine, rétropéritonéal
ribs: côtes, côte, gril costal, costal
sacroiliac joints: sacro iliaques, sacro iliaque, articulations sacro iliaques, sacroiliaques, sacroiliaque
scapula: omoplate, scapula, scapulaire
scrotum: scrotum, testicule, testicules, bourses, scrotal, scrotale, testiculaire
sella: selle turcique, hypophyse, hypophysaire, loge sellaire, antéhypophyse
shoulder: épaule, épaules, coiffe, gléno humérale, coiffe des rotateurs
skeleton: squelette, osseux, osseuse, scintigraphie osseuse, os, moelle osseuse, bilan osseux, squelette complet, osseuses
skull: crâne face profil, voûte crânienne, radio du crâne, crane face, téléradiographie
skull base to mid-thigh: base du crâne à mi cuisse, base du crâne mi cuisses, base du crâne jusqu à mi cuisses, du crâne à mi cuisse, base du crâne aux cuisses, vertex mi cuisses, base crâne mi cuisse, base du crâne à mi cuisses, crâne mi cuisses, base du crâne à la mi cuisse
small bowel: grêle, intestin grêle, entéro irm, enteroscanner, transit du grêle, entéro scanner, entérographie, entéroscanner, entéroirm, entéroclyse
spine: rachis, colonne vertébrale, rachis entier, médullaire, moelle, rachis complet, moelle épinière, colonne, rachis total, grand rachis, rachidienne
sternum: sternum, sterno claviculaire, sternal, articulation sterno claviculaire
stomach: estomac, gastrique, vidange gastrique
temporal bone: rocher, rochers, os temporal, mastoïde, oreille interne, oreille moyenne, oreille, mastoïdes, oreilles
temporomandibular joint: articulation temporo mandibulaire, atm, articulations temporo mandibulaires, temporo mandibulaire, temporo mandibulaires
thigh: cuisse, cuisses
thoracic aorta: aorte thoracique, dissection aortique, crosse aortique, dissection, aorte ascendante, crosse de l aorte
thoracic spine: rachis dorsal, rachis thoracique, colonne dorsale, dorsal, colonne thoracique, dorsale, vertèbres dorsales
thoracolumbar spine: rachis dorso lombaire, dorsolombaire, rachis dorsolombaire, thoraco lombaire, dorso lombaire, scoliose, rachis dorsal et lombaire, thoracolombaire, rdl
thyroid: thyroïde, thyroïdienne, thyroïdien, goitre
toe: orteil, orteils, gros orteil, hallux
upper arm: bras, humérus, os du bras
upper extremity: membre supérieur, membres supérieurs, ms, plexus brachial, fistulographie, fistule artério veineuse, fav, fistule de dialyse
upper gastrointestinal tract: togd, transit oeso gastro duodénal, transit gastro duodénal, tube digestif haut, transit oeso gastroduodénal, tractus digestif supérieur
urethra: urètre, urétrographie, urétral
urinary tract: voies urinaires, appareil urinaire, uroscanner, uiv, urographie, uro scanner, colique néphrétique, uretère, uretères, urinaire, urinaires, arbre urinaire, uro tdm, uro irm, lithiase urinaire, urographie intra veineuse, urographie intraveineuse, vesico rénale, réno vésicale, lithiase, rein vessie, calcul urinaire
uterus: utérus, utérin, hystérosalpingographie, utérine, fibrome, hsg, hystérographie, col utérin, fibromes
whole body: corps entier, polytraumatisé, polytrauma, bodyscanner, body scanner, corps complet, body tdm
wrist: poignet, poignets, carpe, scaphoïde, canal carpien, scaphoide
modality CT: tdm, scanner, tomodensitométrie, scan, scanner x, angioscanner, angio tdm, uroscanner, coroscanner, coloscanner, tomodensitométrique, tacomètre, cone beam, dentascan, scann, ct, scano
modality MR: irm, imagerie par résonance magnétique, angio irm, résonance magnétique, rmn, irmf, bili irm, remnographie, bilirm, angioirm, entéroirm
modality XR: radio, radiographie, rx, cliché, radiographies, panoramique dentaire, ostéodensitométrie, dmo, asp, rp, clichés, radios, radiologie standard, absorptiométrie, pangonogramme, dexa, rp face
modality US: écho, échographie, échodoppler, écho doppler, doppler, échographique, ett, eto, échocardiographie, ultrasons, ultrason, us
modality MG: mammographie, mammo, galactographie, tomosynthèse, sénologie
modality NM: scintigraphie, scinti, médecine nucléaire, tep non, scintigraphique, tomoscintigraphie, tomo scintigraphie
modality PT: tep, tomographie par émission de positons, pet
modality PT&CT: tep tdm, tep scan, tep scanner, pet scan, tep ct, teptdm, pet ct, tepscan, tep fdg, morpho tep
modality RF: radioscopie, transit, togd, lavement, cystographie, hystérosalpingographie, uiv, scopie, défécographie, tofd, fluoroscopie, opacification, arthrographie radio, transit oesophagien
modality XA: artériographie, angiographie, phlébographie, coronarographie, radiologie interventionnelle, fistulographie, angiographie numérisée, embolisation, interventionnel
side R: droit, droite, dt, d, dte, drt, droits, droites
side L: gauche, g, gche, gch, gauches, gau, gh
side B: bilatéral, bilatérale, bilat, deux, les deux, bilatéraux, des deux côtés, d et g, droit et gauche, bilatérales, comparatif, comparatifs, droite et gauche, dg, des 2 côtés, deux côtés, 2 côtés
with: avec, av, a
without: sans, ss, s, pas de
and: et
contrast: injection, contraste, injecté, produit de contraste, pdc, pci, iv, injection iv, gadolinium, gado, ic, inj, produit, injection de produit de contraste, iode, iodé, injection de gadolinium, opacifiant
contrast with: avec injection, injecté, injectée, avec contraste, avec inj, avec pdc, avec gado, av inj, av injection, après injection, ivi, avec ic, avec iv, injection iv, avec pci, avec produit de contraste, avec iode, i plus, avec gadolinium, av iv, après contraste, avec injection de produit de contraste, apc, avec pc
contrast without: sans injection, non injecté, sans contraste, non injectée, sans ic, sans pdc, sans gado, sans inj, ss inj, ss injection, si, sans iv, sans pci, sans produit de contraste, c moins, sans gadolinium, spontané, avant injection, ss iv, ss ivi, sans injection de produit de contraste, spc, sans pc
contrast both: sans et avec injection, avec et sans injection, sans puis avec injection, sans et avec contraste, ss et av inj, avant et après injection, avec sans injection, sans avec injection, sans et avec ic, sans et avec inj, sans puis avec, sans et avec, ss av inj, sans/avec injection, avec et sans, avant après injection, sans et avec gado, sans et avec pdc, sans et avec produit de contraste, sans et avec iv, ss et avec injection, sans et après injection, avant et après gado, sans puis avec pdc, sans puis avec gado, sans puis après injection
sign angio: angio, angioscanner, angiographie, angio irm, artériographie, angio scanner, angio tdm, arm
sign artery: artères, artériel, artérielle, artère, artériographie
sign vein: veineux, veines, veineuse, phlébographie, veine, phlébite, phlébo
sign vessel: vaisseaux, vasculaire
sign doppler: doppler, échodoppler
sign perfusion: perfusion
sign arthrogram: arthroscanner, arthro irm, arthrographie, arthro tdm, intra articulaire, arthro, arthroirm, arthrotdm, intraarticulaire
sign myelogram: myélographie, myéloscanner, saccoradiculographie, intrathécal
sign guided: guidée, guidé, sous scanner, sous échographie, sous contrôle, échoguidée, scannoguidée, sous tdm, sous écho, échoguidé, scanno guidée, écho guidée, écho guidé, sous scopie
sign biopsy: biopsie, ponction, cytoponction, ponction biopsie, microbiopsie, pbf, pbh, biopsies, macrobiopsie
sign drainage: drainage, drain, ponction pleurale, ponction d ascite
sign aspiration: aspiration
sign injection: infiltration, infiltrations, bloc
sign ablation: ablation, radiofréquence, thermoablation, cryothérapie
sign placement: pose, pose de, chambre implantable, picc line, picc, mise en place, stent, changement de sonde
sign needle localization: repérage, harpon, repère
sign embolization: embolisation, chimioembolisation
sign angioplasty: angioplastie
sign nephrostomy: néphrostomie
sign vertebroplasty: vertébroplastie, cimentoplastie
sign lumbar puncture: ponction lombaire, pl
sign screening: dépistage
sign diagnostic: diagnostique
sign tomosynthesis: tomosynthèse
sign stereotactic: stéréotaxique, stéréotaxie
sign limited: limité, limitée, ciblée
sign complete: complet, complète
sign follow-up: contrôle, suivi, surveillance
sign transvaginal: endovaginale, endovaginal, transvaginale, voie endovaginale
sign transrectal: endorectale, transrectale, endorectal
sign 1st trimester: premier trimestre, 1er trimestre, t1 grossesse, datation, clarté nucale, 1 er trimestre
sign 2nd/3rd trimester: deuxième trimestre, 2ème trimestre, 3ème trimestre, morphologique, 2e trimestre, 3e trimestre, troisième trimestre, second trimestre, 22 sa, 32 sa
sign multiple gestation: gémellaire, jumeaux
sign pediatric: enfant, pédiatrique, nourrisson, nouveau né, pédiatrie, transfontanellaire, bébé
sign stress: stress, effort, dobutamine, adénosine
sign rest: repos
sign calcium: score calcique, calcique
sign pulmonary embolus: embolie pulmonaire, ep, recherche ep, embolie
sign high resolution: haute résolution, tdm hr, millimétrique
sign lung cancer: dépistage cancer pulmonaire, dépistage cancer du poumon
sign colonography: coloscanner, coloscopie virtuelle, colographie
sign enterography: entéro irm, entéroscanner, entéro scanner, entérographie
sign urography: uroscanner, urographie, uiv, uro scanner, uro tdm, uro irm
sign stone: colique néphrétique, lithiase, calcul, lithiase urinaire, calculs
sign mrcp: bili irm, cholangio irm
sign voiding: mictionnelle, permictionnelle, ucrm
sign functional: fonctionnelle, irmf
sign spectroscopy: spectroscopie, spectro
sign tumor: tumeur, fdg, oncologie, tumorale, oncologique, extension, bilan d extension
sign metastasis: métastases
sign post-op: post opératoire, postopératoire
sign intra-op: peropératoire, bloc opératoire, per opératoire
sign portable: au lit, lit, au lit du malade, mobile
sign standing: debout, en charge
sign supine: couché, décubitus
sign flexion extension: dynamiques, flexion extension, clichés dynamiques, flexion et extension
sign oblique: oblique, obliques, trois quarts
sign inspiration expiration: inspiration expiration, expiration
sign scoliosis: scoliose
sign bone age: âge osseux
sign bone length: pangonogramme, télémétrie, gonométrie
sign bone survey: squelette complet, bilan osseux
sign density: ostéodensitométrie, dmo, densitométrie, densité osseuse
sign dental: panoramique dentaire, orthopantomogramme, dents, panoramique
sign spect: tomoscintigraphie, spect
sign three-phase: trois temps, 3 temps, trois phases, 3 phases
sign function: fonction, mag3
sign diuretic: furosémide, lasilix
sign transplant: greffon, transplant, transplanté
sign ventilation: ventilation, ventilation perfusion
sign q-perfusion: ventilation perfusion, perfusion pulmonaire, perfusion ventilation
sign gastric emptying: vidange gastrique
sign swallow: déglutition, transit oesophagien
sign double contrast: double contraste
sign water soluble: hydrosolubles, hydrosoluble, gastrografine
sign enema: lavement, lavement baryté
sign follow through: transit du grêle
sign planning: dosimétrie, centrage, simulation, repérage radiothérapie
sign tissue: parties molles
sign thumb: pouce, pouces
sign calcaneus: calcanéum, talon
sign scaphoid: scaphoïde
sign spleen: rate
sign brachial plexus: plexus brachial
sign lymph node: ganglion sentinelle, ganglion
sign ovary: ovaires, ovaire
sign head: tête, crâne
sign pelvis view: et bassin
view ap: face, f, de face, rp face
view lateral: profil, p, de profil
view oblique: oblique, obliques, trois quarts
view axial: incidence axiale, axiales, défilé
views: incidences, incidence, clichés, vues, cliché
number 1: un, une
number 2: face et profil, face profil, f p, f et p, deux incidences, fp, face + profil
number 3: trois
number 4: quatre
plain: examen, bilan, de, du, des, la, le, les, l, d, au, aux, à, urgence, standard, sur, pour, par, en, séquence, protocole, externe, consultation, recherche, relecture, étude, radiologie, imagerie, acquisition, avec reconstruction, adulte, service, programmé, hospitalisation, un, une, dans, fracture, douleur, douleurs, multiphasique, hélicoïdal, voie, orale, patient, importé, cd, nodule, temps, portal, femme, homme, féminin, masculin, cancer, basse dose, faible dose, ultra basse dose
week: semaines
sign upper abdomen: étage sus mésocolique, étage supérieur, abdomen supérieur
sign plural: genoux, mains, pieds, hanches, chevilles, poignets, coudes, épaules, membres inférieurs, mi, mis, membres supérieurs, seins, rochers, carotides, mollets, fémurs, clavicules, jambes, cuisses, tsa
sign fine needle: cytoponction
sign unilateral: unilatéral, unilatérale
`;
