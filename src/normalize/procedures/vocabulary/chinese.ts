// What radiology is called in Chinese, in simplified and in traditional characters.

export const chinese = `
abdomen: 腹部, 上腹部, 上腹, 脾, 肾上腺, 腹平片, 脾脏, 全腹平片, 腹, 腎上腺, 脾臟, 立位腹平片, 腹部立位, 肝胆胰脾, 肝膽胰脾, 腹部平片, 腹壁
abdomen and pelvis: 腹盆, 腹部盆腔, 全腹, 全腹部, 腹盆腔, 腹部及盆腔, 全腹盆, 腹部+盆腔, 腹部骨盆, 上腹部盆腔, 上下腹部, 腹部骨盆腔, 全腹+盆腔, 腹部和盆腔, 腹部及骨盆, 上腹盆腔, 上腹+盆腔, 上中下腹部, 上下腹, 上腹部+盆腔, 腹部、盆腔
abdominal aorta and leg arteries: 腹主动脉及下肢动脉, 腹主动脉下肢动脉, 腹主动脉-双下肢动脉, 腹主動脈及下肢動脈, 腹主动脉及双下肢动脉, 腹主动脉至双下肢, 腹主动脉双下肢, 腹主动脉+双下肢动脉, 腹主动脉+下肢动脉
acromioclavicular joint: 肩锁关节, 肩鎖關節
ankle: 踝, 踝关节, 踝關節, 脚踝, 腳踝, 踝部, 足踝
aorta: 主动脉, 腹主动脉, 全主动脉, 主動脈, 腹主動脈, 胸腹主动脉, 胸腹主動脈, 大血管
appendix: 阑尾, 闌尾
axial skeleton: 腰椎髋部, 腰椎及髋部, 腰椎髋关节, 腰椎+髋关节, 腰椎+髋部
bile ducts: 胆管, 胆道, mrcp, 胰胆管, 膽管, 膽道, 胆总管, 胆胰管, 膽胰管, 磁共振胰胆管, 胰膽管
bladder: 膀胱, 排尿性膀胱尿道造影, 膀胱造影
brain: 脑, 颅脑, 大脑, 腦, 顱腦, 脑部, 脑实质, 腦部, 颅内, 大腦
head: 头部, 头颅, 头, 頭部, 頭顱, 颅, 頭, 顱
breast: 乳腺, 乳房, 钼靶, 乳腺钼靶, 乳, 乳房攝影, 双乳, 雙乳, 鉬靶
carotid arteries: 颈动脉, 颈部动脉, 頸動脈, 颈总动脉, 颈血管超声, 颈动脉彩超
cervical spine: 颈椎, 頸椎, 寰枢椎, 颈髓, 寰枢关节, 颈椎间盘, 頸髓
chest: 胸部, 胸, 纵隔, 肺部, 胸腔, 胸片, 胸廓, 縱膈, 胸正位, 全胸片, 縱隔, 腋窝, 胸膜
chest and abdomen: 胸腹部, 胸腹, 胸部腹部, 胸部上腹部, 胸部+上腹部, 胸上腹部, 胸部+腹部, 胸部及上腹部, 胸部+上腹, 胸部上腹, 胸部及腹部, 胸+上腹
chest, abdomen and pelvis: 胸腹盆, 胸部腹部盆腔, 胸腹部盆腔, 胸腹盆腔, 胸部+全腹, 胸部+腹部+盆腔, 胸部全腹, 躯干, 胸腹骨盆, 胸部腹部骨盆, 胸+全腹, 胸部全腹部, 胸部+全腹部, 胸全腹, 胸腹部骨盆, 胸部及全腹, 胸腹骨盆腔, 胸+腹+盆, 胸部、腹部、盆腔, 胸部上腹盆腔, 胸部上腹部盆腔, 胸部+上腹部+盆腔, 胸腹部+盆腔
clavicle: 锁骨, 鎖骨
colon: 结肠, 钡灌肠, ct结肠, 結腸, 大腸, 鋇灌腸, 仿真结肠镜, 大肠, 结肠成像, 虛擬大腸鏡, 钡剂灌肠
coronary arteries: 冠状动脉, 冠脉, 冠狀動脈, 冠脉cta, 冠脈, 冠脉造影
elbow: 肘, 肘关节, 肘關節, 肘部, 手肘
esophagus: 食管, 食道, 吞钡, 食管造影, 吞咽造影, 食管吞钡, 食道攝影
extremity: 四肢
femur: 股骨
fetus: 胎儿, 胎兒
finger: 手指, 指, 拇指, 指骨, 食指, 中指, 环指
foot: 足, 跟骨, 足部, 脚, 足跟, 跖骨, 足正斜位, 跗骨
forearm: 前臂, 尺桡骨, 尺橈骨, 桡骨, 尺骨, 橈骨
gallbladder: 胆囊, 膽囊, 胆
groin: 腹股沟, 腹股溝
hand: 手, 手部, 掌骨, 手掌
head and neck vessels: 头颈血管, 头颈部血管, 头颈cta, 头颈部cta, 頭頸部血管, 头颈动脉, 头颈部动脉, 脑血管及颈部血管, 头颈部mra, 頭頸血管, 头颈mra, 头颈联合cta, 头颈部ct血管, 头颈联合, 頭頸部cta, 头颈部, 頭頸部, 头颈, 頭頸, 头颅颈部血管, 头颅+颈部cta, 颅脑+颈部血管
heart: 心脏, 心臟, 心肌, 超声心动图, 心脏彩超, 心, 心肌灌注, 左心房, 钙化积分, 心超, 心脏超声, 冠脉钙化积分, 鈣化積分, 心包
hip: 髋, 髋关节, 髖關節, 髖, 双髋, 髋臼, 髋部
inferior vena cava: 下腔静脉, 下腔靜脈
internal auditory canal: 内听道, 內聽道, 桥小脑角, 听神经, 内耳道, 內耳道, 听神经瘤, 桥小脑角区, 内听道水成像
intracranial vessels: 脑血管, 颅内血管, 头部mra, 脑动脉, 腦血管, 颅内动脉, 头颅mra, 脑静脉, 颅脑mra, 脑血管造影, 头颅cta, 脑动脉mra, 颅脑cta, 头部血管, 头颅血管, 脑mra, 头部cta, 颅脑血管, 顱內血管, 頭部mra, 頭部血管, mrv头颅, 颅内mra, 脑cta, 全脑血管造影, 经颅多普勒, 头颅mrv, 脑静脉窦, 颅脑mrv, 脑mrv, 頭部cta, 頭顱mra, 颅脑血管mra
kidney: 肾, 肾脏, 双肾, 腎臟, 腎, 肾图, 肾动态, 雙腎, 肾造瘘
knee: 膝, 膝关节, 膝關節, 髌骨, 双膝, 膝部, 髕骨, 膝盖
larynx: 喉, 喉部
leg arteries: 下肢动脉, 下肢动脉cta, 下肢動脈, 双下肢动脉, 下肢血管, 下肢cta, 雙下肢動脈, 下肢动脉造影, 双下肢血管, 下肢mra
leg veins: 下肢静脉, 下肢深静脉, 双下肢静脉, 下肢靜脈, 深静脉血栓, 双下肢深静脉, 下肢静脉造影, 雙下肢靜脈, 深靜脈血栓, 下肢深靜脈
liver: 肝, 肝脏, 肝臟, 肝部
lower extremity: 下肢, 双下肢, 腿, 下肢全长, 下肢全長, 下肢力线, 雙下肢, 下肢负重位
lower leg: 小腿, 胫腓骨, 脛腓骨, 胫骨, 腓骨, 脛骨
lumbar spine: 腰椎, 腰骶椎, 腰薦椎, 腰骶, 腰骶部, 腰椎间盘, 腰椎間盤, 腰髓
lung: 肺, 肺灌注, 肺通气, 肺结节, 双肺, 肺通气灌注, 支气管
mandible: 下颌骨, 下颌, 全景片, 下頜骨, 口腔全景, 牙, 口腔, 下顎, 曲面断层, 全口曲面断层, 下頜, 牙齿, 下顎骨, 全景, 曲面体层, 颌骨, 全口曲面体层
maxillofacial: 颌面部, 面部, 颌面, 面骨, 颧骨, 上颌骨, 頜面部, 顏面, 顏面骨, 颧弓, 面颅, 颜面, 顴骨, 顔面
nasal bones: 鼻骨, 鼻
neck: 颈部, 颈, 頸部, 甲状旁腺, 鼻咽, 颈部软组织, 鼻咽部, 咽喉, 口咽, 颈部淋巴结, 副甲狀腺, 頸, 咽部, 咽喉部
neck vessels: 颈部血管, 颈部cta, 椎动脉, 颈动脉cta, 颈部mra, 頸部血管, 颈动脉mra, 颈部血管cta, 颈部血管mra, 頸部cta, 頸部mra, 颈椎血管, 弓上血管
neck, chest, abdomen and pelvis: 颈胸腹盆, 颈部胸部腹部盆腔, 颈胸腹盆腔, 颈部+胸部+全腹, 頸胸腹盆, 颈胸全腹, 颈部胸部全腹, 颈胸腹部盆腔, 颈部胸腹部盆腔, 颈部+胸部+腹部+盆腔, 颈+胸+全腹, 頸胸腹骨盆, 颈部胸腹盆, 颈部+胸腹盆
orbit: 眼眶, 眼, 视神经, 眼球, 眶, 視神經, 双眼, 眼部
pancreas: 胰腺, 胰, 胰臟, 胰脏
paranasal sinuses: 鼻窦, 副鼻窦, 鼻竇, 鼻旁窦, 副鼻竇, 鼻窦炎
parotid gland: 腮腺, 唾液腺, 涎腺, 颌下腺, 腮腺区
pelvis: 盆腔, 骨盆, 骶骨, 尾骨, 卵巢, 附件, 下腹部, 骶尾骨, 骶尾椎, 盆底, 子宫附件, 骨盆腔, 下腹, 盆部, 骶尾部, 妇科
pregnancy: 产科, 妊娠, 孕, 早孕, 产前, 中孕, 產科, 孕妇, 懷孕, 孕期, 晚孕
prostate: 前列腺, 攝護腺, 精囊
pulmonary arteries: 肺动脉, 肺栓塞, 肺动脉cta, 肺動脈, 肺动脉造影, 肺动脉栓塞, 肺動脈cta
rectum: 直肠, 肛管, 排粪造影, 肛瘘, 直腸, 肛门, 肛周, 肛門
renal vessels: 肾动脉, 肾血管, 腎動脈, 肾动静脉, 双肾动脉, 肾静脉, 肾动脉cta, 腎血管
retroperitoneum: 腹膜后, 腹膜後, 后腹膜
ribs: 肋骨, 肋
sacroiliac joints: 骶髂关节, 骶髂關節, 薦腸關節, 骶髂, 薦髂關節, 薦髂
scapula: 肩胛骨
scrotum: 阴囊, 睾丸, 陰囊, 附睾
sella: 垂体, 蝶鞍, 垂體, 鞍区, 腦下垂體, 脑垂体, 腦垂體
shoulder: 肩, 肩关节, 肩關節, 肩袖, 肩部
skeleton: 骨骼, 全身骨, 骨扫描, 骨髓, 骨显像, 全身骨显像, 骨, 骨掃描, 全身骨扫描, 全身骨掃描
skull: 颅骨, 頭顱正側位, 顱骨, 头颅正侧位, 头影测量
skull base to mid-thigh: 颅底至大腿, 颅底至股骨中段, 颅底到大腿中段, 颅底-大腿, 躯干pet, 顱底至大腿, 颅底至大腿中段, 颅底至大腿中上段, 颅底至股骨上段, 顱底至大腿中段, 颅底-股骨上段, 颅顶至大腿, 颅底到大腿, 头顶至大腿, 颅顶至大腿中段, 颅底至股骨, 颅底~大腿中段
small bowel: 小肠, 小肠造影, 小腸, 小肠ct造影, 小肠成像, 全消化道造影小肠, 小肠ct, 小肠mr
spine: 脊柱, 全脊柱, 脊髓, 全脊椎, 脊椎, 椎管, 全脊髓
sternum: 胸骨, 胸锁关节, 胸鎖關節
stomach: 胃, 胃排空
temporal bone: 颞骨, 乳突, 中耳, 内耳, 顳骨, 耳部, 耳, 颞骨乳突, 中耳乳突, 內耳
temporomandibular joint: 颞下颌关节, 顳頜關節, 颞颌关节, 顳下頜關節, 顳顎關節
thigh: 大腿
thoracic aorta: 胸主动脉, 主动脉弓, 主动脉夹层, 胸主動脈, 胸部主动脉, 升主动脉, 主動脈弓, 主動脈剝離
thoracic spine: 胸椎, 胸髓, 胸椎间盘
thoracolumbar spine: 胸腰椎, 脊柱侧弯, 胸腰段, 脊柱側彎, 胸腰段椎体, 胸椎腰椎, 胸腰
thyroid: 甲状腺, 甲狀腺
toe: 足趾, 脚趾, 趾, 拇趾, 腳趾, 足拇趾, 趾骨
upper arm: 上臂, 肱骨
upper extremity: 上肢, 臂丛, 臂叢, 手臂, 臂丛神经, 动静脉瘘, 双上肢, 透析瘘管
upper gastrointestinal tract: 上消化道, 胃肠钡餐, 上消化道造影, 钡餐, 上腸胃道, 胃十二指肠, 胃肠造影, 全消化道, 消化道造影, 上胃腸道, 消化道钡餐
urethra: 尿道, 尿道造影
urinary tract: 泌尿系, 尿路, 输尿管, 泌尿系统, 静脉肾盂造影, 泌尿系结石, 泌尿系ct, ctu, 肾输尿管膀胱, 尿路造影, 输尿管结石, 泌尿系成像, 肾绞痛, ivp, 肾结石, 輸尿管, 泌尿道, 泌尿系平片, mru, 泌尿系彩超, 尿路结石, 双肾输尿管膀胱, 双肾膀胱, 泌尿系水成像, 静脉尿路造影, 泌尿系ctu
uterus: 子宫, 子宫输卵管造影, 子宮, 子宫肌瘤, 宫颈, 子宮頸, 输卵管, 子宫输卵管
whole body: 全身, 全身扫描, 多发伤, 創傷全身, 全身pet, 创伤全身
wrist: 腕, 腕关节, 腕關節, 舟骨, 手腕, 腕部, 腕管, 舟状骨, 腕骨
modality CT: ct, cta, 电脑断层, 電腦斷層, 计算机断层, ct扫描, ctu, 电脑断层扫描, 電腦斷層掃描, 电脑断层检查, 電腦斷層檢查
modality MR: mr, mri, 磁共振, 核磁, 核磁共振, mra, 磁振造影, mrv, mrcp, mru
modality XR: x线, dr, x光, 平片, 摄片, 拍片, 胸片, x射线, 数字x线, 骨密度, 攝影x光, 正侧位片, cr, 双能x线, 骨密度测定, x光片, 骨密度检查, x線, 骨質密度
modality US: 超声, b超, 彩超, 超音波, 彩色多普勒, us, 多普勒, 超聲, 心脏彩超, 彩色超声, 彩色都卜勒, 超声心动图
modality MG: 钼靶, 乳腺x线, 乳腺摄影, 乳房攝影, 乳腺钼靶, 鉬靶, 乳腺x线摄影, 断层融合
modality NM: 骨扫描, 核医学, 显像, 闪烁, ect, spect, 骨显像, 肾图, 核醫, 肾动态显像, 核子醫學, 核醫學, 閃爍造影
modality PT: pet, 正电子
modality PT&CT: pet ct, pet-ct, petct, pet/ct, 正子掃描, 正电子断层
modality RF: 透视, 钡餐, 食管造影, 吞钡, 上消化道造影, 钡灌肠, 子宫输卵管造影, 胃肠造影, 透視, 排粪造影, 消化道造影, 静脉肾盂造影, 膀胱造影, 消化道钡餐, 尿道造影, 静脉尿路造影, 排尿性膀胱尿道造影
modality XA: 血管造影, dsa, 介入, 数字减影, 血管攝影, 全脑血管造影, 静脉造影, 冠脉造影, 數位減影
side R: 右, 右侧, 右側
side L: 左, 左侧, 左側
side B: 双, 双侧, 左右, 雙側, 两侧, 雙, 兩側, 双肢, 對照
with: 加, 带
without: 无, 不
and: 及, 和, 与
contrast: 造影剂, 对比剂, 造影剤, 增强剂, 钆, 顯影劑, 对比, 静脉注射
contrast with: 增强, 增强扫描, 增强ct, 增強, 注射造影剂, 顯影劑, 强化, 有顯影劑, ce, 注射對比劑, 增强mri, 有打顯影劑, 增强检查, 注射顯影劑, 含顯影劑, 打顯影劑, 静脉增强, 強化, 強化掃描, 注射显影剂, 打显影剂, 含显影剂, 有显影剂
contrast without: 平扫, 平掃, 无增强, 非增强, 普通扫描, 無顯影劑, 无造影, 不增强, 不打顯影劑, 無對比劑, 不含顯影劑, 未增强, plain, 不打显影剂, 无显影剂, 不含显影剂, 不注射显影剂, 不注射造影剂, 不使用造影剂
contrast both: 平扫+增强, 平扫增强, 平扫及增强, 平扫加增强, 平掃+增強, 平扫和增强, 平扫 增强, 平掃加增強, 平扫＋增强, 平扫、增强, 有無顯影劑, 平扫与增强, 平掃及增強, 平扫与增强扫描, 平扫+强化, 增强+平扫, 平扫+动态增强, 平扫/增强, 平掃增強, 平扫→增强, 三期增强, 平扫及动态增强, 平扫+三期增强
sign angio: 血管成像, cta, mra, 血管造影, ct血管, 造影血管, 血管攝影
sign artery: 动脉, 動脈
sign vein: 静脉, 靜脈, 深静脉, mrv
sign vessel: 血管
sign doppler: 多普勒, 彩色多普勒, 都卜勒
sign perfusion: 灌注
sign arthrogram: 关节造影, 關節造影
sign myelogram: 脊髓造影, 椎管造影
sign guided: 引导下, 引导, 引導下, 定位引导, 导引下, 導引, 引導
sign biopsy: 穿刺活检, 活检, 穿刺, 切片, 穿刺活檢, 活檢, 細針穿刺
sign drainage: 引流, 置管引流
sign injection: 注射, 阻滞
sign ablation: 消融
sign placement: 置入, 置管, 支架
sign needle localization: 定位针, 导丝定位
sign embolization: 栓塞术, 介入栓塞
sign nephrostomy: 造瘘, 肾造瘘
sign screening: 筛查, 体检, 篩檢, 普查, 健檢, 篩查
sign diagnostic: 诊断, 診斷
sign tomosynthesis: 断层融合, 斷層合成
sign stereotactic: 立体定位
sign limited: 局部
sign follow-up: 复查, 随访, 複查, 追蹤
sign transvaginal: 经阴道, 阴道, 陰道, 經陰道
sign transrectal: 经直肠, 經直腸
sign 1st trimester: 早孕, 早期妊娠, nt, 孕早期, 第一孕期
sign 2nd/3rd trimester: 中孕, 晚孕, 大排畸, 孕中期, 孕晚期, 中晚孕, 四维, 系统筛查, 高层次
sign pediatric: 儿童, 小儿, 新生儿, 婴儿, 兒童, 小兒, 新生兒
sign stress: 负荷, 負荷
sign rest: 静息
sign calcium: 钙化积分, 鈣化積分, 冠脉钙化积分, 钙化
sign pulmonary embolus: 肺栓塞, 肺动脉栓塞
sign high resolution: 高分辨, 薄层, 高分辨率, hrct, 高解析度
sign lung cancer: 肺癌筛查, 低剂量, 低剂量肺, 低劑量, 肺癌篩檢
sign colonography: 结肠成像, ct结肠, 虛擬大腸鏡, 仿真结肠镜
sign enterography: 小肠成像, 小肠ct造影, 小肠造影
sign urography: 尿路造影, ctu, 泌尿系成像, mru, 泌尿系水成像, 静脉肾盂造影
sign stone: 结石, 泌尿系结石, 結石, 肾结石
sign voiding: 排尿性
sign portable: 床旁, 床边, 床邊, 移动
sign standing: 站立位, 立位, 负重位, 负重, 站立, 負重
sign supine: 卧位, 仰卧位
sign flexion extension: 过伸过屈, 动力位, 功能位
sign oblique: 斜位, 双斜位
sign scoliosis: 侧弯, 側彎, 脊柱侧弯
sign bone age: 骨龄, 骨齡
sign density: 骨密度, 双能x线, 骨質密度
sign dental: 全景片, 牙, 口腔全景, 曲面断层, 全景
sign tumor: 肿瘤, fdg, 腫瘤
sign metastasis: 转移, 轉移
sign function: 功能
sign spect: spect, 断层显像
sign swallow: 吞钡, 食管造影, 吞咽
sign enema: 灌肠, 钡灌肠
sign tissue: 软组织, 軟組織
sign thumb: 拇指
sign calcaneus: 跟骨
sign transplant: 移植, 移植肾
sign head: 头, 头部
view ap: 正位, 前后位, 正面
view pa: 后前位, 後前位
view lateral: 侧位, 側位, 侧面
view oblique: 斜位
view axial: 轴位, 軸位
views: 位片, 张, 位
number 1: 一, 单
number 2: 二, 两, 正侧位, 正側位, 正斜位, 正侧, 正側, 正侧斜, 正、侧位, 正位侧位
number 3: 三
number 4: 四
plain: 检查, 扫描, 部, 常规, 急诊, 门诊, 住院, 术前, 术后, 薄扫, 三维, 重建, 成像, 檢查, 掃描, 及其, 部位, 普通, 外院, 会诊, 关节, 片, 床, 科, 数字化, 区, 检, 查, 例行, 常規, 图像, 術後, 术, 高清, 加急, 诊, 體檢, 多排, 螺旋, 照片, 摄影, 攝影, 直接, 多期, 三维重建, 期, 后处理, 融合, 系统, 女性, 男性, 女, 男
week: 周
sign upper abdomen: 上腹部, 上腹
sign plural: 双下肢, 雙下肢, 双膝, 双髋, 双乳, 雙乳, 双下肢动脉, 双下肢静脉, 双上肢, 双下肢深静脉
sign unilateral: 单侧, 單側
`;
