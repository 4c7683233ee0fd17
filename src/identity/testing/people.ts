// The people of a made-up population, with their households: couples who changed names, twins, fathers and sons of one
// name, strangers of one name and birth date.

import type { Random } from './random.ts';

export interface Person {
  id: string;
  family: string;
  /** The name before marriage, where it was another. */
  birthFamily?: string;
  given: string;
  middle: string;
  /** Other forms of the given name that people use. */
  forms: string[];
  familyForms: string[];
  generation: string;
  sex: string;
  birthDate: string;
  addresses: string[];
  phones: string[];
  nationalId: string;
  /** Of somebody of the same home, under which a desk may register this one. */
  relativesId?: string;
  tags: string[];
}

interface Culture {
  families: string[];
  men: string[];
  women: string[];
  /** Spellings of parts of names, as other registries write them. */
  spellings: [string, string][];
}

const list = (text: string): string[] => text.trim().split(/\s+/);

const cultures: Culture[] = [
  {
    families: list(
      'Halvorsen Brancato Oyelaran Whitcombe Ashdown Pellegrin Thackeray Mostyn Penhale Carbury Lathom Dorrance Eastwick Fenwick Garland Hatherley Isherwood Jessop Kersey Loxley Maddern Norbury Ogden Pascoe Quennell Rothwell Selwyn Tremayne Underhill Venning Wardell Yelland Larkin Brody Dixon Gale Hobbs Rowe Tate Vance',
    ),
    men: list(
      'Robert Michael William Joseph Edward Andrew Gregory Stephen Anthony Matthew Nicholas Benjamin Frederick Samuel Timothy Philip Lawrence Douglas Walter Vincent Graham Stuart Clive Rupert Felix Hugo Miles Owen',
    ),
    women: list(
      'Margaret Elizabeth Katherine Deborah Susan Patricia Barbara Victoria Rebecca Christine Jennifer Judith Frances Eleanor Amanda Pamela Veronica Gillian Harriet Imogen Beatrix Rosalind Phoebe Tabitha Lydia Nora',
    ),
    spellings: [
      ['ck', 'k'],
      ['th', 't'],
    ],
  },
  {
    families: list(
      'Müller Schröder Krüger Böhm Jäger Köhler Günther Lübke Weiß Dörfler Häusler Vogel Brandt Seidel Pohl Thiel Kuhn Sauer Ernst Haase',
    ),
    men: list('Jürgen Günter Björn Torsten Heinrich Wilhelm Friedrich Matthias Sören Uwe Ralf Dieter Lothar'),
    women: list('Bärbel Käthe Jutta Ingrid Heike Gisela Annegret Ursel Doris Silke Hannelore Lieselotte'),
    spellings: [
      ['ü', 'ue'],
      ['ö', 'oe'],
      ['ä', 'ae'],
      ['ß', 'ss'],
      ['ü', 'u'],
    ],
  },
  {
    families: list(
      'Sokolov Morozov Lebedev Kozlov Vasilyev Zaitsev Orlov Zhukov Nikitin Tarasov Belyaev Gusev Yakovlev Filippov Rybakov Kravchenko Bondarenko Kovalenko',
    ),
    men: list('Alexei Sergei Dmitri Nikolai Mikhail Yuri Evgeni Andrei Vladimir Konstantin Maxim'),
    women: list('Tatyana Yelena Natalya Svetlana Ekaterina Kseniya Anastasia Lyudmila Galina Yulia'),
    spellings: [
      ['ov', 'ow'],
      ['ev', 'ew'],
      ['y', 'i'],
      ['zh', 'sch'],
      ['ei', 'ey'],
      ['v', 'w'],
      ['ov', 'off'],
    ],
  },
  {
    families: list(
      'al-Rashid Haddad Mansour Khalil Nasser Saleh Farouk Hamdan Qureshi Siddiqui Rahman Aziz Barakat Darwish el-Masri Shaheen',
    ),
    men: list('Mohammed Ahmed Mahmoud Hussein Khaled Youssef Ibrahim Mustafa Tariq Abdelkader Samir'),
    women: list('Fatima Aisha Khadija Zainab Maryam Layla Noura Yasmin Samira Huda Amina'),
    spellings: [
      ['ou', 'u'],
      ['ai', 'ay'],
      ['oh', 'uh'],
      ['ein', 'ain'],
      ['ed', 'ad'],
      ['ia', 'iya'],
      ['ss', 's'],
    ],
  },
  {
    families: list('Zhang Wang Liu Chen Zhao Huang Zhou Xu Guo Liang Zheng Xie Deng Feng'),
    men: list('Weiming Jianguo Haoran Zhiqiang Junjie Xiaoming Guangyu Yichen Bowen Tao'),
    women: list('Xiulan Meiling Lihua Yanhong Xiaoyu Jingyi Shufen Fangfang Yuting Hui'),
    spellings: [
      ['Zhang', 'Cheung'],
      ['Wang', 'Wong'],
      ['Liu', 'Lau'],
      ['Chen', 'Chan'],
      ['Zhao', 'Chiu'],
      ['Xu', 'Hsu'],
      ['Guo', 'Kwok'],
      ['Liang', 'Leung'],
    ],
  },
  {
    families: list(
      'Navarro Ibarra Montoya Zamora Cisneros Arroyo Beltran Camacho Dominguez Escobar Figueroa Galindo Herrera Jimenez Lozano Maldonado Nunez Orozco Palacios Quintana Rosales Salazar Trevino Urbina Velasco',
    ),
    men: list('Francisco Enrique Rafael Ignacio Jesus Eduardo Alberto Guillermo Roberto Manuel Joaquin'),
    women: list('Guadalupe Josefina Dolores Mercedes Rosario Isabel Catalina Esperanza Beatriz Pilar'),
    spellings: [
      ['z', 's'],
      ['nu', 'ñu'],
    ],
  },
];

