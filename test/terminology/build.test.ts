// Terminology over local content: expansion, membership, hierarchy.
// https://hl7.org/fhir/R4/terminology-service.html

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadDefinitions } from '../../src/fhir/definitions/load.ts';
import { buildTerminology } from '../../src/terminology/build.ts';
import { animals, terminologyOf, valueSet } from './systems.ts';

interface Case {
  readonly title: string;
  readonly include: readonly object[];
  readonly exclude?: readonly object[];
  readonly inactive?: boolean;
  readonly expands?: readonly string[];
}

const cases = parse(
  readFileSync(join(import.meta.dirname, 'expand.yaml'), 'utf8'),
) as readonly Case[];

describe('expansion of a value set', () => {
  for (const { title, expands, ...compose } of cases)
    it(title, async () => {
      const set = valueSet(compose);

      const codes = (await terminologyOf(set).expand(set.url))?.map(({ code }) => code);

      if (expands) expect(codes).to.have.members([...expands]);
      else expect(codes).to.equal(undefined);
    });

  it('imports other value sets, all of which must have the code', async () => {
    const mammals = valueSet({
      include: [
        { system: animals.url, filter: [{ property: 'concept', op: 'is-a', value: 'mammal' }] },
      ],
    });
    const four = valueSet({
      include: [{ system: animals.url, filter: [{ property: 'legs', op: '=', value: '4' }] }],
    });
    const both = valueSet({ include: [{ valueSet: [mammals.url, four.url] }] });

    const codes = await terminologyOf(mammals, four, both).expand(both.url);

    expect(codes?.map(({ code }) => code)).to.deep.equal(['dog']);
  });

  it('ends when value sets import each other', async () => {
    const one = valueSet(
      { include: [{ valueSet: ['http://example.org/two'] }] },
      { url: 'http://example.org/one' },
    );
    const two = valueSet(
      { include: [{ valueSet: ['http://example.org/one'] }] },
      { url: 'http://example.org/two' },
    );
    const terminology = terminologyOf(one, two);

    const [first, second] = await Promise.all([
      terminology.valueSet(one.url),
      terminology.valueSet(two.url),
    ]);

    expect(first?.obstacles.join()).to.include('imports itself');
    expect(second?.list()).to.equal(undefined);
  });

  it('uses the expansion that came with it when the compose cannot be computed', async () => {
    const set = valueSet(
      { include: [{ system: 'http://loinc.org' }] },
      {
        expansion: {
          contains: [
            {
              system: 'http://loinc.org',
              code: 'a',
              contains: [{ system: 'http://loinc.org', code: 'b' }],
            },
          ],
        },
      },
    );
    const terminology = terminologyOf(set);

    expect((await terminology.expand(set.url))?.map(({ code }) => code)).to.deep.equal(['a', 'b']);
    expect(await terminology.contains(set.url, { system: 'http://loinc.org', code: 'c' })).to.equal(
      false,
    );
  });

  it('gives up an expression that would run for ever', async () => {
    const names = { ...animals, concept: [{ code: `${'a'.repeat(40)}!` }] };
    const set = valueSet({
      include: [
        { system: animals.url, filter: [{ property: 'code', op: 'regex', value: '(a+)+' }] },
      ],
    });

    const start = performance.now();
    const found = await terminologyOf(names, set).valueSet(set.url);

    expect(found?.obstacles.join()).to.include('takes too long');
    expect(performance.now() - start).to.be.lessThan(30_000);
  });
});

describe('membership of a value set', () => {
  const whole = valueSet({ include: [{ system: animals.url }] });
  const any = valueSet({ include: [{ system: 'http://example.org/colours' }] });
  const foreign = valueSet({ include: [{ system: 'http://loinc.org' }, { system: animals.url }] });
  const listed = valueSet({
    include: [{ system: 'http://loinc.org', concept: [{ code: '1-1' }] }],
  });
  const fragments = valueSet({ include: [{ system: 'http://snomed.info/sct' }] });
  const terminology = terminologyOf(whole, any, foreign, listed, fragments);

  const questions = [
    ['knows a member', whole, { system: animals.url, code: 'dog' }, true],
    ['compares a code without system by itself', whole, { code: 'dog' }, true],
    ['minds the case where the system does', whole, { system: animals.url, code: 'DOG' }, false],
    [
      'takes any case where the system does not mind',
      any,
      { system: 'http://example.org/colours', code: 'RED' },
      true,
    ],
    ['refuses another system', whole, { system: 'http://other.org', code: 'dog' }, false],
    [
      'cannot say for a system that is not here',
      foreign,
      { system: 'http://loinc.org', code: 'x' },
      undefined,
    ],
    [
      'says no for a system no include names',
      foreign,
      { system: 'http://other.org', code: 'x' },
      false,
    ],
    [
      'says no for a code that is not listed',
      listed,
      { system: 'http://loinc.org', code: 'x' },
      false,
    ],
    ['knows what a fragment has', fragments, { system: 'http://snomed.info/sct', code: '2' }, true],
    [
      'cannot say what a fragment lacks',
      fragments,
      { system: 'http://snomed.info/sct', code: '3' },
      undefined,
    ],
  ] as const;
  for (const [title, set, coding, answer] of questions)
    it(title, async () => {
      expect(await terminology.contains(set.url, coding)).to.equal(answer);
    });

  it('cannot say for a value set that is not known', async () => {
    expect(await terminology.contains('http://example.org/none', { code: 'x' })).to.equal(
      undefined,
    );
  });
});

