// The topics that may be subscribed to: the SubscriptionTopics of the R4 Subscriptions Backport 1.1, as R4 has them, a
// canonical URL each. What triggers is decided by this table, and the CapabilityStatement and the Basics are made of it.

import type { Basic, Extension } from '@medplum/fhirtypes';
import { storedTypes } from '../served-types.ts';

export type Interaction = 'create' | 'update' | 'delete';

export interface SubscriptionTopic {
  /** Of the Basic that describes it. */
  id: string;
  url: string;
  title: string;
  description: string;
  /** What it is about: the focus of its notifications. */
  types: readonly string[];
  interactions: readonly Interaction[];
}

const every: readonly Interaction[] = ['create', 'update', 'delete'];

const topic = (id: string, about: Omit<SubscriptionTopic, 'id' | 'url'>): SubscriptionTopic => ({
  id: `topic-${id}`,
  url: `urn:fascia:topic:${id}`,
  ...about,
});

export const topics = {
  studyAvailable: topic('imaging-study-available', {
    title: 'A study has arrived',
    description: 'Images of a study that was not known came, and for some seconds no more.',
    types: ['ImagingStudy'],
    interactions: ['create'],
  }),
  studyChanged: topic('imaging-study-changed', {
    title: 'A study came, changed or went',
    description: 'What the ImagingStudy says is something else: images came, were replaced, rejected or removed.',
    types: ['ImagingStudy'],
    interactions: every,
  }),
  reportChanged: topic('report-changed', {
    title: 'A report was written, changed or deleted',
    description: 'Any version of a DiagnosticReport; status=final keeps it to those that are signed.',
    types: ['DiagnosticReport'],
    interactions: every,
  }),
  orderChanged: topic('order-changed', {
    title: 'An order was placed, changed or deleted',
    description: 'Any version of a ServiceRequest.',
    types: ['ServiceRequest'],
    interactions: every,
  }),
  taskChanged: topic('task-changed', {
    title: 'A task was set, changed or deleted',
    description: 'Any version of a Task.',
    types: ['Task'],
    interactions: every,
  }),
  patientMerged: topic('patient-merged', {
    title: 'Somebody said that records are one person, or that they are not',
    description: 'A merge, a link, a decision or its retraction, by HL7 v2, FHIR or a person at the console.',
    types: ['Patient'],
    interactions: ['update'],
  }),
  resourceChanged: topic('resource-changed', {
    title: 'A resource was written, changed or deleted',
    description: 'Any version of what is kept here; filters name the types: Observation?code=http://loinc.org|8867-4.',
    // A Subscription would tell of itself.
    types: ['Patient', ...storedTypes.filter((type) => type !== 'Subscription')],
    interactions: every,
  }),
} as const satisfies Record<string, SubscriptionTopic>;

export const allTopics: readonly SubscriptionTopic[] = Object.values(topics);

/** What R4 has without topics: `criteria` is a search, met by what is created or updated. It is nobody's to name. */
export const searchTopic: SubscriptionTopic = topic('search-criteria', {
  title: 'Something that a search finds was created or updated',
  description: 'R4 subscription.html by itself, without the backport.',
  types: ['ImagingStudy', ...topics.resourceChanged.types],
  interactions: ['create', 'update'],
});

export const topicOf = (url: string): SubscriptionTopic | undefined => allTopics.find((each) => each.url === url);

/** Topics of what is written, which everything that is kept triggers. */
export const topicsOfWritten = (type: string, interaction: Interaction): readonly SubscriptionTopic[] =>
  [...allTopics, searchTopic].filter(
    (each) => each !== topics.patientMerged && each.types.includes(type) && each.interactions.includes(interaction),
  );

/** `http://hl7.org/fhir/fhir-types|SubscriptionTopic`: by which such Basics are found. */
export const TOPIC_CODE = { system: 'http://hl7.org/fhir/fhir-types', code: 'SubscriptionTopic' } as const;

const R5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic';

/** A topic as the backport has it in R4: a Basic with the elements of R5. */
export function basicOf({
  id,
  url,
  title,
  description,
  types,
  interactions,
}: SubscriptionTopic): Basic & { id: string } {
  const triggers = types.map(
    (type): Extension => ({
      url: `${R5}.resourceTrigger`,
      extension: [
        { url: 'resource', valueUri: `http://hl7.org/fhir/StructureDefinition/${type}` },
        ...interactions.map((each): Extension => ({ url: 'supportedInteraction', valueCode: each })),
      ],
    }),
  );
  return {
    resourceType: 'Basic',
    id,
    extension: [
      { url: `${R5}.url`, valueUri: url },
      { url: `${R5}.title`, valueString: title },
      { url: `${R5}.description`, valueMarkdown: description },
      ...triggers,
    ],
    modifierExtension: [{ url: `${R5}.status`, valueCode: 'active' }],
    code: { coding: [TOPIC_CODE] },
  };
}
