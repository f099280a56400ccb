// Names that are one name to their bearers, however they are spelt, shortened or transliterated; and names that are two.

import { expect } from 'chai';
import { judge, type Grade } from '#src/health-id/match/grade.ts';
import { toLatin } from '#src/health-id/match/latin.ts';
import { fullNameOf } from '#src/health-id/match/nicknames.ts';
import { readPerson, type Person } from '#src/health-id/match/person.ts';
import { phoneticOf } from '#src/health-id/match/phonetic.ts';

describe('names in Latin letters', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Müller-Lüdenscheidt', 'muller ludenscheidt'],
    ["O'Brien", 'obrien'],
    ['Løvås', 'lovas'],
    ['Сергей Иванов', 'sergei ivanov'],
    ['Юлия', 'yuliya'],
    ['Γεώργιος', 'georgios'],
    ['शर्मा', 'sharma'],
    ['अमित', 'amit'],
    ['राजेश कुमार', 'rajesh kumar'],
    ['李', ''],
  ];
  for (const [written, latin] of cases)
    it(`writes ${written} as '${latin}'`, () => {
      expect(toLatin(written)).to.equal(latin);
    });
});

describe('the sound of names', () => {
  const alike: readonly (readonly string[])[] = [
    ['mohammed', 'muhammad', 'mohamad', 'muhamed'],
    ['lakshmi', 'laxmi'],
    ['chaudhary', 'chowdhury', 'choudhri'],
    ['mukherjee', 'mukherji'],
    ['sheikh', 'shaikh'],
    ['steven', 'stephen'],
    ['schmidt', 'schmitt'],
    ['aisha', 'ayesha'],
    ['iyer', 'aiyar'],
    ['catherine', 'kathryn'],
    ['philip', 'filip'],
  ];
  for (const names of alike)
    it(`is the same for ${names.join(', ')}`, () => {
      expect(new Set(names.map(phoneticOf)).size).to.equal(1);
    });

  it('differs between names that are not one', () => {
    const names = ['sharma', 'verma', 'patel', 'patil', 'menon', 'kumar', 'khan', 'singh'];
    const sounds = names.map(phoneticOf);

    // Patel and Patil are told apart by what else is known of the two.
    expect(new Set(sounds).size).to.equal(names.length - 1);
  });

  it('knows short names', () => {
    expect(fullNameOf('bob')).to.equal('robert');
    expect(fullNameOf('liz')).to.equal(fullNameOf('betty'));
    expect(fullNameOf('chidambaram')).to.equal('chidambaram');
  });
});

describe('the grade of a match', () => {
  const person = (changes: object = {}): Person =>
    readPerson({
      resourceType: 'Patient',
      name: [{ family: 'Sharma', given: ['Lakshmi'] }],
      gender: 'female',
      birthDate: '1980-03-04',
      telecom: [{ system: 'phone', value: '+91 98450 12345' }],
      address: [{ line: ['12 Main Street'], postalCode: '560001' }],
      ...changes,
    });
  const name = (given: string, family = 'Sharma') => ({ name: [{ family, given: [given] }] });
  const bare = { telecom: undefined, address: undefined };
  const cases: readonly (readonly [string, object, Grade])[] = [
    ['the same record', {}, 'certain'],
    ['another spelling', name('Laxmi'), 'certain'],
    ['another script', name('लक्ष्मी', 'शर्मा'), 'certain'],
    ['family and given name swapped', name('Sharma', 'Lakshmi'), 'certain'],
    ['day and month swapped', { birthDate: '1980-04-03' }, 'certain'],
    ['nothing but name and birth date', bare, 'probable'],
    ['a birth date with one slip', { birthDate: '1980-03-05' }, 'probable'],
    ['a name from a marriage', { ...name('Lakshmi', 'Iyer') }, 'probable'],
    ['a twin', name('Saraswati'), 'possible'],
    ['a twin with nearly the same name', name('Lakshmana'), 'probable'],
    ['a mother of the same name', { birthDate: '1955-11-20' }, 'possible'],
    ['a stranger of the same name', { ...bare, birthDate: '1991-12-24' }, 'certainly-not'],
    ['a neighbour', { ...name('Anita', 'Rao'), birthDate: '1971-01-09' }, 'certainly-not'],
  ];
  for (const [what, changes, grade] of cases)
    it(`is ${grade} for ${what}`, () => {
      expect(judge(person(), person(changes)).grade).to.equal(grade);
    });

  it('is certainly-not where both have a different number of one system and little else', () => {
    const numbered = (value: string) => ({
      ...bare,
      identifier: [{ system: 'https://network.example/id', value }],
    });

    expect(judge(person(numbered('1')), person(numbered('2'))).grade).to.not.equal('certain');
    expect(judge(person(numbered('1')), person(numbered('1'))).grade).to.equal('certain');
  });

  const broken: readonly object[] = [
    {},
    { name: 'Sharma' },
    { name: [null, 7, { family: 3, given: 'x' }] },
    { birthDate: 1980, telecom: {}, address: [[]], identifier: [{ system: 1 }] },
    { name: [{ family: '!!!', given: ['', ' '] }] },
  ];
  for (const patient of broken)
    it(`reads ${JSON.stringify(patient)} without a fault`, () => {
      const read = readPerson({ resourceType: 'Patient', ...patient });

      expect(judge(read, person()).grade).to.equal('certainly-not');
    });

  it('is found in no time for names without end', () => {
    const endless = 'ab '.repeat(300_000);
    const costly = person({
      name: Array.from({ length: 50 }, () => ({ family: endless, given: [endless, endless] })),
      telecom: [{ system: 'phone', value: '1'.repeat(900_000) }],
      address: [{ line: [endless], postalCode: endless }],
      identifier: [{ system: endless, value: endless }],
    });
    const start = performance.now();

    judge(costly, costly);

    expect(performance.now() - start).to.be.below(10_000);
  });
});
