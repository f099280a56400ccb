import { expect } from 'chai';
import { Problem } from '#src/fhir/problem.ts';
import { planCriteria } from '#src/search/plan-criteria.ts';
import { base, definitions, limits, now, plan, registry, terminology } from './support.ts';

const messageOf = async (answer: Promise<unknown>): Promise<string> => {
  const fault: unknown = await answer.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault instanceof Problem && fault.status === 400) return fault.message;
  throw new Error('It was no 400', { cause: fault });
};

describe('result parameters', () => {
  it('are absent unless asked for', async () => {
    const search = await plan('Patient');

    expect(search).to.deep.include({
      sort: [],
      size: 50,
      total: 'none',
      includes: [],
      explain: false,
      applied: [],
      issues: [],
    });
    expect(search).not.to.have.any.keys('summary', 'elements', 'cursor');
  });

  it('sort by several parameters, by id and by the last update', async () => {
    const { sort } = await plan('Observation?_sort=status,-date,_id,-_lastUpdated');

    expect(sort).to.deep.equal([
      { by: 'token', params: ['Observation.status'], direction: 'asc' },
      { by: 'date', params: ['Observation.date'], direction: 'desc' },
      { by: 'id', direction: 'asc' },
      { by: 'updated', direction: 'desc' },
    ]);
  });

  it('refuse to sort by what has no order', async () => {
    expect(await messageOf(plan('Observation?_sort=code-value-quantity'))).to.match(/no order/);
    expect(await messageOf(plan('Observation?_sort=statu'))).to.match(/did you mean 'status'/);
    expect(await messageOf(plan('Observation?_sort=date:exact'))).to.match(/without modifiers/);
    expect(await messageOf(plan('Observation?_sort=__proto__'))).to.match(/not known/);
  });

  it('take _count, lower it to the limit, and treat 0 as _summary=count', async () => {
    expect(await plan('Patient?_count=7')).to.include({ size: 7 });
    expect(await plan('Patient?_count=5000')).to.include({ size: 1000 });
    expect(await plan('Patient?_count=0')).to.include({ size: 0, summary: 'count' });
    expect(await messageOf(plan('Patient?_count=-1'))).to.match(/whole number/);
    expect(await messageOf(plan('Patient?_count=1&_count=2'))).to.match(/once only/);
  });

  it('take _total, _summary, _elements, _cursor and __explain', async () => {
    expect(await plan('Patient?_total=accurate&_summary=data&__explain=true&_cursor=c')).to.include(
      {
        total: 'accurate',
        summary: 'data',
        explain: true,
        cursor: 'c',
      },
    );
    expect((await plan('Patient?_elements=id,name&_elements=gender')).elements).to.deep.equal([
      'id',
      'name',
      'gender',
    ]);
    expect(await messageOf(plan('Patient?_total=all'))).to.match(/none, estimate, accurate/);
    expect(await messageOf(plan('Patient?_summary=yes'))).to.match(/one of/);
    expect(await messageOf(plan('Patient?_summary=text&_include=Patient:organization'))).to.match(
      /cannot be mixed/,
    );
  });

  it('are in the self link but for the cursor', async () => {
    const { applied, issues } = await plan('Patient?name=a&gender=&_count=3&_cursor=c&zzz=1', {
      handling: 'lenient',
    });

    expect(applied).to.deep.equal([
      ['name', 'a'],
      ['_count', '3'],
    ]);
    expect(issues.map(({ severity }) => severity)).to.deep.equal(['information', 'warning']);
  });
});

describe('_include and _revinclude', () => {
  it('name a type, a reference parameter and perhaps a target', async () => {
    const { includes } = await plan(
      'Observation?_include=Observation:subject:Patient&_revinclude:iterate=Provenance:target',
    );

    expect(includes[0]).to.deep.equal({
      direction: 'include',
      iterate: false,
      params: new Map([['Observation', ['Observation.subject']]]),
      targets: ['Patient'],
    });
    expect(includes[1]).to.deep.include({ direction: 'revinclude', iterate: true });
    expect(includes[1]!.targets).to.include('Observation');
  });

  it('take wild cards and the former :recurse', async () => {
    const { includes } = await plan(
      'Observation?_include=*&_include:recurse=Patient:*&_revinclude=Provenance:*',
    );

    expect(includes[0]!.params.get('Observation')).to.include('Observation.performer');
    expect([...includes[0]!.params.keys()]).to.deep.equal(['Observation']);
    expect(includes[1]).to.include({ iterate: true });
    expect(includes[1]!.targets).to.include('Organization');
    expect([...includes[2]!.params.keys()]).to.deep.equal(['Provenance']);
  });

  it('are refused when they name what is not there', async () => {
    expect(await messageOf(plan('Patient?_include=Patient:organisation'))).to.match(
      /did you mean 'organization'/,
    );
    expect(await messageOf(plan('Patient?_include=Patien:organization'))).to.match(
      /did you mean 'Patient'/,
    );
    expect(await messageOf(plan('Patient?_include=Patient:name'))).to.match(/only references/);
    expect(await messageOf(plan('Patient?_include=Patient:organization:Device'))).to.match(
      /never refers to Device/,
    );
    expect(await messageOf(plan('Patient?_include=Patient:a:b:c'))).to.match(/of the form/);
    expect(await messageOf(plan('Patient?_include:exact=Patient:organization'))).to.match(
      /only :iterate/,
    );
  });
});

describe('limits', () => {
  it('name themselves', async () => {
    const many = Array.from({ length: 101 }, () => 'gender=male').join('&');
    const values = Array.from({ length: 501 }, (_, place) => String(place)).join(',');

    expect(await messageOf(plan(`Patient?${many}`))).to.match(/LIMIT_PARAMETERS/);
    expect(await messageOf(plan(`Patient?identifier=${values}`))).to.match(/LIMIT_OR_VALUES/);
  });
});

describe('criteria of conditional requests', () => {
  const scope = { registry, terminology, definitions, base, limits, now };
  const criteria = (text: string) => planCriteria('Patient', text, scope);

  it('are a plan for one type', async () => {
    const leaf = {
      op: 'token',
      params: ['Patient.identifier'],
      any: [{ system: 'http://x', code: '1' }],
    };

    expect(await criteria('identifier=http://x|1')).to.deep.equal(leaf);
    expect(await criteria('?identifier=http%3A%2F%2Fx%7C1')).to.deep.equal(leaf);
    expect(await criteria('Patient?identifier=http://x|1')).to.deep.equal(leaf);
  });

  it('ignore nothing', async () => {
    expect(await messageOf(criteria(''))).to.match(/empty/);
    expect(await messageOf(criteria('identifier='))).to.match(/has no value/);
    expect(await messageOf(criteria('identifer=1'))).to.match(/did you mean 'identifier'/);
    expect(await messageOf(criteria('identifier=1&_count=1'))).to.match(/no criterion/);
  });
});
