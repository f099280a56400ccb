// The lexical forms of primitives.

import { expect } from 'chai';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();
const noBreakSpace = '\u00a0';

const cases: readonly (readonly [
  type: string,
  legal: readonly string[],
  wrong: readonly string[],
])[] = [
  [
    'string',
    ['a', ` ${noBreakSpace}\n\t\r`, noBreakSpace, '😀'],
    ['', 'a\u0000', '\u0001', '\u000b'],
  ],
  ['markdown', [`# a${noBreakSpace}b\n`], ['']],
  ['code', ['a', 'a b', `a${noBreakSpace}b`], ['', ' a', 'a ', 'a  b', 'a\n']],
  ['id', ['a-B.1', 'x'.repeat(64)], ['', 'a_b', 'x'.repeat(65), 'a\n']],
  ['uri', ['urn:x', `http://a/${noBreakSpace}`], ['a b', 'a\n']],
  ['oid', ['urn:oid:1.2.3'], ['1.2.3', 'urn:oid:3.1']],
  [
    'uuid',
    ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    ['urn:uuid:C757873D-EC9A-4326-A141-556F43239520'],
  ],
  [
    'date',
    ['2018', '1973-06', '1905-08-23'],
    ['18', '0000', '2018-13', '2018-01-32', '2018-01-01T00:00:00Z'],
  ],
  [
    'dateTime',
    ['2018', '2015-02-07T13:28:17-05:00', '2017-01-01T00:00:00.000Z'],
    ['2015-02-07T13:28:17', '2015-02-07T13:28Z'],
  ],
  ['instant', ['2015-02-07T13:28:17.239+02:00'], ['2015-02-07', '2015-02-07T13:28:17']],
  ['time', ['13:28:17', '13:28:17.5'], ['13:28', '24:00:00', '13:28:17Z']],
  ['integer', ['0', '-5', '12'], ['01', '1.0', '-']],
  ['unsignedInt', ['0', '7'], ['-1', '01']],
  ['positiveInt', ['1', '10'], ['0', '-1']],
  ['decimal', ['1.0', '-0.5', '1e10', '2E-3'], ['.5', '01.5', '1.']],
  ['base64Binary', ['aGVsbG8=', 'aGVs bG8=', ' aGVs\nbG8= '], ['', 'abc', 'a-b_']],
];

describe('primitive patterns', () => {
  for (const [type, legal, wrong] of cases)
    for (const flags of ['', 'u']) {
      const pattern = () => new RegExp(definitions.types.get(type)!.pattern!, flags);
      for (const text of legal)
        it(`take ${JSON.stringify(text)} for a ${type} (flags '${flags}')`, () => {
          expect(pattern().test(text)).to.equal(true);
        });
      for (const text of wrong)
        it(`refuse ${JSON.stringify(text)} for a ${type} (flags '${flags}')`, () => {
          expect(pattern().test(text)).to.equal(false);
        });
    }

  it('end quickly where they fail', () => {
    const pattern = new RegExp(definitions.types.get('base64Binary')!.pattern!);
    const start = performance.now();
    pattern.test(`${'aaaa '.repeat(20_000)}!`);

    expect(performance.now() - start).to.be.below(1000);
  });
});
