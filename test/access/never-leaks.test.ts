// Whatever the policy, the data and the request: no answer holds a resource that the rules, applied by brute force, forbid; and
// what is found by a search of a type, a chain or a reverse chain is exactly what the rules let be found.

import { expect } from 'chai';
import type { Caller, Role } from '#src/access/caller.ts';
import { engines, type Engine } from '#test/contract/support/engines.ts';
import { chanceOf, type Chance } from '#test/support/chance.ts';
import { openInside, type Inside, type Send } from '#test/support/rights.ts';
import { keyOf, oracleFor, type Oracle, type TestScope } from './support/oracle.ts';
import {
  codes,
  families,
  files,
  hospitals,
  patients,
  randomWorld,
  relatives,
  staff,
  tags,
  types,
  type Kept,
} from './support/world.ts';

const isLong = process.env['LONG'] !== undefined;
const worlds = isLong ? 110 : 5;
const callersPerWorld = 10;
const requestsPerCaller = 10;

describe('access, whatever is asked', () => {
  for (const engine of engines)
    it(`shows on ${engine.name} nothing that the rules forbid`, async function () {
      this.timeout(isLong ? 3_600_000 : 120_000);
      let cases = 0;
      for (let seed = 1; seed <= worlds; seed += 1) cases += await tryWorld(engine, seed);
      expect(cases).to.be.at.least(worlds * callersPerWorld * requestsPerCaller);
    });
});

const tryWorld = async (engine: Engine, seed: number): Promise<number> => {
  const chance = chanceOf(seed);
  const world = randomWorld(chance);
  const opened = await engine.open();
  const inside = openInside(opened.store);
  let cases = 0;
  try {
    await load(world, inside);
    for (let n = 0; n < callersPerWorld; n += 1) {
      const role = chance.pick(roles);
      const scopes = randomScopes(chance, role);
      const caller = randomCaller(chance, role, scopes);
      const asked: Asked = {
        ...{ world, oracle: oracleFor(caller, scopes, world), send: inside.as(caller) },
        words: `seed ${String(seed)}: ${JSON.stringify(caller)}`,
      };
      for (let k = 0; k < requestsPerCaller; k += 1) {
        await tryRequest(chance, asked);
        cases += 1;
      }
    }
  } finally {
    await opened.close();
  }
  return cases;
};

const load = async (world: readonly Kept[], inside: Inside): Promise<void> => {
  for (const { resource, custodian, deleted } of world) {
    const send = inside.by(custodian);
    const { status, text } = await send('PUT', keyOf(resource), { body: resource });
    expect(status, text).to.equal(201);
    // A version before that looks otherwise, and a deletion.
    if (resource.id!.endsWith('1'))
      await send('PUT', keyOf(resource), { body: resource, headers: {} });
    if (deleted) await send('DELETE', keyOf(resource));
  }
};

const randomScopes = (chance: Chance, role: Role): readonly TestScope[] =>
  Array.from({ length: 1 + chance.below(4) }, () => {
    const type = chance.below(2) === 0 ? '*' : chance.pick(types);
    const criteria = [
      undefined,
      undefined,
      ['_tag', chance.pick(tags)] as const,
      ...(type === 'Observation'
        ? [['code', chance.pick(codes)] as const, ['status', 'final'] as const]
        : []),
    ];
    return {
      // Mostly one that counts for the role.
      context:
        chance.below(5) === 0
          ? chance.pick(['patient', 'user', 'system'] as const)
          : role === 'system' || role === 'network'
            ? 'system'
            : chance.pick(['patient', 'user', 'user'] as const),
      type,
      rights: chance.pick(['rs', 'rs', 'r', 's', 'cruds']),
      criterion: chance.pick(criteria),
    };
  });

const roles: readonly Role[] = [
  ...(['patient', 'proxy', 'proxy', 'clinician', 'clinician', 'desk', 'pharmacist'] as const),
  ...(['biller', 'system', 'network', 'administrator'] as const),
];

const randomCaller = (chance: Chance, role: Role, scopes: readonly TestScope[]): Caller => {
  const patient = chance.pick(patients);
  const common = {
    ...{ client: 'app', token: 'token', role },
    scopes: scopes.map(
      ({ context, type, rights, criterion }) =>
        `${context}/${type}.${rights}${criterion ? `?${criterion.join('=')}` : ''}`,
    ),
  };
  switch (role) {
    case 'patient':
      return { ...common, patient, fhirUser: `Patient/${patient}` };
    case 'proxy':
      return {
        ...{ ...common, patient },
        fhirUser:
          chance.below(4) === 0 ? chance.pick(relatives) : `RelatedPerson/k${patient.slice(1)}`,
      };
    case 'network':
      return common;
    case 'system':
    case 'administrator':
      return { ...common, organization: chance.pick(hospitals) };
    case 'clinician':
    case 'desk':
    case 'pharmacist':
    case 'biller':
      return {
        ...{ ...common, fhirUser: chance.pick(staff) },
        ...(chance.below(8) === 0 ? {} : { organization: chance.pick(hospitals) }),
        ...(chance.below(2) === 0 ? { patient } : {}),
      };
  }
};

