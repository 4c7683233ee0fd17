// What radiology is called in German-speaking countries; compounds are taken apart by the lexicon.

export const german = `
abdomen: abdomen, oberbauch, bauch, abdominell, obb, abdomenübersicht, oberbauchorgane, abd, milz, nebenniere, nebennieren, bauchraum, bauchdecke, abdomenleeraufnahme, abdomensonographie, aszitespunktion, aszites
abdomen and pelvis: abdomen becken, abdomen und becken, ganzes abdomen, gesamtes abdomen, gesamtabdomen, oberbauch und becken, abdomen pelvis, abdomen kleines becken, bauch und becken, unterleib komplett
abdominal aorta and leg arteries: becken bein angiographie, becken bein arterien, becken beinarterien, aorta becken bein, beckenbeinangiographie, becken bein angio, becken beingefäße, bba, aorta und beinarterien, beckenbeinarterien, becken bein gefäße, becken bein
acromioclavicular joint: schultereckgelenk, acg, ac gelenk, akromioklavikulargelenk, schultereckgelenke, acgelenk
ankle: sprunggelenk, osg, oberes sprunggelenk, sg, sprunggelenke, unteres sprunggelenk, usg sprunggelenk, knöchel, sprungglk, sprunggel
aorta: aorta, aortenaneurysma, bauchaorta, aorta abdominalis, gesamte aorta, baa
appendix: appendix, blinddarm
axial skeleton: lws und hüfte, lws hüfte, achsenskelett
bile ducts: gallenwege, gallengänge, gallengang, mrcp, ercp, dhc, gallenwegsystem
bladder: harnblase, blase, mcu, miktionszystourethrogramm, zystographie, mzu, zystogramm
brain: gehirn, hirn, neurocranium, neurokranium, zerebral, cerebral, ccranium, hirnschädel, großhirn, kleinhirn
head: kopf, schädel, cranium, kranial, cct, cmrt, ccm, schaedel, cranial, ncct, kct
breast: brust, mamma, mammae, mammographie, mammasonographie, brüste, brustdrüse, mammografie, galaktographie, mammatomosynthese, brustdrüsen
carotid arteries: karotis, carotis, karotiden, halsschlagader, carotiden, hirnversorgende gefäße, hirnversorgende arterien, acc, extrakranielle gefäße
cervical spine: hws, halswirbelsäule, zervikal, cervical, dens, halswirbel, zielaufnahme dens
chest: thorax, brustkorb, lungenübersicht, thoraxübersicht, mediastinum, pleura, axilla, trachea, lunge hr, rippenfell, thorakal, rö thorax, brustraum, zwerchfell, pleurapunktion, pleuradrainage, tho
chest and abdomen: thorax abdomen, thorax und abdomen, thorax oberbauch, thorax und oberbauch
chest, abdomen and pelvis: thorax abdomen becken, thorax abdomen und becken, thorax oberbauch becken, stamm, ct stamm, körperstamm, thorax abdomen pelvis, rumpf, tab, tabd
clavicle: klavikula, schlüsselbein, clavicula, claviculae
colon: kolon, dickdarm, koloskopie virtuell, virtuelle koloskopie, kolonkontrasteinlauf, kke, kolographie, colon, kolon kontrasteinlauf, kontrasteinlauf, koloskopie
coronary arteries: koronararterien, herzkranzgefäße, koronarien, koronarangiographie, koronar, coronarien, koronargefäße, koronar ct
elbow: ellenbogen, ellbogen, ellenbogengelenk, ellbogengelenk, radiusköpfchen, ellenbogengelenke, eb, ell, ellenb, ellenbogenglk
esophagus: ösophagus, speiseröhre, ösophagusbreischluck, breischluck, schluckakt, ösophagographie, videofluoroskopie, gastrografinschluck, gastrografin schluck
extremity: extremität, extremitäten, gliedmaße
femur: femur, oberschenkelknochen, femora
fetus: fetus, fetal, fet, fetales
finger: finger, daumen, zeigefinger, mittelfinger, ringfinger, kleinfinger, langfinger
foot: fuß, füße, vorfuß, mittelfuß, rückfuß, fersenbein, kalkaneus, calcaneus, ferse, fuss, fußwurzel, fusswurzel, fußskelett
forearm: unterarm, unterarme, elle, speiche, ua
gallbladder: gallenblase, galle
groin: leiste, leisten, leistenregion, inguinal
hand: hand, hände, mittelhand, handskelett, handaufnahme
head and neck vessels: kopf hals gefäße, kopf hals angio, hirn hals gefäße, schädel hals gefäße, halsgefäße und hirngefäße, hals und hirngefäße, kopf hals angiographie, angiographie kopf hals, hals kopf gefäße, supraaortale und intrakranielle gefäße, hals hirngefäße
heart: herz, kardial, echokardiographie, kardio, herzecho, myokard, cor, herzkatheter, kalkscore, kalkscoring, koronarkalk, echo, tee, myokardszintigraphie, myokardperfusion, tavi, herzultraschall, ventrikulographie, calciumscore, calcium score, cardio
hip: hüfte, hüftgelenk, hüften, hüftgelenke, hg, hüft, hueftgelenk, azetabulum, koxa, hüftglk, hüftskelett
inferior vena cava: vena cava inferior, untere hohlvene, vci, vena cava
internal auditory canal: innerer gehörgang, kleinhirnbrückenwinkel, khbw, kbw, gehörgang, gehörgänge, akustikusneurinom, innere gehörgänge, brückenwinkel
intracranial vessels: hirngefäße, intrakranielle gefäße, hirnarterien, zerebrale angiographie, hirnvenen, circulus willisii, zerebrale gefäße, sinusvenen, intrakranielle arterien, kopfgefäße, hirnvenensinus, zerebrale panangiographie, schädel angio, schädelgefäße, sinus venosus, transkraniell, transkranielle
kidney: niere, nieren, renal, nierenszintigraphie, nierensequenzszintigraphie, nierenlager, nierenfunktionsszintigraphie, nephrostomie, nierensteine, nierenstein, nierenkolik
knee: knie, kniegelenk, kg, kniegelenke, patella, kniescheibe, knien, knieglk, kniegel
larynx: kehlkopf, larynx
leg arteries: beinarterien, arterien bein, arterien der beine, becken bein dsa, periphere arterien, arterien beine, bein arterien, beinarterie
leg veins: beinvenen, phlebographie bein, venen bein, tiefe beinvenen, tbv, tvt, beinvenenthrombose, bein venen, venen der beine, beinvenenduplex, phlebographie
liver: leber, hepatisch, leberelastographie
lower extremity: bein, beine, untere extremität, untere extremitäten, ganzbeinaufnahme, ganzbein, beinachse, beinganzaufnahme, ganzbeinstandaufnahme
lower leg: unterschenkel, tibia, fibula, schienbein, wadenbein, wade, us mit knie
lumbar spine: lws, lendenwirbelsäule, lumbal, lendenwirbel, lumbosakral, lumbale wirbelsäule, lenden wirbelsäule, lumbalpunktion, lws isg
lung: lunge, lungen, pulmonal, lungenszintigraphie, lungenherd, lungenperfusion
mandible: unterkiefer, opg, panoramaschicht, zähne, orthopantomogramm, kiefer, pss, zahn, panoramaschichtaufnahme, ok uk
maxillofacial: gesichtsschädel, mittelgesicht, jochbein, jochbogen, oberkiefer, gesicht, gesichtsschädels, mkg, henkeltopf, viszerokranium, viscerocranium
nasal bones: nasenbein, nase
neck: hals, halsweichteile, hals weichteile, weichteile hals, nebenschilddrüse, nebenschilddrüsen, hwt, halsregion, pharynx, halslymphknoten, halssonographie
neck vessels: halsgefäße, halsarterien, hals angio, vertebralarterien, supraaortale gefäße, gefäße hals, halsvenen, supraaortal, vertebralis, halsgefässe
neck, chest, abdomen and pelvis: hals thorax abdomen becken, hals thorax abdomen, hals thorax abdomen und becken, hals bis becken, hta, htab
orbit: orbita, orbitae, augenhöhle, auge, augen, sehnerv, orbitea, augenhöhlen, nervus opticus
pancreas: pankreas, bauchspeicheldrüse
paranasal sinuses: nasennebenhöhlen, nnh, nebenhöhlen, kieferhöhle, kieferhöhlen, sinus, nasennebenhöhle
parotid gland: parotis, ohrspeicheldrüse, speicheldrüse, speicheldrüsen
pelvis: becken, beckenübersicht, büs, kleines becken, beckenboden, kreuzbein, steißbein, unterbauch, ovar, ovarien, sakrum, bus, büs becken, adnexe, becken übersicht
pregnancy: schwangerschaft, geburtshilfe, gravidität, ssw, pränatal, schwangerschaftssonographie, schwangerschaftsultraschall, nackentransparenz, nackenfaltenmessung
prostate: prostata, prostatastanze, mpmrt prostata, samenblasen
pulmonary arteries: pulmonalarterien, lungenarterien, lungenembolie, lae, lungenarterienembolie, pulmonalisangiographie, pulmonalis, pulmonalarterie, pulmonalisangio, pulmonalis angio, le ausschluss, ausschluss le, va lae, aus lae, pulmonalembolie
rectum: rektum, enddarm, defäkographie, rektal, anal, analfistel, mastdarm
renal vessels: nierenarterien, nierengefäße, nierenarterie, nierenvenen
retroperitoneum: retroperitoneum, retroperitoneal
ribs: rippen, rippe, hemithorax knöchern, rippenthorax, knöcherner thorax, knöcherner hemithorax, hemithorax
sacroiliac joints: isg, iliosakralgelenk, iliosakralgelenke, kreuzdarmbeingelenk, kreuzdarmbeingelenke, iliosakral, isg beidseits, sakroiliakalgelenk, sakroiliakalgelenke, sakroiliakal
scapula: skapula, schulterblatt, scapula
scrotum: skrotum, hoden, hodensack, testes, scrotum
sella: hypophyse, sella, hirnanhangdrüse, türkensattel
shoulder: schulter, schultergelenk, schultern, rotatorenmanschette, schultergelenke, schulterglk, schultergel
skeleton: skelett, knochen, knochenszintigraphie, skelettszintigraphie, skelettstatus, knochenmark, skelettszinti, knochenszinti, myelomskelett, pariser schema
skull: schädelkalotte, schädel 2 ebenen, kalotte
skull base to mid-thigh: schädelbasis bis oberschenkel, schädelbasis bis mitte oberschenkel, schädelbasis oberschenkel, skull base oberschenkel, schädelbasis bis proximaler oberschenkel, schädel bis oberschenkel, kopf bis oberschenkel
small bowel: dünndarm, sellink, enterographie, enteroklysma, dünndarmpassage, mr sellink, mrt sellink, magen darm passage mit dünndarm, enteroklyse
spine: wirbelsäule, ws, ganze wirbelsäule, gesamte wirbelsäule, rückenmark, wirbelsäulenganzaufnahme, spinal, ganzwirbelsäule, gws, spinalkanal, neuroachse, wirbelsäule gesamt, wirbelsäulen
sternum: sternum, brustbein, sternoklavikulargelenk, scg, sternoclaviculargelenk
stomach: magen, magenentleerung
temporal bone: felsenbein, felsenbeine, schläfenbein, mastoid, innenohr, mittelohr, felsenbeinen, ohr, felsenbeinregion, pyramiden
temporomandibular joint: kiefergelenk, kiefergelenke, temporomandibulargelenk
thigh: oberschenkel, os weichteile
thoracic aorta: thorakale aorta, aorta thorakal, aortendissektion, aorta thoracica, brustaorta, aortenbogen, aszendens
thoracic spine: bws, brustwirbelsäule, thorakale wirbelsäule, brustwirbel
thoracolumbar spine: bws lws, bws und lws, thorakolumbal, wirbelsäule thorakolumbal, bws/lws, skoliose, skolioseaufnahme, tl übergang, brust und lendenwirbelsäule, thorakolumbaler übergang
thyroid: schilddrüse, sd, schilddrüsenszintigraphie, struma, schilddrüsensonographie
toe: zehe, zehen, großzehe, vorfuß zehen, grosszehe
upper arm: oberarm, humerus
upper extremity: arm, arme, obere extremität, obere extremitäten, plexus brachialis, shunt dialyse, dialyseshunt, av fistel, shuntangiographie, dialysefistel
upper gastrointestinal tract: mdp, magen darm passage, oberer gastrointestinaltrakt, magenpassage, magen duodenum passage, gastroduodenal, mdp monokontrast, magendarmpassage
urethra: urethra, harnröhre, urethrogramm, urethrographie
urinary tract: harntrakt, ableitende harnwege, urographie, ausscheidungsurogramm, iv pyelogramm, harnwege, harnleiter, ivu, aug, urolithiasis, steinsuche, steinprotokoll, urogramm, niere harnleiter blase, iv urographie, iv urogramm, ct urographie, harnstein
uterus: uterus, gebärmutter, hysterosalpingographie, myom, hsg, myome
whole body: ganzkörper, gk, polytrauma, traumaspirale, gkct, ganzkörper ct, ganzkörper mrt, polytraumaspirale, trauma spirale, ganz körper, schockraum, schockraumspirale
wrist: handgelenk, handwurzel, karpaltunnel, kahnbein, skaphoid, hdg, handgelenke, handwurzelknochen, scaphoid, os scaphoideum, handglk, hg, handgel
modality CT: ct, computertomographie, computertomografie, cct, gkct, dvt zahn, cta, angioct, kct, niedrigdosis ct
modality MR: mr, mrt, kernspin, kernspintomographie, mra, magnetresonanztomographie, magnetresonanz, kst, nmr, cmrt, mrcp, mrtomographie, mr tomographie, fmrt, mpmrt
modality XR: röntgen, rö, rö aufnahme, rx, aufnahme röntgen, röntgenaufnahme, übersichtsaufnahme, konventionell, opg, dxa, osteodensitometrie, knochendichte, knochendichtemessung, dexa, zielaufnahme, ganzbeinaufnahme, bedsideaufnahme
modality US: sono, sonographie, ultraschall, doppler, duplex, us, fkds, echokardiographie, schall, sonografie, duplexsonographie, farbduplex, farbdoppler, echo, elastographie, dopplersonographie
modality MG: mammographie, mammografie, mg, galaktographie, tomosynthese
modality NM: szintigraphie, szinti, nuklearmedizin, spect, szintigramm, skelettszintigraphie, knochenszintigraphie, sequenzszintigraphie, nuk, szintigrafie
modality PT: pet
modality PT&CT: pet ct, petct, fdg pet ct
modality RF: durchleuchtung, dl, breischluck, kontrasteinlauf, mdp, mcu, sellink dl, defäkographie, phlebographie, röntgendurchleuchtung, fistulographie, bv, myelographie, durchleuchtungs
modality XA: angiographie, dsa, katheterangiographie, intervention, phlebographie, arteriographie, herzkatheter, angiografie, panangiographie
side R: rechts, re, rechter, rechtes, rechte, r, rts, rechten, rechtsseitig
side L: links, li, linker, linkes, linke, l, lks, linken, linksseitig
side B: beidseits, bds, beide, beidseitig, bilateral, bdsts, beiderseits, re li, rechts und links, bd, re und li, beids, seitenvergleich, im seitenvergleich, re u li, li re, links rechts, rechts links
with: mit, m
without: ohne, o, oh, kein, keine
and: und, u
contrast: km, kontrastmittel, kontrast, km gabe, iv km, kontrastmittelgabe, kontrastmittels, gd, gadolinium, gadovist, dotarem, kontr, i v km, km iv, km i v, kmgabe
contrast with: kontrastiert, kontrastverstärkt, nach km, nach kontrastmittel, mit km, m km, mit kontrastmittel, mit kontrast, ce, nach kontrastmittelgabe, km gestützt, post km, mkm, mit iv km
contrast without: nativ, native, ohne km, ohne kontrastmittel, ohne kontrast, o km, nativ ct, unkontrastiert, nicht kontrastiert, okm, vor km, nativserie, nativdiagnostik
contrast both: nativ und km, mit und ohne km, ohne und mit km, vor und nach km, nativ und mit km, nativ kontrast, ohne mit km, m u o km, vor nach km, nativ km, nativ und kontrastmittel, nativ u km, vor und nach kontrastmittel, ohne und mit kontrastmittel, nativ und nach km, mit und ohne kontrastmittel, o u m km, nativ + km, prä und post km, nativ und kontrast, nativ und kontrastverstärkt, ohne/mit km, nativ mit km
sign angio: angiographie, angio, cta, mra, angiografie, angiogramm, gefäßdarstellung, panangiographie, gefässdarstellung
sign artery: arterien, arteriell, arterie, arterielle, arteriographie
sign vein: venen, venös, phlebographie, venöse, vene, tvt
sign vessel: gefäße, gefäß, gefäss, gefässe
sign doppler: doppler, duplex, fkds, farbdoppler, farbduplex
sign perfusion: perfusion, perfusions, hirnperfusion
sign arthrogram: arthrographie, intraartikulär, arthro, arthrografie, intraartikuläres km, indirekte arthrographie
sign myelogram: myelographie, intrathekal, myelo
sign guided: gesteuert, gesteuerte, gestützt, gestützte, ct gesteuert, unter ct, us gesteuert, sonographisch gesteuert
sign biopsy: biopsie, punktion, stanzbiopsie, probeentnahme, feinnadelpunktion, fnp, stanze, probeexzision, pe mamma, prostatastanze
sign drainage: drainage, drainageanlage, abszessdrainage, pleuradrainage, pleurapunktion, aszitespunktion
sign aspiration: aspiration, zystenpunktion
sign injection: infiltration, prt, periradikuläre therapie, injektion, schmerztherapie, facetteninfiltration
sign ablation: ablation, rfa, mikrowellenablation
sign placement: anlage, portanlage, stentimplantation, implantation, einlage, portimplantation, stent, kathetereinlage
sign needle localization: drahtmarkierung, markierung, lokalisation, drahtlokalisation
sign embolization: embolisation, tace, chemoembolisation
sign angioplasty: pta, angioplastie, dilatation
sign nephrostomy: nephrostomie, pcn, nierenfistel
sign vertebroplasty: vertebroplastie, kyphoplastie
sign lumbar puncture: lumbalpunktion
sign screening: screening, früherkennung, vorsorge
sign diagnostic: kurativ, diagnostisch, diagnostische, kurative
sign tomosynthesis: tomosynthese
sign stereotactic: stereotaktisch, stereotaktische
sign vacuum: vakuumbiopsie, vakuum
sign limited: limitiert, orientierend, begrenzt, eingeschränkt
sign complete: komplett, vollständig
sign follow-up: verlauf, verlaufskontrolle, kontrolle, vk, nachsorge
sign transvaginal: transvaginal, vaginal, vaginalsonographie, transvaginale
sign transrectal: transrektal, trus, transrektale
sign 1st trimester: erstes trimenon, 1 trimenon, ersttrimester, ersttrimesterscreening, 1 trimester, frühschwangerschaft
sign 2nd/3rd trimester: zweites trimenon, 2 trimenon, 3 trimenon, organscreening, drittes trimenon, feindiagnostik
sign multiple gestation: zwillinge, mehrlinge
sign pediatric: kind, kinder, pädiatrisch, säugling, neugeborenes, säuglings, kindlich, kindlich, neugeborenen
sign stress: stress, belastung, adenosin, dobutamin, stressperfusion
sign rest: ruhe
sign calcium: kalkscore, kalkscoring, koronarkalk, calcium score, calciumscore, calcium scoring, kalzium score
sign pulmonary embolus: lae, lungenembolie, lungenarterienembolie, le ausschluss, ausschluss le, pulmonalembolie
sign high resolution: hrct, hochauflösend, hr ct, hr, lungenparenchym
sign lung cancer: lungenkrebsfrüherkennung, lungenkrebs screening, low dose lunge
sign colonography: kolonographie, virtuelle koloskopie, kolographie, koloskopie virtuell
sign enterography: enterographie, sellink, enteroklysma
sign urography: urographie, urogramm, ausscheidungsurogramm, iv pyelogramm
sign stone: steinsuche, steinprotokoll, nierensteine, nierenkolik, konkrement, urolithiasis, nierenstein, stein, konkremente, steine
sign voiding: miktion, mcu, mzu, miktionszystourethrogramm
sign functional: funktionell, fmrt, funktionelle
sign spectroscopy: spektroskopie
sign tumor: tumor, fdg, staging, onkologisch, tumorsuche, restaging
sign metastasis: metastasen, metastase, filiae
sign post-op: postoperativ, postop, post op
sign intra-op: intraoperativ, intraop, op saal
sign portable: bettaufnahme, mobil, liegend bett, bedside, bettlunge, im bett, station
sign standing: stehend, im stehen, stand, belastungsaufnahme, unter belastung
sign supine: liegend, im liegen
sign decubitus: linksseitenlage, seitenlage
sign flexion extension: funktionsaufnahmen, inklination reklination, funktionsaufnahme, flexion extension, ante retroflexion
sign inspiration expiration: inspiration exspiration, in und exspiration, exspiration
sign oblique: schräg, schrägaufnahmen, schrägaufnahme
sign scoliosis: skoliose, skolioseaufnahme
sign bone age: knochenalter, knochenalterbestimmung, handskelett knochenalter, skelettalter
sign bone length: beinlänge, beinlängen, beinlängenmessung
sign bone survey: skelettstatus, pariser schema, myelomskelett
sign density: knochendichte, osteodensitometrie, knochendichtemessung, densitometrie
sign dental: opg, zähne, panoramaschicht, orthopantomogramm, zahnstatus
sign spect: spect
sign three-phase: 3 phasen, mehrphasen, dreiphasen, dreiphasenszintigraphie, 3 phasen szintigraphie, drei phasen
sign function: funktion, nierenfunktion, sequenzszintigraphie
sign diuretic: lasix, furosemid
sign transplant: transplantat, transplantatniere
sign ventilation: ventilation, perfusions ventilations
sign q-perfusion: lungenperfusion, perfusions ventilations, perfusion ventilation
sign gastric emptying: magenentleerung
sign blood pool: radionuklidventrikulographie
sign swallow: breischluck, schluckakt
sign double contrast: doppelkontrast
sign single contrast: monokontrast
sign water soluble: wasserlöslich, gastrografin, wasserlösliches
sign enema: kontrasteinlauf, kke
sign follow through: dünndarmpassage
sign planning: bestrahlungsplanung, planung, planungs
sign postprocessing: rekonstruktion, rekonstruktionen, 3d rekonstruktion
sign tissue: weichteile, weichteil
sign joint: gelenk
sign foreign body: fremdkörper
sign trauma: trauma
sign pelvis view: mit beckenübersicht
sign calcaneus: kalkaneus, calcaneus, fersenbein, ferse
sign thumb: daumen
sign scaphoid: kahnbein, skaphoid, scaphoid
sign spleen: milz
sign brachial plexus: plexus brachialis
sign mastoid: mastoid
sign lymph node: lymphknoten, wächterlymphknoten, sentinel
sign ovary: ovar, ovarien
sign parathyroid: nebenschilddrüse, nebenschilddrüsen
sign salivary: speicheldrüse, speicheldrüsen
sign bone marrow: knochenmark
sign head: kopf, schädel
view ap: ap, a p, anterior posterior
view pa: pa, p a
view lateral: seitlich, lateral, seitl, seite, seitliche
view oblique: schräg
view axial: axial, tangential
views: ebenen, eb, ebene, aufnahmen, aufnahme, projektionen, ebn, strahlengang
number 1: einer, eine
number 2: zwei, 2e, 2 e, 2eb, ap und seitlich, ap seitlich, pa seitlich, ap lat, pa und seitlich, in 2 eb, zwei ebenen
number 3: drei, 3eb
number 4: vier
plain: untersuchung, aufnahme, ct aufnahme, in, des, der, die, das, von, im, zur, bei, mittels, standard, routine, diagnostik, notfall, ambulant, stationär, eilig, befund, abklärung, va, zum, zn, nach, ausschluss, fraglich, programm, darstellung, low dose, spiral, tomographie, röntgenbild, organ, teil, gerät, oral, orales, abschluss, ubersicht, übersicht, allgemein, dringend, konsil, extern, fremdaufnahmen, am, als, multiphasisch, mehrphasig, dünnschicht, am gerät, fraktur, frakturausschluss, schmerzen, prä op, präoperativ, unter, weibliche, status, zentrierung, portalvenös, serie, spätphase, region, sequenz, niedrigdosis, dosisreduziert
week: wochen
sign upper abdomen: oberbauch, obb, oberbauchorgane
sign plural: hände, füße, hüften, beine, kniegelenke, hüftgelenke, sprunggelenke, ellenbogengelenke, schultergelenke, handgelenke, unterarme, felsenbeine, felsenbeinen, brüste, mammae, karotiden, carotiden, beinvenen, schultern, kiefergelenke, arme, untere extremitäten, obere extremitäten, beinachsen
sign ductogram: galaktographie
sign echocardiography: echo, echokardiographie, herzecho, tee
sign fine needle: feinnadelpunktion, fnp
sign unilateral: einseitig, unilateral
`;
