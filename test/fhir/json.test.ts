// JSON in and out without loss, and what is refused.

import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { documentOf, parseDocument, parseJson, stringify } from '#src/fhir/json.ts';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { describeShared, readShared, shared } from '#test/support/shared.ts';

const depth = 64;

const refusal = (read: () => unknown): Problem => {
  try {
    read();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};

describe('parseJson', () => {
  const lossless = [
    '{"value":1.10}',
    '{"value":1.0}',
    '{"value":-0}',
    '{"value":0.0}',
    '{"value":1e3}',
    '{"value":1E+400}',
    '{"value":-1.000000000000000000e245}',
    '{"value":0.0000001}',
    '{"value":12345678901234567890.123}',
    '[1.50,{"a":[2.0,3]},"1.0"]',
    '1.0',
    '{"a":[null,"x"],"_a":[{"id":"b"},null]}',
    '{"text":"\\\\u0000 é 😀 \u00a0"}',
    '{"__proto__":{"admin":true},"constructor":1.0}',
  ];
  for (const text of lossless)
    it(`gives back ${text} as it was`, () => {
      const { exact } = parseJson(text, depth);

      expect(stringify(exact)).to.equal(text);
    });

  it('gives ordinary numbers as plain', () => {
    const { plain } = parseJson('{"a":1.10,"b":[1e3,-0.0]}', depth);

    expect(plain).to.deep.equal({ a: 1.1, b: [1000, -0] });
  });

  it('gives one and the same object when every number prints alike', () => {
    const { plain, exact } = parseJson(
      '{"a":1.5,"b":12,"c":-3,"d":1e21}'.replace('e21', ''),
      depth,
    );

    expect(plain).to.equal(exact);
  });

  it('keeps a __proto__ key as an own property without effect', () => {
    const { plain, exact } = parseJson('{"__proto__":{"admin":true},"n":1.0}', depth) as {
      plain: Record<string, unknown>;
      exact: object;
    };

    expect(Object.keys(plain)).to.deep.equal(['__proto__', 'n']);
    expect(plain['admin']).to.equal(undefined);
    expect(Object.keys(exact)).to.deep.equal(['__proto__', 'n']);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /empty/],
    [' \n', /empty/],
    ['{', /ends too early at line 1, column 2/],
    ['{"a":\n [1,]}', /']' is not expected at line 2, column 5/],
    ['{"a":01}', /'1' is not expected at line 1, column 7/],
    ['{"a":.5}', /'\.' is not expected/],
    ['{"a":NaN}', /'N' is not expected/],
    ["{'a':1}", /''' is not expected/],
    ['{"a":1}}', /'}' is not expected at line 1, column 8/],
    ['{"a" 1}', /'1' is not expected/],
    ['{,}', /',' is not expected/],
    ['[1 2]', /'2' is not expected/],
    ['["secret" "name"]', /a text is not expected/],
    ['{"a":"x\ny"}', /control character/],
    ['{"a":"\\x"}', /wrong escape/],
    ['\u00a0{}', /not expected at line 1, column 1/],
    ['{"a":1,"a":2}', /the key "a" is given twice at line 1, column 8/],
    ['{"a":{"b":1,"c":[{"d":1,"d":1}]}}', /the key "d" is given twice/],
    ['{"a":"\\u0000"}', /NUL/],
    ['{"a":"\\ud800"}', /half a surrogate pair/],
    ['{"a\\udc00":1}', /half a surrogate pair/],
    ['{"a":"\ud800"}', /half a surrogate pair/],
  ];
  for (const [text, reason] of refused)
    it(`answers 400 with the place for ${JSON.stringify(text)}`, () => {
      const problem = refusal(() => parseJson(text, depth));

      expect(problem.status).to.equal(400);
      expect(problem.message).to.match(reason);
    });

  it('refuses nesting beyond the limit, however deep, without overflowing', () => {
    const deep = 1_000_000;
    const problem = refusal(() => parseJson('['.repeat(deep) + ']'.repeat(deep), depth));

    expect(problem.status).to.equal(400);
    expect(problem.message).to.contain('LIMIT_DEPTH');
  });

  it('takes nesting up to the limit', () => {
    expect(parseJson('['.repeat(depth) + ']'.repeat(depth), depth).plain).to.be.an('array');
  });

  it('does not count brackets and colons inside texts', () => {
    expect(parseJson('{"a":"[[[{{{::: \\" \\\\"}', 1).plain).to.deep.equal({ a: '[[[{{{::: " \\' });
  });
});

describe('parseDocument', () => {
  for (const text of ['[]', '"Patient"', 'null', '{}', '{"resourceType":1}', '{"resourceType":""}'])
    it(`answers 400 for ${text}, which is no resource`, () => {
      expect(refusal(() => parseDocument(text, depth)).status).to.equal(400);
    });
});

describe('documentOf', () => {
  it('makes plain numbers of an edited exact resource and shares the rest', () => {
    const { exact } = parseDocument('{"resourceType":"Basic","a":{"v":1.10},"b":{"v":2}}', depth);
    const edited = { ...exact, id: '1' } as Resource;
    const document = documentOf(edited);

    expect(document.plain).to.deep.equal({
      resourceType: 'Basic',
      a: { v: 1.1 },
      b: { v: 2 },
      id: '1',
    });
    expect(document.exact).to.equal(edited);
    expect(document.plain['b']).to.equal(edited['b']);
  });

  it('gives one and the same object when nothing differs', () => {
    const exact = { resourceType: 'Basic', id: '1' };

    expect(documentOf(exact).plain).to.equal(exact);
  });
});

describeShared('the official examples', () => {
  it('come back byte by byte but for the blanks between tokens', () => {
    const changed = readdirSync(shared('r4-examples/instances')).filter((file) => {
      const text = readShared('r4-examples/instances', file);
      const tokens = text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
      return stringify(parseDocument(text, depth).exact) !== tokens;
    });

    expect(changed).to.deep.equal([]);
  });
});
