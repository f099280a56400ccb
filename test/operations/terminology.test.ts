// $expand, $validate-code, $lookup and $subsumes over HTTP, with stored content.
// https://hl7.org/fhir/R4/terminology-service.html

import { expect } from 'chai';
import type { OperationOutcome, Parameters, ValueSet } from 'fhir/r4.js';
import type { Answer } from '../support/client.ts';
import { liveServer } from '../support/live.ts';
import { animals, valueSet } from '../terminology/systems.ts';

const server = liveServer();
const system = encodeURIComponent(animals.url);
const mammals = valueSet(
  {
    include: [
      { system: animals.url, filter: [{ property: 'concept', op: 'is-a', value: 'mammal' }] },
    ],
  },
  { id: 'mammals', name: 'Mammals' },
);
const gender = 'http://hl7.org/fhir/ValueSet/administrative-gender';

before(async () => {
  const stored = await server.put('CodeSystem/animals', { ...animals, id: 'animals' });
  expect(stored.status, stored.text).to.equal(201);
  await server.put('ValueSet/mammals', mammals);
});

const jsonOf = (answer: Answer): unknown => JSON.parse(answer.text);

const codesOf = (answer: Answer): readonly string[] => {
  const { expansion } = jsonOf(answer) as ValueSet;
  return (expansion?.contains ?? []).map(({ code }) => code ?? '');
};

/** The values of a Parameters answer by name. */
const valuesOf = (answer: Answer): Readonly<Record<string, unknown>> => {
  const { parameter = [] } = jsonOf(answer) as Parameters;
  const pairs = parameter.map(({ name, ...value }) => [name, Object.values(value)[0]] as const);
  return Object.fromEntries(pairs);
};

const diagnosticsOf = (answer: Answer): string =>
  (jsonOf(answer) as OperationOutcome).issue.map(({ diagnostics }) => diagnostics).join(' ');

describe('$expand', () => {
  it("expands HL7's value set by url", async () => {
    const answer = await server.get(`ValueSet/$expand?url=${gender}`);

    expect(answer.status).to.equal(200);
    expect(codesOf(answer)).to.deep.equal(['male', 'female', 'other', 'unknown']);
  });

  it('expands a stored value set by url, by instance and as parameter', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'valueSet', resource: mammals }],
    };
    const answers = [
      await server.get(`ValueSet/$expand?url=${encodeURIComponent(mammals.url)}`),
      await server.get('ValueSet/mammals/$expand'),
      await server.post('ValueSet/$expand', body),
      await server.post('ValueSet/$expand', mammals),
    ];

    for (const answer of answers)
      expect(codesOf(answer)).to.have.members(['mammal', 'dog', 'whale', 'bat']);
  });

  it('pages by offset and count and says the total', async () => {
    const answer = await server.get(`ValueSet/$expand?url=${gender}&offset=1&count=2`);

    expect(codesOf(answer)).to.deep.equal(['female', 'other']);
    expect((jsonOf(answer) as ValueSet).expansion).to.include({ total: 4, offset: 1 });
  });

  it('gives the total alone for count=0', async () => {
    const answer = await server.get(`ValueSet/$expand?url=${gender}&count=0`);

    expect((jsonOf(answer) as ValueSet).expansion)
      .to.include({ total: 4 })
      .and.not.have.property('contains');
  });

  it('filters by words of the display', async () => {
    expect(codesOf(await server.get('ValueSet/mammals/$expand?filter=wha'))).to.deep.equal([
      'whale',
    ]);
    expect(codesOf(await server.get('ValueSet/mammals/$expand?filter=hund'))).to.deep.equal([
      'dog',
    ]);
    expect(codesOf(await server.get('ValueSet/mammals/$expand?filter=none'))).to.deep.equal([]);
  });

  it('shows designations and the language asked for', async () => {
    const answer = await server.get(
      'ValueSet/mammals/$expand?filter=dog&includeDesignations=true&displayLanguage=de',
    );

    const [dog] = (jsonOf(answer) as ValueSet).expansion?.contains ?? [];
    expect(dog?.display).to.equal('Hund');
    expect(dog?.designation).to.have.length(1);
  });

  it('leaves inactive and abstract codes out when asked to', async () => {
    const whole = valueSet({ include: [{ system: animals.url }] });
    const ask = (name: string): Promise<Answer> =>
      server.post('ValueSet/$expand', {
        resourceType: 'Parameters',
        parameter: [
          { name: 'valueSet', resource: whole },
          { name, valueBoolean: true },
        ],
      });

    expect(codesOf(await ask('activeOnly'))).to.not.include('dodo');
    expect(codesOf(await ask('excludeNotForUI'))).to.not.include('animal');
  });

  it('finds the value set of an element', async () => {
    const context = encodeURIComponent(
      'http://hl7.org/fhir/StructureDefinition/Patient#Patient.gender',
    );

    expect(codesOf(await server.get(`ValueSet/$expand?context=${context}`))).to.include('female');
  });

  it('sees a change of a stored code system at once', async () => {
    const more = { ...animals, id: 'animals2', url: 'http://example.org/more' };
    const set = valueSet({ include: [{ system: more.url }] }, { id: 'more' });
    await server.put('CodeSystem/animals2', { ...more, concept: [{ code: 'a' }] });
    await server.put('ValueSet/more', set);
    expect(codesOf(await server.get('ValueSet/more/$expand'))).to.deep.equal(['a']);

    await server.put('CodeSystem/animals2', { ...more, concept: [{ code: 'b' }] });

    expect(codesOf(await server.get('ValueSet/more/$expand'))).to.deep.equal(['b']);
  });

  const refusals = [
    [
      'an unknown value set',
      'ValueSet/$expand?url=http://example.org/none',
      404,
      'http://example.org/none',
    ],
    ['no value set', 'ValueSet/$expand', 400, 'url'],
    ['an unknown instance', 'ValueSet/nobody/$expand', 404, 'nobody'],
    ['two value sets', `ValueSet/mammals/$expand?url=${gender}`, 400, 'url must not be given'],
    [
      'an unknown parameter',
      `ValueSet/$expand?url=${gender}&ofset=1`,
      400,
      "did you mean 'offset'?",
    ],
    [
      'a parameter given twice',
      `ValueSet/$expand?url=${gender}&count=1&count=2`,
      400,
      'more than once',
    ],
    ['a count that is no number', `ValueSet/$expand?url=${gender}&count=x`, 400, 'count'],
    ['a negative offset', `ValueSet/$expand?url=${gender}&offset=-1`, 400, 'offset'],
    ['an offset beyond the end', `ValueSet/$expand?url=${gender}&offset=9`, 400, 'beyond'],
    [
      'a switch that is none',
      `ValueSet/$expand?url=${gender}&activeOnly=yes`,
      400,
      'true or false',
    ],
    ['what it does not do', `ValueSet/$expand?url=${gender}&date=2020`, 400, 'not supported'],
    ['a resource in the query', 'ValueSet/$expand?valueSet=x', 400, 'POST'],
    [
      'a value set without end',
      'ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/all-languages',
      422,
      'urn:ietf:bcp:47',
    ],
  ] as const;
  for (const [what, path, status, says] of refusals)
    it(`refuses ${what}`, async () => {
      const answer = await server.get(path);

      expect(answer.status, answer.text).to.equal(status);
      expect(diagnosticsOf(answer)).to.include(says);
    });
});

