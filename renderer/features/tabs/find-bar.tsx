import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../../components/icon-button';
import { closeFind, findStore } from '../../stores/find-store';
import styles from './find-bar.module.css';
import type { FoundInPage, WebviewElement } from './webview-element';

/** Finds text in a page: as it is typed, forwards and backwards. Escape closes it and keeps the match selected. */
export function FindBar({ webview }: { readonly webview: WebviewElement }) {
  const { t } = useTranslation();
  const { opened, step } = useStore(findStore);
  const [text, setText] = useState('');
  const [found, setFound] = useState<FoundInPage | null>(null);
  const inputRef = useRef<HTMLInputElement>(null);
  const seenStep = useRef(step.number);

  useEffect(() => {
    const onFound = (event: Event) => setFound((event as Event & { result: FoundInPage }).result);
    webview.addEventListener('found-in-page', onFound);
    return () => {
      webview.removeEventListener('found-in-page', onFound);
      if (webview.isConnected) webview.stopFindInPage('keepSelection');
    };
  }, [webview]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, it comes to the front again.
  useEffect(() => inputRef.current?.select(), [opened]);

  const goOn = (isForward: boolean) => {
    if (text !== '') webview.findInPage(text, { forward: isForward, findNext: false });
  };
  useEffect(() => {
    if (seenStep.current === step.number) return;
    seenStep.current = step.number;
    goOn(step.isForward);
  });

  const type = (typed: string) => {
    setText(typed);
    if (typed !== '') {
      webview.findInPage(typed, { findNext: true });
    } else {
      webview.stopFindInPage('clearSelection');
      setFound(null);
    }
  };
  const close = () => {
    closeFind();
    webview.focus();
  };
  const count =
    found === null || text === ''
      ? ''
      : found.matches === 0
        ? t('find.none')
        : t('find.count', { at: found.activeMatchOrdinal, of: found.matches });
  return (
    <search className={styles.bar} aria-label={t('find.title')}>
      <TextField
        aria-label={t('find.text')}
        value={text}
        onChange={type}
        isInvalid={found?.matches === 0 && text !== ''}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
          else if (event.key === 'Enter') goOn(!event.shiftKey);
          else return;
          event.preventDefault();
        }}
        className={styles.field ?? ''}
      >
        <Input ref={inputRef} className={styles.input ?? ''} spellCheck={false} />
      </TextField>
      <span role="status" className={styles.count}>
        {count}
      </span>
      <IconButton label={t('find.previous')} isDisabled={!found?.matches} onPress={() => goOn(false)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label={t('find.next')} isDisabled={!found?.matches} onPress={() => goOn(true)}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label={t('find.close')} onPress={close}>
        <X aria-hidden />
      </IconButton>
    </search>
  );
}
