// What radiology is called in Korean.

export const korean = `
abdomen: 복부, 상복부, 배, 비장, 부신, 복부단순
abdomen and pelvis: 복부골반, 복부 골반, 복부및골반, 복부와 골반, 복부-골반, 복부 및 골반, 복부·골반, 전복부, 복부 & 골반
abdominal aorta and leg arteries: 복부대동맥 하지동맥, 하지 혈관 대동맥, 복부대동맥 및 하지, 대동맥 및 하지동맥
ankle: 발목, 족관절, 발목관절
aorta: 대동맥, 복부대동맥
appendix: 충수, 맹장, 충수염
axial skeleton: 요추 및 대퇴골, 요추 대퇴골
bile ducts: 담관, 담도, mrcp, 췌담관, 담도계
bladder: 방광, 배뇨방광요도조영술, 방광조영
brain: 뇌, 대뇌, 두개, 두개내
head: 두부, 머리, 두경
breast: 유방, 유방촬영, 유방초음파, 맘모그램
carotid arteries: 경동맥
cervical spine: 경추, 목뼈, 경추부
chest: 흉부, 가슴, 종격동, 흉부단순
chest and abdomen: 흉복부, 흉부복부, 흉부 복부, 흉부 및 복부
chest, abdomen and pelvis: 흉복부골반, 흉부 복부 골반, 체간, 흉부복부골반, 흉부 및 복부 골반, 흉복부 골반, 흉부-복부-골반
clavicle: 쇄골
colon: 대장, 결장, 대장조영, 가상대장내시경, 대장조영술
coronary arteries: 관상동맥, 심장혈관, 심장 관상동맥
elbow: 팔꿈치, 주관절
esophagus: 식도, 식도조영, 연하, 식도조영술, 비디오투시연하검사
extremity: 사지
femur: 대퇴골
fetus: 태아
finger: 손가락, 수지, 엄지손가락, 엄지
foot: 발, 족부, 종골, 발뒤꿈치
forearm: 전완, 아래팔, 전완부
gallbladder: 담낭, 쓸개
groin: 서혜부, 사타구니
hand: 손, 수부
head and neck vessels: 두경부 혈관, 뇌 경부 혈관, 뇌혈관 및 경동맥, 두경부혈관, 뇌혈관 경동맥, 뇌경부혈관, 뇌 및 경부 혈관, 두경부
heart: 심장, 심근, 심초음파, 심장초음파, 칼슘스코어, 심근관류, 석회화 점수, 심장 칼슘
hip: 고관절, 엉덩관절, 엉덩이관절, 엉덩이, 엉치관절
inferior vena cava: 하대정맥
internal auditory canal: 내이도, 청신경, 소뇌교각, 내이
intracranial vessels: 뇌혈관, 두부 혈관, 뇌동맥, 뇌 혈관, 뇌 mra, 뇌혈관조영술, 뇌정맥
kidney: 신장, 콩팥, 신장스캔
knee: 무릎, 슬관절, 슬개골
larynx: 후두
leg arteries: 하지동맥, 하지 동맥, 하지혈관, 하지 혈관
leg veins: 하지정맥, 하지 정맥, 심부정맥혈전, 심부정맥
liver: 간, 간장
lower extremity: 하지, 다리, 양하지, 하지 전장
lower leg: 하퇴, 정강이, 종아리, 경골, 비골
lumbar spine: 요추, 허리, 요천추, 요추부, 허리뼈
lung: 폐, 폐관류, 허파
mandible: 하악, 턱, 파노라마, 치아, 하악골
maxillofacial: 안면, 안면골, 얼굴, 상악, 광대뼈
nasal bones: 비골 코, 코, 코뼈
neck: 경부, 목, 부갑상선, 인두
neck vessels: 경부혈관, 경부 혈관, 추골동맥, 경동맥 mra, 경동맥 혈관
neck, chest, abdomen and pelvis: 경부 흉부 복부 골반, 경흉복부골반, 경부흉부복부골반
orbit: 안와, 눈, 시신경
pancreas: 췌장, 이자
paranasal sinuses: 부비동, 부비동염, 코곁굴
parotid gland: 이하선, 침샘, 타액선, 귀밑샘
pelvis: 골반, 천골, 미골, 난소, 하복부, 꼬리뼈, 골반부, 부인과
pregnancy: 임신, 산과, 산전, 산부인과 임신
prostate: 전립선, 전립샘
pulmonary arteries: 폐동맥, 폐색전, 폐색전증, 폐혈전
rectum: 직장, 항문, 배변조영
renal vessels: 신동맥, 신장혈관, 신혈관
retroperitoneum: 후복막
ribs: 늑골, 갈비뼈
sacroiliac joints: 천장관절
scapula: 견갑골
scrotum: 음낭, 고환
sella: 뇌하수체, 터키안, 안장
shoulder: 어깨, 견관절, 회전근개
skeleton: 뼈, 골, 전신골, 골스캔, 전신뼈, 뼈스캔, 골수
skull: 두개골
skull base to mid-thigh: 두개저에서 대퇴, 두개골기저부 대퇴, 두개저-대퇴, 두개저부터 대퇴, 두개저~대퇴, 토르소
small bowel: 소장, 소장조영
spine: 척추, 전척추, 척수, 전체 척추
sternum: 흉골
stomach: 위, 위배출
temporal bone: 측두골, 귀, 유양돌기, 중이, 유양동
temporomandibular joint: 턱관절, 악관절, 측두하악관절
thigh: 대퇴, 허벅지, 대퇴부
thoracic aorta: 흉부대동맥, 대동맥박리, 흉부 대동맥
thoracic spine: 흉추, 등뼈, 흉추부
thoracolumbar spine: 흉요추, 척추측만, 척추측만증, 측만증
thyroid: 갑상선, 갑상샘
toe: 발가락, 족지, 엄지발가락
upper arm: 상완, 상완골
upper extremity: 상지, 팔, 상완신경총, 동정맥루
upper gastrointestinal tract: 상부위장관, 위장조영, 상부위장관조영, 위장관조영, 상부소화관, 위장조영술
urethra: 요도, 요도조영
urinary tract: 요로, 비뇨기, 요관, 요로결석, 경정맥요로조영, 요로조영, 신장 요관 방광, 비뇨기계, 신우조영
uterus: 자궁, 자궁난관조영, 자궁난관조영술
whole body: 전신, 다발성외상
wrist: 손목, 수근, 손목관절, 주상골, 수근관
modality CT: ct, 씨티, 전산화단층, 전산화단층촬영, cta, 컴퓨터단층촬영, 조영 전산화단층촬영
modality MR: mr, mri, 자기공명, 자기공명영상, mra
modality XR: x선, 엑스레이, 단순촬영, x ray, 파노라마, 골밀도, 방사선, 엑스선, 일반촬영, 골밀도검사
modality US: 초음파, us, 심초음파, 도플러
modality MG: 유방촬영, 맘모그램, 유방촬영술, 맘모그래피
modality NM: 스캔, 골스캔, 핵의학, 신티그래피, spect, 뼈스캔, 섬광조영술
modality PT: pet
modality PT&CT: pet ct, pet-ct, petct, 펫씨티
modality RF: 투시, 식도조영, 위장조영, 대장조영, 상부위장관조영, 식도조영술, 투시조영, 위장조영술, 대장조영술
modality XA: 혈관조영, 혈관조영술, 인터벤션, 중재시술
side R: 우측, 오른쪽, 우, 오른
side L: 좌측, 왼쪽, 좌, 왼
side B: 양측, 양쪽, 양, 좌우
with: 포함
without: 없이, 무
and: 및, 와, 과
contrast: 조영제, 조영, 정맥조영
contrast with: 조영증강, 조영, 조영제 사용, 증강, 조영 증강, 조영증강후, 조영ct, 조영제 투여, 조영 전산화단층촬영
contrast without: 비조영, 단순, 조영제 없이, 조영제 미사용, 비조영증강, 비증강, 조영전, 무조영, 조영안함, 조영 안함, 조영제 없음, 조영없이
contrast both: 조영전후, 조영 전후, 비조영 및 조영, 비조영조영, 단순 및 조영, 조영증강 전후, 단순+조영, 단순 조영, 비조영+조영, 조영전 후
sign angio: 혈관조영, 혈관, cta, mra, 혈관조영술
sign artery: 동맥
sign vein: 정맥
sign doppler: 도플러
sign perfusion: 관류
sign biopsy: 생검, 조직검사, 세침흡인, 조직생검
sign guided: 유도하, 유도
sign drainage: 배액, 배액술
sign placement: 삽입, 삽입술
sign screening: 검진, 선별, 건진
sign diagnostic: 진단
sign portable: 이동형, 이동촬영
sign pediatric: 소아, 신생아
sign stone: 결석, 요로결석
sign pulmonary embolus: 폐색전, 폐색전증
sign low dose: 저선량
sign lung cancer: 폐암검진, 폐암 검진, 저선량 흉부
sign high resolution: 고해상도
sign calcium: 칼슘스코어, 칼슘, 석회화
sign colonography: 가상대장내시경
sign transvaginal: 질식, 경질
sign density: 골밀도, 골밀도검사
sign tumor: fdg, 종양
sign standing: 기립, 서서, 체중부하
sign scoliosis: 측만, 척추측만, 척추측만증, 측만증
sign bone age: 골연령
sign stress: 부하
sign 1st trimester: 임신초기, 임신 초기
sign 2nd/3rd trimester: 임신중기, 임신 중기, 정밀
sign tissue: 연부조직
sign head: 두부, 머리
view ap: 정면, 전후
view lateral: 측면
view oblique: 사위
views: 방향
number 2: 양방향, 정측면, 두
number 1: 한
plain: 검사, 촬영, 응급, 추적, 외래, 입원, 부, 영상, 일반, 술, 및, 판독, 관절, 사진, 외부, 정밀검사, 프로토콜, 여성, 남성
week: 주
sign upper abdomen: 상복부
sign plural: 양하지
sign unilateral: 편측
`;