describe('$validate-code', () => {
  it('knows a code of a value set and gives its display', async () => {
    const answer = await server.get(`ValueSet/mammals/$validate-code?system=${system}&code=dog`);

    expect(valuesOf(answer)).to.deep.equal({ result: true, display: 'Dog' });
  });

  it('says no with a reason', async () => {
    const answer = await server.get(
      `ValueSet/$validate-code?url=${gender}&code=feemale&system=http://hl7.org/fhir/administrative-gender`,
    );

    expect(answer.status).to.equal(200);
    expect(valuesOf(answer)['result']).to.equal(false);
    expect(valuesOf(answer)['message']).to.include('feemale');
  });

  it('says no to a wrong display and gives the right one', async () => {
    const answer = await server.get(
      `ValueSet/mammals/$validate-code?system=${system}&code=dog&display=Cat`,
    );

    expect(valuesOf(answer)).to.include({ result: false, display: 'Dog' });
  });

  it('takes a designation as display, whatever its case', async () => {
    const answer = await server.get(
      `ValueSet/mammals/$validate-code?system=${system}&code=dog&display=hund`,
    );

    expect(valuesOf(answer)['result']).to.equal(true);
  });

  it('takes a coding and a codeableConcept', async () => {
    const coding = { system: animals.url, code: 'whale' };
    const post = (parameter: object): Promise<Answer> =>
      server.post('ValueSet/mammals/$validate-code', {
        resourceType: 'Parameters',
        parameter: [parameter],
      });

    const one = await post({ name: 'coding', valueCoding: coding });
    const several = await post({
      name: 'codeableConcept',
      valueCodeableConcept: { coding: [{ system: 'http://x', code: 'y' }, coding] },
    });

    expect(valuesOf(one)['result']).to.equal(true);
    expect(valuesOf(several)['result']).to.equal(true);
  });

  it('refuses an abstract code where none is wanted', async () => {
    const url = `CodeSystem/$validate-code?url=${system}&code=animal`;

    expect(valuesOf(await server.get(`${url}&abstract=false`))['result']).to.equal(false);
    expect(valuesOf(await server.get(`${url}&abstract=true`))['result']).to.equal(true);
  });

  it('works on a code system, by url and by instance', async () => {
    expect(
      valuesOf(await server.get(`CodeSystem/$validate-code?url=${system}&code=dog`))['result'],
    ).to.equal(true);
    expect(
      valuesOf(await server.get('CodeSystem/animals/$validate-code?code=cat'))['result'],
    ).to.equal(false);
  });

  it('answers 422 when nobody here can say', async () => {
    const set = valueSet({ include: [{ system: 'http://loinc.org' }] }, { id: 'loinc' });
    await server.put('ValueSet/loinc', set);

    const answer = await server.get(
      'ValueSet/loinc/$validate-code?system=http://loinc.org&code=1-1',
    );

    expect(answer.status).to.equal(422);
    expect(diagnosticsOf(answer)).to.include('http://loinc.org');
  });

  const refusals = [
    ['no code', 'ValueSet/mammals/$validate-code', 400],
    ['an unknown value set', 'ValueSet/$validate-code?url=http://example.org/none&code=a', 404],
    ['no code system', 'CodeSystem/$validate-code?code=a', 400],
    ['an unknown code system', 'CodeSystem/$validate-code?url=http://example.org/none&code=a', 404],
  ] as const;
  for (const [what, path, status] of refusals)
    it(`refuses ${what}`, async () => {
      expect((await server.get(path)).status).to.equal(status);
    });
});

