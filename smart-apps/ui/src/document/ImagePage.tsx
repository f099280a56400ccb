// ImagePage: a picture, as wide as the page; a click shows it as large as it is.

import { useCallback, useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './document.module.css';

export interface ImagePageProps {
  readonly blob: Blob;
  /** Read aloud in its place. */
  readonly label: string;
}

export const ImagePage = ({ blob, label }: ImagePageProps) => {
  const { t } = useTranslation('ui');
  const image = useCallback((shown: HTMLImageElement) => show(shown, blob), [blob]);
  const [isLarge, setLarge] = useState(false);
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <Text>{t('document.broken')}</Text>;
  const ZoomIcon = isLarge ? IconZoomOut : IconZoomIn;
  return (
    <>
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          aria-pressed={isLarge}
          leftSection={<ZoomIcon size={16} aria-hidden />}
          onClick={() => setLarge(!isLarge)}
        >
          {t(isLarge ? 'document.fit' : 'document.large')}
        </Button>
      </Group>
      {/* What scrolls can be reached by keyboard. */}
      <div className={classes.frame} role="group" aria-label={label} tabIndex={isLarge ? 0 : -1}>
        <img
          ref={image}
          alt={label}
          className={isLarge ? classes.large : classes.fit}
          onError={() => setBroken(true)}
        />
      </div>
    </>
  );
};

/** The address of the bytes is given back to the browser as soon as they are not shown any more. */
const show = (image: HTMLImageElement, blob: Blob): (() => void) => {
  const address = URL.createObjectURL(blob);
  image.src = address;
  return () => URL.revokeObjectURL(address);
};
