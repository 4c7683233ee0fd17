// Dates and times of DICOM (PS3.5 6.2) as people read them.

/** `20260131` as `2026-01-31`; anything else as it is. */
export const shownDate = (date: string): string => date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** `101500` as `10:15`. */
export const shownTime = (time: string): string => time.replace(/^(\d{2})(\d{2}).*$/, '$1:$2');
