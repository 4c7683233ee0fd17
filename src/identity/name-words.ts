// Words that stand in names without being names: titles, generations, particles; and names that mean "nobody in
// particular". General knowledge of many languages; what one feed adds is learned (see placeholders.ts).

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

export const titles = words(`
  mr mrs ms miss mx dr prof sir dame rev hon herr frau fraulein fr hr dipl ing med phd md mme mlle monsieur madame
  sr1 sra srta don dona senor senora sig sigra dott dottssa dhr mevr mw pan pani san sama doktor professor doctor
  shri smt kumari esq mag drs`);

/** Generations of one name: father and son differ in these alone. */
export const generations = new Map<string, number>([
  ...[...words('jr junior jnr filho fils 2nd ii')].map((word) => [word, 2] as const),
  ...[...words('sr senior snr pere 1st')].map((word) => [word, 1] as const),
  ...[...words('iii 3rd neto')].map((word) => [word, 3] as const),
  ...[...words('iv 4th')].map((word) => [word, 4] as const),
]);

export const particles = words(`
  van von vom zu zum zur de der den des del della delle di da das do dos du d la las le les lo los el al ul ibn bin ben
  bint abd abdel abdul abu ter ten te op t af av st saint san santa mac mc ap y e och und`);

/** Those that stand within given names: Abd el Rahman, Maria de los Angeles. */
export const givenParticles = words('de del la las los da do dos das el al ul abd abdel abdul abu');

const newbornWords = words(`
  baby babyboy babygirl newborn neonate infant boy girl bb bebe bambino neugeborenes neugeborener saugling knabe
  madchen junge nino nina rn hijo hija recien nacido nacida nouveau fils fille enfant male female twin bg of`);
const newbornHeads = words(`
  baby babyboy babygirl newborn neonate infant boy girl bb bebe neugeborenes neugeborener saugling recien rn nouveau
  bambino`);

const testWords = words(`
  test tests testing tester zztest ztest xxtest testpatient phantom qa qc acr calibration calib dummy demo fake sample
  donotuse delete deleteme service void example mustermann`);

const temporaryWords = words(`
  unknown unidentified unbekannt unbekannte unbekannter inconnu inconnue desconocido desconocida ignoto sconosciuto
  trauma xxtrauma anonymous anonym anon noname unnamed temporary emergency notfall onbekend nn nepoznat nieznany
  nieznana john-doe`);

export type NameKind = 'person' | 'newborn' | 'test' | 'temporary' | 'none';

/**
 * Whether the folded words can be a person's name. Family and given are judged apart, because Victor Service and Joy Baby
 * are people: a word counts as a placeholder where nothing else is left, or where it leads the given name.
 */
export function nameKind(family: readonly string[], given: readonly string[]): NameKind {
  const all = [...family, ...given].filter((word) => !titles.has(word));
  if (all.length === 0) return 'none';
  if (all.every((word) => /^(.)\1+$/.test(word) && word.length > 1)) return 'test';
  if (isDoe(family, given)) return 'temporary';
  if (all.some((word) => temporaryWords.has(word))) return 'temporary';
  if (
    all.some((word) => testWords.has(word) || /^(?:zz+|xx+|test)(?:test|patient|trauma|phantom|zz|xx|\d)/.test(word))
  ) {
    return 'test';
  }
  if (
    /^(?:zzz|xxx)/.test(all[0]!) ||
    /do not use|mickey mouse|mouse mickey|donald duck|duck donald/.test(all.join(' '))
  ) {
    return 'test';
  }
  if (all.some((word) => /\d/.test(word))) return 'temporary';
  if (
    newbornHeads.has(given[0] ?? '') &&
    (given.length === 1 || newbornWords.has(given[1]!) || given[1]!.length === 1)
  ) {
    return 'newborn';
  }
  return 'person';
}

/** Doe with John, Jane or a number: the temporary name of the English-speaking emergency room. */
function isDoe(family: readonly string[], given: readonly string[]): boolean {
  const all = [...family, ...given];
  return all.includes('doe') && all.every((word) => word === 'doe' || doeGivens.has(word) || /^\d|^[a-z]$/.test(word));
}

const doeGivens = words('john jane johnny baby child jon janie unknown');
