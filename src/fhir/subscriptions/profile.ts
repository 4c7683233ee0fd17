// Names of the R4 Subscriptions Backport 1.1 (hl7.org/fhir/uv/subscriptions-backport).

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport';
const structure = (name: string): string => `${IG}/StructureDefinition/${name}`;
const operation = (name: string) => ({ name, definition: `${IG}/OperationDefinition/backport-subscription-${name}` });

export const profiles = {
  server: `${IG}/CapabilityStatement/backport-subscription-server-r4`,
  subscription: structure('backport-subscription'),
  status: structure('backport-subscription-status-r4'),
  notification: structure('backport-subscription-notification-r4'),
} as const;

export const extensions = {
  topic: structure('capabilitystatement-subscriptiontopic-canonical'),
  filter: structure('backport-filter-criteria'),
  content: structure('backport-payload-content'),
  heartbeatPeriod: structure('backport-heartbeat-period'),
  timeout: structure('backport-timeout'),
  maxCount: structure('backport-max-count'),
  channelType: structure('backport-channel-type'),
  /** Of R4 itself. */
  websocket: 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket',
} as const;

export const operations = {
  status: operation('status'),
  events: operation('events'),
  bindingToken: operation('get-ws-binding-token'),
} as const;
