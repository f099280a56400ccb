// Conditions of a request, as far as headers state them.
// https://hl7.org/fhir/R4/http.html#concurrency

import { expect } from 'chai';
import {
  checkIfMatch,
  checkIfNoneMatch,
  isUnchanged,
  readETag,
} from '../../src/interactions/conditional.ts';
import type { Version } from '../../src/store/port.ts';

const key = { type: 'Patient', id: '1' };
const version: Version = {
  ...{ ...key, version: '2', deleted: false, method: 'PUT', text: '{}' },
  at: Date.parse('2024-05-01T10:00:00.500Z'),
};
const deletion: Version = { ...version, deleted: true };
const status = (code: number) => (check: () => void) => {
  expect(check).to.throw().with.property('status', code);
};

describe('interactions/conditional', () => {
  it('reads ETags as clients write them, and nothing else', () => {
    for (const tag of ['W/"2"', '"2"', '2', ' W/"2" ']) expect(readETag(tag)).to.equal('2');
    for (const tag of ['', 'W/2"x', '"2" "3"', '"'])
      status(400)(() => {
        readETag(tag);
      });
  });

  it('reads lists as HTTP has them: other tags, empty members, commas between quotes', () => {
    for (const header of ['W/"2",', ', "a,b" ,W/"2"', '"a+b/c=", "2"', '"", "2"'])
      checkIfMatch(header, key, version);
    for (const header of ['"1,2"', '"a+b/c="', '""'])
      status(412)(() => {
        checkIfMatch(header, key, version);
      });
    expect(isUnchanged({ 'if-none-match': '"a+b/c="' }, version)).to.equal(false);
  });

  it('lets If-Match pass for the current version only', () => {
    for (const header of [undefined, 'W/"2"', '*', 'W/"1", W/"2"'])
      checkIfMatch(header, key, version);
    for (const [header, current] of [
      ['W/"1"', version],
      ['W/"2"', deletion],
      ['W/"2"', undefined],
      ['*', undefined],
    ] as const)
      status(412)(() => {
        checkIfMatch(header, key, current);
      });
  });

  it('lets If-None-Match pass when nothing is there', () => {
    checkIfNoneMatch('*', key, undefined);
    checkIfNoneMatch('*', key, deletion);
    checkIfNoneMatch('W/"1"', key, version);
    status(412)(() => {
      checkIfNoneMatch('*', key, version);
    });
  });

  it('compares times by whole seconds, and only without If-None-Match', () => {
    const since = (time: string, more = {}) =>
      isUnchanged({ 'if-modified-since': time, ...more }, version);

    expect(since('Wed, 01 May 2024 10:00:00 GMT')).to.equal(true);
    expect(since('Wed, 01 May 2024 09:59:59 GMT')).to.equal(false);
    expect(since('nonsense')).to.equal(false);
    expect(since('Wed, 01 May 2024 10:00:00 GMT', { 'if-none-match': 'W/"1"' })).to.equal(false);
  });
});
