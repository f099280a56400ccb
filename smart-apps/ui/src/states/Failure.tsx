// Failure: what went wrong with a request, in plain words, and what to do: one text for each kind.

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../fhir/failure.ts';
import { useSession } from '../session/session.ts';

export interface FailureProps {
  readonly error: unknown;
  /** Asks again, or reads again what somebody else has changed. */
  readonly again?: (() => void) | undefined;
  /** Where a full slot has a better word than "somebody else was first". */
  readonly conflictText?: string;
}

/** Shows nothing where there is no error. What was typed stays where it is: forms keep drafts. */
export const Failure = ({ error, again, conflictText }: FailureProps) => {
  const { t } = useTranslation('ui');
  const { signInAgain } = useSession();
  if (error === null || error === undefined) return null;
  const kind = kindOf(error);
  const said = kind === 'invalid' && error instanceof Error ? error.message : undefined;
  // A session that has ended, or one that may do too little.
  const isForSignIn = kind === 'expired' || kind === 'refused';
  const text = kind === 'conflict' ? conflictText : undefined;
  return (
    <Alert role="alert" color={colours[kind] ?? 'red'} title={t(`failure.${kind}.title`)}>
      <Stack gap="xs">
        <Text size="sm">{text ?? said ?? t(`failure.${kind}.text`)}</Text>
        <Group>
          {isForSignIn ? (
            <Button size="xs" onClick={() => signInAgain()}>
              {t('session.signInAgain')}
            </Button>
          ) : null}
          {!isForSignIn && again !== undefined ? (
            <Button size="xs" variant="default" onClick={again}>
              {t(kind === 'conflict' ? 'failure.readAgain' : 'failure.tryAgain')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
};

const colours: Readonly<Record<string, string>> = {
  network: 'orange',
  expired: 'blue',
  busy: 'orange',
  conflict: 'orange',
};
