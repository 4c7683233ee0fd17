// Which parts of the body lie in which: where a specific one is named beside the wider one, the wider one says nothing more.

/** The wider part, then those in it. */
const table = `
brain: internal auditory canal; sella; orbit; paranasal sinuses; temporal bone; intracranial vessels; maxillofacial; nasal bones; mandible; temporomandibular joint; head and neck vessels; skull
neck: thyroid; larynx; parotid gland; carotid arteries; neck vessels; cervical spine; head and neck vessels
chest: heart; coronary arteries; pulmonary arteries; ribs; sternum; esophagus; lung; thoracic aorta; breast; thoracic spine; clavicle; scapula; aorta
lung: pulmonary arteries
heart: coronary arteries
abdomen: abdominal aorta and leg arteries; liver; kidney; pancreas; gallbladder; bile ducts; small bowel; colon; stomach; appendix; urinary tract; renal vessels; retroperitoneum; upper gastrointestinal tract; inferior vena cava; aorta; rectum; bladder; prostate; uterus; groin; pregnancy
abdomen and pelvis: urinary tract; small bowel; colon; bile ducts; kidney; liver; pancreas; prostate; rectum; abdominal aorta and leg arteries; appendix; aorta
pelvis: prostate; uterus; rectum; bladder; scrotum; hip; sacroiliac joints; groin; pregnancy; fetus; appendix; urethra; whole body; femur; lumbar spine
kidney: renal vessels; urinary tract
bladder: urinary tract; prostate
uterus: pregnancy; fetus
spine: cervical spine; thoracic spine; lumbar spine; thoracolumbar spine; sacroiliac joints
upper extremity: shoulder; upper arm; elbow; forearm; wrist; hand; finger; clavicle; scapula; acromioclavicular joint
lower extremity: hip; thigh; femur; knee; lower leg; ankle; foot; toe; leg arteries; leg veins; abdominal aorta and leg arteries
extremity: upper extremity; lower extremity; shoulder; upper arm; elbow; forearm; wrist; hand; finger; hip; thigh; femur; knee; lower leg; ankle; foot; toe; leg veins; leg arteries
hand: finger; wrist
foot: toe; ankle
shoulder: acromioclavicular joint
whole body: skeleton; skull base to mid-thigh
skull: mandible; maxillofacial; paranasal sinuses; nasal bones; orbit; temporal bone
maxillofacial: nasal bones; paranasal sinuses; mandible; orbit
carotid arteries: head and neck vessels
aorta: thoracic aorta; abdominal aorta and leg arteries
stomach: upper gastrointestinal tract
esophagus: upper gastrointestinal tract
bile ducts: pancreas
intracranial vessels: head and neck vessels
neck vessels: head and neck vessels
`;

export const partsIn: ReadonlyMap<string, readonly string[]> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [wider, narrower] = line.split(': ') as [string, string];
      return [wider, narrower.split('; ')];
    }),
);
