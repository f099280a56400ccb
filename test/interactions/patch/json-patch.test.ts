// JSON Patch: the RFC's own examples, and what a record must not lose or suffer by it.
// https://www.rfc-editor.org/rfc/rfc6902

import { expect } from 'chai';
import { parseJson, stringify } from '../../../src/fhir/json.ts';
import { Problem } from '../../../src/fhir/problem.ts';
import { applyJsonPatch } from '../../../src/interactions/patch/json-patch.ts';
import { describeShared, hasShared, readShared } from '../../support/shared.ts';

interface Case {
  readonly comment: string;
  readonly doc: unknown;
  readonly patch: unknown;
  readonly expected?: unknown;
  readonly error?: string;
}

const cases = hasShared
  ? (JSON.parse(readShared('vectors', 'json-patch', 'rfc6902-cases.json')) as readonly Case[])
  : [];

const limits = { bodyBytes: 10_000, depth: 20 };

const exactly = (text: string): unknown => parseJson(text, 64).exact;

const refusal = (document: unknown, patch: unknown): Problem => {
  try {
    applyJsonPatch(document, patch, limits);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('The patch was applied.');
};

describe('JSON Patch', () => {
  describeShared("passes the RFC's example", () => {
    for (const { comment, doc, patch, expected, error } of cases)
      it(comment, () => {
        if (error !== undefined) expect(refusal(doc, patch).status).to.equal(422);
        else expect(applyJsonPatch(doc, patch, limits)).to.deep.equal(expected);
      });
  });

  it('keeps the digits of decimals', () => {
    const document = exactly('{"a":1.10,"b":[2.00,{"c":3.0}],"d":1}');
    const patch = exactly(
      '[{"op":"move","from":"/b/1","path":"/e"},{"op":"replace","path":"/d","value":5.50},{"op":"copy","from":"/a","path":"/b/-"}]',
    );

    expect(stringify(applyJsonPatch(document, patch, limits))).to.equal(
      '{"a":1.10,"b":[2.00,1.10],"d":5.50,"e":{"c":3.0}}',
    );
  });

  it('tests numbers by what they mean, to the last digit', () => {
    const document = exactly('{"a":1.10,"b":0.12345678901234567890,"c":100,"d":0.0}');
    const holds = exactly(
      '[{"op":"test","path":"/a","value":1.1},{"op":"test","path":"/c","value":1e2},{"op":"test","path":"/d","value":-0}]',
    );
    const fails = exactly('[{"op":"test","path":"/b","value":0.12345678901234567891}]');

    expect(applyJsonPatch(document, holds, limits)).to.equal(document);
    expect(refusal(document, fails).message).to.match(/Operation 0 \('test'\)/);
  });

  it('does not change what it was given', () => {
    const document = { list: [{ a: 1 }, { b: 2 }] };

    applyJsonPatch(document, [{ op: 'remove', path: '/list/0/a' }], limits);

    expect(document).to.deep.equal({ list: [{ a: 1 }, { b: 2 }] });
  });

  it('makes an own member even of __proto__', () => {
    const patched = applyJsonPatch(
      {},
      JSON.parse('[{"op":"add","path":"/__proto__","value":{"polluted":true}}]'),
      limits,
    );

    expect(Object.keys(patched as object)).to.deep.equal(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('stops a value that doubles itself', () => {
    const patch = Array.from({ length: 60 }, () => ({
      op: 'copy',
      from: '/list',
      path: '/list/-',
    }));

    const { status, issues } = refusal({ list: ['x'] }, patch);

    expect(status).to.equal(400);
    expect(issues[0]!.code).to.equal('too-costly');
  });

  it('refuses what makes the resource deeper than it may be, operation by operation', () => {
    const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
    const patch = Array.from({ length: 300 }, (_, times) => ({
      ...{ op: 'add', path: `/a${'/a'.repeat(51 * times)}`, value: nested(50) },
    }));
    const { status } = refusal({}, patch);

    expect(status).to.equal(400);
  });

  it('refuses very many operations', () => {
    const patch = Array.from({ length: 1001 }, () => ({ op: 'test', path: '/name', value: 'x' }));

    expect(refusal({ name: 'x' }, patch).status).to.equal(400);
  });

  it('compares a number of very many digits in no time', () => {
    const digits = `1.${'0'.repeat(200_000)}1`;
    const { exact } = parseJson(`{"value":${digits}}`, 8);
    const patch = [{ op: 'test', path: '/value', value: JSON.rawJSON(digits) }];
    const started = performance.now();

    applyJsonPatch(exact, patch, { bodyBytes: 1_000_000, depth: 8 });
    expect(performance.now() - started).to.be.lessThan(500);
  });

  const document = { list: [1, 2], name: 'x' };
  const misfits: readonly (readonly [string, object])[] = [
    ['a member that is not there', { op: 'remove', path: '/nome' }],
    ['an index beyond the end', { op: 'replace', path: '/list/2', value: 3 }],
    ['an index with a leading zero', { op: 'remove', path: '/list/01' }],
    ['the place after the end of a list that is read', { op: 'test', path: '/list/-', value: 1 }],
    ['a member of a text', { op: 'add', path: '/name/length', value: 1 }],
    ['an inherited member', { op: 'test', path: '/constructor', value: 1 }],
    ['a move into itself', { op: 'move', from: '/list', path: '/list/0' }],
    ['the removal of everything', { op: 'remove', path: '' }],
  ];
  for (const [title, operation] of misfits)
    it(`refuses ${title} with 422 and names the operation`, () => {
      const problem = refusal(document, [{ op: 'test', path: '/name', value: 'x' }, operation]);

      expect(problem.status).to.equal(422);
      expect(problem.message).to.match(/^Operation 1 /);
    });

  const malformed: readonly (readonly [string, unknown])[] = [
    ['that is no array', { op: 'remove', path: '/name' }],
    ['with an operation that is no object', ['remove']],
    ['with an unknown op', [{ op: 'merge', path: '/name' }]],
    ['with an inherited op', [{ op: 'toString', path: '/name' }]],
    ['without a path', [{ op: 'remove' }]],
    ['with a path that does not begin with a slash', [{ op: 'remove', path: 'name' }]],
    ['with a wrong escape', [{ op: 'remove', path: '/na~2me' }]],
    ['without a value', [{ op: 'add', path: '/name' }]],
    ['without a from', [{ op: 'move', path: '/name' }]],
  ];
  for (const [title, patch] of malformed)
    it(`refuses a patch ${title} with 400`, () => {
      expect(refusal(document, patch).status).to.equal(400);
    });
});
