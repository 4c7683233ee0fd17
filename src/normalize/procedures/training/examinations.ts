// Examinations there are, by modality: the part, what else is said of it, and the contrast that follows from the kind.

import type { Contrast } from '../procedure.ts';

export interface Examination {
  focus: string;
  signs: string[];
  contrast: Contrast | undefined;
  interventional: boolean;
}

/** `focus; focus` a line: plain examinations, then `focus + sign + sign = contrast` for special ones. */
const table: Record<string, string> = {
  CT: `brain; brain; brain; brain; chest; chest; chest; abdomen; abdomen; abdomen and pelvis; abdomen and pelvis; abdomen and pelvis; chest, abdomen and pelvis
chest, abdomen and pelvis; chest and abdomen; neck, chest, abdomen and pelvis; neck; paranasal sinuses; orbit; temporal bone; maxillofacial; mandible; cervical spine
thoracic spine; lumbar spine; lumbar spine; thoracolumbar spine; pelvis; hip; knee; ankle; foot; shoulder; elbow; wrist; hand; femur; lower leg; kidney; urinary tract; liver; pancreas
retroperitoneum; sella; internal auditory canal; sacroiliac joints; larynx; lower extremity; upper extremity; ribs; sternum; clavicle; heart; small bowel; whole body
pulmonary arteries + pulmonary embolus = with; head and neck vessels + angio = with; coronary arteries + angio = with; thoracic aorta + angio = with; abdominal aorta and leg arteries + angio = with
intracranial vessels + angio = with; neck vessels + angio = with; renal vessels + angio = with; aorta + angio = with; coronary arteries + calcium = without; coronary arteries + calcium = without; coronary arteries + calcium = without; kidney + stone = without
chest + high resolution = without; chest + lung cancer = without; brain + perfusion = with; colon + colonography; small bowel + enterography
lung + biopsy!; liver + biopsy!; abdomen + drainage!; lumbar spine + injection!; kidney + biopsy!; pelvis + drainage!; kidney + ablation!`,
  MR: `brain; brain; brain; brain; lumbar spine; lumbar spine; lumbar spine; cervical spine; cervical spine; thoracic spine; spine; knee; knee; knee; shoulder; shoulder; hip; ankle; foot; wrist; hand; elbow
abdomen; liver; pelvis; prostate; breast; heart; sella; orbit; internal auditory canal; temporomandibular joint; neck; sacroiliac joints; thigh; lower leg; upper arm; forearm; finger; rectum; uterus; fetus; maxillofacial
bile ducts; pancreas; kidney; small bowel + enterography; intracranial vessels + tof = without; intracranial vessels + angio; neck vessels + angio; brain + perfusion = with; whole body; clavicle; toe; scrotum; larynx; parotid gland
breast + biopsy!; lower extremity; upper extremity; chest; bile ducts + mrcp; shoulder + arthrogram = none; hip + arthrogram = none; head and neck vessels + angio; leg arteries + angio; renal vessels + angio; brain + functional; brain + spectroscopy`,
  XR: `chest; chest; chest; chest; chest; abdomen; abdomen; knee; knee; knee; shoulder; hand; hand; wrist; ankle; ankle; foot; foot; hip; pelvis; elbow; lumbar spine; lumbar spine; cervical spine; thoracic spine
finger; toe; femur; lower leg; forearm; upper arm; clavicle; scapula; ribs; sternum; skull; nasal bones; maxillofacial; mandible; paranasal sinuses; sacroiliac joints; acromioclavicular joint; thoracolumbar spine; spine
chest + portable; axial skeleton + density; axial skeleton + density; axial skeleton + density; hand + bone age; lower extremity + bone length; thoracolumbar spine + scoliosis; extremity; upper extremity; lower extremity; skeleton + bone survey; neck; orbit`,
  US: `abdomen; abdomen; abdomen; kidney; urinary tract; thyroid; thyroid; carotid arteries; leg veins; leg veins; leg arteries; breast; breast; pelvis; pelvis + transvaginal; pregnancy; pregnancy + 1st trimester; scrotum; heart
neck; liver; gallbladder; groin; shoulder; prostate; brain + pediatric; hip + pediatric; renal vessels + doppler; aorta; knee; hand; appendix; bladder; thyroid + biopsy!; breast + biopsy!; liver + biopsy!; abdomen + drainage!; extremity; parotid gland; wrist; retroperitoneum`,
  MG: 'breast; breast; breast + screening; breast + diagnostic; breast + tomosynthesis; breast + biopsy!; breast + screening + tomosynthesis',
  NM: 'skeleton; skeleton + whole body; thyroid; thyroid + uptake; kidney; lung + q-perfusion; lung + ventilation; heart + perfusion; bile ducts; stomach + gastric emptying; brain; parotid gland; liver; bladder',
  RF: 'esophagus; esophagus + swallow; colon + enema; upper gastrointestinal tract; small bowel + follow through; bladder + voiding; uterus; urinary tract; rectum; urethra; lumbar spine + myelogram; knee + arthrogram; lumbar spine + lumbar puncture!',
  XA: 'intracranial vessels; leg arteries; coronary arteries; renal vessels; carotid arteries; pulmonary arteries; aorta; uterus + embolization!; liver + embolization!; upper extremity + placement!; inferior vena cava + placement!; leg arteries + angioplasty!; kidney + nephrostomy!',
  PT: 'brain; heart; whole body; skull base to mid-thigh',
  'PT&CT': 'whole body; whole body; skull base to mid-thigh; skull base to mid-thigh; brain',
};

const examinations = new Map(
  Object.entries(table).map(([modality, text]) => [modality, text.split(/[;\n]/).map(read)]),
);

export const partsOf = (modality: string): readonly Examination[] => examinations.get(modality)!;

function read(text: string): Examination {
  const [what, contrast] = text.trim().split(' = ') as [string, Contrast | undefined];
  const [focus, ...signs] = what.replace('!', '').split(' + ') as [string, ...string[]];
  return { focus, signs, contrast, interventional: what.endsWith('!') };
}
