// FileRow: one file: for whom, how far, and what came of it; what goes wrong can be mended and sent again.

import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { sizeOf } from '@meridian/ui/uploads/size.ts';
import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { readUhid } from '../patients/uhid.ts';
import { canBeSent, faultOf, wordsOf, type Row, type Words } from './row.ts';
import { RowOutcome } from './RowOutcome.tsx';
import { WordFields } from './WordFields.tsx';

export interface FileRowProps {
  readonly row: Row;
  readonly all: Words;
  readonly onEdit: (own: Words) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

export const FileRow = ({ row, all, onEdit, onSend, onStop }: FileRowProps) => {
  const { t, i18n } = useTranslation('upload');
  const format = useFormat();
  const [isOpen, { toggle }] = useDisclosure();
  const { file, state } = row;
  const words = wordsOf(row, all);
  const fault = canBeSent(row) ? faultOf(row, all) : undefined;
  const uhid = readUhid(words.uhid);
  const about = [
    uhid.ok ? format.uhid(uhid.number) : '',
    format.date(words.birthDate || undefined),
    words.family,
    words.kind === '' ? '' : t(`kinds.${words.kind}`),
  ];
  return (
    <Paper component="li" withBorder p="sm" aria-label={file.name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {file.name}
            </Text>
            <Text size="sm">
              {[sizeOf(file.size, i18n.language), ...about].filter(Boolean).join(' · ')}
            </Text>
          </div>
          <ActionIcon
            variant="default"
            onClick={onStop}
            aria-label={t(state.at === 'sending' ? 'stop' : 'remove', { name: file.name })}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
        {state.at === 'sending' ? (
          <Progress
            value={file.size === 0 ? 0 : (100 * state.sent) / file.size}
            aria-label={t('progress', { name: file.name })}
          />
        ) : null}
        <RowOutcome state={state} fault={fault} size={file.size} />
        {canBeSent(row) ? (
          <Group gap="xs">
            {state.at === 'ready' ? null : (
              <Button size="xs" disabled={fault !== undefined} onClick={onSend}>
                {t('again')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={toggle} aria-expanded={isOpen}>
              {t('change')}
            </Button>
          </Group>
        ) : null}
        {canBeSent(row) && isOpen ? <WordFields words={row.own} onChange={onEdit} /> : null}
      </Stack>
    </Paper>
  );
};
