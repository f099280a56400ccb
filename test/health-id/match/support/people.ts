// People made up for measuring: households with twins and namesakes, and second records of them with the errors desks make.

import type { Patient } from 'fhir/r4.js';
import { chanceOf, type Chance } from '#test/support/chance.ts';

const families =
  `Sharma Verma Gupta Singh Kumar Patel Shah Mehta Reddy Rao Iyer Nair Menon Pillai Das Bose Ghosh Sen
Mukherjee Banerjee Chatterjee Chaudhary Yadav Mishra Pandey Tiwari Joshi Kulkarni Deshpande Patil Naidu Krishnan Subramanian Khan
Ansari Sheikh Qureshi Siddiqui Hussain Ahmed Fernandes Thomas George Mathew Kapoor Malhotra Chopra Bhatia Agarwal Bansal Jain
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Taylor Moore
Jackson Martin Lee Perez Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores
Ivanov Petrov Sidorov Kuznetsov Popov Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Rossi Russo Ferrari`.split(
    /\s+/,
  );
const men =
  `Amit Rahul Rajesh Suresh Ramesh Vijay Anil Sunil Sanjay Ajay Arjun Karan Rohan Mohan Vikram Arun Varun Ashok Deepak Manoj
Mohammed Imran Salman Ahmed Yusuf Abdul John Michael David James Robert William Richard Joseph Thomas Charles Daniel Matthew Anthony
Steven Andrew Kenneth Edward Peter Alexander Dmitry Sergey Nikolai Hans Jürgen Klaus Stefan Marco Luca Paolo José Carlos Miguel
Krishna Ganesh Lakshman Harish Naveen Praveen Srinivas Venkatesh`.split(/\s+/);
const women =
  `Priya Pooja Neha Anita Sunita Kavita Savita Geeta Sita Rina Meena Reena Lakshmi Saraswati Radha Asha Usha Nisha Shreya
Aisha Fatima Zainab Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Margaret Catherine Deborah Rebecca
Olga Natalia Elena Irina Anna Ursula Monika Giulia Chiara Maria Ana Lucia Rosa Divya Swathi Deepa Shilpa Rekha Jyoti Kiran Suman`.split(
    /\s+/,
  );
const nicknames: Readonly<Record<string, string>> = {
  ...{ John: 'Jack', Michael: 'Mike', James: 'Jim', Robert: 'Bob', William: 'Bill' },
  ...{ Richard: 'Dick', Joseph: 'Joe', Daniel: 'Dan', Anthony: 'Tony', Steven: 'Steve' },
  ...{ Elizabeth: 'Liz', Jennifer: 'Jenny', Margaret: 'Peggy', Catherine: 'Kate', Susan: 'Sue' },
  ...{ Alexander: 'Sasha', Mohammed: 'Mohd', Venkatesh: 'Venky', Edward: 'Ted' },
};
const spellings: Readonly<Record<string, string>> = {
  ...{ Mohammed: 'Muhamad', Lakshmi: 'Laxmi', Chaudhary: 'Chowdhury', Mukherjee: 'Mukherji' },
  ...{ Sheikh: 'Shaikh', Aisha: 'Ayesha', Hussain: 'Hussein', Meena: 'Mina', Geeta: 'Gita' },
  ...{ Catherine: 'Kathryn', Steven: 'Stephen', Sarah: 'Sara', Ahmed: 'Ahmad', Schmidt: 'Schmitt' },
  ...{ Sharma: 'शर्मा', Amit: 'अमित', Ivanov: 'Иванов', Sergey: 'Сергей', Müller: 'Mueller' },
  ...{ Petrov: 'Петров', Elena: 'Елена', Anita: 'अनीता', Iyer: 'Aiyar', Krishnan: 'Krisnan' },
};

export interface People {
  readonly people: readonly Patient[];
  /** The same person once more, as another desk wrote it down. */
  readonly again: (person: Patient) => Patient;
}

export const peopleOf = (seed: number, count: number): People => {
  const chance = chanceOf(seed);
  const people: Patient[] = [];
  while (people.length < count) people.push(...household(chance, people.length));
  return { people: people.slice(0, count), again: (person) => writeAgain(person, chance) };
};

const happens = (chance: Chance, probability: number): boolean => chance.next() < probability;
const two = (number: number): string => String(number).padStart(2, '0');

const dateIn = (chance: Chance, first: number, last: number): string =>
  `${String(first + chance.below(last - first))}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`;

const phoneOf = (chance: Chance): string => `9${String(100_000_000 + chance.below(899_999_999))}`;

/** Common names are common: the head of a list comes up more often. */
const nameFrom = (chance: Chance, names: readonly string[]): string =>
  names[Math.floor(chance.next() ** 1.6 * names.length)]!;

interface Home {
  readonly family: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly line: string;
}

