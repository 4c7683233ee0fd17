// What radiology is called in Swedish.

export const swedish = `
abdomen: buk, övre buk, abdomen, bukorgan, mjälte, binjurar, binjure, bukvägg, buköversikt, buk övre, leverbuk
abdomen and pelvis: buk och bäcken, buk bäcken, hela buken, buk lilla bäckenet, nedre och övre buk, övre och nedre buk
abdominal aorta and leg arteries: aorta och benartärer, bukaorta och ben, aorta bäcken ben, aorta och ben, aorta benartärer
acromioclavicular joint: ac led, akromioklavikularled, ac leder
ankle: fotled, fotleder, vrist
aorta: aorta, bukaorta, aortaaneurysm
appendix: appendix, blindtarm, appendicit
axial skeleton: ländrygg och höft, höft och rygg, ländrygg och höfter, rygg och höft
bile ducts: gallvägar, mrcp, gallgångar, ercp
bladder: urinblåsa, miktionsuretrocystografi, muc, blåsa, mucg, cystografi
brain: hjärna, cerebral, hjärnan, stroke, intrakraniell
head: huvud, skalle, kranium, hjärnskalle
breast: bröst, mammografi, bröstkörtel, bröstkörtlar, mamma, mammografier
carotid arteries: karotis, halskärl duplex, carotis, karotider, halspulsåder
cervical spine: halsrygg, halskotpelare, cervikalrygg, nacke kotor, c rygg, halsrygge, dens
chest: thorax, torax, bröstkorg, lungor, mediastinum, hjärta lungor, pleura, cor pulm, hjärta och lungor, bröst rygg lungor, lungröntgen, axill
chest and abdomen: thorax buk, torax och buk, thorax och buk, thorax övre buk
chest, abdomen and pelvis: thorax buk bäcken, torax buk bäcken, thorax och buk bäcken, thorax buk och bäcken, bål
clavicle: nyckelben, klavikel, clavicula
colon: kolon, tjocktarm, kolografi, colon, kolonröntgen, virtuell koloskopi, ct kolon
coronary arteries: kranskärl, koronarkärl, koronarartärer, koronar angiografi, koronarangiografi
elbow: armbåge, armbågsled, armbågar
esophagus: esofagus, matstrupe, sväljningsröntgen, esofagusröntgen, svälj, hypofarynx esofagus
extremity: extremitet, extremiteter
femur: femur, lårben, lårbensskaft
fetus: foster, fosterundersökning mr, fetal
finger: finger, fingrar, tumme, dig hand, pekfinger
foot: fot, fötter, hälben, häl, calcaneus, mellanfot, framfot
forearm: underarm, underarmar
gallbladder: gallblåsa, galla
groin: ljumske, ljumskar
hand: hand, händer, mellanhand
head and neck vessels: hals och hjärnkärl, hals hjärnkärl, huvud halskärl, halskärl och intrakraniella kärl, hals och intrakraniella kärl, huvud och halskärl, halskärl och hjärnkärl
heart: hjärta, ekokardiografi, hjärt, myokardscint, ucg, hjärteko, kardiell, kalciumscore, kalciumscoring
hip: höft, höfter, höftled, höftleder
inferior vena cava: vena cava inferior, nedre hålven, vena cava
internal auditory canal: inre hörselgång, hörselgångar, ponsvinkel, ponsvinklar, hörselgång, inre hörselgångar, pvt
intracranial vessels: hjärnkärl, intrakraniella kärl, hjärnans kärl, willis, cerebral angiografi, hjärnartärer, intrakraniella artärer, sinustrombos
kidney: njure, njurar, renografi, njurskint, nefrostomi
knee: knä, knän, knäled, patella, knäleder, knäskål
larynx: larynx, struphuvud
leg arteries: benartärer, artärer ben, arteriell ben, artärer nedre extremitet, perifera artärer, benens artärer
leg veins: benvener, vener ben, djup ventrombos, dvt, venös ben, ventrombos, djupa vener, flebografi ben, dvt ben, trombos ben, benens vener
liver: lever
lower extremity: ben, nedre extremitet, nedre extremiteter, benlängd, underkropp ben, hka, nedre extremiteterna
lower leg: underben, vad, tibia, fibula, underbenen
lumbar spine: ländrygg, lumbalrygg, ländkotpelare, lumbosakral, l rygg, lumbal, ländryggen
lung: lunga, lung, lungscint, lungskint, lungskintigrafi
mandible: underkäke, mandibel, opg, tänder, käke, käkar, panorama
maxillofacial: ansikte, ansiktsskelett, okben, ansiktsben, mellanansikte, överkäke
nasal bones: näsben, näsa
neck: hals, halsmjukdelar, bisköldkörtel, hals mjukdelar, bisköldkörtlar, mjukdelar hals, farynx, halsens mjukdelar
neck vessels: halskärl, halsartärer, precerebrala kärl, halsens kärl, vertebralis
neck, chest, abdomen and pelvis: hals thorax buk bäcken, hals thorax buk, hals torax buk bäcken, hals thorax buk och bäcken, hals torax buk
orbit: orbita, ögonhåla, öga, ögon, orbitor, ögonhålor, synnerv
pancreas: pankreas, bukspottkörtel, pancreas
paranasal sinuses: bihålor, sinus, näsbihålor, bihåla, bihålorna, käkhålor
parotid gland: parotis, spottkörtel, öronspottkörtel, spottkörtlar
pelvis: bäcken, nedre buk, sakrum, svanskota, äggstockar, korsben, lilla bäckenet, bäckenbotten, bäckenöversikt, svansben, gynekologisk
pregnancy: graviditet, obstetrisk, gravid, graviditetsultraljud, rutinultraljud, obstetriskt
prostate: prostata
pulmonary arteries: lungartärer, lungemboli, lungembolism, pulmonalisangio, pulmonalartärer, pulmonalis, lungemboliutredning, lungembolier, pulmonalisangiografi
rectum: rektum, ändtarm, defekografi, anal, rectum, analfistel
renal vessels: njurartärer, njurkärl, njurartär
retroperitoneum: retroperitoneum, retroperitonealt
ribs: revben, costae, revbenen
sacroiliac joints: si leder, sakroiliakaleder, si led, sacroiliacaleder
scapula: skulderblad, skapula, scapula
scrotum: scrotum, testikel, testiklar, pung, skrotum
sella: hypofys, sella, hypofysen
shoulder: axel, axlar, skuldra, axelled, axlarna, rotatorkuff
skeleton: skelett, skelettscint, skelettskintigrafi, ben skelett, skelettscintigrafi, benmärg, skelettstatus, skelettskint
skull: skallben
skull base to mid-thigh: skallbas till lår, skallbas till mitten av lår, skallbas lår, skallbas till mellersta låret, skallbasen till lår, skallbas till mitt på låret, skallbas till mitt lår
small bowel: tunntarm, enterografi, tunntarmspassage, tunntarmsröntgen
spine: ryggrad, helrygg, rygg, kotpelare, ryggmärg, hela ryggen, totalrygg, hel rygg, spinalkanal
sternum: sternum, bröstben
stomach: magsäck, ventrikel, ventrikeltömning, magsäckstömning
temporal bone: temporalben, klippben, öron, mellanöra, innerörat, innerör, tinningben, inneröra, mastoid, öra
temporomandibular joint: käkled, käkleder
thigh: lår, lårmuskler
thoracic aorta: bröstaorta, thorakala aorta, aortabåge, aortadissektion, thorakalaorta, dissektion, torakalaorta
thoracic spine: bröstrygg, thorakalrygg, bröstkotpelare, torakalrygg, th rygg, bröstryggen
thoracolumbar spine: bröst och ländrygg, bröst ländrygg, torakolumbal, thorakolumbal, skolios, bröst  ländrygg, torakolumbalrygg
thyroid: sköldkörtel, tyreoidea, thyreoidea, tyroidea, struma, thyroidea
toe: tå, tår, stortå
upper arm: överarm, humerus
upper extremity: arm, armar, övre extremitet, plexus brachialis, dialysfistel, övre extremiteter, av fistel
upper gastrointestinal tract: ventrikel duodenum, övre gi, magsäck tolvfingertarm, passageröntgen, ventrikelröntgen
urethra: uretra, urinrör, uretrografi
urinary tract: urinvägar, urografi, njursten, urinledare, uretär, stenöversikt, njurar urinvägar, urinvägsöversikt, uretärsten, ct urografi, stenar, urinvägssten
uterus: livmoder, uterus, hsg, myom, hysterosalpingografi
whole body: helkropp, trauma helkropp, traumaprotokoll, hela kroppen, multitrauma, traumadt, trauma dt
wrist: handled, handleder, scaphoideum, båtben, karpaltunnel, handlov
modality CT: dt, ct, datortomografi, skiktröntgen, cta, dta
modality MR: mr, mrt, magnetkamera, magnetresonans, mra, magnetröntgen, mri, magnetisk resonanstomografi, mrcp
modality XR: röntgen, rtg, slätröntgen, rtgn, opg, bentäthet, bentäthetsmätning, dexa, konventionell, slr, rg, lungröntgen, slät rtg
modality US: ultraljud, ul, ulj, duplex, doppler, eko, ekokardiografi, hjärteko, sono, usl, ultraljudsundersökning
modality MG: mammografi, tomosyntes, mam
modality NM: scint, skint, skintigrafi, scintigrafi, nuklearmedicin, spect, isotop, gammakamera, renografi
modality PT: pet
modality PT&CT: pet ct, pet dt, petct, petdt
modality RF: genomlysning, sväljningsröntgen, röntgenpassage, passageröntgen, defekografi, muc, kolonröntgen
modality XA: angiografi, dsa, intervention, flebografi, koronarangiografi, arteriografi
side R: höger, hö, h, dx, dxt, högra, dexter, höjre
side L: vänster, vä, v, sin, vänstra, sinister, vänst
side B: bilateral, bilat, båda, bilateralt, bägge, hö och vä, höger och vänster, hö vä, båda sidor, bilaterala, h v
with: med, m
without: utan, u
and: och, o
contrast: kontrast, iv kontrast, km, kontrastmedel, gd, iv, gadolinium, intravenös kontrast, i v kontrast, k, kontr
contrast with: med kontrast, med iv kontrast, med km, efter kontrast, m kontrast, kontrastförstärkt, med intravenös kontrast, med gd, med i v kontrast, m k, med gadolinium, m iv kontrast
contrast without: utan kontrast, nativ, utan km, utan iv kontrast, nativt, u kontrast, utan i v kontrast, utan gd, utan intravenös kontrast, före kontrast, u k, ukm
contrast both: utan och med kontrast, med och utan kontrast, före och efter kontrast, u m kontrast, utan med kontrast, utan och med iv kontrast, med utan kontrast, före efter kontrast, utan och med, nativt och med kontrast, utan och med gd, utan och med km, u och m kontrast, med och utan iv kontrast, utan och med i v kontrast, nativ och med kontrast
sign angio: angio, angiografi, cta, mra, dta, ct angio, dt angio
sign artery: artärer, arteriell, artär, arteriella
sign vein: vener, venös, dvt, ventrombos, flebografi, ven, venösa
sign vessel: kärl
sign doppler: doppler, duplex
sign perfusion: perfusion
sign arthrogram: artrografi, artro, intraartikulär
sign myelogram: myelografi
sign guided: ledd, lett, guidad, ultraljudsledd, ct ledd, dt ledd, ultraljudslett, vägledd
sign biopsy: biopsi, punktion, finnål, finnålspunktion, mellannålsbiopsi, grovnålsbiopsi, cytologi, mellannål
sign drainage: dränage, drän, pleuratappning, dränering
sign aspiration: aspiration
sign injection: injektion, blockad
sign ablation: ablation
sign placement: inläggning, picc, stentinläggning, stent, byte
sign needle localization: indikering, trådmarkering, märkning
sign embolization: embolisering
sign angioplasty: pta, dilatation
sign nephrostomy: nefrostomi, pyelostomi
sign lumbar puncture: lumbalpunktion
sign screening: screening, hälsokontroll, hälsoundersökning
sign diagnostic: klinisk, diagnostisk
sign tomosynthesis: tomosyntes
sign stereotactic: stereotaktisk
sign limited: begränsad, riktad
sign follow-up: kontroll, uppföljning
sign transvaginal: vaginalt, transvaginalt, tvs, vaginal, transvaginal
sign transrectal: transrektalt, trus, transrektal
sign 1st trimester: första trimestern, kub, tidig graviditet, trimester 1, nupp
sign 2nd/3rd trimester: andra trimestern, rutinultraljud, tredje trimestern, trimester 2
sign pediatric: barn, neonatal, pediatrisk, spädbarn, nyfödd
sign stress: stress, arbete, belastning
sign calcium: kalciumscore, calcium score, kalciumscoring
sign pulmonary embolus: lungemboli, lungembolism, lungembolier
sign high resolution: högupplösande, hrct, hrdt
sign colonography: kolografi, virtuell koloskopi
sign enterography: enterografi
sign urography: urografi
sign stone: sten, stenöversikt, njursten, uretärsten, stenar
sign voiding: miktion, muc, mucg
sign functional: funktionell, fmri
sign spectroscopy: spektroskopi
sign tumor: tumör, fdg, tumörutredning
sign metastasis: metastaser, metastas
sign post-op: postop, postoperativ
sign intra-op: peroperativ, op sal
sign portable: sängläge, på avdelning, i säng, bedside, avdelning, på sal, ava
sign standing: stående, belastad, belastning
sign supine: liggande
sign flexion extension: funktionsbilder, flexion extension, funktionsbild
sign scoliosis: skolios
sign bone age: skelettålder, benålder
sign bone length: benlängd
sign density: bentäthet, bentäthetsmätning, dexa
sign dental: opg, tänder, panorama
sign function: funktion, renografi
sign transplant: transplantat, njurtransplantat
sign ventilation: ventilation, ventilation perfusion
sign q-perfusion: ventilation perfusion, lungperfusion
sign gastric emptying: ventrikeltömning, magsäckstömning
sign swallow: sväljningsröntgen
sign tissue: mjukdelar
sign thumb: tumme
sign calcaneus: hälben, häl, calcaneus
sign head: huvud, skalle
view ap: frontal, ap, frontalbild
view lateral: sida, sidobild, lateral, sidoprojektion
views: projektioner, bilder, projektion, proj
number 1: en, ett
number 2: två, frontal och sida, front och sida
number 3: tre
number 4: fyra
plain: undersökning, akut, av, på, i, den, rutin, standard, bild, avd, polikliniskt, för, granskning, extern, demonstration, prot, protokoll, poliklinik, mottagning, bildgranskning, översikt, us, organ, tunna snitt, lågdos, smärta, fraktur, komplett, peroral, diskbråck, utredning, multifas, kvinna, bel, belastad, belastat
week: veckor
sign upper abdomen: övre buk, buk övre
sign plural: knän, händer, fötter, höfter, fotleder, handleder, armbågar, axlar, nedre extremiteter, öron, bröstkörtlar
sign fine needle: finnål, finnålspunktion
sign unilateral: ensidig, unilateral
`;