const nicknames: Record<string, string[]> = {
  Robert: ['Bob', 'Rob'],
  Michael: ['Mike'],
  William: ['Bill', 'Will'],
  Joseph: ['Joe'],
  Edward: ['Ed', 'Ted'],
  Andrew: ['Andy'],
  Gregory: ['Greg'],
  Stephen: ['Steve'],
  Anthony: ['Tony'],
  Matthew: ['Matt'],
  Nicholas: ['Nick'],
  Benjamin: ['Ben'],
  Frederick: ['Fred'],
  Samuel: ['Sam'],
  Timothy: ['Tim'],
  Lawrence: ['Larry'],
  Margaret: ['Peggy', 'Meg'],
  Elizabeth: ['Liz', 'Betty'],
  Katherine: ['Kate'],
  Deborah: ['Debbie'],
  Susan: ['Sue'],
  Patricia: ['Pat'],
  Victoria: ['Vicky'],
  Rebecca: ['Becky'],
  Christine: ['Chris'],
  Jennifer: ['Jenny'],
  Judith: ['Judy'],
  Francisco: ['Paco', 'Pancho'],
  Enrique: ['Quique'],
  Ignacio: ['Nacho'],
  Guadalupe: ['Lupe'],
  Heinrich: ['Heinz'],
  Alexei: ['Alyosha'],
  Mikhail: ['Misha'],
  Yelena: ['Lena'],
};

const syllables = list(
  'bar den fal gor hal kel lin mor nes pol ras sel tor ul vern wick ash bur cot dal ford gate ham mere ston wald brook crest',
);

export function* people(random: Random, count: number): Generator<Person> {
  const streets = Array.from({ length: 240 }, () => title(word(random, 2 + random.below(2))));
  const towns = Array.from({ length: 30 }, () => [title(word(random, 2)), random.digits(3)] as const);
  const home = (): string => {
    const [town, area] = random.pick(towns);
    const unit = random.chance(0.25) ? ` Apt ${random.digits(2)}` : '';
    return `${1 + random.below(2400)} ${random.pick(streets)} ${random.pick(['Street', 'Avenue', 'Road', 'Lane', 'Court'])}${unit}, ${town}, ${area}${random.digits(2)}`;
  };
  let number = 0;
  const make = (parts: Partial<Person>, culture: Culture): Person => {
    const sex = parts.sex ?? random.pick(['M', 'F']);
    const given = parts.given ?? random.common(sex === 'M' ? culture.men : culture.women);
    const family = parts.family ?? familyOf(random, culture);
    return {
      id: `P${number++}`,
      family,
      given,
      sex,
      middle: random.chance(0.55) ? random.common(sex === 'M' ? culture.men : culture.women) : '',
      forms: [...(nicknames[given] ?? []), ...respell(given, culture)],
      familyForms: respell(family, culture),
      generation: '',
      birthDate: random.date(1932, 92),
      addresses: [home()],
      phones: [`${2 + random.below(8)}${random.digits(9)}`],
      nationalId: random.digits(10),
      tags: [],
      ...parts,
    };
  };
  while (number < count) {
    const culture = random.pick(cultures);
    const first = make({}, culture);
    const { family, addresses, phones, birthDate, given, sex } = first;
    if (random.chance(0.3)) first.addresses = [...addresses, home()];
    if (first.sex === 'F' && random.chance(0.2))
      Object.assign(first, { birthFamily: familyOf(random, culture), tags: ['maiden'] });
    yield first;
    const shared = { family, addresses, phones, relativesId: first.nationalId };
    if (random.chance(0.2)) yield make({ ...shared, sex: sex === 'M' ? 'F' : 'M' }, culture);
    if (random.chance(0.012)) {
      const twin = otherGiven(random, first, culture);
      first.tags = [...first.tags, 'twin'];
      yield make({ ...shared, sex, given: twin, birthDate, tags: ['twin'] }, culture);
    }
    if (sex === 'M' && birthDate < '1990' && random.chance(0.02)) {
      Object.assign(first, { generation: 'Sr', tags: [...first.tags, 'junior'] });
      yield make(
        {
          ...shared,
          sex,
          given,
          generation: 'Jr',
          birthDate: later(birthDate, 20 + random.below(15)),
          tags: ['junior'],
        },
        culture,
      );
    }
    if (random.chance(0.004)) {
      first.tags = [...first.tags, 'namesake'];
      const date = random.chance(0.12) ? birthDate : later(birthDate, random.pick([1, 2, 7, 10, 10, 19]));
      yield make({ family, given, sex, birthDate: date, tags: ['namesake'] }, culture);
    }
  }
}

function otherGiven(random: Random, { given, sex }: Person, culture: Culture): string {
  const alike = given.slice(0, -1) + random.pick(list('a e i n s t'));
  if (alike !== given && random.chance(0.07)) return alike;
  const others = (sex === 'M' ? culture.men : culture.women).filter((name) => name !== given);
  return random.pick(others);
}

function familyOf(random: Random, culture: Culture): string {
  if (random.chance(0.35)) return title(word(random, 2 + random.below(2)));
  const family = random.common(culture.families);
  return random.chance(0.03) ? `${family}-${random.common(culture.families)}` : family;
}

const respell = (name: string, { spellings }: Culture): string[] =>
  spellings.filter(([from]) => name.includes(from)).map(([from, to]) => name.replace(from, to));

const word = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.pick(syllables)).join('');
const title = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const later = (date: string, years: number): string =>
  `${Math.min(2025, Number(date.slice(0, 4)) + years)}${date.slice(4)}`;
