// What radiology is called in Danish and Norwegian, which share most of their words here.

export const danish = `
abdomen: abdomen, mave, øvre abdomen, bughule, milt, bughulen, øvre mave, binyrer, oversigt over abdomen, buk, øvre abd, oversikt abdomen, binyre
abdomen and pelvis: abdomen og bækken, abdomen bækken, hele abdomen, abdomen og bekken, abdomen bekken
abdominal aorta and leg arteries: aorta og ben, aorta og underekstremiteter, aorta og benarterier, aorta bekken underekstremiteter
acromioclavicular joint: ac led, akromioklavikulærled, ac ledd
ankle: ankel, ankler, fodled, ankelled, ankelledd
aorta: aorta, aorta abdominalis, abdominal aorta
appendix: appendix, blindtarm, appendicitis, appendiks
axial skeleton: columna og hofte, hofte og ryg, lænd og hofte, hofte og columna
bile ducts: galdeveje, mrcp, galdegange, galleveier, galleganger, ercp
bladder: urinblære, blære, miktionscystografi, muc, cystografi
brain: hjerne, cerebrum, hjernen, caput cerebrum, hjerneskanning, cerebral, encephalon
head: hoved, caput, kranie, hode, kranium, cranium
breast: bryst, mamma, mammografi, bryster, mammae
carotid arteries: carotis, halspulsåre, karotis, carotider
cervical spine: columna cervicalis, halshvirvelsøjle, cervikalcolumna, nakkehvirvler, halsryg, cervicalcolumna, halscolumna, halshvirvler, nakkevirvler, cervikal columna, c columna, nakke
chest: thorax, lunger, brystkasse, mediastinum, pleura, rtg thorax, thoraks, hjerte og lunger, brystkassen, aksil
chest and abdomen: thorax abdomen, thorax og abdomen, thorax og øvre abdomen
chest, abdomen and pelvis: thorax abdomen bækken, thorax abdomen og bækken, thorax abdomen bekken, thorax abdomen og bekken, ct tab, thorax og abdomen og bækken, tap, trunkus
clavicle: kraveben, clavicula, kragebein, klavikula
colon: colon, tyktarm, kolografi, ct kolografi, ct colon, tykktarm, colonindhældning, virtuel koloskopi, kolon, ct kolonografi
coronary arteries: kranspulsårer, koronararterier, hjerte kar, koronarkar, hjerte ct kranspulsårer, kransarterier, koronarkar, koronararteriografi, kag, coronararterier, koronar
elbow: albue, albuer, albueled, albueledd
esophagus: øsofagus, spiserør, oesophagus, øsofagus passage, synkeundersøgelse, synkefunktion, røntgen øsofagus, spiserøret, oesofagus, svelgundersøgelse, svelg
extremity: ekstremitet, ekstremiteter
femur: femur, lårben, lårbensskaft, lårbein
fetus: foster, fetal, føtal
finger: finger, fingre, tommelfinger, tommel, tommeltot, pegefinger
foot: fod, fødder, hæl, calcaneus, mellemfod, forfod, fot, føtter, mellomfot, hælben, forfot, hælbein
forearm: underarm, antebrachium, underarme
gallbladder: galdeblære, galleblære
groin: lyske, lysken, lysker
hand: hånd, hænder, mellemhånd, hender, mellomhånd
head and neck vessels: hals og hjernekar, halskar og intrakranielle kar, hals og intrakranielle kar, hals og cerebrum kar, pre og intracerebrale kar, cerebrum og halskar, halskar og cerebrale kar, hals hjernekar
heart: hjerte, ekkokardiografi, myokardie, hjertet, ekko hjerte, ekko, calciumscore, hjerteskanning, cor, myokardieskintigrafi, kardial
hip: hofte, hofter, hofteled, hofteledd
inferior vena cava: vena cava inferior, vena cava
internal auditory canal: indre øregang, øregang, ponsvinkel, indre øregange, meatus acusticus internus, cerebellopontine vinkel, indre øreganger, øreganger
intracranial vessels: hjernekar, intrakranielle kar, cerebrale kar, cerebrale arterier, circulus willisi, hjernens kar, sinustrombose, cerebral angiografi
kidney: nyre, nyrer, renografi, nyreskanning, nefrostomi
knee: knæ, kne, knær, patella, knæled, kneledd, knæskal
larynx: larynx, strube, strubehode
leg arteries: benarterier, arterier i ben, perifere arterier, underekstremitetsarterier, arterier underekstremitet, arterier underekstremiteter, arterier i underekstremiteterne, bein arterier
leg veins: benvener, dyb venetrombose, dvt, vener i ben, vener underekstremitet, vener i underekstremitet, vener ben, dyp venetrombose, vener underekstremiteter, vener bein, dyb vene trombose
liver: lever
lower extremity: ben, underekstremitet, underekstremiteter, bein, nedre ekstremitet, benlængde, underekstremiteterne
lower leg: underben, crus, læg, tibia, fibula, legg, skinneben, leggen
lumbar spine: columna lumbalis, lænd, lænderyg, lænd hvirvelsøjle, lumbalcolumna, lændehvirvelsøjle, lumbosakral columna, ls columna, lumbal columna, korsrygg, lænderyggen, columna lumbosacralis, lendecolumna, lendehvirvler, lumbalkolumna
lung: lunge, lungeskanning, lungeskintigrafi, lungescintigrafi
mandible: underkæbe, mandibel, opg, tænder, kæbe, mandibula, underkjeve, kjeve, ortopantomografi
maxillofacial: ansigt, ansigtsskelet, kindben, ansikt, ansiktsskjelett, ansigtsknogler, zygoma, overkæbe
nasal bones: næse, næseben, nese, nesebein
neck: hals, halsens bløddele, bløddele hals, bløddele på halsen, collum, bløtdeler hals, biskjoldbruskkirtel, collum bløddele, hals bløddele, parathyroidea
neck vessels: halskar, halsarterier, præcerebrale kar, vertebralis, halsens kar, precerebrale kar
neck, chest, abdomen and pelvis: hals thorax abdomen bækken, hals thorax abdomen, hals thorax abdomen og bækken, hals thorax abdomen bekken, collum thorax abdomen bækken, hals thorax abdomen og bekken
orbit: orbita, øjenhule, øje, øjne, øyehule, øyne, orbitae, øjenhuler
pancreas: pancreas, bugspytkirtel, pankreas, bukspyttkjertel
paranasal sinuses: bihuler, sinus, bihulerne, næsebihuler, kæbehuler
parotid gland: parotis, ørespytkirtel, spytkirtler, glandula parotis, spyttkjertler, spytkirtel
pelvis: bækken, bekken, nedre abdomen, sacrum, haleben, ovarier, lille bækken, os sacrum, korsben, bækkenbund, underliv, bækkenoversigt, halebein, coccyx
pregnancy: graviditet, gravid, obstetrisk, nakkefold, nakkefoldsskanning, svangerskab, gravide, svangerskap, nakkefoldscanning
prostate: prostata
pulmonary arteries: lungearterier, lungeemboli, pulmonalarterier, lunge emboli, lungeembolier, pulmonalis, lungearterie
rectum: rektum, endetarm, defækografi, anal, rectum, analkanal, analfistel
renal vessels: nyrearterier, nyrekar, nyrearterie
retroperitoneum: retroperitoneum
ribs: ribben, costae, ribbein
sacroiliac joints: sacroiliacaled, si led, sakroiliakaled, iliosakralled, si ledd, sacroiliacalled, iliosakralledd, sacroiliakaled, is ledd, is ledds, is led
scapula: skulderblad, scapula
scrotum: scrotum, testikel, testikler, pung, testis
sella: hypofyse, sella, hypofysen
shoulder: skulder, skuldre, skulderled, skulderledd, skuldrer
skeleton: skelet, knogle, knogleskintigrafi, knoglescintigrafi, skjelett, skjelettscintigrafi, knogler, knoglemarv, skeletstatus, knogleskanning, beinmarg
skull: kraniekasse
skull base to mid-thigh: basis cranii til lår, basis cranii til midt på lår, kraniebasis til lår, kraniebasis til midt på låret, basis cranii til midtlår, skallebasis til lår
small bowel: tyndtarm, enterografi, tynntarm, tyndtarmspassage
spine: columna, rygsøjle, hele rygsøjlen, rygmarv, columna totalis, totalcolumna, ryg, rygg, hele columna, medulla spinalis, total columna, totalkolumna, ryggsøyle
sternum: sternum, brystben
stomach: mavesæk, ventrikel, magesekk, ventrikeltømning, mavetømning
temporal bone: tindingeben, klippeben, os temporale, ører, mellemøre, mellomøre, tinningbein, ossa temporalia, mastoid, os temporalia, øre
temporomandibular joint: kæbeled, kjeveledd, temporomandibulærled
thigh: lår, overlår
thoracic aorta: thorakal aorta, aorta thoracica, aortabue, aortadissektion, aortadisseksjon, dissektion
thoracic spine: columna thoracalis, brystrygsøjle, thorakalcolumna, brysthvirvelsøjle, thoracalcolumna, brysthvirvler, brystryg, thorakal columna, torakalcolumna
thoracolumbar spine: thorakolumbal columna, thoracolumbal, skoliose, columna thoracolumbalis, thorakolumbal, torakolumbal
thyroid: skjoldbruskkirtel, thyreoidea, thyroidea, skjoldbruskkjertel, struma, gl thyreoidea, glandula thyreoidea
toe: tå, tæer, storetå, tær, stortå
upper arm: overarm, humerus
upper extremity: arm, overekstremitet, arme, plexus brachialis, overekstremiteter, dialysefistel, armer
upper gastrointestinal tract: øvre gi, ventrikel duodenum, mavesæk og tolvfingertarm, øvre gastrointestinal
urethra: urethra, urinrør, uretra, urethrografi
urinary tract: urinveje, urografi, nyresten, ct urografi, ureter, urinveier, urinleder, nyrestein, nyrer og urinveje, oversigt over urinveje, nyrer og urinveier, stensuger, uretersten, urinvejssten
uterus: livmoder, uterus, hsg, livmor, fibromer
whole body: helkrop, hele kroppen, traumescanning, helkropp, traume ct, multitraume, traumeskanning, traume
wrist: håndled, håndledd, scaphoideum, skafoid, håndrod, karpaltunnel
modality CT: ct, cta, ct skanning, ct scanning, computertomografi, hrct
modality MR: mr, mri, mr skanning, mr scanning, mra, mrcp, magnetisk resonans
modality XR: røntgen, rtg, rgt, rgs, rg, opg, dexa, dxa, rx
modality US: ultralyd, ul, uls, doppler, ultralydsskanning, ekkokardiografi, ekko, ultralydsscanning, duplex
modality MG: mammografi, tomosyntese
modality NM: skintigrafi, scintigrafi, nuklearmedicin, spect, knogleskintigrafi, renografi, nukleærmedisin
modality PT: pet
modality PT&CT: pet ct, petct
modality RF: gennemlysning, gjennomlysning, passage, øsofagus passage, defækografi, miktionscystografi
modality XA: angiografi, dsa, intervention, flebografi, kag, arteriografi
side R: højre, høyre, hø, h, dxt, hjr, hø side, dx
side L: venstre, ve, v, sin, vs, sinister
side B: bilateral, begge, bilat, bilateralt, begge sider, dobbeltsidig, hø og ve, højre og venstre, høyre og venstre, dobbeltsidigt
with: med, m
without: uden, uten, u
and: og
contrast: kontrast, iv kontrast, kontraststof, kontrastmiddel, iv, gd, km, i v kontrast, intravenøs kontrast, kontr, gadolinium
contrast with: med kontrast, med iv kontrast, efter kontrast, m kontrast, med i v kontrast, kontrastforstærket, med km, med intravenøs kontrast, etter kontrast, med kontraststof, med gadolinium
contrast without: uden kontrast, uten kontrast, nativ, uden iv kontrast, uten iv kontrast, u kontrast, nativt, uden i v kontrast, uden intravenøs kontrast, før kontrast, uten i v kontrast, uden kontraststof
contrast both: uden og med kontrast, med og uden kontrast, uten og med kontrast, før og efter kontrast, uden og med iv kontrast, med og uten kontrast, u og m kontrast, u m kontrast, med uden kontrast, uden med kontrast, før og etter kontrast, uten og med iv kontrast, uden og med i v kontrast, med og uden iv kontrast, uden og med, nativ og kontrast
sign angio: angiografi, angio, cta, mra, ct angio, arteriografi
sign artery: arterier, arterie, arteriel, arteriell
sign vein: vener, venøs, dvt, vene, flebografi
sign vessel: kar
sign doppler: doppler, duplex
sign arthrogram: artrografi, mr artrografi
sign myelogram: myelografi
sign guided: vejledt, guidet, ul vejledt, ct vejledt, veiledet, ultralydsvejledt, ultralydvejledt, ul veiledet
sign biopsy: biopsi, punktur, finnål, grovnålsbiopsi, finnålsbiopsi, punksjon, finnålsaspiration
sign drainage: drænage, drænanlæggelse, pleuracentese, drenasje, dren, dræn
sign injection: injektion, blokade, injeksjon
sign placement: anlæggelse, picc, stent, innleggelse, skift
sign ablation: ablation, ablasjon
sign embolization: embolisering
sign nephrostomy: nefrostomi
sign lumbar puncture: lumbalpunktur
sign screening: screening
sign diagnostic: klinisk
sign tomosynthesis: tomosyntese
sign stereotactic: stereotaktisk
sign limited: begrænset, begrenset
sign follow-up: kontrol, kontroll, opfølgning
sign transvaginal: vaginal, transvaginal
sign 1st trimester: første trimester, nakkefold, nakkefoldsskanning, nakkefoldscanning, 1 trimester
sign 2nd/3rd trimester: andet trimester, misdannelsesskanning, misdannelsesscanning, 2 trimester, andre trimester
sign pediatric: barn, børn, spædbarn, neonatal
sign calcium: calciumscore, calcium score, kalkscore
sign pulmonary embolus: lungeemboli, lunge emboli
sign high resolution: hrct, højopløselig
sign colonography: kolografi, kolonografi
sign enterography: enterografi
sign urography: urografi
sign stone: nyresten, nyrestein, sten, stein, uretersten
sign portable: sengeafsnit, seng, på stue, bedside, liggende i seng
sign standing: stående, belastet
sign density: knogletæthed, beintetthet, dexa
sign scoliosis: skoliose
sign bone age: knoglealder, skeletalder
sign tumor: tumor, fdg
sign dental: opg, tænder
sign tissue: bløddele, bløtdeler
sign function: funktion, renografi
sign thumb: tommelfinger, tommel
sign head: hoved, hode
view ap: frontal, front
view lateral: side, sidebillede
views: optagelser, projektioner, projeksjoner, planer, plan, billeder, bilder
number 1: en, et
number 2: to, to planer, to plan, 2 planer
number 3: tre
number 4: fire
plain: undersøgelse, undersøkelse, skanning, scanning, akut, af, på, i, den, ambulant, rutine, øvrige, til, for, skade, fraktur, kontrolbillede, bløddels, oversigt, us, smerter, over, lavdosis, kvinde
week: uger
sign upper abdomen: øvre abdomen, øvre mave, øvre abd
sign plural: knær, hænder, fødder, hofter, ankler, albuer, skuldre, underekstremiteter, bryster, ører, føtter, hender, underekstremiteterne
sign unilateral: unilateral, ensidig
`;
