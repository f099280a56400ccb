// A fault of ours: the client learns its request id and nothing else, the operator the rest.

import { expect } from 'chai';
import { pino } from 'pino';
import { errorResponse } from '../../src/http/errors.ts';
import { Conflict, TooSlow } from '../../src/store/port.ts';

describe('http/errors, of what is thrown', () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const answer = (error: unknown) => errorResponse(error, 'request-1', log);

  it('hides what went wrong and logs it under the request id', () => {
    const { status, text } = answer(new Error('SELECT secret'));

    expect(status).to.equal(500);
    expect(text).to.contain('request-1').and.not.to.contain('secret');
    expect(lines.join()).to.contain('request-1').and.to.contain('SELECT secret');
  });

  it('answers 409 when another writer came between', () => {
    const key = { type: 'Patient', id: '1' };
    const error = new Conflict(0, { op: 'version', key, version: '1' });

    expect(answer(error)).to.deep.include({ status: 409 });
    expect(answer(error).text).to.contain('Patient/1');
  });

  it('answers 400 and names the limit when a search takes too long', () => {
    const { status, text } = answer(new TooSlow());

    expect(status).to.equal(400);
    expect(text).to.contain('LIMIT_SEARCH_SECONDS');
  });

  it('answers 500 to anything else that is thrown', () => {
    for (const thrown of ['text', undefined, null, { status: 200 }])
      expect(answer(thrown).status).to.equal(500);
  });
});
