// The table of Inferno's tests is complete: each row has its test, and each test its row.

import { expect } from 'chai';
import { rows, tested } from './support/table.ts';

// Loaded here too, so that this file alone says the same as the whole run.
import './g10-additional.test.ts';
import './g10-apps.test.ts';
import './g10-granular.test.ts';
import './inferno-backend.test.ts';
import './inferno-ehr.test.ts';
import './inferno-introspection.test.ts';
import './inferno-standalone.test.ts';

describe('the table of Inferno tests', () => {
  it('has a test for each row', () => {
    expect(rows.map(({ id }) => id).filter((id) => !tested.has(id))).to.deep.equal([]);
  });

  it('has each row once', () => {
    expect(new Set(rows.map(({ id }) => id)).size).to.equal(rows.length);
  });

  it('says of each row that it passes, or why not yet', () => {
    for (const { id, result } of rows) expect(result, id).to.match(/^(pass|not yet: .{10,})$/);
  });
});