interface Asked {
  readonly world: readonly Kept[];
  readonly oracle: Oracle;
  readonly send: Send;
  readonly words: string;
}

const tryRequest = async (chance: Chance, asked: Asked): Promise<void> => {
  const request = chance.pick(requests)(chance, asked.world);
  const { address, body, exactly, letter } = request;
  const method = body ? 'POST' : 'GET';
  const answer = await asked.send(method, address, body ? { body } : {});
  const words = `${asked.words}\n${method} ${address} ${JSON.stringify(body ?? '')}\n${answer.text}`;
  expect(answer.status, words).to.be.oneOf([200, 400, 403, 404, 410, 412]);
  const known = new Map(asked.world.map((kept) => [keyOf(kept.resource), kept]));
  const mayHold = (key: string): boolean => {
    const kept = known.get(key);
    const letters = letter === undefined ? (['r', 's'] as const) : [letter];
    return kept !== undefined && letters.some((each) => asked.oracle.sees(kept, each));
  };
  for (const key of keysIn(answer.json)) expect(mayHold(key), `${key}: ${words}`).to.equal(true);
  for (const [, key] of answer.text.matchAll(/(\w+\/\w+)(?:\/_history\/\d+)? was deleted/g))
    expect(mayHold(key!), words).to.equal(true);
  checkLabels(answer.json, asked, words);
  if (exactly && answer.status === 200) {
    const wanted = asked.world.filter((kept) => !kept.deleted && exactly(kept, asked));
    expect([...answer.keys].sort(), words).to.deep.equal(
      wanted.map(({ resource }) => keyOf(resource)).sort(),
    );
  }
  if (typeof answer.json?.total === 'number' && exactly === undefined) {
    const isInstance = /^\w+\/\w+\/_history/.test(address);
    const most = asked.world.filter((kept) =>
      asked.oracle.sees(kept, isInstance ? 'r' : 's'),
    ).length;
    expect(answer.json.total, words).to.be.at.most(most * (address.includes('_history') ? 4 : 1));
  }
};

/** What $meta tells of a type are labels of resources that may be seen. */
const checkLabels = (json: unknown, { world, oracle }: Asked, words: string): void => {
  const told = (json as { parameter?: { valueMeta?: Kept['resource']['meta'] }[] } | undefined)
    ?.parameter?.[0]?.valueMeta?.tag;
  for (const { code } of told ?? [])
    expect(
      world.some(
        (kept) =>
          kept.resource.meta?.tag?.some((tag) => tag.code === code) === true &&
          (oracle.sees(kept, 'r') || oracle.sees(kept, 's')),
      ),
      words,
    ).to.equal(true);
};

/** Every resource in an answer, in whatever Bundle it lies, and every deletion a history tells of. */
const keysIn = (json: unknown): readonly string[] => {
  if (Array.isArray(json)) return json.flatMap(keysIn);
  if (typeof json !== 'object' || json === null) return [];
  const { resourceType, id, request, ...rest } = json as Record<string, unknown>;
  const url = (request as { url?: string } | undefined)?.url;
  const told = url?.includes('/') === true ? [url] : [];
  const isKnown = typeof resourceType === 'string' && typeof id === 'string';
  const own = isKnown && types.includes(resourceType) ? [`${resourceType}/${id}`] : [];
  return [...own, ...told, ...Object.values(rest).flatMap(keysIn)];
};

interface Request {
  readonly address: string;
  readonly body?: object;
  /** The right by which everything in the answer must be seen; undefined: either. */
  readonly letter?: 'r' | 's';
  /** Which resources must be found, when the answer is 200. */
  readonly exactly?: (kept: Kept, asked: Asked) => boolean;
}
type MakeRequest = (chance: Chance, world: readonly Kept[]) => Request;

const anyKey = (chance: Chance, world: readonly Kept[]): string =>
  keyOf(chance.pick(world).resource);

const searchOfType: MakeRequest = (chance) => {
  const type = chance.pick(types);
  return {
    address: `${type}?_count=200${chance.below(2) === 0 ? '&_total=accurate' : ''}`,
    exactly: (kept, { oracle }) => kept.resource.resourceType === type && oracle.sees(kept, 's'),
  };
};

