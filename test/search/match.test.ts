import { expect } from 'chai';
import { compareBySort } from '#src/search/match.ts';
import type { Sort } from '#src/search/window.ts';
import { plan, store } from './support.ts';

describe('compareBySort', () => {
  const stored = [
    store(
      {
        resourceType: 'Patient',
        name: [{ family: 'Zeta' }, { family: 'beta' }],
        birthDate: '1990',
      },
      'a',
      3,
    ),
    store({ resourceType: 'Patient', name: [{ family: 'Alpha' }], birthDate: '1980-05' }, 'b', 1),
    store({ resourceType: 'Patient' }, 'c', 2),
    store({ resourceType: 'Patient', name: [{ family: 'Gamma Zulu' }] }, 'd', 4),
  ];
  const sorted = (sort: readonly Sort[]): string =>
    [...stored]
      .sort(compareBySort(sort))
      .map(({ id }) => id)
      .join('');
  const cases = [
    ['family', 'badc'],
    ['-family', 'adbc'],
    ['birthdate', 'bacd'],
    ['-birthdate', 'abcd'],
    ['_id', 'abcd'],
    ['-_id', 'dcba'],
    ['_lastUpdated', 'bcad'],
    ['birthdate,-_id', 'badc'],
  ] as const;

  for (const [sort, expected] of cases)
    it(`orders by ${sort}, what has no value last`, async () => {
      expect(sorted((await plan(`Patient?_sort=${sort}`)).sort)).to.equal(expected);
    });

  it('orders quantities by their number as written', async () => {
    const observations = [
      store(
        {
          resourceType: 'Observation',
          valueQuantity: { value: 5, system: 'http://unitsofmeasure.org', code: 'mg' },
        },
        'a',
      ),
      store(
        {
          resourceType: 'Observation',
          valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'g' },
        },
        'b',
      ),
    ];
    const { sort } = await plan('Observation?_sort=value-quantity');

    expect([...observations].sort(compareBySort(sort)).map(({ id }) => id)).to.deep.equal([
      'b',
      'a',
    ]);
  });
});
