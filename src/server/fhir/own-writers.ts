// By whom resources are written that a node writes by itself.

export const ownWriters = {
  documents: 'node:documents',
  reading: 'node:reading',
  reports: 'node:reports',
  subscriptions: 'node:subscriptions',
} as const;

/** No person and no system is called so. */
export const isOwnWriter = (by: string): boolean => by.startsWith('node:');
