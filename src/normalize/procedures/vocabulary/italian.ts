// What radiology is called in Italian.

export const italian = `
abdomen: addome, addominale, addome superiore, addome sup, milza, surreni, surrene, diretta addome, add sup, parete addominale, addome diretto, epigastrio, sup addome, paracentesi
abdomen and pelvis: addome completo, addome e pelvi, addome pelvi, addome e bacino, addomino pelvica, addome inferiore e superiore, addome superiore e inferiore, addominopelvica, addome totale, addome e scavo pelvico, addome sup e inf, addome sup inf, addome compl
abdominal aorta and leg arteries: aorta e arti inferiori, aorta addominale e arti inferiori, aorto iliaco e arti inferiori, aorta ed arti inferiori, aorta addominale ed arti inferiori, aorto iliaca e arti inferiori, aorta e aaii
acromioclavicular joint: articolazione acromion claveare, acromion claveare, acromioclavicolare, acromion clavicolare
ankle: caviglia, caviglie, tibiotarsica, tibio tarsica, tibiotarsiche, tt
aorta: aorta, aortica, aorta addominale, aorta toraco addominale, aorta toracoaddominale, aneurisma aorta, aorta in toto
appendix: appendice, appendicite
axial skeleton: colonna e femore, rachide lombare e femore, lombare e femorale, femore e colonna, lombare e femore
bile ducts: vie biliari, colangio rm, colangiorm, colangiografia, biliare, colangiopancreatografia, colangio rmn, cprm, colangio, colangiopancreatorm
bladder: vescica, cistografia, cistouretrografia, cistografia minzionale, cistouretrografia minzionale, vescicale, vesica
brain: encefalo, cervello, cerebrale, encefalica, endocranio, cerebrali, transfontanellare, intracranica, ictus, encefalico
head: capo, testa, cranio, cranica, cranico, tc cranio
breast: mammella, mammelle, mammaria, mammografia, seno, senologica, mammo, mammario, mammarie, galattografia
carotid arteries: carotide, carotidi, tsa, carotideo, tronchi sovraaortici, carotidei, tronchi sovra aortici, doppler tsa, tronchi epiaortici, vasi epiaortici, carotidea, epiaortici
cervical spine: rachide cervicale, colonna cervicale, cervicale, col cervicale, rach cerv, rachide cerv, dente epistrofeo, vertebre cervicali
chest: torace, toracico, toracica, mediastino, pleura, ascella, trachea, pleurica, torace standard, cavo ascellare, tx, toracentesi
chest and abdomen: torace e addome, torace addome, toraco addominale, torace addome superiore, toracoaddominale, torace e addome superiore
chest, abdomen and pelvis: torace addome pelvi, torace addome e pelvi, torace addome completo, torace e addome completo, toraco addomino pelvica, torace addome e bacino, tap, torace addome bacino, tronco, total body torace addome pelvi, toraco addominopelvica, torace e addome e pelvi, torace addome sup e inf
clavicle: clavicola, clavicole, clavicolare
colon: colon, clisma opaco, colonscopia virtuale, clisma, colonografia, colon tc, colontc, clisma doppio contrasto, colonscopia, colon per clisma
coronary arteries: coronarie, coronarica, coronaro tc, coronarografia, coronarotc, arterie coronarie, coronarico, cuore coronarie, cardiotc coronarie, coronariche
elbow: gomito, gomiti
esophagus: esofago, esofageo, deglutizione, esofagogramma, rx esofago, esofagografia, studio deglutizione, videofluorografia
extremity: arto, arti, estremità
femur: femore, femori
fetus: feto, fetale
finger: dito, dita, pollice, dito mano, dita mano, dito della mano, indice, dita della mano, pollici
foot: piede, piedi, calcagno, avampiede, tallone, retropiede, metatarso, calcaneare
forearm: avambraccio, radio ulna, avambracci, radio e ulna, ulna
gallbladder: colecisti, cistifellea
groin: inguine, inguinale, regione inguinale, inguinali
hand: mano, mani, metacarpo
head and neck vessels: tsa e circolo intracranico, vasi epiaortici e intracranici, tsa e poligono di willis, vasi intracranici e del collo, circolo intracranico e tsa, tronchi sovraaortici e circolo intracranico, vasi del collo e intracranici, tsa e intracranico, vasi extra e intracranici, vasi intra ed extracranici, tsa e willis, vasi sovraaortici e intracranici, distretto intra ed extracranico
heart: cuore, cardiaca, cardiaco, ecocardiogramma, miocardica, miocardio, ecocardiografia, calcium score, cardio, scintigrafia miocardica, cardiorm, cardio rm, tavi, ecocardio, atrio sinistro, calcio coronarico, perfusione miocardica
hip: anca, anche, coxofemorale, coxo femorale, coxofemorali, acetabolo
inferior vena cava: vena cava inferiore, vci, cava inferiore, cavale
internal auditory canal: condotto uditivo interno, cui, condotti uditivi interni, angolo ponto cerebellare, apc, meato acustico interno, angoli ponto cerebellari, neurinoma acustico, angoli pontocerebellari, angolo pontocerebellare, canali uditivi interni, condotti uditivi, meati acustici interni
intracranial vessels: circolo intracranico, poligono di willis, vasi intracranici, angiografia cerebrale, arterie cerebrali, vasi cerebrali, angio cerebrale, circolo di willis, arteriografia cerebrale, seni venosi, intracranico, seni durali, doppler transcranico, transcranico, panangiografia cerebrale, circolo venoso intracranico, circoli intracranici, distretto intracranico, venosa intracranica
kidney: rene, reni, renale, renali, scintigrafia renale, nefrostomia, loggia renale, colica renale, calcolosi renale, litiasi renale
knee: ginocchio, ginocchia, rotula, rotule, femoro rotulea, patella, femororotulea
larynx: laringe, laringea
leg arteries: arterie arti inferiori, arterioso arti inferiori, arterie degli arti inferiori, doppler arterioso arti inferiori, arteriografia arti inferiori, arterioso aaii, arterie aaii, arterioso degli arti inferiori, arterioso ai, arterioso arto inferiore, arteriosa arti inferiori, arterie arto inferiore
leg veins: vene arti inferiori, venoso arti inferiori, doppler venoso arti inferiori, tvp, vene degli arti inferiori, venoso aaii, venoso degli arti inferiori, vene aaii, venoso arto inferiore, trombosi venosa profonda, venoso ai, flebografia arti inferiori, venosa arti inferiori, vene arto inferiore
liver: fegato, epatica, epatico, epatiche, epato
lower extremity: arto inferiore, arti inferiori, gambe, teleradiografia arti inferiori, aaii, arto inf, arti inf, estremità inferiore, ai arti, rx arti sotto carico
lower leg: gamba, tibia, perone, polpaccio, tibia e perone, gambe ossee, tibia perone, fibula
lumbar spine: rachide lombare, rachide lombosacrale, colonna lombare, lombare, lombosacrale, lombo sacrale, rachide lombo sacrale, colonna lombosacrale, ls rachide, rachide ls, rach ls, rach lombare, vertebre lombari, colonna ls, colonna lombo sacrale, rachicentesi, l s
lung: polmone, polmoni, polmonare, scintigrafia polmonare, polmonari, parenchima polmonare
mandible: mandibola, ortopantomografia, mandibolare, dentale, arcate dentarie, opt, dentalscan, denti, panoramica, ortopanoramica, arcata dentaria, ortopantomogramma, dentascan, dental scan, opg, emimandibola
maxillofacial: massiccio facciale, maxillo facciale, ossa facciali, volto, facciale, faccia, zigomo, mascellare, splancnocranio, maxillofacciale, massiccio faciale, ossa della faccia, zigomi, facciali
nasal bones: ossa nasali, ossa proprie, naso, ossa proprie del naso, osso nasale, piramide nasale, ossa proprie naso
neck: collo, tessuti molli collo, paratiroidi, faringe, rinofaringe, paratiroide, capo collo, oro faringe, regione cervicale, parti molli collo, collo parti molli, laterocervicale
neck vessels: vasi del collo, tronchi sovraaortici, tsa, vasi epiaortici, arterie vertebrali, tronchi sovra aortici, vasi collo, giugulare, tronchi epiaortici, sovraaortici, vasi sovraaortici, arterie del collo
neck, chest, abdomen and pelvis: collo torace addome pelvi, collo torace addome completo, collo torace addome e pelvi, collo torace addome, collo torace e addome completo, collo torace addome e bacino, collo tap
orbit: orbita, orbite, occhio, occhi, nervo ottico, bulbo oculare, orbitaria, oculare, nervi ottici, orbitarie, bulbi oculari
pancreas: pancreas, pancreatica
paranasal sinuses: seni paranasali, sppn, seni, massiccio facciale seni, cavità paranasali, nasosinusale, seni mascellari, snp, seni nasali, paranasali, spn
parotid gland: parotide, parotidi, ghiandole salivari, ghiandola salivare, scialografia, sottomandibolari, ghiandole sottomandibolari
pelvis: bacino, pelvi, pelvica, pelvico, addome inferiore, sacro, coccige, ovaie, ovaio, sacro coccige, addome inf, scavo pelvico, sacrococcige, pavimento pelvico, ginecologica, annessi, pelviche, endometriosi
pregnancy: gravidanza, ostetrica, ostetrico, gestazione, translucenza nucale, gravida, prenatale, ostetriche
prostate: prostata, prostatica, vescicole seminali, prostatico
pulmonary arteries: arterie polmonari, embolia polmonare, ep, angiotc polmonare, angio tc polmonare, tep, arteria polmonare, tromboembolia polmonare, embolia, protocollo ep, angio polmonare, tromboembolismo polmonare, arteriografia polmonare
rectum: retto, rettale, defecografia, anale, anorettale, fistola perianale, defeco rm, canale anale, fistola anale, ano
renal vessels: arterie renali, vasi renali, arteria renale, vene renali
retroperitoneum: retroperitoneo, retroperitoneale
ribs: coste, costole, emicostato, costato, emitorace, costale, emicostati, costola, emicostato coste
sacroiliac joints: sacroiliache, articolazioni sacroiliache, sacro iliache, sacroiliaca, sacro iliaca, articolazione sacroiliaca
scapula: scapola, scapole, scapolare
scrotum: scroto, testicolo, testicoli, scrotale, didimo, didimi, testicolare
sella: sella turcica, ipofisi, sella, ipofisaria, ipofisario, regione sellare, sellare
shoulder: spalla, spalle, cuffia rotatori, cuffia dei rotatori, gleno omerale
skeleton: scheletro, ossea, osseo, scintigrafia ossea, ossa, midollo osseo, scheletrica, scheletro in toto
skull: teca cranica, cranio 2 proiezioni, volta cranica, teleradiografia, teleradiografia cranio
skull base to mid-thigh: base cranica coscia, base cranio metà coscia, dalla base cranica alla coscia, base cranica metà coscia, vertice coscia, base cranio coscia, basicranio coscia, base del cranio alla coscia, base cranica a metà coscia, dalla base del cranio a metà coscia, basi craniche coscia, base cranio cosce
small bowel: tenue, intestino tenue, entero rm, enterorm, clisma del tenue, entero tc, enterotc, enterografia, enteroclisi, tenue seriato, entero rmn, transito tenue, anse intestinali, anse
spine: rachide, colonna, colonna vertebrale, rachide in toto, midollo spinale, midollo, rachide completo, colonna in toto, spinale, rachide totale, colonna completa, intero rachide
sternum: sterno, sterno claveare, sternale, sternoclaveare, sternoclavicolare
stomach: stomaco, gastrico, svuotamento gastrico
temporal bone: rocche petrose, rocca petrosa, orecchio, mastoidi, osso temporale, orecchie, rocche, mastoide, ossa temporali, orecchio medio, orecchio interno, petrose, temporale, petrosa
temporomandibular joint: articolazione temporo mandibolare, atm, articolazioni temporomandibolari, temporomandibolare, articolazioni temporo mandibolari, temporo mandibolari, temporo mandibolare, temporomandibolari
thigh: coscia, cosce
thoracic aorta: aorta toracica, dissezione aortica, arco aortico, dissezione, aorta ascendente, dissezione aorta
thoracic spine: rachide dorsale, colonna dorsale, dorsale, rachide toracico, rach dorsale, vertebre dorsali, colonna toracica
thoracolumbar spine: rachide dorso lombare, dorsolombare, rachide dorsolombare, scoliosi, colonna dorso lombare, rachide per scoliosi, dorso lombare, toraco lombare, rachide dorsale e lombare, dorso lombo sacrale
thyroid: tiroide, tiroidea, tiroideo, gozzo
toe: dito piede, dita piede, alluce, dito del piede, alluci, dita del piede
upper arm: omero, braccio, omeri
upper extremity: arto superiore, arti superiori, plesso brachiale, arto sup, estremità superiore, aass, fistola artero venosa, fav, fistolografia, fistola av, arti sup
upper gastrointestinal tract: prime vie digestive, tubo digerente, rx digerente, stomaco duodeno, prime vie, digerente, stomaco e duodeno, apparato digerente, gastro duodenale, tratto digerente superiore, esofago stomaco duodeno
urethra: uretra, uretrografia, uretrale
urinary tract: apparato urinario, vie urinarie, urotc, uro tc, urografia, ureteri, uretere, urinario, uro rm, calcolosi, reno vescicale, urorm, litiasi, colica reno ureterale, apparato urogenitale, renovescicale, reni e vescica, uro rmn, calcolosi urinaria
uterus: utero, isterosalpingografia, uterina, fibroma, isterosalpingo, hsg, endometrio, fibromi, cervice uterina
whole body: corpo intero, total body, politrauma, politraumatizzato, whole body, corporea totale, totalbody
wrist: polso, polsi, scafoide, carpo, tunnel carpale, radio carpica, carpale
modality CT: tc, tac, tomografia, angiotc, tomografia computerizzata, tomografia assiale, angio tc, urotc, angiotac, tcms, tomografia computerizzata multistrato, angio tac, hrtc, tc hr, cone beam, ct, tcmd
modality MR: rm, rmn, risonanza, risonanza magnetica, angiorm, colangiorm, angio rm, risonanza magnetica nucleare, rmi, mr, angio rmn, artrorm, enterorm, mri, cardiorm
modality XR: rx, radiografia, radiografie, ortopantomografia, moc, densitometria, dexa, raggi, opt, teleradiografia, radiogramma, raggi x, mineralometria, lastra, esame diretto, radiografico
modality US: eco, ecografia, ecodoppler, ecocolordoppler, doppler, us, ecografico, ecocolor doppler, ecd, ecocardiogramma, ecografie, ultrasuoni, eco color doppler, ecocardio, ecocardiografia, eco doppler, color doppler, ecotomografia
modality MG: mammografia, mx, tomosintesi, mg, mammo, galattografia, mammografico
modality NM: scintigrafia, medicina nucleare, spect, mn, scinti, linfoscintigrafia, tomoscintigrafia, scintigrafico
modality PT: pet, tomografia a emissione di positroni
modality PT&CT: pet tc, pet ct, pettc, pet tac, tc pet, pet tb
modality RF: radioscopia, clisma opaco, cistografia, rx esofago, scopia, prime vie digestive, isterosalpingografia, clisma, urografia, fluoroscopia, defecografia, clisma del tenue, digerente, tubo digerente, uretrografia
modality XA: arteriografia, angiografia, coronarografia, flebografia, dsa, angiografico, radiologia interventistica, emodinamica, cavografia, interventistica, fistolografia, panangiografia
side R: destro, destra, dx, ds, d, dex, dest, destri, destre, dstr
side L: sinistro, sinistra, sn, sx, sin, s, sinist, sinistri, sinistre
side B: bilaterale, bilat, bil, entrambi, entrambe, bilaterali, dx e sn, dx e sx, comparativo, dx sx, sx e dx, ambedue, destro e sinistro, sx dx, dx sn, bilateral, comparativa, dx + sx, comparative, destra e sinistra
with: con, c
without: senza, s, sz, snz
and: e, ed
contrast: mdc, contrasto, mezzo di contrasto, m d c, gadolinio, mezzo contrasto, mc, ev, mdc ev, contrasto ev, md c, gd, gado, con traste, mezzi di contrasto, m d contrasto, endovena, iv, contrastografico
contrast with: con mdc, con contrasto, cmdc, c mdc, con mezzo di contrasto, dopo mdc, con gadolinio, con mc, c contrasto, con m d c, contrastografica, post mdc, con mdc ev, con mezzo contrasto, c m d c, con ev, con contrasto ev, dopo contrasto, c mc, post contrasto
contrast without: senza mdc, senza contrasto, smdc, s mdc, senza mezzo di contrasto, diretta, basale, senza mc, sz mdc, senza m d c, s contrasto, senza gadolinio, senza mezzo contrasto, s m d c, snz mdc, in bianco, pre mdc, sz contrasto, senza e v, s mc, pre contrasto, senza mdc ev
contrast both: senza e con mdc, con e senza mdc, senza e con contrasto, prima e dopo mdc, s c mdc, basale e con mdc, s e c mdc, c s mdc, con senza mdc, con e senza contrasto, senza con mdc, pre e post mdc, diretta e con mdc, senza e con mezzo di contrasto, senza e dopo mdc, s c contrasto, con e senza mezzo di contrasto, senza e con, con e senza, senza e con mc, s e c contrasto, sz e con mdc, basale e dopo mdc, senza ed con mdc, senza e con gadolinio, prima e dopo contrasto, c e s mdc, c s contrasto, diretta e dopo mdc, con e senza mc, senza mdc e con mdc, senza con contrasto, basale e mdc, senza e con m d c, s c m d c, senza con, smdc e cmdc, senza e dopo contrasto
sign angio: angio, angiotc, angiorm, angiografia, arteriografia, angio tc, angio rm, angiografica, angiotac, angio tac, panangiografia, angiografico
sign artery: arterie, arterioso, arteriosa, arteria, arteriografia
sign vein: vene, venoso, venosa, flebografia, vena, tvp
sign vessel: vasi, vascolare
sign doppler: doppler, ecodoppler, ecocolordoppler, ecd, color doppler, ecocolor doppler, eco color doppler
sign perfusion: perfusione, perfusionale
sign arthrogram: artrorm, artrotc, artro rm, artro tc, artrografia, intra articolare, artro, intraarticolare, artro rmn
sign myelogram: mielografia, mielotc, intratecale, mielo tc
sign guided: guidata, guidato, tc guidata, eco guidata, ecoguidata, ecoguidato, sotto guida, tac guidata, sotto guida tc, eco guidato, tc guidato, sotto guida ecografica
sign biopsy: biopsia, agoaspirato, agobiopsia, prelievo bioptico, agocentesi, mammotome, fnac, biopsie, ago aspirato, agoaspirazione
sign drainage: drenaggio, toracentesi, paracentesi
sign aspiration: aspirazione
sign injection: infiltrazione, blocco
sign ablation: ablazione, termoablazione, radiofrequenza
sign placement: posizionamento, impianto, picc, inserzione, stent, sostituzione
sign needle localization: reperimento, centraggio, reperaggio, repere, localizzazione
sign embolization: embolizzazione, chemioembolizzazione
sign angioplasty: angioplastica, pta, trombectomia
sign nephrostomy: nefrostomia
sign vertebroplasty: vertebroplastica, cifoplastica
sign lumbar puncture: rachicentesi, puntura lombare
sign screening: screening
sign diagnostic: diagnostica, clinica
sign tomosynthesis: tomosintesi
sign stereotactic: stereotassica, stereotassi
sign limited: limitata, mirata
sign complete: completo, completa
sign follow-up: controllo, follow up, monitoraggio
sign transvaginal: transvaginale, endovaginale, tv
sign transrectal: transrettale, endorettale
sign 1st trimester: primo trimestre, 1 trimestre, i trimestre, translucenza nucale
sign 2nd/3rd trimester: secondo trimestre, terzo trimestre, morfologica, 2 trimestre, 3 trimestre, ii trimestre, iii trimestre
sign multiple gestation: gemellare
sign pediatric: pediatrica, bambino, neonato, neonatale, transfontanellare, pediatrico, lattante
sign stress: stress, sforzo, dipiridamolo
sign rest: riposo
sign calcium: calcium score, calcio
sign pulmonary embolus: embolia polmonare, ep, tep, embolia, tromboembolia polmonare
sign high resolution: alta risoluzione, hrct, hrtc, tc hr
sign lung cancer: screening polmonare, screening tumore polmonare, tumore polmone
sign colonography: colonscopia virtuale, colonografia, colontc, colon tc
sign enterography: enterorm, entero rm, enterografia, entero tc, enterotc
sign urography: urotc, urografia, uro tc, urorm, uro rm
sign stone: calcolosi, colica renale, litiasi, calcoli, colica
sign mrcp: colangiorm, colangio rm, colangiopancreatografia, colangio rmn
sign voiding: minzionale
sign functional: funzionale
sign spectroscopy: spettroscopia
sign tumor: tumore, fdg, oncologica, stadiazione, oncologico
sign metastasis: metastasi
sign post-op: post operatorio, postoperatorio
sign intra-op: intraoperatoria, sala operatoria, intraoperatorio
sign portable: a letto, letto, al letto
sign standing: ortostatismo, sotto carico, in piedi, in carico, ortostasi, carico, in ortostatismo
sign supine: supino, clinostatismo
sign flexion extension: dinamiche, prove dinamiche, flesso estensione, morfodinamico, dinamica, morfodinamica
sign oblique: oblique, obliqua, oblique
sign scoliosis: scoliosi
sign bone age: età ossea
sign bone length: dismetria
sign bone survey: scheletro in toto
sign density: moc, densitometria, mineralometria, dexa, densitometria ossea
sign dental: ortopantomografia, opt, denti, dentalscan, arcate dentarie, panoramica, ortopanoramica
sign spect: spect, tomoscintigrafia
sign three-phase: trifasica, tre fasi, 3 fasi
sign function: sequenziale, funzionalità
sign diuretic: furosemide, lasix
sign transplant: trapianto, rene trapiantato, trapiantato
sign ventilation: ventilatoria, ventilazione, perfusoria e ventilatoria
sign q-perfusion: perfusoria, perfusionale polmonare, perfusoria e ventilatoria
sign gastric emptying: svuotamento gastrico
sign swallow: deglutizione, esofago
sign double contrast: doppio contrasto
sign water soluble: idrosolubile, gastrografin
sign enema: clisma, clisma opaco
sign follow through: tenue seriato, transito tenue
sign planning: centratura, simulazione, centraggio
sign tissue: tessuti molli, parti molli
sign thumb: pollice, pollici
sign calcaneus: calcagno, tallone
sign scaphoid: scafoide
sign spleen: milza
sign brachial plexus: plesso brachiale
sign lymph node: linfonodo sentinella, linfonodi
sign head: testa, capo, cranio
view ap: ap, antero posteriore, frontale
view pa: pa, postero anteriore
view lateral: laterale, ll, latero laterale, l
view oblique: obliqua, oblique
view axial: assiale, assiali
views: proiezioni, proiezione, pr, proiez, proj, pp
number 1: una, un
number 2: ap e ll, ap ll, due proiezioni, pa e ll, ap e lat, pa ll, ap + ll, due
number 3: tre
number 4: quattro
plain: esame, di, del, della, dei, delle, degli, dell, da, in, per, al, la, il, le, lo, gli, urgente, urgenza, pronto soccorso, ps, protocollo, standard, ambulatoriale, esterno, studio, ricovero, segmento, osso, muscoloscheletrica, articolare, sospetto, frattura, multistrato, spirale, multifasica, dinamico, massimo, os, per os, orale, tratto, regione, con ricostruzione, reparto, prestazione, visita, articolazione, ossa di, su, a, adulto, a strato sottile, integrazione, dolore, femminile, maschile, donna, bassa dose, basso dosaggio
week: settimane
sign upper abdomen: addome superiore, addome sup, sup addome, epigastrio
sign plural: tsa, tronchi sovraaortici, ginocchia, mani, piedi, anche, caviglie, polsi, gomiti, spalle, arti inferiori, aaii, arti superiori, mammelle, rocche petrose, orecchie, carotidi, gambe, cosce, femori, aass
sign fine needle: agoaspirato, fnac
sign unilateral: monolaterale, unilaterale
`;