describe('hierarchy of a code system', () => {
  const terminology = terminologyOf();

  it('goes down', async () => {
    expect(await terminology.below('http://example.org/animals', 'mammal')).to.have.members([
      'mammal',
      'dog',
      'whale',
      'bat',
    ]);
  });

  it('goes up', async () => {
    expect(await terminology.above('http://example.org/animals', 'bat')).to.have.members([
      'bat',
      'mammal',
      'animal',
    ]);
  });

  it('cannot say for a system that is not here', async () => {
    expect(await terminology.below('http://loinc.org', 'x')).to.equal(undefined);
  });

  it('ends in a circle', async () => {
    const circle = {
      ...animals,
      concept: [
        { code: 'a', property: [{ code: 'isA', valueCode: 'b' }] },
        { code: 'b', property: [{ code: 'isA', valueCode: 'a' }] },
      ],
    };
    expect(await terminologyOf(circle).below('http://example.org/animals', 'a')).to.have.members([
      'a',
      'b',
    ]);
  });
});

describe('terminology that changes', () => {
  it('asks value sets that import each other in several ways not again and again', async () => {
    const url = (place: number) => `http://example.org/vs/${String(place)}`;
    const deep = 28;
    const next = (place: number) => ({ valueSet: [url(place + 1)] });
    const sets = Array.from({ length: deep }, (_, place) => ({
      ...{ resourceType: 'ValueSet', url: url(place) },
      compose: {
        include:
          place === deep - 1
            ? [{ system: 'http://example.org/s', concept: [{ code: 'a' }] }]
            : [next(place), { ...next(place), system: animals.url }],
      },
    }));
    const terminology = buildTerminology((asked) =>
      Promise.resolve(asked === animals.url ? animals : sets.find(({ url: own }) => own === asked)),
    );
    const started = performance.now();

    expect(await terminology.contains(url(0), { code: 'none' })).to.equal(false);
    expect(await terminology.expand(url(0))).to.have.length(1);
    expect(performance.now() - started).to.be.lessThan(30_000);
  });

  it('keeps what it has read until it is told to forget', async () => {
    let asked = 0;
    const set = valueSet({ include: [{ system: animals.url }] });
    const terminology = buildTerminology((url) => {
      asked += 1;
      return Promise.resolve(url === set.url ? set : animals);
    });

    await terminology.expand(set.url);
    await terminology.expand(set.url);
    expect(asked).to.equal(2);

    terminology.invalidate();
    await terminology.expand(set.url);
    expect(asked).to.equal(4);
    expect(terminology.generation()).to.equal(1);
  });
});

describe("terminology of HL7's definitions", () => {
  const definitions = loadDefinitions();
  const terminology = buildTerminology((url) => Promise.resolve(definitions.canonical(url)));

  it('can judge every required binding but one of LOINC', async () => {
    const bound = new Set<string>();
    for (const [, type] of definitions.types)
      for (const [, { binding }] of type.elements)
        if (binding?.strength === 'required') bound.add(binding.valueSet);

    const unknown: string[] = [];
    for (const url of bound)
      if ((await terminology.contains(url, { code: 'no such code' })) !== false) unknown.push(url);

    expect(bound.size).to.be.greaterThan(200);
    expect(unknown).to.deep.equal(['http://loinc.org/vs/LL379-9|4.0.1']);
  });

  const grammars = [
    [
      'all-languages',
      ['en', 'de-CH', 'zh-Hant-TW', 'x-private', 'i-klingon'],
      ['', 'e', 'en_US', 'english!'],
    ],
    [
      'mimetypes',
      ['text/plain', 'application/fhir+json', 'text/html; charset=utf-8', 'json'],
      ['text', 'text/', '/x', 'a b/c'],
    ],
    ['currencies', ['EUR', 'USD', 'INR', 'XXX'], ['eur', 'ZZZ', 'Euro']],
    ['ucum-units', ['mg/dL', 'kg', '1', '[degF]', '10*3/uL'], ['kilos', 'mgg', 'foo/']],
  ] as const;
  for (const [name, good, bad] of grammars)
    it(`judges ${name} by their grammar or registry`, async () => {
      const url = `http://hl7.org/fhir/ValueSet/${name}`;
      for (const code of good)
        expect(await terminology.contains(url, { code }), code).to.equal(true);
      for (const code of bad)
        expect(await terminology.contains(url, { code }), code).to.equal(false);
    }).timeout(120_000);
});
