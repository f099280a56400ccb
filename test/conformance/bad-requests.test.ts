// Hundreds of wrong requests: each a 4xx with an OperationOutcome that names the fault, nothing stored, never a 5xx.
// https://hl7.org/fhir/R4/http.html#Status-Codes

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { bundleOf, outcomeOf, wordsOf, type Answer } from '../support/client.ts';
import { liveServer } from '../support/live.ts';

interface Wrong {
  readonly title?: string;
  readonly method?: string;
  readonly path?: string | Repeated;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Hex, for what is no text. */
  readonly bytes?: string;
  readonly says?: string;
  readonly status?: readonly number[];
  /** At least so many issues. */
  readonly issues?: number;
  /** Of requests that are odd and legal: what the search finds. */
  readonly total?: number;
}
interface Group extends Wrong {
  readonly group: string;
  readonly each?: readonly string[];
  readonly cases?: readonly Wrong[];
}
interface Repeated {
  readonly $before?: string;
  readonly $repeat: readonly [text: string, times: number, closing: string];
  readonly $inner?: string;
  readonly $after?: string;
}

const groups = parse(
  readFileSync(join(import.meta.dirname, 'bad-requests.yaml'), 'utf8'),
) as readonly Group[];

const isRepeated = (value: unknown): value is Repeated =>
  typeof value === 'object' && value !== null && '$repeat' in value;

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (!isRepeated(value)) return JSON.stringify(value);
  const [text, times, closing] = value.$repeat;
  const middle = text.repeat(times) + (value.$inner ?? '') + closing.repeat(times);
  return (value.$before ?? '') + middle + (value.$after ?? '');
};

/** Puts the item of `each` where `{{}}` stands; what is asked to be said is the item as the server decodes it. */
const filled = (group: Group, item: string): Wrong => ({
  ...group,
  title: item,
  ...(typeof group.path === 'string' && { path: group.path.replaceAll('{{}}', () => item) }),
  ...(typeof group.body === 'string' && { body: group.body.replaceAll('{{}}', () => item) }),
  ...(group.headers && {
    headers: Object.fromEntries(
      Object.entries(group.headers).map(([name, value]) => [
        name,
        value.replaceAll('{{}}', () => item),
      ]),
    ),
  }),
  ...(group.says !== undefined && { says: group.says.replaceAll('{{}}', () => decoded(item)) }),
});

const decoded = (item: string): string => {
  try {
    return decodeURIComponent(item).trim();
  } catch {
    return item;
  }
};

/** One line, of what can be printed. */
const titleOf = ({ title, method = 'GET', path, body, bytes }: Wrong): string =>
  (title ?? `${method} ${textOf(path ?? '')} ${bytes ?? textOf(body ?? '')}`)
    .slice(0, 160)
    .replaceAll(/[^ -~]/g, '·') || 'nothing';

describe('bad requests', function () {
  this.timeout(60_000);
  const server = liveServer();

  const stored = async (): Promise<number | undefined> =>
    bundleOf(await server.get('_history?_count=0')).total;
  const send = ({
    method = 'GET',
    path = '',
    headers = {},
    body,
    bytes,
  }: Wrong): Promise<Answer> => {
    const payload = bytes === undefined ? body : Buffer.from(bytes, 'hex');
    return server.ask(method, textOf(path), {
      headers,
      ...(payload !== undefined && { body: Buffer.isBuffer(payload) ? payload : textOf(payload) }),
    });
  };

  before(async () => {
    await server.put('Patient/bad-requests-fixture', {
      resourceType: 'Patient',
      id: 'bad-requests-fixture',
      gender: 'male',
      name: [{ family: 'Fixture' }, { family: 'Second' }],
    });
  });

  for (const group of groups)
    describe(group.group, () => {
      const cases = [
        ...(group.each ?? []).map((item) => filled(group, item)),
        ...(group.cases ?? []).map((wrong) => ({
          ...group,
          ...wrong,
          headers: { ...group.headers, ...wrong.headers },
        })),
      ];
      let before: number | undefined;
      beforeEach(async () => {
        before ??= await stored();
      });

      for (const wrong of cases)
        it(titleOf(wrong), async () => {
          const answer = await send(wrong);

          const legal = wrong.status ?? [];
          if (legal.length > 0)
            expect(answer.status, answer.text.slice(0, 400)).to.be.oneOf([...legal]);
          else expect(answer.status, answer.text.slice(0, 400)).to.be.within(400, 499);
          if (answer.status < 300) {
            if (wrong.total !== undefined)
              expect(bundleOf(answer).entry ?? []).to.have.length(wrong.total);
            return;
          }
          const { issue } = outcomeOf(answer);
          expect(issue.length).to.be.at.least(wrong.issues ?? 1);
          const words = `${wordsOf(answer)} ${issue.flatMap((one) => one.expression ?? []).join(' ')}`;
          expect(words.trim(), 'the diagnostics').to.not.equal('');
          expect(words.toLowerCase()).to.contain((wrong.says ?? '').toLowerCase());
          expect(words, 'a stack or SQL').to.not.match(
            /\n\s+at |SQLITE|SELECT |node:internal|\.ts:\d/,
          );
        });

      after(async () => {
        expect(await stored(), `something of "${group.group}" was stored`).to.equal(before);
      });
    });

  it('a body over the limit is 413', async () => {
    const answer = await server.ask('POST', 'Patient', {
      body: `{"resourceType":"Patient","name":[{"text":"${'x'.repeat(70 * 1024 * 1024)}"}]}`,
    });

    expect(answer.status).to.equal(413);
    expect(wordsOf(answer)).to.contain('LIMIT_BODY_BYTES');
  });

  it('pollutes no prototype', () => {
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(({} as Record<string, unknown>)['active']).to.equal(undefined);
  });
});
