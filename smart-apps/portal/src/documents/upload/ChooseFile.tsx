// ChooseFile: a picture by the camera, or a file that is there already.

import { sizeOf } from '@meridian/ui/uploads/size.ts';
import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconCamera, IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export interface ChooseFileProps {
  readonly file: File | undefined;
  readonly error: string | undefined;
  readonly choose: (file: File) => void;
}

export const ChooseFile = ({ file, error, choose }: ChooseFileProps) => {
  const { t, i18n } = useTranslation('documents');
  const take = (chosen: File | null): void => {
    if (chosen !== null) choose(chosen);
  };
  return (
    <div role="group" aria-label={t('field.file')}>
      <Group mb="xs">
        <FileButton
          accept="image/*"
          capture="environment"
          inputProps={{ 'aria-label': t('camera'), tabIndex: -1 }}
          onChange={take}
        >
          {(props) => (
            <Button
              {...props}
              id="document-file"
              variant="light"
              leftSection={<IconCamera size={20} aria-hidden />}
            >
              {t('camera')}
            </Button>
          )}
        </FileButton>
        <FileButton
          accept="image/*,application/pdf"
          inputProps={{ 'aria-label': t('choose'), tabIndex: -1 }}
          onChange={take}
        >
          {(props) => (
            <Button {...props} variant="light" leftSection={<IconFile size={20} aria-hidden />}>
              {t('choose')}
            </Button>
          )}
        </FileButton>
      </Group>
      <Text role="status" size="sm">
        {file === undefined ? t('noFileYet') : `${file.name} (${sizeOf(file.size, i18n.language)})`}
      </Text>
      {error === undefined ? null : <Input.Error role="alert">{error}</Input.Error>}
    </div>
  );
};
