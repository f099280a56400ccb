// RowOutcome: where a file stands, in words; by colour only besides.

import { sizeOf } from '@meridian/ui/uploads/size.ts';
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RowFault, RowState } from './row.ts';

export interface RowOutcomeProps {
  readonly state: RowState;
  readonly fault: RowFault | undefined;
  readonly size: number;
}

export const RowOutcome = ({ state, fault, size }: RowOutcomeProps) => {
  const { t, i18n } = useTranslation('upload');
  const said = (bytes: number): string => sizeOf(bytes, i18n.language);
  const { t: ui } = useTranslation('ui');
  return (
    <Group gap="xs">
      <Badge color={fault === undefined ? colours[state.at] : 'orange'} variant="light">
        {fault === undefined ? t(`states.${state.at}`) : t('states.incomplete')}
      </Badge>
      {fault === undefined ? null : <Text size="sm">{t(`faults.${fault}`)}</Text>}
      {state.at === 'sending' ? (
        <Text size="sm">{t('sent', { sent: said(state.sent), size: said(size) })}</Text>
      ) : null}
      {state.at === 'refused' ? <Text size="sm">{state.why}</Text> : null}
      {state.at === 'failed' ? <Text size="sm">{ui(`failure.${state.kind}.text`)}</Text> : null}
      {state.at === 'known' ? <Text size="sm">{t('knownText')}</Text> : null}
      {state.at === 'held' ? (
        <Text size="sm">
          {t('heldText')}{' '}
          <Anchor component={Link} href="/uploads">
            {t('toHeld')}
          </Anchor>
        </Text>
      ) : null}
    </Group>
  );
};

const colours: Readonly<Record<RowState['at'], string>> = {
  ...{ ready: 'gray', queued: 'gray', sending: 'blue', filing: 'blue' },
  ...{ filed: 'green', known: 'green', held: 'yellow', refused: 'red', failed: 'red' },
};
