// What radiology is called in Polish.

export const polish = `
abdomen: brzuch, jama brzuszna, jamy brzusznej, brzucha, nadbrzusze, śledziona, nadnercza, śledziony, nadnerczy, przeglądowe brzucha, brzuszna, nadbrzusza
abdomen and pelvis: jama brzuszna i miednica, brzuch i miednica, jamy brzusznej i miednicy, brzucha i miednicy, jamy brzusznej i miednicy mniejszej, jama brzuszna i miednica mała, brzucha i miednicy małej, jama brzuszna miednica, brzuch miednica, jamy brzusznej miednicy, brzuch i miednica mała, jama brzuszna i miednica mniejsza, jamy brzusznej i miednicy małej
abdominal aorta and leg arteries: aorta i tętnice kończyn dolnych, aorty i tętnic kończyn dolnych, aorty brzusznej i kończyn dolnych, aorty brzusznej i tętnic kończyn dolnych, aorta brzuszna i kończyny dolne
acromioclavicular joint: staw barkowo obojczykowy, stawu barkowo obojczykowego, stawów barkowo obojczykowych, barkowo obojczykowe
ankle: staw skokowy, stawu skokowego, kostka, stawów skokowych, skokowy, skokowego, stawy skokowe
aorta: aorta, aorty, aorta brzuszna, aorty brzusznej, tętniak aorty
appendix: wyrostek robaczkowy, wyrostka robaczkowego
axial skeleton: kręgosłup i biodro, kręgosłupa i biodra, kręgosłup lędźwiowy i szyjka kości udowej
bile ducts: drogi żółciowe, dróg żółciowych, mrcp, cholangio, cholangiografia, cholangiopankreatografia, ecpw
bladder: pęcherz moczowy, pęcherza moczowego, cystografia, cystouretrografia, cystouretrografia mikcyjna, pęcherz, pęcherza
brain: mózg, mózgowie, mózgu, mózgowia, śródczaszkowe, przezciemiączkowe, przezciemieniowe
head: głowa, głowy, czaszka, czaszki
breast: pierś, piersi, sutek, mammografia, sutków, sutki, piersi obu, gruczoł piersiowy
carotid arteries: tętnice szyjne, tętnic szyjnych, tętnic szyjnych i kręgowych, dogłowowe tętnice, tętnic dogłowowych, tętnice dogłowowe, tętnice szyjne i kręgowe, szyjnych, doppler tętnic szyjnych
cervical spine: kręgosłup szyjny, kręgosłupa szyjnego, odcinek szyjny, odcinka szyjnego, c kręgosłup, kręg szyjny, szyjny kręgosłup, kręgosłup c, kręgosłup odc szyjny, kręgosłupa w odcinku szyjnym, szyjny, kręgosłupa odc szyjnego, szyjnego, c kręgosłupa, kręgosłupa c
chest: klatka piersiowa, klatki piersiowej, klp, śródpiersie, śródpiersia, kl piersiowej, opłucna, opłucnej, kl piersiowa, klatki piers, kl p, tchawica, pachy, dołów pachowych
chest and abdomen: klatka piersiowa i brzuch, klatki piersiowej i brzucha, klatki piersiowej i jamy brzusznej, klatka piersiowa jama brzuszna, klatka piersiowa i jama brzuszna
chest, abdomen and pelvis: klatka piersiowa brzuch miednica, klatki piersiowej brzucha i miednicy, klatki piersiowej jamy brzusznej i miednicy, klp jb i mm, klatki piersiowej jamy brzusznej i miednicy mniejszej, klatka piersiowa jama brzuszna i miednica, klatka piersiowa jama brzuszna miednica, tułów, klatka piersiowa brzuch i miednica, klatki piersiowej jamy brzusznej miednicy, tułowia, klatki piersiowej jamy brzusznej i miednicy małej
clavicle: obojczyk, obojczyka, obojczyków
colon: jelito grube, jelita grubego, kolonografia, wirtualna kolonoskopia, wlew doodbytniczy, kolonoskopia wirtualna, okrężnica, okrężnicy
coronary arteries: tętnice wieńcowe, tętnic wieńcowych, koronarografia, naczyń wieńcowych, wieńcowe, naczynia wieńcowe, wieńcowych
elbow: łokieć, staw łokciowy, stawu łokciowego, łokcia, łokciowy, stawów łokciowych, łokciowego
esophagus: przełyk, przełyku, połykania, połykanie, akt połykania, pasaż przełyku
extremity: kończyna, kończyny, kończyn
femur: kość udowa, kości udowej, udowa
fetus: płód, płodu
finger: palec, palce, kciuk, palca ręki, palca, palców, kciuka, palców ręki, palce ręki, palec ręki
foot: stopa, stopy, pięta, kość piętowa, kości piętowej, stóp, śródstopie, śródstopia, pięty, piętowej
forearm: przedramię, przedramienia, przedramion
gallbladder: pęcherzyk żółciowy, pęcherzyka żółciowego
groin: pachwina, pachwiny, pachwin, pachwinowa
hand: ręka, dłoń, ręki, dłoni, rąk, śródręcza, śródręcze
head and neck vessels: tętnice szyjne i mózgowe, tętnic szyjnych i mózgowych, naczyń głowy i szyi, tętnic domózgowych i mózgowych, naczynia głowy i szyi, tętnic głowy i szyi, tętnic szyi i głowy, tętnic dogłowowych i wewnątrzczaszkowych, naczyń szyi i głowy, tętnic domózgowych, naczyń szyi i mózgu
heart: serce, serca, echokardiografia, echo serca, mięsień sercowy, mięśnia sercowego, calcium score, echokardiograficzne, kardiologiczne
hip: biodro, staw biodrowy, stawu biodrowego, biodra, stawów biodrowych, stawy biodrowe, bioder, biodrowy, biodrowe
inferior vena cava: żyła główna dolna, żyły głównej dolnej
internal auditory canal: przewód słuchowy wewnętrzny, przewody słuchowe wewnętrzne, kąt mostowo móżdżkowy, kąty mostowo móżdżkowe, kątów mostowo móżdżkowych, przewodów słuchowych wewnętrznych, kąta mostowo móżdżkowego, przewodów słuchowych, przewodu słuchowego wewnętrznego
intracranial vessels: naczynia mózgowe, naczyń mózgowych, tętnice mózgowe, tętnic mózgowych, koło willisa, naczyń mózgu, koła tętniczego, naczyń wewnątrzczaszkowych, żył mózgu, zatok żylnych, tętnic mózgu, tętnice wewnątrzczaszkowe, naczynia mózgu, tętnic wewnątrzczaszkowych, angiografia mózgowa, zatok żylnych mózgu
kidney: nerka, nerki, nerek, scyntygrafia nerek, nefrostomia, renoscyntygrafia
knee: kolano, staw kolanowy, stawu kolanowego, kolana, rzepka, rzepki, kolan, kolanowy, stawów kolanowych, stawy kolanowe, kolanowe
larynx: krtań, krtani
leg arteries: tętnice kończyn dolnych, tętnic kończyn dolnych, tętnic kończyny dolnej, arteriografia kończyn dolnych, tętnice kończyny dolnej
leg veins: żyły kończyn dolnych, żył kończyn dolnych, żył kończyny dolnej, żylny kończyn dolnych, zakrzepica żył głębokich, żyły kończyny dolnej, układ żylny kończyn dolnych, układu żylnego kończyn dolnych, zakrzepica
liver: wątroba, wątroby
lower extremity: kończyna dolna, kończyny dolnej, kończyny dolne, kończyn dolnych, noga, osiowe kończyn dolnych, nogi
lower leg: podudzie, podudzia, goleń, piszczel, goleni, łydka, łydki, kości goleni, podudzi
lumbar spine: kręgosłup lędźwiowy, kręgosłupa lędźwiowego, odcinek lędźwiowy, kręgosłupa lędźwiowo krzyżowego, ls kręgosłup, lędźwiowo krzyżowy, odcinka lędźwiowego, kręgosłup lędźwiowo krzyżowy, kręgosłup ls, kręgosłupa ls, lędźwiowy, lędźwiowego, odcinek l s, odcinka l s, kręgosłup l s, kręgosłupa l s, odc lędźwiowy, kręgosłup odc lędźwiowy, lędźwiowo krzyżowego, kręgosłupa odc lędźwiowego, odcinka ls, odc ls, odc l s, kręgosłupa l, ls kręgosłupa, l s kręgosłupa
lung: płuco, płuca, płuc, scyntygrafia płuc
mandible: żuchwa, żuchwy, pantomogram, zęby, pantomograficzne, zębów, ortopantomogram, szczęki i żuchwy
maxillofacial: twarzoczaszka, twarzoczaszki, kości twarzy, szczęka, szczęki, kość jarzmowa, twarz, kości jarzmowej, część twarzowa czaszki
nasal bones: nos, kości nosa, nosa, kość nosowa
neck: szyja, szyi, tkanki miękkie szyi, tkanek miękkich szyi, przytarczyce, przytarczyc, gardło, gardła, węzły chłonne szyi, nosogardło
neck vessels: naczynia szyjne, naczyń szyjnych, naczyń szyi, tętnic kręgowych, tętnice kręgowe, naczynia szyi, tętnice szyi
neck, chest, abdomen and pelvis: szyja klatka piersiowa brzuch miednica, szyi klatki piersiowej brzucha i miednicy, szyi klatki piersiowej jamy brzusznej i miednicy, szyja klatka piersiowa jama brzuszna miednica, szyja klatka piersiowa jama brzuszna i miednica, szyi klatki piersiowej jamy brzusznej i miednicy mniejszej, szyja klatka piersiowa brzuch i miednica
orbit: oczodół, oczodoły, oczodołów, oko, oczu, gałki oczne, nerw wzrokowy, oczodołu, gałek ocznych, nerwów wzrokowych, oka, gałki ocznej
pancreas: trzustka, trzustki
paranasal sinuses: zatoki, zatok, zatoki przynosowe, zatok przynosowych, zatoki oboczne nosa, zatok obocznych nosa
parotid gland: ślinianka, ślinianki, ślinianek, ślinianka przyuszna, ślinianki przyusznej
pelvis: miednica, miednicy, miednicy mniejszej, miednica mała, miednicy małej, kość krzyżowa, kość ogonowa, jajniki, miednica mniejsza, kości krzyżowej, jajników, kości ogonowej, podbrzusze, ginekologiczne, dno miednicy
pregnancy: ciąża, ciąży, położnicze, ciążowe, położniczy, prenatalne
prostate: prostata, gruczoł krokowy, gruczołu krokowego, prostaty, stercz, stercza
pulmonary arteries: tętnice płucne, tętnic płucnych, zatorowość płucna, zatorowości płucnej, zator płucny, tętnicy płucnej, zatorowość, zatorowości
rectum: odbytnica, odbytnicy, defekografia, przetoka odbytu, odbyt, odbytu
renal vessels: tętnice nerkowe, tętnic nerkowych, naczyń nerkowych, naczynia nerkowe
retroperitoneum: przestrzeń zaotrzewnowa, przestrzeni zaotrzewnowej
ribs: żebra, żeber, żebro
sacroiliac joints: stawy krzyżowo biodrowe, stawów krzyżowo biodrowych, staw krzyżowo biodrowy, krzyżowo biodrowe, skb, krzyżowo biodrowych
scapula: łopatka, łopatki, łopatek
scrotum: moszna, moszny, jądra, jąder, jądro
sella: przysadka, przysadki, siodło tureckie, siodła tureckiego, przysadki mózgowej, przysadka mózgowa
shoulder: bark, staw ramienny, stawu ramiennego, barku, staw barkowy, stawu barkowego, barków, barkowy, ramienny, stawów barkowych, stawów ramiennych, stawy barkowe
skeleton: kości, kościec, kośćca, szkielet, scyntygrafia kości, szpik, układ kostny, układu kostnego, szkieletu, kostny, szpiku
skull: czaszki pa i bok, sklepienie czaszki
skull base to mid-thigh: podstawa czaszki do połowy uda, od podstawy czaszki do połowy uda, od podstawy czaszki do ud, od podstawy czaszki do połowy ud, podstawa czaszki do połowy ud, podstawa czaszki uda
small bowel: jelito cienkie, jelita cienkiego, enterografia, pasaż jelita cienkiego, enterokliza
spine: kręgosłup, kręgosłupa, cały kręgosłup, całego kręgosłupa, rdzeń kręgowy, rdzenia kręgowego, kanału kręgowego
sternum: mostek, mostka
stomach: żołądek, żołądka, opróżnianie żołądka
temporal bone: kość skroniowa, kości skroniowe, kości skroniowych, piramidy, uszy, ucho, kości skroniowej, piramid, uszu, wyrostek sutkowaty, ucha środkowego, ucha wewnętrznego, ucha
temporomandibular joint: staw skroniowo żuchwowy, stawy skroniowo żuchwowe, stawów skroniowo żuchwowych, stawu skroniowo żuchwowego, ssż, skroniowo żuchwowe
thigh: udo, uda, ud
thoracic aorta: aorta piersiowa, aorty piersiowej, rozwarstwienie aorty, łuk aorty, łuku aorty, aorty wstępującej
thoracic spine: kręgosłup piersiowy, kręgosłupa piersiowego, odcinek piersiowy, odcinka piersiowego, th kręgosłup, kręgosłup th, piersiowy, piersiowego, kręgosłupa th, odc piersiowy, kręgosłup odc piersiowy, kręgosłupa odc piersiowego, th kręgosłupa
thoracolumbar spine: kręgosłup piersiowo lędźwiowy, kręgosłupa piersiowo lędźwiowego, skolioza, kręgosłupa th l, piersiowo lędźwiowy, piersiowo lędźwiowego, kręgosłup th l, skoliozy, kręgosłup piersiowy i lędźwiowy
thyroid: tarczyca, tarczycy
toe: palec stopy, palce stopy, paluch, palca stopy, palców stopy, palucha
upper arm: ramię, kość ramienna, ramienia, kości ramiennej, ramion
upper extremity: kończyna górna, kończyny górnej, kończyn górnych, splot ramienny, splotu ramiennego, kończyny górne, przetoka dializacyjna, przetoki dializacyjnej, fistulografia
upper gastrointestinal tract: górny odcinek przewodu pokarmowego, górnego odcinka przewodu pokarmowego, przewód pokarmowy, żołądek i dwunastnica, żołądka i dwunastnicy, przewodu pokarmowego, przełyk żołądek dwunastnica
urethra: cewka moczowa, cewki moczowej, uretrografia
urinary tract: układ moczowy, układu moczowego, urografia, drogi moczowe, dróg moczowych, kamica, moczowód, kolka nerkowa, moczowodu, moczowodów, kamicy, kamica nerkowa, nerek i pęcherza, nerki i pęcherz
uterus: macica, macicy, histerosalpingografia, hsg, mięśniaki
whole body: całe ciało, całego ciała, politrauma, uraz wielonarządowy, uraz wielomiejscowy
wrist: nadgarstek, nadgarstka, kość łódeczkowata, kości łódeczkowatej, nadgarstków, kanał nadgarstka, łódeczkowata
modality CT: tk, tomografia, tomografia komputerowa, angio tk, ct, kt, angiotk, hrct, angio ct, angioct, tomografii
modality MR: mr, rm, rezonans, rezonans magnetyczny, rezonansu, angio mr, nmr, mri, angiomr, mrcp, rezonansem
modality XR: rtg, zdjęcie, prześwietlenie, densytometria, pantomogram, zdj, zdjęcia, rentgen, radiogram, densytometryczne, dxa, radiologiczne
modality US: usg, ultrasonografia, doppler, echo, ultrasonograficzne, usg doppler, sonograficzne, duplex
modality MG: mammografia, mmg, tomosynteza
modality NM: scyntygrafia, medycyna nuklearna, spect, scyntygram, renoscyntygrafia, izotopowe
modality PT: pet
modality PT&CT: pet ct, pet tk, pettk, petct
modality RF: fluoroskopia, pasaż, skopia, wlew, cystografia, cystouretrografia, rtg pasaż, hsg, urografia, defekografia, histerosalpingografia, wlew doodbytniczy
modality XA: angiografia, arteriografia, flebografia, koronarografia, dsa, wenografia, fistulografia
side R: prawy, prawa, prawe, prawego, prawej, p, praw, pr, prawostronne, prawym
side L: lewy, lewa, lewe, lewego, lewej, l, lew, lewostronne, lewym
side B: obustronnie, obie, oba, obu, obustronne, obydwa, porównawcze, bilateralne, lewej i prawej, obustronny, prawy i lewy, p i l, obydwu, oboje
with: z, ze
without: bez, bz
and: i
contrast: kontrast, kontrastem, kontrastu, środkiem kontrastowym, ks, k, środka kontrastowego, iv, śr kontrastowym, gadolin, kontr, środek kontrastowy, dożylnym, dożylnego, kontrastowym, kontrastowego, kontraście, gd, śr kontr, wzmocnieniem kontrastowym, podaniem kontrastu, wzmocnieniem, kk, k k, środka cieniującego, środek cieniujący
contrast with: z kontrastem, po kontraście, z ks, z podaniem kontrastu, z k, ze środkiem kontrastowym, po podaniu kontrastu, z kontrastem iv, z kontr, ze wzmocnieniem kontrastowym, ze wzmocnieniem, z kontrastem dożylnym, po podaniu środka kontrastowego, z gd, kontrastowe, z kk, po kk
contrast without: bez kontrastu, bez ks, natywne, bez podania kontrastu, bez k, bez kontr, bez środka kontrastowego, przed kontrastem, bez wzmocnienia kontrastowego, bez kontrastu iv, bez wzmocnienia, natywnie, bez kontrastu dożylnego, bez kk, bez k k
contrast both: bez i z kontrastem, z i bez kontrastu, przed i po kontraście, bez kontrastu i z kontrastem, bez i po kontraście, bez i z ks, bez z kontrastem, z bez kontrastu, przed i po podaniu kontrastu, bez i z podaniem kontrastu, bez i z k, bez i po podaniu kontrastu, bez i ze wzmocnieniem kontrastowym, bez i ze środkiem kontrastowym, przed i po kontrastem, bez oraz z kontrastem, z kontrastem i bez kontrastu, bez i z, bez i z kontr, natywnie i po kontraście, bez i ze wzmocnieniem, bez i z kk, bez i po kk
sign angio: angio, angiografia, angio tk, angio mr, angiotk, arteriografia, angio ct
sign artery: tętnice, tętnic, arteriografia, tętnicze
sign vein: żyły, żył, żylny, żylnego, flebografia, żylne
sign vessel: naczynia, naczyń
sign doppler: doppler, duplex
sign perfusion: perfuzja, perfuzyjne, perfuzji
sign arthrogram: artrografia, artro mr, artro
sign myelogram: mielografia
sign guided: pod kontrolą, pod kontrola, celowana, pod kontrolą usg, pod kontrolą tk
sign biopsy: biopsja, bac, biopsji, bacc, gruboigłowa, biopsja cienkoigłowa, mammotomiczna
sign drainage: drenaż, nakłucie, drenażu, punkcja
sign injection: iniekcja, blokada
sign ablation: ablacja, termoablacja
sign placement: założenie, implantacja, wszczepienie, stent, wymiana
sign embolization: embolizacja
sign angioplasty: angioplastyka, pta
sign nephrostomy: nefrostomia
sign vertebroplasty: wertebroplastyka
sign screening: przesiewowa, przesiewowe, skrining, profilaktyczna, skriningowa
sign diagnostic: diagnostyczna
sign tomosynthesis: tomosynteza
sign stereotactic: stereotaktyczna
sign limited: ograniczone
sign follow-up: kontrola, kontrolne
sign transvaginal: przezpochwowe, dopochwowe, transwaginalne, tv
sign transrectal: transrektalne, przezodbytnicze, trus
sign 1st trimester: pierwszy trymestr, i trymestr, pierwszego trymestru, i trymestru
sign 2nd/3rd trimester: drugi trymestr, ii trymestr, połówkowe, iii trymestr, ii trymestru, trzeci trymestr, iii trymestru, drugiego trymestru
sign pediatric: dziecko, dziecka, noworodka, dzieci, niemowlę, niemowlęcia, przezciemiączkowe, noworodek
sign calcium: calcium score, wskaźnik uwapnienia
sign pulmonary embolus: zatorowość płucna, zatorowości płucnej, zator płucny, zatorowość, zatorowości
sign high resolution: hrct, wysokiej rozdzielczości, hr tk
sign lung cancer: rak płuca, przesiewowa płuc, niskodawkowa
sign colonography: kolonografia, wirtualna kolonoskopia, kolonoskopia wirtualna
sign enterography: enterografia
sign urography: urografia, uro tk, uro ct
sign stone: kamica, kolka nerkowa, kamicy, złogi, kamica nerkowa
sign voiding: mikcyjna
sign portable: przyłóżkowe, przy łóżku, przyłóżkowy
sign standing: stojąc, na stojąco, w obciążeniu, obciążenie
sign supine: leżąc, na leżąco
sign flexion extension: czynnościowe
sign scoliosis: skolioza, skoliozy
sign bone age: wiek kostny
sign density: densytometria, densytometryczne
sign dental: pantomogram, zęby, pantomograficzne
sign tumor: fdg, guz, nowotwór
sign metastasis: przerzuty
sign tissue: tkanki miękkie, tkanek miękkich
sign transplant: przeszczep, przeszczepiona, przeszczepu
sign intra-op: śródoperacyjne, blok operacyjny
sign function: czynnościowa
sign thumb: kciuk, kciuka
sign calcaneus: kość piętowa, kości piętowej, pięta
sign scaphoid: łódeczkowata
sign head: głowa, głowy
sign additional: celowane
view ap: ap
view pa: pa
view lateral: boczne, bok, boczna, boczny, bocznej
view oblique: skośne, skos, skośna
view axial: osiowe, osiowa
views: projekcje, projekcja, projekcjach, proj, zdjęcia
number 1: jedna
number 2: dwie, dwóch, ap i boczne, ap bok, ap i bok, w dwóch, ap i boczny, pa i bok, pa i boczne, ap + bok, ap boczne, pa bok
number 3: trzy, trzech
number 4: cztery
plain: badanie, badania, i, w, na, do, od, przy, okolicy, oraz, pilne, kontrolne, zdjęcie, przeglądowe, staw, stawu, kość, cito, sor, oddział, konsultacja, ambulatoryjne, odcinka, odcinek, opis, diagnostyka, stawów, protokół, wielofazowe, opisem, niskodawkowe, celem, obrazowanie, standardowe, poradnia, ocena, układ, doustnym, doustny, kosci, spiralna, odc, dorośli, ból, kobieta, niska dawka
week: tygodni
sign upper abdomen: nadbrzusze, nadbrzusza
sign plural: kolan, rąk, stóp, bioder, stawów kolanowych, stawów biodrowych, kończyn dolnych, kończyny dolne, piersi obu, kości skroniowych, stawów skokowych, stawów barkowych, kończyn górnych, sutków, tętnic szyjnych
sign fine needle: bac, bacc
sign unilateral: jednostronnie, jednostronny
`;
