// LookLine: one look at the record, or several alike in a row.

import { Badge, Group, Paper, Text } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import type { LookGroup } from './looks.ts';
import { Named } from './Named.tsx';

export const LookLine = ({ look }: { readonly look: LookGroup }) => {
  const { t, i18n } = useTranslation('sharing');
  const format = useFormat();
  const { at, act, name, organization, types, count, isEmergency, isRefused } = look;
  const words = types.map((type) => t(`type.${type}`, { defaultValue: type }));
  const what = new Intl.ListFormat(i18n.language).format([...new Set(words)]);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600}>
            {name === '' ? t(act === 'signIn' ? 'looked.somebody' : 'looked.system') : name}
          </Text>
          {organization === undefined ? null : (
            <Text size="sm">
              <Named reference={organization} />
            </Text>
          )}
          <Text size="sm">
            {t(`act.${act}`)}
            {what === '' ? '' : `: ${what}`}
            {count > 1 ? ` (${t('looked.times', { count })})` : ''}
          </Text>
        </div>
        <Group gap="xs">
          {isEmergency ? <Badge color="red">{t('looked.emergency')}</Badge> : null}
          {isRefused ? <Badge color="gray">{t('looked.refused')}</Badge> : null}
          <Text size="sm">{format.time(at)}</Text>
        </Group>
      </Group>
    </Paper>
  );
};
