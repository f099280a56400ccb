// ask-person: a Patient whom the clerk may not see confirms by a code, sent to the contact on file, that they stand at the desk.
// What is answered is the same whether or not there is such a Patient.

import { contactsOf, type Contact, type Deliver } from '../../access/contact.ts';
import { createOneTimeCodes, type OneTimeCodes } from '../../access/one-time-code.ts';
import { outcomeOf } from '../../fhir/outcome.ts';
import { invalid, throttled } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import { findMatches } from '../../health-id/match/find.ts';
import { readPerson } from '../../health-id/match/person.ts';
import type { ResolveHealthId } from '../../health-id/resolve.ts';
import type { FhirResponse } from '../../interactions/types.ts';
import { not } from '../../search/plan.ts';
import { takeSlot, type SlotSources } from '../../sharing/slots.ts';
import type { Store, Version } from '../../store/port.ts';

export interface AskPerson {
  /** Answers 202 with the ticket of the code. Throws 400 for a number that cannot be one, 429 when asked too often. */
  ask(question: Question): Promise<FhirResponse>;
  /** Logical id of who was sent the code; undefined when it is wrong, used, too old, or of another Task. */
  prove(task: string, ticket: string, code: string): Promise<string | undefined>;
}

export interface Question {
  readonly task: string;
  readonly person: Resource;
  /** Of a person who is stored already: not to be found themself. */
  readonly self: string | undefined;
  readonly healthId: string | undefined;
}

export interface AskPersonOptions {
  readonly store: Pick<Store, 'records' | 'resources'>;
  readonly now: () => number;
  readonly resolve: ResolveHealthId;
  readonly deliver: Deliver;
  readonly onFault: (error: unknown) => void;
}

interface Sent {
  readonly task: string;
  readonly patient: string;
}

export const createAskPerson = (options: AskPersonOptions): AskPerson => {
  const { records } = options.store;
  const codes: OneTimeCodes<Sent> = createOneTimeCodes({
    ...{ records, now: options.now, kind: 'identity-code', seconds: codeSeconds },
  });
  return {
    ask: async (question) => {
      await countAsking(question.task, { records, now: options.now });
      const found = await findPerson(question, options);
      // Counted for nobody as well: how long it takes tells nothing.
      const limit = { kind: 'identity-message', of: found?.id ?? question.task, most: perHour };
      const isRare = await takeSlot(limit, { records, now: options.now });
      const [contact] = found === undefined ? [] : contactsIn(found);
      const isAsked = found !== undefined && contact !== undefined && isRare;
      const sent = isAsked ? { task: question.task, patient: found.id } : undefined;
      const { ticket, code } = await codes.issue(sent);
      // Not waited for: how long a message takes would tell that there is somebody to send it to.
      if (isAsked) options.deliver(contact, letterOf(code)).catch(options.onFault);
      return answerOf(ticket);
    },
    prove: async (task, ticket, code) => {
      const sent = await codes.redeem(ticket, code);
      return sent?.task === task ? sent.patient : undefined;
    },
  };
};

const codeSeconds = 15 * 60;

/** Messages to one person, however many Tasks are about them. */
const perHour = 5;

/** Only who is alike: a number alone, mistyped or made up, asks nobody. */
const findPerson = async (
  { person, self, healthId }: Question,
  { store, resolve }: AskPersonOptions,
): Promise<Version | undefined> => {
  const others = not({ op: 'id', ids: self === undefined ? [] : [self] });
  const { matches } = await findMatches(readPerson(person), others, store.resources);
  if (healthId === undefined) {
    const certain = matches.filter(({ grade }) => grade === 'certain');
    return certain.length === 1 ? certain[0]!.version : undefined;
  }
  const resolution = await resolve(healthId);
  if (resolution.kind === 'malformed') throw invalid(resolution.why, 'same');
  if (resolution.kind === 'unknown') return undefined;
  return matches.find(({ version }) => version.id === resolution.patient)?.version;
};

const contactsIn = ({ text }: Version): readonly Contact[] =>
  contactsOf(JSON.parse(text) as Resource);

const mostAskings = 5;

/** Whoever is asked again and again is somebody's victim. */
const countAsking = async (task: string, sources: SlotSources): Promise<void> => {
  const asking = { kind: 'identity-asking', of: task, most: mostAskings, hours: 24 };
  if (await takeSlot(asking, sources)) return;
  throw throttled('The person of this Task was asked too often.', 86_400);
};

const letterOf = (code: string) => ({
  subject: 'Your code for a registration desk',
  text: `${code} is your code. Tell it only at the desk where you register just now: it opens who you are, and nothing of your health. It works once, for a quarter of an hour. If you are at no desk, do nothing.`,
});

const answerOf = (ticket: string): FhirResponse => {
  const outcome = outcomeOf([
    {
      ...({ severity: 'information', code: 'informational' } as const),
      diagnostics:
        'If the person is registered, a code was sent to the contact on file. Send what they tell you with this ticket.',
    },
  ]);
  const parameter = [
    { name: 'outcome', resource: outcome },
    { name: 'ticket', valueString: ticket },
  ];
  const text = JSON.stringify({ resourceType: 'Parameters', parameter });
  return { status: 202, text, isWhole: true, shown: [] };
};
