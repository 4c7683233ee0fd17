// What radiology is called in English, on both sides of the Atlantic, with the abbreviations of order catalogues.

export const english = `
abdomen: abdomen, abdominal, abd, abdo, belly, upper abdomen, upper abdominal, uppr abd, rup, ruq, right upper quadrant, luq, left upper quadrant, abdominal wall, abd wall, hernia, kub, spleen, splenic, adrenal, adrenals, adrenal gland, adrenal glands, peritoneum, epigastrium, paracentesis, para, ascites, acute abdomen series, abdominal series, obstruction series, abdomen series, flat plate
abdomen and pelvis: abdomen and pelvis, abdomen pelvis, abd pelvis, abd pel, abd pelv, abdo pelvis, abdomen pelvic, abdopelvis, abdominopelvic, abdominal pelvic, whole abdomen, entire abdomen, full abdomen, a p w, abdpel, abdpelv, abpel, abp, ap w, kidneys ureters bladder, a and p, abd and pelvis, abdomen and pelvic, ct a p, abd plv, abdomen plus pelvis, abdom pelvis, abd plus pelv
abdominal aorta and leg arteries: aortogram with runoff, runoff, run off, aortoiliac runoff, aorta runoff, aortofemoral runoff, iliofemoral runoff, aorto bifemoral, aortobifemoral, aorta and legs, aorta with lower extremity runoff
acromioclavicular joint: acromioclavicular joint, acromioclavicular joints, ac joint, ac joints, acj, acromioclavicular
ankle: ankle, ankles, ank, talus, tibiotalar joint, talocrural joint, talocrural
aorta: aorta, aortic, aortogram, whole aorta, thoracoabdominal aorta, abdominal aorta, abd aorta, aaa, triple a, evar, aortic aneurysm, taaa, aortoiliac
appendix: appendix, appendicitis
axial skeleton: axial skeleton, hip and spine, spine and hip, spine and hips
bile ducts: bile duct, bile ducts, biliary, biliary tree, biliary tract, hepatobiliary, cbd, mrcp, hida, cholescintigraphy, ercp, cholangiogram, cholangiography, cholangio, magnetic resonance cholangiopancreatography, cholangiopancreatography, ptc, t tube
bladder: bladder, cysto, ct cystogram, urinary bladder, vcug, mcug, mcu, cystogram, cystography, post void residual, cystourethrogram, voiding cystourethrogram, ct cystogram, mr cystogram
head: head, hd, cranial, cranium
brain: brain, brn, cerebral, cerebrum, intracranial, neuro, hypophysis protocol brain, stroke, cva, posterior fossa, cisternogram, hippocampus, seizure, epilepsy
breast: breast, breasts, mammary, mammogram, mammography, mammo, mammographic, bilateral mammogram, ductogram, galactogram, tomosynthesis breast, mam, mmg, mams
carotid arteries: carotid, carotids, carotid artery, carotid arteries, carotid bifurcation
cervical spine: cervical spine, c spine, cspine, c sp, csp, cerv spine, cervical, cerv, c s spine, cx spine, spine cervical, cervical vertebrae, odontoid, peg view, c1 c2, atlantoaxial
cervical canal: cervical canal
chest: chest, thorax, thoracic cavity, cxr, chst, ches, mediastinum, mediastinal, hrct, pleura, pleural, diaphragm, axilla, axillary, airway, trachea, tracheal, hemithorax, lung fields, thoracentesis, thora, chest tube, port placement, port insertion, portacath, pneumothorax, tx chest
chest and abdomen: chest and abdomen, chest abdomen, thoracoabdominal, chest abd, chest upper abdomen
chest, abdomen and pelvis: chest abdomen and pelvis, chest abdomen pelvis, chest abd pelvis, chest abd pel, chest abd pelv, chest abdo pelvis, cap, c a p, tap, t a p, thorax abdomen pelvis, thorax abdomen and pelvis, trunk, torso, staging cap
clavicle: clavicle, clavicles, collar bone, collarbone, clav
colon: colon, colonic, colonography, large bowel, virtual colonoscopy, vc, ctc, barium enema, ba enema, colonoscopy, large intestine, contrast enema, gastrografin enema, be, sigmoid
coronary arteries: coronary, coronaries, coronary artery, coronary arteries, ccta, ctca, coronary cta, cta coronary, coronary angiogram, coronary angiography
elbow: elbow, elbows, elb, radial head, olecranon
esophagus: esophagus, oesophagus, esophageal, oesophageal, esophagram, esophagogram, oesophagram, barium swallow, ba swallow, swallow, esoph, swallow study, swallowing, barium esophagram, gastrografin swallow, modified barium swallow, mbs, videofluoroscopy, video swallow, oesophogram, esophag, oesophag
extremity: extremity, extremities, limb, limbs, ext
femur: femur, femora, femoral shaft, fem, femurs, thigh bone, femoral anteversion, anteversion, femoral version
fetus: fetus, fetal, foetal, foetus
finger: finger, fingers, thumb, thumbs, digit, index finger, ring finger, fng
foot: foot, feet, ft, calcaneus, heel, os calcis, calcaneum, hindfoot, midfoot, forefoot, metatarsal, metatarsals, tarsal, tarsals, lisfranc
forearm: forearm, forearms, radius, ulna, radius and ulna, radius ulna, frarm
gallbladder: gallbladder, gall bladder, gb, cholecystogram, gallstones
groin: groin, groins, inguinal
hand: hand, hands, hnd, metacarpal, metacarpals
head and neck vessels: head and neck vessels, cta head and neck, angio head and neck, circle of willis and carotids, arch to vertex, cow and carotids, carotids and circle of willis, carotid and cerebral, carotids to cow, arch to vertex angio, cervicocerebral, cervicocerebral arteries, head neck angio
heart: heart, cardiac, cardio, echo, echocardiogram, echocardiography, tte, tee, transthoracic echo, transthoracic echocardiogram, transesophageal echo, myocardial, myocardium, cmr, ventricular, muga, mpi, myocardial perfusion, pericardium, calcium score, calcium scoring, cac, coronary calcium, cardiac calcium, cacs, atria, left atrium, tavi, tavr, pulmonary veins, valve, pulmonary vein, superior vena cava, svc
hip: hip, hips, acetabulum, femoral neck
inferior vena cava: inferior vena cava, ivc, vena cava
internal auditory canal: internal auditory canal, internal auditory canals, internal auditory meatus, internal auditory meati, iac, iacs, iam, iams, acoustic neuroma, cerebellopontine angle, cp angle, cpa, acoustics, internal acoustic meatus, vestibular schwannoma
intracranial vessels: circle of willis, cow, intracranial vessels, intracranial angio, cerebral angiogram, cerebral angiography, cerebral angio, cerebral artery, cerebral arteries, intracranial arteries, cerebral veins, venous sinuses, dural sinuses, transcranial doppler, tcd, transcranial, mrv head, intracranial mra, cerebral venogram, dural venous sinuses, cerebral sinus
kidney: kidney, kidneys, renal, kid, nephro, nephrographic, nephrostomy, renogram, mag3, dmsa, dtpa, rena, nephrostogram, renal colic, renal stone, kidney stone, stone protocol, nephrolithiasis, stone search, renal calculi, renal calculus
knee: knee, knees, kn, kne, patella, patellae, patellofemoral, knee joint
larynx: larynx, laryngeal, vocal cords
leg arteries: leg arteries, lower extremity arteries, lower limb arteries, arterial legs, lower extremity arterial, lower limb arterial, femoral artery, popliteal artery, femoral arteries, le arterial, arterial leg, lea, peripheral arteries, peripheral angiogram, lower extremity arteriogram, femoral angiogram
leg veins: leg veins, lower extremity veins, lower extremity venous, lower limb veins, lower limb venous, dvt, leg venous, venous leg, le venous, deep vein thrombosis, le veins, dvt study, venous duplex leg, varicose veins, le dvt, deep veins leg
liver: liver, hepatic, liv, hepatic mass, liver mass, hcc, elastography liver, fibroscan, tips, tace
lower extremity: lower extremity, lower extremities, lower limb, lower limbs, leg, legs, le, lext, low ext, lwr ext, lower ext, ble, lle, rle, long leg, leg length, scanogram
lower leg: lower leg, tibia, fibula, tibia and fibula, tib fib, tib fibs, tibfib, tibia fibula, calf, calves, tibia fib, shin
lumbar spine: lumbar spine, l spine, lspine, lumbar, lumbosacral spine, ls spine, lumbosacral, l s spine, lsp, lumb, lsspine, lumb spine, l sp, lum spine, lumbo sacral spine, lumbar vertebrae, spine lumbar, l s s, lp, lumbar puncture, spinal tap
lung: lung, lungs, pulmonary, bronchial, v q scan, vq scan, v q, vq, ventilation perfusion, pulm
mandible: mandible, mandibular, jaw, mand, opg, orthopantomogram, panorex, panoramic, pantomogram, dental panoramic, opt, teeth, dental, tooth
maxillofacial: maxillofacial, facial bones, facial, face, max face, maxfacial, facial bone, maxilla, midface, zygoma, zygomatic arch, zygomatic arches, zygomas, max fac
nasal bones: nasal bones, nasal bone, nose, nasal
neck: neck, soft tissue neck, neck soft tissue, nk, cervical soft tissue, soft tissues neck, parathyroid, parathyroids, lymph nodes neck, nasopharynx, pharynx, sestamibi parathyroid, neck nodes, soft tissues of neck, soft tissues of the neck
neck vessels: neck vessels, neck angio, neck angiogram, neck arteries, vertebral artery, vertebral arteries, jugular, jugular vein, jugular veins, extracranial vessels, extracranial carotid
neck, chest, abdomen and pelvis: neck chest abdomen and pelvis, neck chest abdomen pelvis, neck chest abd pelvis, ncap, n c a p, neck thorax abdomen pelvis, neck cap, ntap
orbit: orbit, orbits, orbital, eye, eyes, optic nerve, optic nerves, ocular, orb, optic foramina, globe
pancreas: pancreas, pancreatic, panc
paranasal sinuses: sinus, sinuses, paranasal sinuses, paranasal sinus, pns, paranasal, sinu, fess, sns, waters view, nasal sinuses
parotid gland: parotid, parotids, parotid gland, parotid glands, salivary gland, salivary glands, sialogram, submandibular gland, submandibular glands, salivary, submandibular
pelvis: pelvis, pelvic, pelv, pel, plv, bony pelvis, pelvic floor, ovary, ovaries, adnexa, sacrum, coccyx, tailbone, sacral, sacrococcygeal, penis, penile, iliac, pelvimetry, vagina, endometriosis
pregnancy: pregnancy, pregnant, obstetric, obstetrics, ob, obs, antenatal, prenatal, dating scan, anomaly scan, nuchal translucency, nt scan, gravid, viability scan, early pregnancy, biophysical profile, bpp, fetal anatomy, fetal growth, growth scan, anatomy scan, fetal survey, ob us, obus, gestation, nuchal, preg
prostate: prostate, prostatic, mpmri prostate, prost, pirads, trus, seminal vesicles
pulmonary arteries: pulmonary artery, pulmonary arteries, ctpa, ctpe, pulmonary embolism, pulmonary embolus, pulm embolus, pe protocol, pe study, pe chest, chest pe, cta chest pe, rule out pe, r o pe, pulm angio, pulmonary angiogram, pulmonary angiography, pe, pulmonary emboli, pulmonary angio, cta pulmonary, pulm embolism, pulm arteries
rectum: rectum, rectal, anal, anorectal, anal fistula, perianal, perianal fistula, defecography, proctogram, anus, defecating proctogram, mr defecography, defecogram
renal vessels: renal artery, renal arteries, renal vessels, renal vein, renal veins, renal artery doppler, renal arterial, ras, renal angio, renal artery stenosis, renal angiogram
retroperitoneum: retroperitoneum, retroperitoneal, retro
ribs: ribs, rib, rib cage, ribcage, rib series
sacroiliac joints: sacroiliac joint, sacroiliac joints, si joints, si joint, sij, sijs, sacroiliac, s i joints, si jts, si jt, sacro iliac joints
scapula: scapula, scapulae, shoulder blade, scap
scrotum: scrotum, scrotal, testicle, testicles, testes, testis, testicular, scrot
sella: sella, sella turcica, pituitary, pit, pituitary fossa, hypophysis, pituitary gland, pitutary, sellar
shoulder: shoulder, shoulders, shldr, shld, shl, sho, shou, rotator cuff, glenohumeral, glenoid, shoulder joint
skeleton: skeleton, skeletal, bone scan, bone survey, skeletal survey, bones, myeloma survey, metastatic survey, bone scintigraphy, bone imaging, bone, bone marrow, metastatic bone survey, nm bone, whole body bone
skull: skull, skl, calvarium, skull series, cephalogram
skull base to mid-thigh: skull base to mid thigh, skull base to thigh, skull to thigh, eyes to thighs, eyes to thigh, base of skull to mid thigh, vertex to thigh, sb mt, skull to mid thigh, skullbase midthigh, skull base mid thigh, sbmt, sk base to mid thigh, head to thigh, skull thigh, eye to thigh, base skull to mid thigh
small bowel: small bowel, small bowel follow through, sbft, enterography, mre, mr enterography, ct enterography, cte, mr enteroclysis, enteroclysis, small intestine, sm bowel, crohns, crohn, small bowel series, jejunum, ileum
spine: spine, spinal, whole spine, entire spine, total spine, full spine, spinal cord, vertebral column, complete spine, spinal survey, spn, spine complete, cervical thoracic lumbar spine, ctl spine, c t l spine, spinal canal, spine entire, vertebroplasty, kyphoplasty, epidural, facet injection, esi, facet, c plus t plus l spine, c t and l spine, c and t and l spine
sternum: sternum, sternal, sternoclavicular, sternoclavicular joint, sternoclavicular joints, sc joints, sc joint, sternoclav, breastbone
stomach: stomach, gastric, gastric emptying, gastrostomy, g tube, peg tube, gj tube
temporal bone: temporal bone, temporal bones, petrous, petrous bones, petrous bone, mastoid, mastoids, inner ear, middle ear, t bones, tbone, tbones, temp bones, temp bone, cochlear, cochlea, ear, ears
temporomandibular joint: temporomandibular joint, temporomandibular joints, tmj, tmjs, tm joint, tm joints, temporomandibular
thigh: thigh, thighs, upper leg, quadriceps, hamstring
thoracic aorta: thoracic aorta, chest aorta, aortic arch, ascending aorta, aortic dissection, dissection, aorta thoracic, thoracic aortogram, descending aorta, aortic root
thoracic spine: thoracic spine, t spine, tspine, dorsal spine, d spine, dspine, thoracic, t sp, tsp, thor spine, spine thoracic, thoracic vertebrae, dorsal vertebrae, th spine
thoracolumbar spine: thoracolumbar spine, thoracolumbar, tl spine, t l spine, dorsolumbar spine, d l spine, dl spine, dorsolumbar, tlspine, thoraco lumbar, scoliosis, scoliosis series, dorso lumbar spine, scoli
thyroid: thyroid, thyr, thyroid gland, thy, thyroid nodule
toe: toe, toes, great toe, hallux, big toe
upper arm: upper arm, humerus, hum, humeri, humeral shaft
upper extremity: upper extremity, upper extremities, upper limb, upper limbs, arm, arms, ue, uext, upper ext, brachial plexus, bue, rue, lue, fistulogram, av fistula, dialysis fistula, fistulagram, avf, dialysis access, brachial plex, brach plexus
upper gastrointestinal tract: upper gi, ugi, upper gastrointestinal tract, upper gi series, barium meal, ba meal, upper gastrointestinal, upper gastro intestinal, upper g i, stomach and duodenum, ugis
urethra: urethra, urethral, urethrogram, retrograde urethrogram, rug
urinary tract: urinary tract, urogram, urography, ivp, ivu, kub ct, ct kub, ureter, ureters, intravenous urogram, intravenous pyelogram, ct urogram, ureteric, ctu, mru, ct ivu, hematuria, haematuria, pyelogram, retrograde pyelogram, renal tract, genitourinary, gu, kub stone, ct kub stone, pyelo, pyelogram, pyelography, antegrade pyelogram, mr urography, ct urography, mr urogram, urogram ct, usg kub, us kub, uss kub, ultrasound kub
uterus: uterus, uterine, hysterosalpingogram, hsg, hystero, endometrium, fibroids, fibroid, uterine artery, uae, ufe, hysterosalpingography, cervix, cervix uteri, hycosy, sonohysterogram
whole body: whole body, total body, wb, full body, wholebody, wbct, pan scan, panscan, polytrauma, trauma scan, babygram, pan ct, mibg, octreotide, octreoscan, vertex to toes, head to toe, trauma pan ct, trauma panscan, whole body trauma
wrist: wrist, wrists, wrst, scaphoid, navicular, carpal, carpal bones, carpus, carpal tunnel, wri, scaphoids
modality CT: ct, cat, cat scan, computed tomography, cta, ctscan, ct scan, computerised tomography, computerized tomography, cbct, hrct, ctpa, ctpe, ccta, ctca, ncct, cect, wbct, comp tomography
modality MR: mr, mri, magnetic resonance, magnetic resonance imaging, mra, nmr, mrv, mrcp, fmri, cmr, mre, mru, mpmri, cemra, mrs, cemri
modality XR: xr, xray, x ray, x rays, xrays, radiograph, radiographs, radiography, cxr, axr, plain film, plain films, dx, cr, dr, kub, rad, opg, dexa, dxa, bone densitometry, bone density, bone densitometry dxa, bmd, panorex, scanogram, bone age, plain radiograph, xry, film
modality US: us, uss, ultrasound, sonogram, sonography, ultrasonography, doppler, duplex, u s, echo, echocardiogram, echocardiography, ultra sound, sono, obus, ultrasonic, tte, tee
modality MG: mg, mammogram, mammography, mammo, ffdm, tomosynthesis, mmg, dbt, mam, mams
modality NM: nm, nuc med, nuclear medicine, scintigraphy, scintigram, spect, isotope, nuclear, radionuclide, bone scan, v q scan, vq scan, hida, muga, mag3, dmsa, renogram, nucmed, mibg, octreotide, gallium scan, sestamibi, mpi, technetium, tc99m, lymphoscintigraphy, nm scan, octreoscan, dat scan, datscan, spect ct
modality PT: pet, pt, positron emission tomography, pet scan
modality PT&CT: pet ct, petct, pt ct, ct pet, pet ct fdg, fdg pet ct, pet and ct, pet with ct
modality RF: rf, fl, fluoro, fluoroscopy, fluoroscopic, barium swallow, barium meal, barium enema, upper gi, ugi, hsg, hysterosalpingogram, vcug, mcug, esophagram, sbft, barium, screening fluoroscopy, defecography, myelogram, ivp, ivu, arthrogram fluoro, small bowel follow through, videofluoroscopy, image intensifier, modified barium swallow, mcu, proctogram, sniff test, gastrografin
modality XA: xa, angiogram, angiography, arteriogram, arteriography, dsa, ir, interventional, interventional radiology, cath lab, venogram, venography, cerebral angiogram, digital subtraction angiography, fistulogram, embolization, embolisation, angioplasty, rp, fistulagram
side R: right, rcc, rmlo, r cc, r mlo, rt, r, rgt, rght, dextra, rle, rue
side L: left, lcc, lmlo, l cc, l mlo, lt, l, lft, sinistra, lle, lue
side B: bilateral, bilat, bil, both, bi, bl, b l, bilaterally, lt and rt, right and left, left and right, l and r, r and l, lt rt, rt lt, ble, bue, l r, r l, bilats, both sides
with: with, w, plus, c, wth
without: without, wo, w o, wout, no, non, minus, s, wihtout, w out, without any, n o
and: and, n
contrast: contrast, con, cont, contrst, contras, contr, iv contrast, ic, cm, dye, gad, gado, gadolinium, gd, omnipaque, iv, ivcon, intravenous contrast, ivc, contrast agent, enhancement, intravenous, contrast media, contrast medium, i v, i v contrast
contrast with: enhanced, postcontrast, post contrast, post gad, ce, cect, c plus, wcon, wiv, with c, post con, post gd, post gadolinium, w c, w con, w contrast, w cont, with contrast, with iv contrast, w iv contrast, post iv contrast, cemri, wc, contrast enhanced, with con, w gad, with gad, w gd, post injection, portal venous, portal venous phase, venous phase, arterial phase, delayed phase, pv phase, arterial and venous
contrast without: noncontrast, non contrast, unenhanced, non enhanced, nonenhanced, noncon, non con, plain, ncct, nect, nc, no contrast, wo con, wocon, w o c, wo c, no iv contrast, without contrast, w o contrast, wo contrast, wo iv contrast, without iv contrast, w o iv contrast, low dose renal, w out contrast, wo cont, w o con, w o cont, wocontrast, non iv contrast, noncontrast study, native, precontrast, pre contrast, unenh, woc, w o gad, w out con, without gad, without gadolinium
contrast both: w wo, wwo, w and wo, w and w o, w w o, wo w, with and without, without and with, with without, pre and post, pre post, pre and post contrast, w wo con, w wo contrast, w w o contrast, with and without contrast, without and with contrast, w and wo contrast, w and w o contrast, with wo, w wout, wandwo, pre and post gad, pre post contrast, w w out, dual phase, c pm, plain and enhanced, w o and w, wo and w, w o w, w o and with, wo and with, wo with, w o with, w without, with or without, plus minus contrast, w and without, w and w out, pre plus post, w plus wo, without then with, w wo c, wwoc, plain and contrast
sign angio: angio, angiogram, angiography, cta, mra, angiographic, arteriogram, arteriography, cemra, ctangio, mrangio, angiog
sign artery: artery, arteries, arterial, arteriogram, art
sign vein: vein, veins, venous, mrv, ctv, venogram, venography, vns
sign vessel: vessel, vessels, vascular, vasc
sign doppler: doppler, duplex, dopp, dop, colour flow, color flow
sign perfusion: perfusion, perf, ctp
sign tof: tof, time of flight
sign arthrogram: arthrogram, arthro, arthrography, intra articular, intraarticular, arthrographic, mr arthrogram
sign myelogram: myelogram, myelography, myelo, intrathecal
sign guided: guided, guidance, guide, under ct, under us, image guided, us guided, ct guided, fluoro guided, with imaging guidance, gd procedure
sign biopsy: biopsy, bx, biopsies, fna, core biopsy, fnac, needle biopsy, fine needle, biop, fine needle aspiration
sign drainage: drainage, drain, drains, thoracentesis, paracentesis, pigtail, abscess drainage, para, thora, chest tube, ascites tap
sign aspiration: aspiration, aspirate, tap procedure, cyst aspiration
sign injection: injection, inj, steroid injection, nerve block, block, epidural, facet injection, nerve root, esi, facet, injections
sign ablation: ablation, rfa, cryoablation, microwave ablation, radiofrequency ablation, mwa
sign placement: placement, insertion, port placement, picc, line placement, stent placement, tube placement, insert, stent, catheter placement, exchange, removal, tube change, filter placement, picc line, hickman, portacath, stenting, tips, gastrostomy, g tube, peg tube, nasogastric tube, gj tube
sign needle localization: needle localization, needle loc, wire localization, wire loc, localization, localisation, hook wire, needle localisation, needle placement, wire localisation
sign embolization: embolization, embolisation, uae, ufe, tace, chemoembolization, embo, chemoembolisation
sign angioplasty: angioplasty, pta, thrombectomy, thrombolysis, balloon angioplasty
sign nephrostomy: nephrostomy, pcn
sign vertebroplasty: vertebroplasty, kyphoplasty
sign lumbar puncture: lumbar puncture, lp, spinal tap
sign screening: screening, screen, scr, scrn, surveillance
sign lung cancer: lung cancer screening, ldct, low dose chest, lung screening, low dose lung, lung ca screen, low dose ct lung, lung cancer, lcs
sign diagnostic: diagnostic, diag, dx mammo, symptomatic
sign call back: call back, callback, recall, additional views, assessment
sign tomosynthesis: tomosynthesis, tomo, dbt, 3d mammo, 3d mammogram
sign implant: implant, implants
sign specimen: specimen
sign stereotactic: stereotactic, stereo
sign vacuum: vacuum, vab
sign clip: clip, clip placement, marker clip
sign core: core, needle core, core biopsy
sign cyst: cyst
sign limited: limited, ltd, lmt, lmtd, focused, single organ, partial, quick look, lim, limted
sign complete: complete, comp, cmplt, compl, cplt
sign follow-up: follow up, fu, f u, followup, f up, repeat
sign transvaginal: transvaginal, tv, endovaginal, tvus, ev, trans vaginal, tvs
sign transabdominal: transabdominal, ta scan, trans abdominal, ta
sign transrectal: transrectal, trus, endorectal
sign volume: volume
sign 1st trimester: first trimester, 1st trimester, 1st tri, dating, early pregnancy, less than 14 weeks, 14 weeks, viability, nuchal translucency, first tri, nuchal
sign 2nd/3rd trimester: second trimester, third trimester, 2nd trimester, 3rd trimester, 2nd tri, 3rd tri, anomaly scan, anomaly, anatomy scan, fetal anatomy, 2nd 3rd trimester, 2nd or 3rd trimester, 20 weeks, 20 week, greater than 14 weeks, fetal survey, mid trimester
sign multiple gestation: multi, twins, twin, multiple gestation
sign additional: additional, add, each additional
sign abnormal: abnormal
sign pediatric: pediatric, paediatric, peds, ped, paed, child, paeds, children, neonatal, neonate, infant, baby, newborn, babygram, nicu, fontanelle
sign stress: stress, adenosine, dobutamine, regadenoson, exercise, persantine, lexiscan, stress perfusion
sign rest: rest
sign calcium: calcium, calcium score, calcium scoring, cac, cacs, ca score
sign pulmonary embolus: ctpa, ctpe, pulmonary embolism, pulmonary embolus, pe protocol, pe study, pe, pulmonary emboli, pulm embolus, rule out pe, r o pe, chest pe, pe chest, embolus, pulm embolism
sign high resolution: hrct, high resolution, hi res, hires, ild, interstitial, lung parenchyma, parenchyma, high res
sign colonography: colonography, virtual colonoscopy, ctc, virtual colon
sign enterography: enterography, mre, cte, enteroclysis
sign urography: urogram, urography, ctu, mru, ct ivu, ivp, ivu
sign stone: stone, stones, renal colic, stone protocol, calculi, kidney stone, stone search, nephrolithiasis, renal stone, calculus
sign mrcp: mrcp, cholangiopancreatography, magnetic resonance cholangiopancreatography
sign cholangiogram: cholangiogram, cholangiography, cholangio
sign cystogram: cystogram, cystography
sign voiding: voiding, vcug, mcug, micturating, mcu, voiding cystourethrogram
sign functional: functional, fmri
sign motor: motor
sign spectroscopy: spectroscopy, mrs, spectro
sign tumor: tumor, tumour, oncology, oncologic, fdg, tumor localization, tumour localisation, staging, restaging, f18, pet fdg, lymphoma
sign metastasis: metastasis, metastases, mets, metastatic, mets
sign velocity flow: velocity flow, velocity, flow quantification
sign post-op: post op, postop, postoperative, post surgical
sign intra-op: intraoperative, intraop, theatre, in theatre, intra op, operating room
sign portable: portable, port, mobile, bedside, prtbl, portble
sign standing: standing, erect, weight bearing, weightbearing, wt bearing, wb views, upright, weight brg
sign supine: supine
sign decubitus: decubitus, decub
sign flexion extension: flexion extension, flex ext, flexion and extension, flex and ext, flexion, extension, flex
sign oblique: oblique, obliques, obl, obls, obliq
sign bending: bending
sign swimmers: swimmers, swimmer
sign lordotic: lordotic, apical lordotic, apical
sign inspiration expiration: inspiration expiration, insp exp, inspiratory expiratory, inspiration and expiration, expiration, expiratory, insp and exp
sign scoliosis: scoliosis, scoli, scoliosis series
sign bone age: bone age
sign bone length: bone length, leg length, scanogram, long leg
sign bone survey: bone survey, skeletal survey, myeloma survey
sign density: bone density, dexa, dxa, densitometry, bmd, bone mineral density, density, bone densitometry
sign dental: opg, panorex, panoramic, orthopantomogram, teeth, dental
sign spect: spect, sp ect
sign three-phase: three phase, 3 phase, triple phase bone, 3phase
sign flow: flow, dynamic
sign uptake: uptake
sign therapy: therapy, ablation therapy, i131 therapy, radioiodine, rx
sign wbc: white blood cells, wbc, leukocyte, white cell, labelled white cell, tagged wbc
sign mibg: mibg
sign octreotide: octreotide, octreoscan
sign cortex: cortex, dmsa, cortical
sign diuretic: diuretic, lasix, furosemide, frusemide, mag3 with lasix
sign function: function, mag3, renogram, gfr, functional renal
sign drug: drug, captopril, pharmacologic, pharmacologic intervention, cck, kinevac, w ef, ef
sign transplant: transplant, tx kidney, graft, allograft
sign ventilation: ventilation, v q, vq, v q scan, vq scan, vent perf, vent
sign q-perfusion: v q, vq, v q scan, vq scan, lung perfusion, vent perf
sign gastric emptying: gastric emptying, ges
sign solid: solid
sign liquid: liquid
sign reflux: reflux, gastroesophageal reflux
sign bleeding: bleed, bleeding, gi bleed
sign hemangioma: hemangioma, haemangioma
sign blood pool: muga, blood pool, ejection fraction wall motion
sign infarction: infarction, infarct, pyp
sign amyloid: amyloid, florbetapir
sign metabolic: metabolic
sign viability: viability
sign sarcoid: sarcoid, sarcoidosis
sign swallow: swallow, barium swallow, swallowing
sign double contrast: double contrast, air contrast, dc
sign single contrast: single contrast
sign water soluble: water soluble, gastrografin, omnipaque swallow, water sol
sign follow through: follow through, sbft, small bowel follow through, with small bowel
sign enema: enema, barium enema
sign retrograde: retrograde
sign antegrade: antegrade
sign discogram: discogram, discography
sign ultrasound if needed: with ultrasound if needed, us if needed
sign planning: planning, radiotherapy planning, simulation, treatment planning, rt planning, sim
sign postprocessing: post processing, 3d recon, 3d rendering, reconstruction, recon, reformat, reformats, 3d reconstruction, by reconstruction, by recon, recons, 3d
sign stroke: stroke, code stroke
sign trauma: trauma, fall, mva
sign runoff: runoff, run off
sign pharynx: pharynx
sign coil: rectal coil, endorectal coil, rec coil
sign elastography: elastography, elasto
sign tissue: soft tissue, soft tissues, st
sign musculoskeletal: musculoskeletal, msk
sign joint: joint, joints, jt
sign morphology: structure morphology, morphology
sign congenital: congenital heart disease, congenital
sign torsion: torsion
sign foreign body: foreign body, fb
sign mass: mass, lump
sign carotid: carotid, carotids
sign pelvis view: with pelvis, and pelvis, ap pelvis, w pelvis, incl pelvis, including pelvis
sign chest view: with chest, and chest, plus chest, with pa chest
sign sacrum: sacrum
sign coccyx: coccyx
sign scaphoid: scaphoid, navicular, scaphoids
sign thumb: thumb, thumbs
sign calcaneus: calcaneus, heel, os calcis, calcaneum
sign spleen: spleen, splenic
sign mediastinum: mediastinum, mediastinal
sign axilla: axilla, axillary
sign brachial plexus: brachial plexus, brachial plex, brach plexus, plexus
sign penis: penis, penile
sign parathyroid: parathyroid, parathyroids
sign salivary: salivary gland, salivary glands, salivary
sign bone marrow: bone marrow, marrow
sign lymph node: lymph node, lymph nodes, sentinel node, lymphoscintigraphy
sign mastoid: mastoid, mastoids
sign zygoma: zygoma, zygomas
sign eye: eye, eyes
sign ovary: ovary, ovaries, ovarian
sign airway: airway, trachea
sign abdominal wall: abdominal wall, abd wall
sign cistern: cisternogram, cisterns
sign posterior fossa: posterior fossa
sign sternoclavicular: sternoclavicular, sternoclavicular joint, sternoclavicular joints, sc joints
sign optic foramina: optic foramina
sign mca: mca
sign head: head
sign aneurysm: aneurysm, aaa
sign babygram: babygram
view ap: ap, anteroposterior, frontal, front
view pa: pa, posteroanterior
view lateral: lateral, lat, ltrl, latl
view oblique: oblique, obl, obliques, oblq, obls
view axial: axial view, axial views, axillary view, y view, skyline, sunrise, merchant
view odontoid: odontoid, open mouth, peg view, peg
view mortise: mortise
view frog: frog leg, frog, frogleg
views: views, view, vw, vws, v, projections, projection, films, vs
number 1: single, one, 1vw, 1v
number 2: two, 2vw, 2v, 2vws, ap lat, ap and lat, pa lat, pa and lat, pa and lateral, ap and lateral, pa lateral, ap lateral
number 3: three, 3vw, 3v, 3vws
number 4: four, 4vw, 4v, 4vws
number 5: five, 5v
number 6: six, 6v
plain: exam, examination, study, scan, imaging, image, images, routine, protocol, prot, std, standard, department, dept, series, procedure, proc, radiology, evaluation, eval, survey, basic, adult, adlt, inpatient, outpatient, op, ip, er, ed, emergency, urgent, stat, asap, hospital, request, outside, pt, patient, review, protocols, general, clinic, ward, new, rule out, of, the, for, in, to, or, on, a, at, by, including, incl, only, all, per, gp, nhs, tube, mid, research, test, ref, referral, low dose, mdct, multislice, multi slice, multiphase, triphasic, dual energy, 3t, 1.5t, 15t, tesla, 64, 128, helical, spiral, thin, slice, fast, limited study, ortho, surg, surgery, onc, icu, itu, sequence, oral, oral contrast, w oral, po, pain, injury, fracture, fx, acute, chronic, copy, cd, import, imported, ext study, view only, bone window, lung window, body, multiparametric, mp, dynamic contrast, ax, sag, cor, soft, hd, female, male, women, men, man, woman, melanoma, carcinoma, cancer, ca, nodule, infection, mass, eval, evaluate, history, hx, dx, tumor protocol, trauma protocol, without sedation, sedation, anesthesia, ga, low, dose, ultra
week: weeks, week, wks, wk
sign echocardiography: echo, tte, tee, echocardiogram, echocardiography, transthoracic echo
sign upper abdomen: upper abdomen, upper abdominal, uppr abd, ruq, right upper quadrant, luq, left upper quadrant
sign plural: knees, hands, feet, hips, ankles, wrists, elbows, shoulders, femurs, forearms, legs, arms, lower extremities, upper extremities, lower limbs, upper limbs, temporal bones, petrous bones, t bones, tbones, temp bones, clavicles, thighs, calves, breasts, carotids, carotid arteries, humeri, femora, lower extremity veins, leg veins, tmjs, temporomandibular joints, ears, mastoids, scapulae, heels, ac joints, acromioclavicular joints, acjs, sc joints
sign ductogram: ductogram, galactogram
sign pelvimetry: pelvimetry
sign cephalogram: cephalogram
sign picc: picc, picc line
sign video: modified barium swallow, mbs, videofluoroscopy, video swallow, modified
sign post-void: post void residual, post void, pvr
sign cystourethrogram: cystourethrogram
sign ercp: ercp
sign fine needle: fna, fnac, fine needle, fine needle aspiration
sign unilateral: unilateral, unilat, unil
sign multiple: multi, multiple, mult
`;
