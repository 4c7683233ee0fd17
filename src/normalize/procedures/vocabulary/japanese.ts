// What radiology is called in Japanese.

export const japanese = `
abdomen: 腹部, 上腹部, 脾臓, 副腎, 腹部単純, 腹, kub
abdomen and pelvis: 腹部骨盤, 腹部から骨盤, 全腹部, 腹部骨盤部, 腹部~骨盤, 腹部骨盤腔, 腹骨盤, 腹部及び骨盤, 上腹部骨盤, 腹部～骨盤, 腹部-骨盤, 腹部・骨盤
abdominal aorta and leg arteries: 腹部大動脈下肢, 大動脈から下肢, 腹部大動脈下肢動脈, 腹部から下肢動脈, 大動脈下肢動脈, 下肢動脈腹部大動脈
acromioclavicular joint: 肩鎖関節
ankle: 足関節, 足首
aorta: 大動脈, 腹部大動脈, 全大動脈, 胸腹部大動脈
appendix: 虫垂
axial skeleton: 腰椎大腿骨, 腰椎股関節, 腰椎および大腿骨, 腰椎・大腿骨
bile ducts: 胆管, 胆道, mrcp, 胆膵, 胆のう胆管, 膵胆管, 胆道系, ercp
bladder: 膀胱, 排尿時膀胱尿道造影, vcug, 膀胱造影
brain: 脳, 頭蓋内, 大脳, 脳実質
head: 頭部, 頭, 頭蓋部
breast: 乳房, 乳腺, マンモグラフィ, マンモグラフィー, マンモ, 乳腺部
carotid arteries: 頸動脈, 頚動脈, 頸部動脈, 頸部血管超音波
cervical spine: 頸椎, 頚椎, 頸髄, 頚髄, 環軸椎, 頸部脊椎, 頚部脊椎, 頸部脊柱
chest: 胸部, 縦隔, 胸, 肺野, 腋窩, 胸膜
chest and abdomen: 胸腹部, 胸部腹部, 胸部から腹部, 胸部上腹部, 胸部~腹部, 胸上腹部, 胸部-上腹部
chest, abdomen and pelvis: 胸腹部骨盤, 胸部腹部骨盤, 胸部から骨盤, 体幹部, 体幹, 胸腹骨盤, 胸部~骨盤, 胸腹部~骨盤, 胸部腹部骨盤部, 胸腹骨盤部, 胸部～骨盤, 胸部-骨盤, 胸腹部骨盤部, 胸部・腹部・骨盤
clavicle: 鎖骨
colon: 大腸, 注腸, ctコロノグラフィ, 結腸, コロノグラフィー, コロノグラフィ, 注腸造影
coronary arteries: 冠動脈, 冠状動脈, 心臓冠動脈, 冠動脈造影
elbow: 肘, 肘関節, 肘部
esophagus: 食道, 食道造影, 嚥下造影, 嚥下
extremity: 四肢
femur: 大腿骨
fetus: 胎児
finger: 指, 手指, 母指, 示指, 中指, 環指, 小指, 拇指
foot: 足, 足部, 踵骨, 足根骨, 中足骨
forearm: 前腕, 前腕骨
gallbladder: 胆嚢, 胆のう
groin: 鼠径部, 鼠径, 鼡径部, 鼠経部
hand: 手, 手部
head and neck vessels: 頭頸部血管, 頭頚部血管, 頭頸部動脈, 頭頸部mra, 頭頚部mra, 頭頸部cta, 頭部頸部血管, 頭頸部, 頭頚部, 頭頸部アンギオ, 頭部頸部mra, 頭頸部ct angio, 頭部頚部mra
heart: 心臓, 心筋, 心エコー, 心, 心筋血流, 心筋シンチ, 左心房, 心臓超音波, 石灰化スコア, カルシウムスコア
hip: 股関節, 股, 寛骨臼
inferior vena cava: 下大静脈
internal auditory canal: 内耳道, 内耳, 小脳橋角部, 聴神経
intracranial vessels: 脳血管, 頭部mra, 脳動脈, 頭部血管, 頭部cta, 脳mra, 頭蓋内血管, 脳静脈, 脳血管造影, ウィリス動脈輪, 頭部アンギオ, 頭部ct angio, 頭部3d-cta, 頭部mrv, 脳動脈瘤
kidney: 腎臓, 腎, 両腎, レノグラム, 腎シンチ, 腎瘻
knee: 膝, 膝関節, 膝蓋骨, 膝部, ひざ
larynx: 喉頭
leg arteries: 下肢動脈, 下肢血管, 下肢cta, 下肢mra, 下肢閉塞性動脈, 下肢末梢動脈
leg veins: 下肢静脈, 深部静脈血栓, 下肢深部静脈, 下肢静脈エコー, 下肢静脈血栓
liver: 肝臓, 肝, 肝胆
lower extremity: 下肢, 脚, 全下肢, 下肢全長
lower leg: 下腿, 下腿骨, 脛骨, 腓骨, ふくらはぎ
lumbar spine: 腰椎, 腰仙椎, 腰髄, 腰仙部, 腰部脊椎, 腰部脊柱
lung: 肺, 肺シンチ, 肺血流, 肺換気血流
mandible: 下顎, 下顎骨, 顎, パノラマ, 歯科, 歯, 顎骨, オルソパントモ, 上下顎
maxillofacial: 顔面, 顔面骨, 上顎, 頬骨, 顎顔面, 上顎骨
nasal bones: 鼻骨, 鼻
neck: 頸部, 頚部, 副甲状腺, 咽頭, 頸部軟部, 上咽頭, 頸部リンパ節, 首
neck vessels: 頸部血管, 頚部血管, 椎骨動脈, 頸部mra, 頚部mra, 頸部cta, 頚部cta, 頸動脈mra, 頚動脈mra, 頸動脈cta
neck, chest, abdomen and pelvis: 頸部胸部腹部骨盤, 頸部から骨盤, 頸胸腹部骨盤, 頚部から骨盤, 頸部胸腹部骨盤, 頚部胸部腹部骨盤, 頚胸腹部骨盤, 頸部~骨盤, 頚部~骨盤, 頸部～骨盤, 頸胸腹骨盤, 頚部～骨盤, 頸部-骨盤, 頚部-骨盤
orbit: 眼窩, 眼, 眼球, 視神経, 眼窩部
pancreas: 膵臓, 膵
paranasal sinuses: 副鼻腔, 鼻副鼻腔
parotid gland: 耳下腺, 唾液腺, 顎下腺
pelvis: 骨盤, 骨盤部, 骨盤腔, 下腹部, 仙骨, 尾骨, 卵巣, 仙尾骨, 骨盤内, 婦人科
pregnancy: 妊娠, 産科, 妊婦
prostate: 前立腺, 精嚢
pulmonary arteries: 肺動脈, 肺塞栓, 肺血栓塞栓症, 肺塞栓症, 肺動脈血栓, 肺動脈cta, 肺血栓塞栓
rectum: 直腸, 肛門, 排便造影, 痔瘻
renal vessels: 腎動脈, 腎血管
retroperitoneum: 後腹膜
ribs: 肋骨
sacroiliac joints: 仙腸関節
scapula: 肩甲骨
scrotum: 陰嚢, 精巣, 睾丸
sella: 下垂体, トルコ鞍
shoulder: 肩, 肩関節, 腱板
skeleton: 骨, 骨シンチ, 全身骨, 骨髄, 骨シンチグラフィ, 全身骨シンチ, 骨シンチグラフィー
skull: 頭蓋骨, 頭蓋, セファロ
skull base to mid-thigh: 頭蓋底から大腿, 頭蓋底から大腿部, 頭頂から大腿, 頭蓋底~大腿, 頭蓋底から大腿中部, 頭蓋底~大腿中部, 頭部から大腿, 頭蓋底～大腿, 頭蓋底-大腿, 頭蓋底から大腿近位
small bowel: 小腸, 小腸造影, エンテログラフィー
spine: 脊椎, 全脊椎, 脊髄, 脊柱, 全脊柱, 全脊髄
sternum: 胸骨, 胸鎖関節
stomach: 胃, 胃排出
temporal bone: 側頭骨, 中耳, 耳, 乳突, 聴器, 中内耳
temporomandibular joint: 顎関節
thigh: 大腿, 大腿部
thoracic aorta: 胸部大動脈, 大動脈弓, 大動脈解離, 上行大動脈
thoracic spine: 胸椎, 胸髄, 胸部脊椎, 背椎
thoracolumbar spine: 胸腰椎, 側弯, 胸椎腰椎, 側彎, 胸腰椎移行部
thyroid: 甲状腺
toe: 足趾, 足指, 母趾, 趾, 第1趾
upper arm: 上腕, 上腕骨
upper extremity: 上肢, 腕, 腕神経叢, シャント, 内シャント
upper gastrointestinal tract: 上部消化管, 胃透視, 胃十二指腸, 上部消化管造影, 胃バリウム, 食道胃十二指腸
urethra: 尿道, 尿道造影
urinary tract: 尿路, 尿管, 腎尿管膀胱, 腎盂, 尿路結石, 静脈性尿路造影, 腎尿路, dip, ivp, ctu, 尿路造影, 腎膀胱, 腎結石, 尿管結石, 腎盂造影, 結石, ctウログラフィ, 泌尿器
uterus: 子宮, 子宮卵管造影, 子宮筋腫
whole body: 全身, 外傷全身, 外傷パンスキャン
wrist: 手関節, 手首, 舟状骨, 手根管, 手根骨
modality CT: ct, シーティー, コンピュータ断層, cta, ct検査, コンピューター断層撮影
modality MR: mr, mri, エムアール, mra, mrcp, 磁気共鳴, mr検査, mrv
modality XR: x線, レントゲン, 単純撮影, 単純x線, xp, x p, 一般撮影, パノラマ, 骨密度, 骨塩定量, ポータブル, x-p, x線撮影, 撮影正面, 単純写真, dxa, ポータブル撮影, dexa, 骨塩, 骨密度測定, 単純x-p, x線写真
modality US: エコー, 超音波, us, 超音波検査, 心エコー, ドプラ, ドップラー
modality MG: マンモグラフィ, マンモグラフィー, mmg, マンモ, トモシンセシス
modality NM: シンチ, シンチグラフィ, シンチグラフィー, 核医学, spect, ri, シンチグラム, レノグラム, スペクト
modality PT: pet
modality PT&CT: pet ct, pet-ct, petct, pet/ct, ペットct
modality RF: 透視, 胃透視, 食道造影, 注腸, 嚥下造影, 造影透視, 子宮卵管造影, 消化管造影, ミエログラフィー, 膀胱造影, 排尿時膀胱尿道造影, 胃バリウム, 小腸造影, 尿道造影
modality XA: 血管造影, アンギオ, 血管撮影, dsa, ivr, カテーテル, シャント造影, 静脈造影
side R: 右, 右側
side L: 左, 左側
side B: 両, 両側, 左右, 双側, 両方, 右左
with: あり, 有
without: なし, 無
and: 及び, および, と
contrast: 造影剤, 造影, コントラスト, 静注, ガドリニウム, 静脈造影剤
contrast with: 造影, 造影あり, 造影ct, 造影mri, 造影のみ, 増強, ce, 造影有, 造影有り, 造影検査, 造影剤使用, 造影後
contrast without: 単純, 非造影, 造影なし, プレーン, 単純ct, 造影無し, 造影無, 単純mri, 単純のみ, 造影剤なし, plain, 造影前
contrast both: 単純造影, 単純+造影, 単純造影両方, 単純・造影, 単純および造影, 造影前後, 単純と造影, 単純 造影, 単純→造影, 単純、造影, 単純及び造影, 造影+単純, 単純/造影, 単純後造影, プレーン+造影, 単純＋造影, 造影 単純, ダイナミック, 造影単純, ダイナミック造影, 単純から造影
sign angio: アンギオ, 血管造影, cta, mra, ct angio, ctアンギオ, mrアンギオ, 血管撮影, アンギオグラフィ
sign artery: 動脈
sign vein: 静脈, 静脈血栓
sign vessel: 血管
sign doppler: ドプラ, ドップラー
sign perfusion: 灌流, パーフュージョン, 血流
sign arthrogram: 関節造影
sign myelogram: ミエロ, 脊髄造影, ミエログラフィー
sign guided: ガイド下, 下生検, ガイド
sign biopsy: 生検, 針生検, 穿刺, 吸引細胞診, バイオプシー, 穿刺吸引
sign drainage: ドレナージ
sign injection: ブロック, 注射, 神経ブロック
sign ablation: アブレーション, 焼灼
sign placement: 留置, 挿入, ステント
sign needle localization: マーキング, マーカー
sign embolization: 塞栓術
sign nephrostomy: 腎瘻
sign screening: 検診, 健診, ドック, スクリーニング, 人間ドック
sign diagnostic: 診断, 精査
sign tomosynthesis: トモシンセシス
sign stereotactic: ステレオ
sign follow-up: 経過, フォロー, 経過観察
sign transvaginal: 経膣, 経腟
sign transrectal: 経直腸
sign 1st trimester: 妊娠初期, 初期
sign 2nd/3rd trimester: 妊娠中期, 妊娠後期, 中期, 後期
sign pediatric: 小児, 新生児, 乳児
sign stress: 負荷, ストレス
sign rest: 安静
sign calcium: 石灰化スコア, カルシウムスコア
sign pulmonary embolus: 肺塞栓, 肺血栓塞栓症, 肺塞栓症, 肺血栓塞栓
sign high resolution: 高分解能, hrct, 薄層
sign lung cancer: 肺がん検診, 肺癌検診, 低線量
sign colonography: コロノグラフィ, ctコロノグラフィ, コロノグラフィー
sign urography: 尿路造影, ctu, dip, ctウログラフィ
sign stone: 結石, 尿路結石, 尿管結石, 腎結石
sign voiding: 排尿時
sign portable: ポータブル, 病室, 回診
sign standing: 立位, 荷重, 荷重位
sign supine: 臥位, 仰臥位
sign flexion extension: 機能撮影, 前後屈
sign inspiration expiration: 呼気, 吸気呼気
sign scoliosis: 側弯, 側彎
sign bone age: 骨年齢
sign density: 骨密度, 骨塩定量, 骨塩, 骨密度測定
sign dental: パノラマ, 歯, 歯科
sign tumor: 腫瘍, fdg, がん, 悪性腫瘍
sign metastasis: 転移
sign function: 機能
sign spect: spect, スペクト
sign swallow: 嚥下, 嚥下造影, 食道造影
sign enema: 注腸
sign tissue: 軟部, 軟部組織
sign thumb: 母指, 拇指
sign calcaneus: 踵骨
sign transplant: 移植, 移植腎
sign head: 頭, 頭部
view ap: 正面
view lateral: 側面
view oblique: 斜位
view axial: 軸位, スカイライン
views: 方向
number 1: 一
number 2: 二, 正面側面, 正側, 2r, 正面・側面, 正面 側面, 2方向, 正・側, 2r撮影, 正面と側面
number 3: 三, 3r
number 4: 四, 4r
plain: 検査, 撮影, 部, 系, 精密, ルーチン, 救急, 至急, 緊急, 外来, 入院, 術前, 術後, 画像, 依頼, 部位, 一般, 他院, 持込, 関節, のみ, 検体, 病棟, 要, の, 評価, 用, 標準, 及, 高速, 立体, 部分, 読影, 紹介, を, に, プロトコル, 疑い, 骨条件, 再構成, 時, 相, 定期, 女性, 男性
week: 週
sign upper abdomen: 上腹部
sign plural: 両膝, 両手, 両足, 両下肢
sign unilateral: 片側
`;
