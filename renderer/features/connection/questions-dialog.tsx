import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { answerPrompt } from '../../stores/prompts-store';
import styles from './prompt.module.css';

interface QuestionsDialogProps {
  readonly prompt: Extract<SecretPrompt, { kind: 'keyboardInteractive' }>;
  readonly machineName: string;
}

/** Asks what the machine itself wants to know (RFC 4256), e.g. a one-time code. */
export function QuestionsDialog({ prompt, machineName }: QuestionsDialogProps) {
  const { t } = useTranslation();
  const { promptId, title, instructions, questions } = prompt;
  const [answers, setAnswers] = useState<readonly string[]>(() => questions.map(() => ''));
  const cancel = () => answerPrompt({ kind: 'cancel', promptId });
  return (
    <Dialog
      title={t('prompt.questions.title', { name: prompt.hop ?? machineName })}
      onCancel={cancel}
      onSubmit={() => answerPrompt({ kind: 'keyboardInteractive', promptId, answers })}
      buttons={
        <>
          <Button onPress={cancel}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('prompt.continue')}
          </Button>
        </>
      }
    >
      <p>{t('prompt.questions.explanation')}</p>
      {(title || instructions) && (
        <p className={`${styles.quote} selectable`}>{[title, instructions].filter(Boolean).join('\n')}</p>
      )}
      {questions.map((question, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: questions never move, and two may have the same text.
          key={index}
          label={question.text.trim().replace(/:$/, '') || t('prompt.questions.answer')}
          type={question.isEchoed ? 'text' : 'password'}
          value={answers[index] ?? ''}
          onChange={(value) => setAnswers(answers.map((other, i) => (i === index ? value : other)))}
          autoFocus={index === 0}
        />
      ))}
    </Dialog>
  );
}
