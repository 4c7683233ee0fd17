// The templates that come with Fascia, by name: written for it, free to change. A site keeps its own under other names, or
// under these.

import type { Template, TemplateBody } from '../template.ts';
import { ctAbdomen, ultrasoundAbdomen } from './abdomen.ts';
import { anyStudy } from './any.ts';
import { mammography } from './breast.ts';
import { chestRadiograph, ctChest, ctPulmonary } from './chest.ts';
import { jointRadiograph, mrKnee, mrSpine } from './musculoskeletal.ts';
import { ctHead, mrBrain } from './neuro.ts';

const bodies: Readonly<Record<string, TemplateBody>> = {
  'any-study': anyStudy,
  'chest-radiograph': chestRadiograph,
  'ct-abdomen-pelvis': ctAbdomen,
  'ct-chest': ctChest,
  'ct-head': ctHead,
  'ct-pulmonary-arteries': ctPulmonary,
  mammography,
  'mr-brain': mrBrain,
  'mr-knee': mrKnee,
  'mr-spine': mrSpine,
  'radiograph-bones': jointRadiograph,
  'ultrasound-abdomen': ultrasoundAbdomen,
};

/** Version 0: what comes with the program; what a site keeps counts from 1. */
export const shippedTemplates: readonly Template[] = Object.entries(bodies).map(([id, body]) => ({
  ...body,
  id,
  version: 0,
}));
