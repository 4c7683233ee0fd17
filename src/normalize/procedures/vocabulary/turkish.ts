// What radiology is called in Turkish.

export const turkish = `
abdomen: abdomen, batın, üst abdomen, karın, üst batın, dalak, sürrenal, ayakta direkt batın, adbg, tüm batın üst, adrenal, abdominal, böbrek üstü bezi
abdomen and pelvis: abdomen pelvis, tüm abdomen, tüm batın, alt üst abdomen, abdominopelvik, üst ve alt abdomen, abdomen ve pelvis, alt ve üst abdomen, batın pelvis, tüm karın, üst alt abdomen, üst ve alt batın, alt ve üst batın, alt üst batın, üst alt batın
abdominal aorta and leg arteries: aorta ve alt ekstremite, abdominal aorta ve alt ekstremite, aorta ve bacak arterleri, aorta alt ekstremite, abdominal aorta alt ekstremite
acromioclavicular joint: akromioklaviküler eklem, ak eklem, akromiyoklaviküler eklem, akromioklavikular
ankle: ayak bileği, ayakbileği, ayak bilek, ayak bilekleri, ayakbilek
aorta: aort, aorta, abdominal aort, abdominal aorta
appendix: apendiks, apandisit
axial skeleton: lomber ve kalça, lomber ve femur, kalça ve lomber, femur ve lomber
bile ducts: safra yolları, mrkp, mrcp, mr kolanjiyografi, kolanjiyo, kolanjiopankreatografi, safra yolu, ercp, kolanjiografi, mr kolanjiopankreatografi
bladder: mesane, sistografi, işeme sistoüretrografisi, voiding sistoüretrografi, vcug, miksiyon sistoüretrografi
brain: beyin, serebral, hipofiz beyin, kranyal beyin, serebrum, transfontanel, difüzyon beyin
head: kafa, kranial, kranyal, baş, kraniyal, kranium
breast: meme, mamografi, memeler, mammografi
carotid arteries: karotis, karotid, karotis arter, karotis vertebral, karotis ve vertebral, şah damarı
cervical spine: servikal, boyun omurgası, servikal vertebra, servikal omurga, servikal vertebralar, boyun omurları, servikal spinal, boyun omurga, boyun fıtığı
chest: toraks, göğüs, akciğer grafisi, mediasten, plevra, akciğer, aksilla, akciğerler, göğüs kafesi
chest and abdomen: toraks abdomen, toraks ve abdomen, toraks üst abdomen, toraks batın, toraks ve üst abdomen
chest, abdomen and pelvis: toraks abdomen pelvis, toraks tüm abdomen, toraks batın pelvis, toraks tüm batın, toraks abdomen ve pelvis, toraks ve tüm abdomen, toraks abdominopelvik, toraks ve tüm batın
clavicle: klavikula, köprücük kemiği
colon: kolon, kalın bağırsak, kolonografi, baryumlu kolon, kolon grafisi, sanal kolonoskopi, çift kontrast kolon
coronary arteries: koroner, koroner arter, koroner anjiyo, koroner arterler
elbow: dirsek, dirsekler
esophagus: özofagus, yemek borusu, özofagografi, özefagus, yutma, özofagus pasaj
extremity: ekstremite, ekstremiteler
femur: femur, uyluk kemiği
fetus: fetus, fetal, fetüs
finger: parmak, el parmağı, başparmak, el parmakları, parmaklar, baş parmak
foot: ayak, kalkaneus, topuk, ayaklar
forearm: ön kol, önkol, ön kollar
gallbladder: safra kesesi
groin: kasık, inguinal
hand: el, eller
head and neck vessels: beyin ve boyun damarları, karotis ve serebral, beyin boyun anjiyo, kraniyal ve servikal damarlar, beyin ve boyun, serebral ve karotis, boyun ve beyin damarları, kranial ve karotis, boyun beyin, beyin boyun, serebral ve boyun, karotis serebral
heart: kalp, kardiyak, ekokardiyografi, miyokard, eko kalp, kardiak, miyokard perfüzyon, ekokardiografi, kalsiyum skoru, kalsiyum skorlama
hip: kalça, kalça eklemi, kalçalar
inferior vena cava: vena kava inferior, vena cava inferior
internal auditory canal: iç kulak yolu, internal akustik kanal, iak, serebellopontin köşe, internal akustik, iç kulak kanalı
intracranial vessels: beyin damarları, serebral anjiyografi, intrakraniyal, serebral damarlar, intrakranial, willis, beyin anjiyo, serebral anjiyo, serebral venöz, kranial anjiyo, kranyal anjiyo, serebral arter, beyin venografi
kidney: böbrek, renal, böbrekler, böbrek sintigrafisi, nefrostomi
knee: diz, patella, dizler, diz eklemi, diz kapağı
larynx: larinks, gırtlak
leg arteries: alt ekstremite arter, alt ekstremite arteriyel, bacak arterleri, alt ekstremite arterleri, alt ekstremite arteryel, periferik arter, alt ekstremite arteriel
leg veins: alt ekstremite ven, alt ekstremite venöz, bacak venleri, derin ven trombozu, dvt, alt ekstremite venleri, bacak venöz
liver: karaciğer, hepatik, kc
lower extremity: alt ekstremite, bacak, bacak uzunluk, alt ekstremiteler, bacaklar, ortoröntgenogram
lower leg: kruris, tibia, fibula, baldır, cruris, tibia fibula
lumbar spine: lomber, bel omurgası, lomber vertebra, lumbosakral, lumbar, lomber omurga, lumbosakral vertebra, bel, lomber vertebralar, lomber spinal, bel omurga
lung: akciğer sintigrafisi, pulmoner, akciğer perfüzyon
mandible: mandibula, çene, panoramik, diş, alt çene, dişler, panoramik diş
maxillofacial: maksillofasiyal, yüz, yüz kemikleri, zigoma, maksillofasial, maksilla, maksillofasyal
nasal bones: nazal kemik, burun, nazal, burun kemiği, nazal kemikler
neck: boyun, boyun yumuşak doku, paratiroid, nazofarenks, larinks boyun, farinks
neck vessels: boyun damarları, boyun anjiyo, vertebral arter, karotis anjiyo, boyun arterleri, karotis vertebral anjiyo, servikal damarlar
neck, chest, abdomen and pelvis: boyun toraks abdomen pelvis, boyun toraks tüm abdomen, boyun toraks tüm batın, boyun toraks abdomen, boyun toraks abdomen ve pelvis, boyun toraks ve tüm abdomen
orbit: orbita, göz, göz çukuru, gözler, orbital, optik sinir
pancreas: pankreas
paranasal sinuses: paranazal sinüs, sinüs, sinüsler, pns, paranazal sinüsler, paranazal, waters
parotid gland: parotis, tükürük bezi, tükürük bezleri, parotis bezi, submandibular
pelvis: pelvis, alt abdomen, pelvik, sakrum, koksiks, leğen kemiği, overler, alt batın, over, sakrokoksigeal, jinekolojik, sakrum koksiks
pregnancy: gebelik, obstetrik, hamilelik, gebe, hamile
prostate: prostat
pulmonary arteries: pulmoner arter, pulmoner emboli, pulmoner anjiyo, pulmoner arterler, pulmoner bt anjiyo, emboli protokolü, pulmoner anjiografi
rectum: rektum, defekografi, anal, rektal, perianal fistül, perianal, anal kanal
renal vessels: renal arter, böbrek damarları, renal arterler, renal damarlar, renal ven
retroperitoneum: retroperiton, retroperitoneal
ribs: kosta, kaburga, kotlar, kostalar, kaburgalar, kot
sacroiliac joints: sakroiliak eklem, sakroiliak, sakroiliyak eklem, sakroiliak eklemler, sakroiliyak
scapula: skapula, kürek kemiği
scrotum: skrotum, testis, skrotal, testisler
sella: hipofiz, sella, sella tursika, hipofiz bezi
shoulder: omuz, omuz eklemi, omuzlar, rotator manşet
skeleton: iskelet, kemik, kemik sintigrafisi, tüm vücut kemik, kemik iliği, kemikler, kemik taraması
skull: kafa grafisi, kranium iki yönlü
skull base to mid-thigh: kafa tabanından uyluğa, vertex uyluk, kafa tabanı uyluk, kafa tabanından uyluk ortasına, kafa tabanından uyluk ortasına kadar, vertexten uyluğa
small bowel: ince bağırsak, enterografi, ince barsak, enteroklizis, ince barsak pasaj, ince bağırsak pasaj
spine: omurga, tüm spinal, spinal, tüm omurga, vertebra, tüm vertebra, spinal kord, medulla spinalis
sternum: sternum, iman tahtası
stomach: mide, mide boşalma
temporal bone: temporal kemik, kulak, mastoid, temporal, orta kulak, iç kulak, petröz kemik, kulaklar
temporomandibular joint: temporomandibuler eklem, tme, çene eklemi, temporomandibular eklem, tmj, temporomandibuler
thigh: uyluk
thoracic aorta: torasik aorta, torakal aorta, aort diseksiyonu, aort arkı, torasik aort, torakal aort, diseksiyon
thoracic spine: torakal, dorsal, torakal vertebra, sırt omurgası, torasik vertebra, torakal omurga, dorsal vertebra, torakal spinal, sırt omurga
thoracolumbar spine: torakolomber, skolyoz, torakolumbar, skolyoz grafisi, dorsolomber
thyroid: tiroid, guatr, troid
toe: ayak parmağı, ayak parmakları, ayak başparmağı, ayak baş parmağı
upper arm: humerus, kol kemiği, üst kol
upper extremity: üst ekstremite, kol, brakial pleksus, üst ekstremiteler, av fistül, brakiyal pleksus, kollar
upper gastrointestinal tract: özofagus mide duodenum, mide duodenum, ömd, özefagus mide duodenum, üst gis, üst gastrointestinal
urethra: üretra, üretrografi
urinary tract: üriner sistem, ivp, ürografi, bt ürografi, taş protokolü, üreter, renal kolik, dus grafisi, üriner, taş, üriner sistem taş, direkt üriner sistem, idrar yolları, mr ürografi, böbrek taşı
uterus: uterus, rahim, hsg, histerosalpingografi
whole body: tüm vücut, politravma, travma tüm vücut
wrist: el bileği, elbileği, skafoid, el bilek, karpal tünel, el bilekleri, elbilek, elbileğı
modality CT: bt, tomografi, bilgisayarlı tomografi, bta, ct, btanjiyo
modality MR: mr, mrg, emar, manyetik rezonans, mra, mrkp, manyetik rezonans görüntüleme, mri
modality XR: grafi, röntgen, direkt grafi, grafisi, düz grafi, panoramik, kemik dansitometri, direk grafi, akciğer grafisi, kemik dansitometrisi, dansitometri, dxa, kmy, iki yönlü grafi
modality US: us, usg, ultrason, ultrasonografi, doppler, ekokardiyografi, eko, rdus, renkli doppler, ekokardiografi
modality MG: mamografi, mammografi, tomosentez
modality NM: sintigrafi, sintigrafisi, nükleer tıp, spect
modality PT: pet
modality PT&CT: pet bt, pet ct, petct, petbt
modality RF: skopi, floroskopi, özofagografi, baryumlu, hsg, pasaj grafisi, sistografi, histerosalpingografi
modality XA: anjiyografi, dsa, anjiyo, venografi, girişimsel, anjiografi, girişimsel radyoloji
side R: sağ, sg, sag
side L: sol, sl
side B: bilateral, iki taraf, çift taraflı, her iki, sağ sol, sağ ve sol, bilat, karşılaştırmalı, iki taraflı, çift
with: ile, li, lı, lu
without: siz, sız, suz
and: ve
contrast: kontrast, iv kontrast, kontrast madde, km, iv, ivkm, gadolinyum, iv km, i v kontrast, kontrastlı madde, opak madde
contrast with: kontrastlı, iv kontrastlı, ilaçlı, kontrast madde ile, ivkm li, kontrastli, iv kontrast ile, opaklı, iv ilaçlı
contrast without: kontrastsız, ilaçsız, kontrastsiz, iv kontrastsız, opaksız
contrast both: kontrastlı kontrastsız, kontrastsız ve kontrastlı, kontrastlı ve kontrastsız, kontrast öncesi ve sonrası, kontrastsız kontrastlı, ilaçlı ilaçsız, ilaçsız ve ilaçlı, kontrastsız + kontrastlı, ilaçlı ve ilaçsız, kontrast öncesi sonrası
sign angio: anjiyo, anjiyografi, anjio, anjiografi, bta, mra, anjiyografisi
sign artery: arter, arteriyel, arterleri, arteryel
sign vein: ven, venöz, venleri, venografi, dvt
sign vessel: damar, damarları, damarlar
sign doppler: doppler, renkli doppler
sign perfusion: perfüzyon
sign arthrogram: artrografi, mr artrografi, artro
sign myelogram: myelografi, miyelografi
sign guided: eşliğinde, kılavuzluğunda, bt eşliğinde, us eşliğinde, rehberliğinde, usg eşliğinde
sign biopsy: biyopsi, iğne biyopsisi, iiab, biyopsisi, tru cut
sign drainage: drenaj, drenajı
sign injection: enjeksiyon, infiltrasyon
sign ablation: ablasyon
sign placement: takılması, yerleştirme, stent
sign embolization: embolizasyon
sign nephrostomy: nefrostomi
sign screening: tarama
sign diagnostic: tanısal
sign tomosynthesis: tomosentez
sign stereotactic: stereotaktik
sign follow-up: kontrol, takip
sign transvaginal: transvajinal, tvus
sign transrectal: transrektal
sign 1st trimester: birinci trimester, ilk trimester, ense kalınlığı, 1 trimester
sign 2nd/3rd trimester: ikinci trimester, ayrıntılı, detaylı, 2 trimester, 3 trimester, üçüncü trimester
sign pediatric: çocuk, pediatrik, bebek, yenidoğan, transfontanel
sign stress: stres, efor
sign calcium: kalsiyum skoru, kalsiyum skorlama, kalsiyum
sign pulmonary embolus: pulmoner emboli, emboli
sign high resolution: yüksek çözünürlüklü, hrct, yrbt, yüksek rezolüsyonlu
sign colonography: kolonografi, sanal kolonoskopi
sign enterography: enterografi
sign urography: ürografi, ivp
sign stone: taş, renal kolik, taş protokolü, böbrek taşı
sign portable: yatakbaşı, portabl, yatak başı, mobil
sign standing: ayakta, basarak
sign supine: yatarak
sign scoliosis: skolyoz
sign bone age: kemik yaşı
sign density: kemik dansitometri, dansitometri, kmy, kemik dansitometrisi
sign dental: panoramik, diş
sign tumor: tümör, fdg, onkolojik
sign tissue: yumuşak doku
sign transplant: transplant, nakil
sign function: fonksiyon
sign thumb: başparmak
sign head: kafa, baş
sign calcaneus: kalkaneus, topuk
view ap: ap, ön arka
view pa: pa, arka ön
view lateral: lateral, yan
view oblique: oblik
views: yön, yönlü, pozisyon, grafi
number 1: tek
number 2: iki, iki yönlü, 2 yönlü, ap lateral, çift yön, ap yan, ap ve lateral, pa lateral, iki yön
number 3: üç
number 4: dört
plain: inceleme, tetkik, çekimi, çekim, acil, tüm, rutin, protokol, protokolü, eklem, eklemi, görüntüleme, ve, düşük doz, poliklinik, servis, yatan, vertebra, dinamik, multifazik, bölge, bölgesi, kemiği, tetkiki, incelemesi, oral, kadın, erkek
week: hafta
sign upper abdomen: üst abdomen, üst batın
sign plural: dizler, eller, ayaklar, kalçalar, dirsekler, omuzlar, memeler, bacaklar, alt ekstremiteler
sign fine needle: iiab
sign unilateral: tek taraflı, unilateral
`;
