import { expect } from 'chai';
import { explain } from '#src/search/explain.ts';
import { plan } from './support.ts';

describe('explain', () => {
  it('prints a plan as indented text', async () => {
    const { plan: asked } = await plan(
      'Observation?subject:Patient.name=eve&code:not=a,b&date=ge2013',
    );

    expect(explain(asked)).to.equal(
      [
        'all of',
        '  Observation.subject refers to',
        '    all of',
        '      type is Patient',
        "      Patient.name or Patient.name:part starts with 'eve'",
        '  not',
        '    Observation.code is a or b (token)',
        '  Observation.date ge [2013-01-01T00:00:00.000Z, 2014-01-01T00:00:00.000Z)',
      ].join('\n'),
    );
  });
});
