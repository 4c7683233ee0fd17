// Organs and states that only one sex has.

import type { Phrases } from './language.ts';

export const ofMen: Phrases = {
  en: 'prostate, prostatic, prostatectomy, testis, testes, testicle*, testicular, scrot*, penis, penile, seminal vesicle*, epididym*',
  de: 'prostata*, hoden*, skrot*, penis*, samenblase*, nebenhoden*',
  fr: 'prostat*, testicul*, scrot*, pénis, pénien*, vésicule* séminale*, épididym*',
  es: 'próstata, prostát*, testícul*, testicular*, escrot*, pene, vesícula* seminal*, epidídim*',
  it: 'prostat*, testicol*, scrot*, pene, vescichett* seminal*, epididim*',
  nl: 'prostaat*, testis, testikel*, testes, scrot*, penis, zaadblaa*, zaadblazen, epididym*',
};

export const ofWomen: Phrases = {
  en: 'uterus, uterine, ovary, ovaries, ovarian, endometri*, myometri*, vagina*, fallopian, adnexa*, hysterectomy, cervix uteri, pregnan*, gestational sac, intrauterine',
  de: 'uterus*, gebärmutter*, ovar, ovarien, ovarial*, endometri*, myometri*, vagina*, adnexe*, hysterektomie, schwanger*, intrauterin*, eierstock*, eierstöcke',
  fr: 'utérus, utérin*, ovair*, ovarien*, endomètr*, endométri*, myomètr*, vagin*, annexiel*, hystérectomie, grossesse, enceinte, trompe* de fallope',
  es: 'útero, uterin*, ovario*, ováric*, endometri*, miometri*, vagina*, anexial*, histerectomía, embaraz*, trompa* de falopio',
  it: 'utero, uterin*, ovaio, ovaie, ovaric*, endometri*, miometri*, vagin*, annessial*, isterectomia, gravidanza, gravida, tub* di falloppio',
  nl: 'uterus, baarmoeder*, ovari*, eierstok*, endometri*, myometri*, vagina*, adnex*, hysterectomie, zwanger*',
};