describe('$lookup', () => {
  it('gives name, display, designations and properties', async () => {
    const answer = await server.get(`CodeSystem/$lookup?system=${system}&code=dog`);

    expect(valuesOf(answer)).to.include({ name: 'Animals', version: '1', display: 'Dog' });
    expect(answer.text).to.include('"valueInteger":4').and.include('Hund');
    expect(answer.text).to.include(
      '{"name":"code","valueCode":"parent"},{"name":"value","valueCode":"mammal"}',
    );
  });

  it('gives only the properties asked for', async () => {
    const answer = await server.get(`CodeSystem/$lookup?system=${system}&code=dog&property=legs`);

    expect((jsonOf(answer) as Parameters).parameter?.map(({ name }) => name)).to.deep.equal([
      'name',
      'version',
      'display',
      'property',
    ]);
  });

  it('takes a coding by POST', async () => {
    const parameter = [{ name: 'coding', valueCoding: { system: animals.url, code: 'bat' } }];

    const answer = await server.post('CodeSystem/$lookup', {
      resourceType: 'Parameters',
      parameter,
    });

    expect(valuesOf(answer)['display']).to.equal('Bat');
  });

  for (const [query, status] of [
    [`system=${system}&code=cat`, 404],
    ['system=http://example.org/none&code=cat', 404],
    ['code=cat', 400],
    [`system=${system}`, 400],
  ] as const)
    it(`answers ${String(status)} to ${query.replace(system, 'animals')}`, async () => {
      expect((await server.get(`CodeSystem/$lookup?${query}`)).status).to.equal(status);
    });
});

describe('$subsumes', () => {
  for (const [codeA, codeB, outcome] of [
    ['dog', 'dog', 'equivalent'],
    ['animal', 'bat', 'subsumes'],
    ['bat', 'mammal', 'subsumed-by'],
    ['bird', 'mammal', 'not-subsumed'],
  ] as const)
    it(`says ${outcome} of ${codeA} and ${codeB}`, async () => {
      const answer = await server.get(
        `CodeSystem/$subsumes?system=${system}&codeA=${codeA}&codeB=${codeB}`,
      );

      expect(valuesOf(answer)).to.deep.equal({ outcome });
    });

  it('works on an instance and with codings', async () => {
    const coding = (code: string): object => ({ system: animals.url, code });
    const parameter = [
      { name: 'codingA', valueCoding: coding('mammal') },
      { name: 'codingB', valueCoding: coding('dog') },
    ];

    expect(
      valuesOf(await server.get('CodeSystem/animals/$subsumes?codeA=dog&codeB=bird')),
    ).to.deep.equal({ outcome: 'not-subsumed' });
    expect(
      valuesOf(
        await server.post('CodeSystem/$subsumes', { resourceType: 'Parameters', parameter }),
      ),
    ).to.deep.equal({ outcome: 'subsumes' });
  });

  it('refuses codes it does not know and systems that differ', async () => {
    expect(
      (await server.get(`CodeSystem/$subsumes?system=${system}&codeA=cat&codeB=dog`)).status,
    ).to.equal(404);
    const parameter = [
      { name: 'codingA', valueCoding: { system: animals.url, code: 'dog' } },
      { name: 'codingB', valueCoding: { system: 'http://loinc.org', code: 'dog' } },
    ];
    expect(
      (await server.post('CodeSystem/$subsumes', { resourceType: 'Parameters', parameter })).status,
    ).to.equal(400);
  });
});
