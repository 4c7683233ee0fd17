// Studies and rules for tests and measurements, made from a seed.

import type { SeriesFacts, StudyFacts } from '../facts.ts';

/** A head CT of two series for which the emergency room waits; what is given takes the place of it. */
export function headCt(given: Partial<StudyFacts> = {}): StudyFacts {
  return {
    tenant: 'st-mary',
    study: {
      uid: '2.25.100',
      description: 'CT Head w/o contrast',
      modalities: ['CT'],
      bodyParts: ['HEAD'],
      instances: 240,
      series: [
        { uid: '2.25.101', modality: 'CT', description: 'Axial 5mm', sliceThickness: 5, instances: 40 },
        { uid: '2.25.102', modality: 'CT', description: 'Axial 0.6mm', sliceThickness: 0.6, instances: 200 },
      ],
    },
    person: { id: 'p1', ageYears: 71, sex: 'F' },
    order: { known: true, priority: 'STAT', neededBy: new Date('2026-11-23T12:00:00Z') },
    source: { door: 'dimse', aeTitle: 'CT1', facility: 'ER' },
    ...given,
  };
}

const words = {
  modality: ['CT', 'MR', 'CR', 'US', 'MG', 'PT', 'XA'],
  region: ['HEAD', 'CHEST', 'ABDOMEN', 'KNEE', 'BREAST', 'SPINE'],
  priority: ['STAT', 'HIGH', 'ROUTINE', 'LOW'],
  facility: ['NORTH', 'SOUTH', 'EAST', 'WEST'],
} as const;

/** `count` studies that differ in all that rules usually ask for. The same seed gives the same studies. */
export function studiesOf(count: number, seed: number): StudyFacts[] {
  const random = randomOf(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, (_, n) => {
    const modality = one(words.modality);
    const region = one(words.region);
    const series = Array.from(
      { length: 1 + Math.floor(random() * 6) },
      (_, s): SeriesFacts => ({
        uid: `2.25.${n}.${s}`,
        number: s + 1,
        modality: random() < 0.1 ? 'SR' : modality,
        description: `${region} series ${s}`,
        sliceThickness: one([0.6, 1, 3, 5]),
        instances: 1 + Math.floor(random() * 300),
      }),
    );
    return {
      tenant: 'st-mary',
      study: {
        uid: `2.25.${n}`,
        description: `${modality} ${region}`,
        modalities: [modality],
        bodyParts: [region],
        series,
      },
      procedure: { modality, bodyRegion: region, confidence: random() },
      person: {
        id: `p${n % 997}`,
        ...(random() < 0.9 && { ageYears: Math.floor(random() * 95) }),
        sex: one(['M', 'F']),
      },
      ...(random() < 0.8 && { order: { known: true, priority: one(words.priority), placerNumber: `A${n}` } }),
      source: { door: 'dimse', aeTitle: `${modality}${1 + Math.floor(random() * 3)}`, facility: one(words.facility) },
    };
  });
}

/** A rule file of `count` rules of the kinds that hospitals write. */
export function rulesOfSize(count: number): string {
  const kinds: ((n: number) => string)[] = [
    (n) => `"${words.modality[n % 7]}" in study.modalities && procedure.bodyRegion == "${words.region[n % 6]}"`,
    (n) => `order.priority == "STAT" && source.facility == "${words.facility[n % 4]}"`,
    (n) => `person.ageYears < ${10 + (n % 80)} && study.description.like("*${words.region[n % 6]}*")`,
    (n) => `study.series.exists(s, s.sliceThickness < 1.0 && s.instances > ${n % 300})`,
    () => 'time.clock >= "18:00" || time.clock < "07:00" || time.weekday in ["Sat", "Sun"]',
    (n) => `!order.known && source.aeTitle.like("${words.modality[n % 7]}*")`,
  ];
  const rules = Array.from({ length: count }, (_, n) => {
    const lines = [`  - name: rule-${n}`, `    when: '${kinds[n % kinds.length]!(n)}'`];
    if (n % 5 === 0) lines.push('    series: \'series.modality != "SR"\'');
    return [...lines, '    do:', `      send: D${n % 20}`].join('\n');
  });
  return `zone: Europe/Berlin\nrules:\n${rules.join('\n')}\n`;
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
