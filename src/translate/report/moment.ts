// A moment of ISO 8601 as HL7 v2 (DTM) and DICOM (DT) write it, which is alike: digits, as far as they were said, and the offset.

export function digitsOf(iso = ''): string {
  const [, date = '', time = '', zone = ''] = /^([\d-]+)(?:T([\d:.]+))?(Z|[+-]\d\d:\d\d)?$/.exec(iso) ?? [];
  return date.replaceAll('-', '') + time.replaceAll(':', '') + zone.replace('Z', '+0000').replace(':', '');
}
