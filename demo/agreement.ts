// What the hospital and a reading provider abroad agreed on, and who reads there.

const always = { from: '2024-01-01' };

export const PROVIDER = 'nightowl';

/** A term of the contract: CT of emergencies, read under pseudonyms, by whoever may read for Schleswig-Holstein. */
export const contract = {
  id: 'seehaven-nightowl',
  provider: PROVIDER,
  from: '2026-01-01',
  terms: {
    'night-ct': {
      modalities: ['CT'],
      readType: 'final',
      subspecialty: { required: 'hard', relaxAt: 0.5 },
      levels: [
        { priority: 'stat', minutes: 30, pauses: ['question-to-site'], penalty: '20.00' },
        { priority: 'routine', minutes: 1440, pauses: ['question-to-site'] },
      ],
      jurisdictions: {
        patientAt: ['DE'],
        readerMayBeAt: ['DE', 'SE'],
        dataMayRestAt: ['DE', 'SE'],
        transfer: { mechanism: 'adequacy', evidence: 'GDPR 44: within the Union', validUntil: '2030-01-01' },
      },
      disclosure: { mode: 'pseudonymised', profile: 'R-read' },
      quality: { secondReadRate: 0, newStarterCases: 0 },
      price: { unit: 'exam', amount: '42.50', currency: 'EUR', multipliers: { stat: '1.5' } },
      delivery: ['RIS', 'EHR', 'PACS'],
    },
  },
};

export const site = { at: 'DE-SH', zone: 'Europe/Berlin', facilities: ['ANNA', 'NORD'], institutions: ['St. Anna'] };

const reader = (id: string, name: string, licences: readonly string[], subspecialties: readonly string[]) => ({
  id,
  name,
  at: 'SE',
  licences: licences.map((place) => ({
    ...{ id: `${id}-${place}`, number: '4711', issuer: `Board of ${place}`, validAt: [place], period: always },
  })),
  insurance: [{ period: always, limit: '5000000', currency: 'EUR' }],
  subspecialties,
  languages: ['en', 'de'],
});

/** Licensed where the patient is and where she sits, and a neuroradiologist. */
export const lind = reader('lind', 'Lind^Astrid', ['DE', 'SE'], ['neuro']);
/** Not licensed in Germany. */
export const berg = reader('berg', 'Berg^Nils', ['SE'], ['neuro']);

export const privileges = [{ id: 'P1', client: 'default', level: 'report', period: always }];

export const shift = (now: number) => [
  { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 7 * 3_600_000).toISOString() },
];
