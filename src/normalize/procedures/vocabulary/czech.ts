// What radiology is called in Czech.

export const czech = `
abdomen: břicho, břicha, epigastrium, slezina, nadledviny, nativ břicha, horní břicho
abdomen and pelvis: břicho a pánev, břicha a pánve, břicho pánev, břicha a malé pánve, břicho a malá pánev
abdominal aorta and leg arteries: aorta a tepny dk, aorty a dkk, aorta a dkk
ankle: hlezno, hlezna, kotník, kotníku, hlezenní kloub
aorta: aorta, aorty, břišní aorta
bile ducts: žlučové cesty, žlučových cest, mrcp, ercp
bladder: močový měchýř, močového měchýře, mcug, cystografie
brain: mozek, mozku, mozkový
head: hlava, hlavy, lebka, lebky
breast: prs, prsu, prsy, mamografie, prsou, prsů, mamma
carotid arteries: karotidy, krční tepny, karotid, karotických tepen
cervical spine: krční páteř, c páteř, krční páteře, cp páteř, c páteře
chest: hrudník, hrudníku, plíce a srdce, mediastinum, srdce a plíce, s p
chest and abdomen: hrudník a břicho, hrudníku a břicha
chest, abdomen and pelvis: hrudník břicho pánev, hrudníku břicha a pánve, hrudník břicho a pánev, trup
clavicle: klíček, klíční kost, klavikula, klíčku
colon: tlusté střevo, tlustého střeva, kolonografie, irigografie, virtuální kolonoskopie
coronary arteries: koronární tepny, věnčité tepny, koronarografie, koronárních tepen, koronární
elbow: loket, loketní kloub, lokte
esophagus: jícen, jícnu, polykací akt
femur: stehenní kost, femur, femuru
finger: prst, prsty, palec ruky, prstu, prstů ruky
foot: noha chodidlo, nohy chodidlo, patní kost, pata, nárt, chodidlo
forearm: předloktí
gallbladder: žlučník, žlučníku
groin: tříslo, třísla
hand: ruka, ruky, rukou
head and neck vessels: tepny hlavy a krku, karotidy a mozkové tepny, tepen hlavy a krku, cévy hlavy a krku
heart: srdce, echokardiografie, echo srdce, myokard
hip: kyčel, kyčle, kyčelní kloub, kyčlí, kyčelního kloubu
internal auditory canal: vnitřní zvukovod, vnitřní zvukovody, mostomozečkový kout, mm koutů, koutu mostomozečkového
intracranial vessels: mozkové tepny, mozkových tepen, willisův okruh, mozkové cévy
kidney: ledvina, ledviny, ledvin
knee: koleno, kolena, kolenní kloub, čéška, kolenního kloubu, patela
leg arteries: tepny dolních končetin, tepen dk, tepny dkk, tepen dolních končetin
leg veins: žíly dolních končetin, žil dk, žíly dkk, žil dolních končetin, hluboká žilní trombóza, flebotrombóza
liver: játra, jater
lower extremity: dolní končetina, dk, dkk, dolní končetiny, dolních končetin
lower leg: bérec, bérce, lýtko, lýtka
lumbar spine: bederní páteř, ls páteř, l páteř, bederní páteře, ls páteře, lumbosakrální páteř, l páteře
lung: plíce, plic
mandible: dolní čelist, mandibula, opg, zuby, dolní čelisti
maxillofacial: obličej, obličejový skelet, splanchnocranium, obličejového skeletu
nasal bones: nos, nosní kůstky, nosu
neck: krk, krku, měkké tkáně krku, příštítná tělíska
neck vessels: krční cévy, krčních cév, cévy krku
neck, chest, abdomen and pelvis: krk hrudník břicho pánev, krku hrudníku břicha a pánve
orbit: orbita, orbity, oko, očnice, orbit
pancreas: slinivka, pankreas, slinivky, pankreatu
paranasal sinuses: vedlejší dutiny nosní, vdn, dutiny, pnd, paranasální dutiny, vedlejších dutin nosních
parotid gland: příušní žláza, slinné žlázy, parotis
pelvis: pánev, pánve, malá pánev, křížová kost, kostrč, malé pánve
pregnancy: těhotenství, těhotenské, gravidita
prostate: prostata, prostaty
pulmonary arteries: plicnice, plicní embolie, plicní tepny, plicních tepen, embolie plicnice
rectum: konečník, rektum, defekografie, rekta
renal vessels: renální tepny, ledvinové tepny, renálních tepen
ribs: žebra, žeber
sacroiliac joints: si klouby, si skloubení, sakroiliakální
scapula: lopatka, lopatky
scrotum: šourek, varlata, varlat, skrota
sella: hypofýza, hypofýzy, turecké sedlo
shoulder: rameno, ramenní kloub, ramene, ramenního kloubu, ramen
skeleton: skelet, skeletu, scintigrafie skeletu, kostí
skull base to mid-thigh: baze lební po stehna, od baze lební po stehna, od baze lební do poloviny stehen
small bowel: tenké střevo, enterografie, tenkého střeva, enteroklýza
spine: páteř, páteře, celá páteř, mícha, celé páteře
sternum: hrudní kost, sternum, sterna
stomach: žaludek, žaludku
temporal bone: spánková kost, pyramidy, skalní kost, skalní kosti, středouší
temporomandibular joint: čelistní kloub, tmk, čelistních kloubů
thigh: stehno, stehna
thoracic aorta: hrudní aorta, disekce aorty, hrudní aorty
thoracic spine: hrudní páteř, th páteř, hrudní páteře, th páteře
thoracolumbar spine: thl páteř, skolióza, th l páteř
thyroid: štítná žláza, štítné žlázy, štítnice
toe: prst nohy, palec nohy, prsty nohy, prstů nohy
upper arm: paže, humerus, pažní kost, humeru
upper extremity: horní končetina, hk, horní končetiny, hkk
urinary tract: močové cesty, urografie, močových cest, vylučovací urografie, litiáza, ureter
uterus: děloha, dělohy, hsg
whole body: celé tělo, celotělové, celotělová, polytrauma
wrist: zápěstí, člunková kost
modality CT: ct, výpočetní tomografie, cta
modality MR: mr, magnetická rezonance, mri, mra
modality XR: rtg, rentgen, skiagrafie, snímek, denzitometrie, opg
modality US: uz, ultrazvuk, sono, sonografie, usg, doppler, duplex, echo
modality MG: mamografie, mg
modality NM: scintigrafie, spect, nukleární medicína
modality PT&CT: pet ct
modality PT: pet
modality RF: skiaskopie, pasáž, irigografie, mcug
modality XA: angiografie, dsa, flebografie
side R: pravý, pravá, pravé, vpravo, dx, pravého, dext, l dx, pravých
side L: levý, levá, levé, vlevo, sin, levého, l sin
side B: oboustranně, obou, obě, bilat, bilaterálně, oboustranné
with: s, se, po
without: bez
and: a
contrast: kontrast, kontrastem, kontrastu, kl, k l, kontrastní látky, kontrastní látkou, iv, gd, kontrastní látka
contrast with: s kontrastem, s kl, po kl, s kontrastní látkou, s k l, po podání kl, s iv kontrastem, postkontrastně
contrast without: bez kontrastu, nativně, nativ, nativní, bez kl, bez kontrastní látky, bez k l
contrast both: nativně a s kontrastem, bez a s kontrastem, nativně a po kl, bez kontrastu a s kontrastem, nativně i s kontrastem, nativně a s kl, s i bez kontrastu, nativně i postkontrastně
sign angio: angio, angiografie, ct angio, mr angio, cta, mra
sign artery: tepny, tepen, tepenné
sign vein: žíly, žil, žilní, trombóza
sign vessel: cévy, cév
sign biopsy: biopsie, punkce
sign drainage: drenáž
sign guided: pod ct, pod kontrolou
sign screening: screening, screeningová
sign pediatric: dítě, dětské, novorozenec, děti
sign portable: na lůžku, u lůžka
sign standing: vstoje, ve stoje
sign pulmonary embolus: plicní embolie
sign transvaginal: vaginální, transvaginální
sign density: denzitometrie
sign scoliosis: skolióza
sign stone: litiáza, kameny
view lateral: bočná, bočně, bočný
views: projekce, projekcích
number 2: dvě, ap a bočná, ve dvou, ap a bočně
plain: vyšetření, akutní, statim, na, v, kontrola, kloub, cílený, ambulantní
`;
