import { expect } from 'chai';
import { pageOf, queryOf } from '../../../../smart-apps/ui/src/fhir/search.ts';

describe('a page of a search', () => {
  it('tells what was found from what came along, and where the next page is', () => {
    const page = pageOf({
      ...{ resourceType: 'Bundle', type: 'searchset', total: 3 },
      link: [
        { relation: 'self', url: 'https://records.example/fhir/Patient' },
        { relation: 'next', url: 'https://records.example/fhir/Patient?page=2' },
      ],
      entry: [
        { resource: { resourceType: 'Patient', id: '1' }, search: { mode: 'match' } },
        { resource: { resourceType: 'Patient', id: '2' } },
        { resource: { resourceType: 'Organization', id: '3' }, search: { mode: 'include' } },
        { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } },
      ],
    });

    expect(page.items.map(({ id }) => id)).to.deep.equal(['1', '2']);
    expect(page.included.map(({ id }) => id)).to.deep.equal(['3']);
    expect(page.total).to.equal(3);
    expect(page.next).to.equal('https://records.example/fhir/Patient?page=2');
  });

  it('may be empty and the last', () => {
    expect(pageOf({ resourceType: 'Bundle', type: 'searchset' })).to.deep.equal({
      ...{ items: [], included: [], total: undefined, next: undefined },
    });
  });
});

describe('the parameters of a search', () => {
  it('are repeated for each of a list, left out where undefined, and escaped', () => {
    expect(
      queryOf({
        patient: '1',
        date: ['ge2026-01-01', 'lt2026-02-01'],
        code: undefined,
        name: 'a&b',
      }),
    ).to.equal('patient=1&date=ge2026-01-01&date=lt2026-02-01&name=a%26b');
  });
});
