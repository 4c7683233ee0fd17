// How other hospitals than those we learn from write, in Polish, Turkish and the languages of East Asia: see held-out-words.ts.

export const heldOutOthers = {
  pl: `
modality CT: TK, tomografia komputerowa, KT, badanie TK
modality MR: MR, rezonans magnetyczny, RM, badanie MR
modality XR: RTG, zdjęcie RTG, rentgen, Rtg
modality US: USG, ultrasonografia, badanie USG
modality MG: mammografia, MMG
side R: prawy, prawa, P, prawego, str. prawa, prawej
side L: lewy, lewa, L, lewego, str. lewa, lewej
side B: obustronnie, obu, obustronne, oba
contrast with: z kontrastem, z k.k., po kontraście, ze środkiem kontrastowym, ze wzmocnieniem kontrastowym
contrast without: bez kontrastu, bez k.k., natywne, bez środka kontrastowego
contrast both: bez i z kontrastem, bez i po kontraście, z kontrastem i bez
plain: kontrola, badanie, standard
brain: głowa, głowy, mózg, mózgu, mózgowie
chest: klatka piersiowa, klatki piersiowej, kl. piersiowej, płuca
abdomen: jama brzuszna, jamy brzusznej, brzuch, brzucha
abdomen and pelvis: jamy brzusznej i miednicy, brzucha i miednicy, jamy brzusznej i miednicy mniejszej
chest, abdomen and pelvis: klatki piersiowej jamy brzusznej i miednicy, klatki piersiowej brzucha i miednicy
cervical spine: kręgosłup szyjny, kręgosłupa szyjnego, odcinek szyjny kręgosłupa, C kręgosłupa
lumbar spine: kręgosłup lędźwiowy, kręgosłupa lędźwiowo-krzyżowego, kręgosłup L-S, odcinek lędźwiowy
thoracic spine: kręgosłup piersiowy, kręgosłupa piersiowego, odcinek piersiowy kręgosłupa
knee: kolano, staw kolanowy, stawu kolanowego
shoulder: bark, staw barkowy, stawu barkowego, barku
hip: biodro, staw biodrowy, stawu biodrowego
wrist: nadgarstek, nadgarstka
ankle: staw skokowy, stawu skokowego, kostka
foot: stopa, stopy, pięta
hand: ręka, dłoń, ręki
elbow: łokieć, staw łokciowy, łokcia
pelvis: miednica, miednicy, miednicy mniejszej
neck: szyja, szyi, tkanek miękkich szyi
paranasal sinuses: zatoki, zatok, zatok przynosowych
orbit: oczodoły, oczodołów
temporal bone: kość skroniowa, kości skroniowej, piramidy kości skroniowej
kidney: nerki, nerek, nerka
liver: wątroba, wątroby
prostate: prostata, gruczoł krokowy, stercza
sella: przysadka, przysadki, siodło tureckie
thyroid: tarczyca, tarczycy
breast: piersi, sutka, pierś
sacroiliac joints: stawy krzyżowo-biodrowe, stawów krzyżowo-biodrowych
femur: kość udowa, kości udowej
lower leg: podudzie, goleń, podudzia
forearm: przedramię, przedramienia
finger: palec, kciuk, palca ręki
toe: paluch, palca stopy
clavicle: obojczyk, obojczyka
bladder: pęcherz moczowy, pęcherza
scrotum: jądra, moszna, jąder
`,
  tr: `
modality CT: BT, bilgisayarlı tomografi, tomografi, CT
modality MR: MR, MRG, manyetik rezonans, emar, MRI
modality XR: grafi, röntgen, direkt grafi, grafisi, X-ray
modality US: USG, ultrason, ultrasonografi, US
modality MG: mamografi, MG
side R: sağ, sag, (sağ), R
side L: sol, (sol), L
side B: bilateral, iki taraflı, her iki, çift taraflı
contrast with: kontrastlı, IV kontrastlı, kontrast ile, ilaçlı
contrast without: kontrastsız, ilaçsız, IV kontrastsız
contrast both: kontrastlı ve kontrastsız, kontrastlı kontrastsız, kontrastsız + kontrastlı
plain: kontrol, tetkik, rutin, inceleme
brain: beyin, kranial, kraniyal, kafa, baş
chest: toraks, göğüs, akciğer
abdomen: abdomen, batın, karın, üst batın
abdomen and pelvis: tüm batın, abdomen pelvis, alt-üst batın, tüm abdomen
chest, abdomen and pelvis: toraks abdomen pelvis, toraks ve tüm batın
cervical spine: servikal, servikal vertebra, boyun omurga, servikal spinal
lumbar spine: lomber, lumbal, lomber vertebra, lumbosakral, bel
thoracic spine: torakal vertebra, dorsal vertebra, torakal spinal
knee: diz, diz eklemi
shoulder: omuz, omuz eklemi
hip: kalça, kalça eklemi
wrist: el bileği, elbilek
ankle: ayak bileği, ayakbilek
foot: ayak, topuk
hand: el, el tarağı
elbow: dirsek, dirsek eklemi
pelvis: pelvis, alt batın, pelvik
neck: boyun, boyun yumuşak doku
paranasal sinuses: paranazal sinüs, PNS, sinüs
orbit: orbita, göz
temporal bone: temporal kemik, kulak, mastoid
kidney: böbrek, renal
liver: karaciğer, KC
prostate: prostat, multiparametrik prostat
sella: hipofiz, sella
thyroid: tiroid, tiroit
breast: meme
sacroiliac joints: sakroiliak eklem, sakroiliak
femur: femur, uyluk kemiği
lower leg: kruris, tibia fibula, baldır
forearm: ön kol, önkol
finger: parmak, el parmağı, baş parmak
toe: ayak parmağı, ayak baş parmağı
clavicle: klavikula, köprücük kemiği
bladder: mesane
scrotum: skrotal, testis, skrotum
`,
  ja: `
modality CT: CT, CT検査, コンピュータ断層撮影, ＣＴ
modality MR: MRI, MR, 磁気共鳴, ＭＲＩ, MRI検査
modality XR: X線, レントゲン, 単純撮影, X-P, 一般撮影
modality US: 超音波, エコー, 超音波検査, US
modality MG: マンモグラフィ, MMG, 乳房撮影
side R: 右, 右側, (右), Rt, R
side L: 左, 左側, (左), Lt, L
side B: 両側, 両, 左右
contrast with: 造影, 造影あり, 造影CE, 造影剤使用, CE
contrast without: 単純, 造影なし, 非造影, 単純のみ
contrast both: 単純・造影, 単純+造影, 単純/造影, 造影前後
plain: 検査, ルーチン, 定期
brain: 頭部, 脳, 頭, 脳実質
chest: 胸部, 胸, 肺野, 肺
abdomen: 腹部, 上腹部, 腹
abdomen and pelvis: 腹部骨盤, 腹部～骨盤, 全腹部, 腹部・骨盤部
chest, abdomen and pelvis: 胸腹部骨盤, 胸部～骨盤, 胸腹骨盤, 体幹部
cervical spine: 頸椎, 頚椎, 頸部脊椎
lumbar spine: 腰椎, 腰仙椎, 腰部脊椎
thoracic spine: 胸椎, 背椎
knee: 膝, 膝関節, ひざ
shoulder: 肩, 肩関節
hip: 股関節, 股
wrist: 手関節, 手首
ankle: 足関節, 足首
foot: 足, 足部, 踵骨
hand: 手, 手部
elbow: 肘, 肘関節
pelvis: 骨盤, 骨盤部, 骨盤腔
neck: 頸部, 頚部, 首
paranasal sinuses: 副鼻腔, 鼻副鼻腔
orbit: 眼窩, 眼窩部
temporal bone: 側頭骨, 中耳
kidney: 腎臓, 腎, 両腎
liver: 肝臓, 肝
prostate: 前立腺
sella: 下垂体, トルコ鞍
thyroid: 甲状腺
breast: 乳房, 乳腺
sacroiliac joints: 仙腸関節
femur: 大腿骨
lower leg: 下腿, 下腿骨
forearm: 前腕, 前腕骨
finger: 指, 母指, 手指
toe: 足趾, 母趾, 趾
clavicle: 鎖骨
bladder: 膀胱
scrotum: 精巣, 陰嚢
`,
  zh: `
modality CT: CT, 螺旋CT, 电脑断层, 電腦斷層, 计算机断层
modality MR: MRI, 磁共振, 核磁, MR, 核磁共振, 磁振造影
modality XR: DR, X线, X光, 平片, 摄片, X光片
modality US: 超声, B超, 彩超, 超音波, 彩色多普勒
modality MG: 钼靶, 乳腺X线, 乳房攝影
side R: 右侧, 右, 右側, (右)
side L: 左侧, 左, 左側, (左)
side B: 双侧, 双, 雙側, 两侧
contrast with: 增强, 增强扫描, 強化, 增強, 注射造影剂
contrast without: 平扫, 平掃, 无增强, 不打显影剂
contrast both: 平扫+增强, 平扫加增强, 平扫及增强, 平掃+增強
plain: 检查, 复查, 常规, 扫描
brain: 头颅, 颅脑, 头部, 脑, 頭部, 头
chest: 胸部, 肺部, 胸, 肺, 胸腔
abdomen: 腹部, 上腹, 上腹部, 腹
abdomen and pelvis: 全腹, 全腹部, 腹盆, 腹部+盆腔, 上下腹部
chest, abdomen and pelvis: 胸腹盆, 胸部+全腹, 胸部+腹部+盆腔
cervical spine: 颈椎, 頸椎
lumbar spine: 腰椎, 腰骶椎, 腰椎间盘
thoracic spine: 胸椎
knee: 膝关节, 膝, 膝關節
shoulder: 肩关节, 肩部, 肩關節
hip: 髋关节, 髋, 髖關節
wrist: 腕关节, 腕, 手腕
ankle: 踝关节, 踝, 腳踝
foot: 足, 足部, 跟骨
hand: 手, 手掌, 掌骨
elbow: 肘关节, 肘, 手肘
pelvis: 盆腔, 骨盆, 盆部
neck: 颈部, 颈部软组织, 頸部
paranasal sinuses: 鼻窦, 副鼻窦, 鼻竇
orbit: 眼眶, 眼部
temporal bone: 颞骨, 乳突, 中耳乳突
kidney: 肾脏, 双肾, 肾
liver: 肝脏, 肝, 肝臟
prostate: 前列腺, 攝護腺
sella: 垂体, 鞍区, 腦下垂體
thyroid: 甲状腺, 甲狀腺
breast: 乳腺, 乳房
sacroiliac joints: 骶髂关节, 薦髂關節
femur: 股骨
lower leg: 小腿, 胫腓骨
forearm: 前臂, 尺桡骨
finger: 手指, 拇指
toe: 足趾, 脚趾
clavicle: 锁骨, 鎖骨
bladder: 膀胱
scrotum: 阴囊, 睾丸
`,
  ko: `
modality CT: CT, 전산화단층촬영, 컴퓨터단층촬영
modality MR: MRI, MR, 자기공명영상
modality XR: X-ray, 엑스레이, 단순촬영, 일반촬영
modality US: 초음파, US, 초음파검사
modality MG: 유방촬영, 유방촬영술, 맘모그램
side R: 우측, 오른쪽, 우, Rt
side L: 좌측, 왼쪽, 좌, Lt
side B: 양측, 양쪽, 양
contrast with: 조영, 조영증강, 조영제 사용, CE
contrast without: 비조영, 조영제 없이, 조영안함
contrast both: 조영 전후, 비조영+조영, 조영전후
plain: 검사, 추적, 정기
brain: 뇌, 두부, 머리, 두개
chest: 흉부, 가슴, 폐
abdomen: 복부, 상복부, 배
abdomen and pelvis: 복부골반, 복부 및 골반, 전복부
chest, abdomen and pelvis: 흉부 복부 골반, 흉복부골반
cervical spine: 경추, 목뼈
lumbar spine: 요추, 요천추, 허리
thoracic spine: 흉추, 등뼈
knee: 무릎, 슬관절, 무릎관절
shoulder: 어깨, 견관절, 어깨관절
hip: 고관절, 엉덩이관절
wrist: 손목, 수근관절
ankle: 발목, 족관절
foot: 발, 족부
hand: 손, 수부
elbow: 팔꿈치, 주관절
pelvis: 골반, 골반강
neck: 경부, 목
paranasal sinuses: 부비동, 코곁굴
orbit: 안와, 눈
temporal bone: 측두골, 유양동
kidney: 신장, 콩팥
liver: 간, 간장
prostate: 전립선
sella: 뇌하수체
thyroid: 갑상선, 갑상샘
breast: 유방
sacroiliac joints: 천장관절
femur: 대퇴골
lower leg: 하퇴, 하퇴부, 종아리
forearm: 전완, 전완부
finger: 손가락, 수지
toe: 발가락, 족지
clavicle: 쇄골
bladder: 방광
scrotum: 음낭, 고환
`,
};