const searchOfAll: MakeRequest = () => ({
  address: '?_count=500',
  exactly: (kept, { oracle }) => oracle.sees(kept, 's'),
});

/** A name that only a hidden patient has must not be found by those who see an observation about that patient. */
const chain: MakeRequest = (chance) => {
  const family = chance.pick(families);
  return {
    address: `Observation?subject:Patient.family=${family}&_count=200`,
    exactly: ({ resource, ...kept }, { oracle, world }) =>
      resource.resourceType === 'Observation' &&
      oracle.sees({ resource, ...kept }, 's') &&
      world.some(
        (other) =>
          !other.deleted &&
          other.resource.resourceType === 'Patient' &&
          keyOf(other.resource) ===
            (resource['subject'] as { reference?: string } | undefined)?.reference &&
          (other.resource['name'] as { family: string }[])[0]!.family === family &&
          oracle.sees(other, 's'),
      ),
  };
};

const reverseChain: MakeRequest = (chance) => {
  const code = chance.pick(codes);
  return {
    address: `Patient?_has:Observation:patient:code=${code}&_count=200`,
    exactly: (kept, { oracle, world }) =>
      kept.resource.resourceType === 'Patient' &&
      oracle.sees(kept, 's') &&
      world.some(
        (other) =>
          !other.deleted &&
          other.resource.resourceType === 'Observation' &&
          (other.resource['subject'] as { reference?: string } | undefined)?.reference ===
            keyOf(kept.resource) &&
          JSON.stringify(other.resource['code']).includes(`"code":"${code}"`) &&
          oracle.sees(other, 's'),
      ),
  };
};

const plain =
  (make: (chance: Chance, world: readonly Kept[]) => string): MakeRequest =>
  (chance, world) => ({ address: make(chance, world) });

const by =
  (letter: 'r' | 's', make: (chance: Chance, world: readonly Kept[]) => string): MakeRequest =>
  (chance, world) => ({ address: make(chance, world), letter });

const reads: readonly MakeRequest[] = [
  by('r', anyKey),
  by('r', (chance, world) => `${anyKey(chance, world)}/_history`),
  by('r', (chance, world) => `${anyKey(chance, world)}/_history/1`),
  by('r', (chance, world) => `${anyKey(chance, world)}/$meta`),
  by('r', (chance) => `Binary/${chance.pick(files)}`),
  plain((chance) => `Patient/${chance.pick(patients)}/$everything`),
  plain((chance) => `Patient/${chance.pick(patients)}/$everything`),
  plain((chance) => `Patient/${chance.pick(patients)}/$everything`),
  plain((chance) => `Encounter/e${String(1 + chance.below(2))}/$everything`),
];

const searches: readonly MakeRequest[] = [
  searchOfType,
  searchOfType,
  searchOfAll,
  chain,
  chain,
  chain,
  reverseChain,
  reverseChain,
  by('s', (chance) => `${chance.pick(types)}?_include=*&_count=200`),
  by('s', (chance) => `${chance.pick(types)}?_include:iterate=*&_revinclude=*&_count=200`),
  by('s', (chance) => `Patient?_revinclude=*:*&_count=${String(1 + chance.below(3))}`),
  by('s', (chance) => `Patient/${chance.pick(patients)}/*?_count=200`),
  by('s', (chance) => `Patient/${chance.pick(patients)}/${chance.pick(types)}`),
  by('s', (chance) => `${chance.pick(types)}?_summary=count`),
  by('s', (chance) => `${chance.pick(types)}?_sort=-_lastUpdated&_tag=${chance.pick(tags)}`),
  by('s', (chance) => `Observation?patient.link:Patient.family=${chance.pick(families)}`),
  plain(() => 'Patient/$everything?_count=20'),
  by('s', (chance) => `${chance.pick(types)}/_history?_count=200`),
  by('s', () => '_history?_count=500'),
  by('s', (chance) => `${chance.pick(types)}/$meta`),
];

const single: readonly MakeRequest[] = [...reads, ...searches];

/** Several of them at once, and a look-up of what is there by a conditional create that changes nothing. */
const bundle: MakeRequest = (chance, world) => {
  const type = chance.pick(['batch', 'batch', 'transaction']);
  const entry = Array.from({ length: 1 + chance.below(4) }, () => ({
    request: { method: 'GET', url: chance.pick(single)(chance, world).address },
  }));
  return { address: '', body: { resourceType: 'Bundle', type, entry } };
};

const requests: readonly MakeRequest[] = [...single, bundle, bundle, bundle];
