// PS3.15 Table E.3.10-1: private elements known to say nothing of anybody, by Private Creator as group and element in the
// block. Those that hold whole structures or streams of bytes nobody has looked into (SC2000 acoustic data, Hologic codec
// content) are left out: what cannot be searched is not safe here. (2001,xx..) and (2005,xx..) are those of numbers.

export const safePrivateElements: Readonly<Record<string, string>> = {
  'Philips PET Private Group': '7053xx00 7053xx09',
  ELSCINT1: '00E1xx21 00E1xx50 01E1xx26 01F1xx01 01F1xx07 01F1xx26 01F1xx27',
  GEMS_ACQU_01: '0019xx23 0019xx24 0019xx27 0019xx9E',
  GEMS_PARM_01: '0043xx27 0043xx39 0043xx6F',
  GEMS_HELIOS_01: '0045xx01 0045xx02',
  GEMS_SERS_01: '0025xx07',
  'GEIIS PACS': '0903xx10 0903xx11 0903xx12',
  'Philips Imaging DD 001': `2001xx01 2001xx02 2001xx03 2001xx04 2001xx06 2001xx08 2001xx09 2001xx0A 2001xx0B 2001xx0C
    2001xx0E 2001xx0F 2001xx10 2001xx11 2001xx12 2001xx13 2001xx14 2001xx15 2001xx16 2001xx17 2001xx18 2001xx19 2001xx1A
    2001xx1B 2001xx1C 2001xx1D 2001xx1E 2001xx1F 2001xx21 2001xx22 2001xx23`,
  'Philips MR Imaging DD 001': '2005xx0D 2005xx0E',
  'SIEMENS MR HEADER': '0019xx0C 0019xx0D 0019xx0E 0019xx27',
  NQHeader: '0099xx01 0099xx02 0099xx04 0099xx10 0099xx20 0099xx21',
  NQLeft: range('0199', 0x16),
  NQRight: range('0299', 0x16),
};

/** Elements 01 to `last` of a block. */
function range(group: string, last: number): string {
  const digits = (element: number): string => element.toString(16).toUpperCase().padStart(2, '0');
  return Array.from({ length: last }, (_, at) => `${group}xx${digits(at + 1)}`).join(' ');
}
