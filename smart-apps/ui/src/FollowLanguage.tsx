// FollowLanguage: turns the components round when the language is one that is read from right to left.

import { useEffect } from 'react';
import { useDirection } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { directionOf } from './languages.ts';

export const FollowLanguage = () => {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const direction = directionOf(i18n.language);
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return null;
};