const household = (chance: Chance, number: number): readonly Patient[] => {
  const home: Home = {
    family: nameFrom(chance, families),
    phone: phoneOf(chance),
    postalCode: String(560_001 + chance.below(400)),
    line: `${String(1 + chance.below(300))} ${chance.pick(families)} Street`,
  };
  const one = member(chance, home, dateIn(chance, 1940, 1990), `${String(number)}-0`);
  const members = [one];
  if (happens(chance, 0.4))
    members.push(member(chance, home, dateIn(chance, 1940, 1990), `${String(number)}-1`));
  if (!happens(chance, 0.5)) return members;
  const child = member(chance, home, dateIn(chance, 1995, 2026), `${String(number)}-2`);
  members.push(happens(chance, 0.08) ? { ...child, ...nameAndSexOf(one) } : child);
  if (happens(chance, 0.06)) members.push(twinOf(child, home, `${String(number)}-3`, chance));
  return members;
};

/** All is the same but the given name. */
const twinOf = (child: Patient, home: Home, id: string, chance: Chance): Patient => {
  const twin = member(chance, home, child.birthDate!, id);
  return twin.name![0]!.given![0] === child.name![0]!.given![0]
    ? twinOf(child, home, id, chance)
    : twin;
};

const nameAndSexOf = ({ name, gender }: Patient): Pick<Patient, 'name' | 'gender'> => ({
  ...(name ? { name } : {}),
  ...(gender ? { gender } : {}),
});

const member = (chance: Chance, home: Home, birthDate: string, id: string): Patient => {
  const gender = happens(chance, 0.5) ? 'male' : 'female';
  const given = nameFrom(chance, gender === 'male' ? men : women);
  const own = `${given.toLowerCase()}.${id}@mail.example`;
  return {
    resourceType: 'Patient',
    id,
    name: [{ family: home.family, given: [given] }],
    ...{ gender, birthDate },
    telecom: [
      { system: 'phone', value: happens(chance, 0.5) ? home.phone : phoneOf(chance) },
      ...(happens(chance, 0.4) ? [{ system: 'email', value: own } as const] : []),
    ],
    address: [{ line: [home.line], postalCode: home.postalCode }],
  };
};

const writeAgain = (person: Patient, chance: Chance): Patient => {
  const name = person.name![0]!;
  const phone = person.telecom!.find(({ system }) => system === 'phone')!.value!;
  const email = person.telecom!.find(({ system }) => system === 'email');
  const moved = happens(chance, 0.15);
  const changed = happens(chance, 0.2);
  return {
    resourceType: 'Patient',
    name: [writeName(name.family!, name.given![0]!, person, chance)],
    ...(happens(chance, 0.97) ? { gender: person.gender! } : {}),
    ...(happens(chance, 0.97) ? { birthDate: writeDate(person.birthDate!, chance) } : {}),
    telecom: [
      ...(happens(chance, 0.85)
        ? [{ system: 'phone', value: changed ? phoneOf(chance) : `+91 ${phone}` } as const]
        : []),
      ...(email && happens(chance, 0.6) ? [email] : []),
    ],
    address: moved
      ? [{ line: ['12 New Road'], postalCode: String(560_001 + chance.below(400)) }]
      : person.address!,
  };
};

const writeName = (family: string, given: string, { gender }: Patient, chance: Chance) => {
  const surname =
    gender === 'female' && happens(chance, 0.05)
      ? nameFrom(chance, families)
      : misspell(family, chance);
  const first = happens(chance, 0.06)
    ? (nicknames[given] ?? given)
    : happens(chance, 0.02)
      ? given.slice(0, 1)
      : misspell(given, chance);
  return happens(chance, 0.02)
    ? { family: first, given: [surname] }
    : { family: surname, given: [first] };
};

const misspell = (name: string, chance: Chance): string => {
  if (happens(chance, 0.08)) return spellings[name] ?? name;
  return happens(chance, 0.06) ? slip(name, chance) : name;
};

/** A letter left out, doubled, replaced or swapped with its neighbour. */
const slip = (text: string, chance: Chance): string => {
  const at = 1 + chance.below(text.length - 1);
  const [head, letter, tail] = [text.slice(0, at), text[at]!, text.slice(at + 1)];
  return chance.pick([
    head + tail,
    head + letter + letter + tail,
    head + chance.pick(['a', 'e', 'i', 'o', 'r', 's', 't', 'n']) + tail,
    head + tail.slice(0, 1) + letter + tail.slice(1),
  ]);
};

const writeDate = (date: string, chance: Chance): string => {
  const [year, month, day] = date.split('-') as [string, string, string];
  if (happens(chance, 0.03) && Number(day) <= 12) return `${year}-${day}-${month}`;
  if (happens(chance, 0.03)) return `${year}-${month}-${two(1 + chance.below(28))}`;
  if (happens(chance, 0.01))
    return `${String(Number(year) + chance.pick([-1, 1]))}-${month}-${day}`;
  return happens(chance, 0.01) ? `${year}-01-01` : date;
};
