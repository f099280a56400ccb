// ShownCard: one card: what it says in words, its code to scan, and its file.

import { useState } from 'react';
import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconDownload, IconQrcode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CardWords } from './CardWords.tsx';
import { fileOf } from './health-card.ts';
import { QrCode } from './QrCode.tsx';
import { save } from './save.ts';
import type { HealthCard } from './useHealthCards.ts';

/** A level-L code of version 22 holds 1,195 characters; what is longer is for files alone. */
const mostInCode = 1195;

export const ShownCard = ({
  card,
  isOpen,
}: {
  readonly card: HealthCard;
  readonly isOpen: boolean;
}) => {
  const { t } = useTranslation('card');
  const [isShown, setShown] = useState(isOpen);
  const fits = card.jws.length <= mostInCode;
  return (
    <Paper withBorder p="md">
      <Group align="flex-start" gap="lg">
        {isShown && fits ? <QrCode jws={card.jws} label={t('cards.code')} /> : null}
        <Stack gap="sm" style={{ flex: '1 1 16rem' }}>
          <CardWords card={card} />
          {fits ? null : <Text size="sm">{t('cards.tooLong')}</Text>}
          <Group data-print="hide">
            {fits && !isShown ? (
              <Button
                variant="default"
                leftSection={<IconQrcode size={18} aria-hidden />}
                onClick={() => setShown(true)}
              >
                {t('cards.show')}
              </Button>
            ) : null}
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => save(fileOf([card.jws]), 'health-card.smart-health-card')}
            >
              {t('cards.save')}
            </Button>
          </Group>
          <Anchor href="/verify" data-print="hide">
            {t('cards.verify')}
          </Anchor>
        </Stack>
      </Group>
    </Paper>
  );
};
