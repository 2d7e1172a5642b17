import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LookPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { TextField } from '../../components/text-field';
import styles from './diagnosis.module.css';
import { answerDiagnosis } from './diagnosis-actions';

interface QuestionBoxProps {
  readonly prompt: LookPrompt;
}

/** What a step needs of the user; fields for secrets appear only when they want to answer. */
export function QuestionBox({ prompt }: QuestionBoxProps) {
  const { t } = useTranslation();
  const [isAnswering, setIsAnswering] = useState(false);
  const { promptId, kind } = prompt;
  const giveUp = () => answerDiagnosis({ kind: 'cancel', promptId });
  return (
    <div className={styles.question}>
      <p className="selectable">{t(`ask.${kind}`, { ns: 'diagnosis', ...factsOf(prompt) })}</p>
      {prompt.kind === 'hostKey' && (
        <p className="mono selectable">
          {prompt.keyType} {prompt.fingerprint}
        </p>
      )}
      {prompt.kind === 'command' && <pre className="selectable">{prompt.command}</pre>}
      {isAnswering && prompt.kind !== 'hostKey' && prompt.kind !== 'command' ? (
        <Answers prompt={prompt} onGiveUp={giveUp} />
      ) : (
        <div className={styles.remedies}>
          <Button onPress={giveUp}>{t('ask.giveUp', { ns: 'diagnosis' })}</Button>
          {prompt.kind === 'hostKey' ? (
            <Button
              variant="primary"
              onPress={() => answerDiagnosis({ kind: 'hostKey', promptId, isAccepted: true })}
            >
              {t('ask.trust', { ns: 'diagnosis' })}
            </Button>
          ) : prompt.kind === 'command' ? (
            <Button
              variant="primary"
              onPress={() => answerDiagnosis({ kind: 'command', promptId, isConfirmed: true })}
            >
              {t('ask.run', { ns: 'diagnosis' })}
            </Button>
          ) : (
            <Button variant="primary" onPress={() => setIsAnswering(true)}>
              {t('ask.enter', { ns: 'diagnosis' })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

interface AnswersProps {
  readonly prompt: Exclude<LookPrompt, { kind: 'hostKey' | 'command' }>;
  readonly onGiveUp: () => void;
}

/** The fields for the answers. Nothing of them is remembered. */
function Answers({ prompt, onGiveUp }: AnswersProps) {
  const { t } = useTranslation();
  const questions =
    prompt.kind === 'keyboardInteractive'
      ? prompt.questions
      : [{ text: t(`prompt.${prompt.kind}.label`), isEchoed: false }];
  const [answers, setAnswers] = useState<readonly string[]>(() => questions.map(() => ''));
  const send = () => {
    const { promptId } = prompt;
    const [secret = ''] = answers;
    answerDiagnosis(
      prompt.kind === 'keyboardInteractive'
        ? { kind: 'keyboardInteractive', promptId, answers }
        : { kind: 'secret', promptId, secret, isRemembered: false },
    );
  };
  return (
    <form
      noValidate
      className={styles.answers}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {questions.map((question, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: questions never move, and two may have the same text.
          key={index}
          label={question.text.trim().replace(/:$/, '') || t('ask.answer', { ns: 'diagnosis' })}
          type={question.isEchoed ? 'text' : 'password'}
          value={answers[index] ?? ''}
          onChange={(value) => setAnswers(answers.with(index, value))}
          autoFocus={index === 0}
        />
      ))}
      <div className={styles.remedies}>
        <Button onPress={onGiveUp}>{t('ask.giveUp', { ns: 'diagnosis' })}</Button>
        <Button variant="primary" type="submit">
          {t('ask.continue', { ns: 'diagnosis' })}
        </Button>
      </div>
    </form>
  );
}

function factsOf(prompt: LookPrompt): Readonly<Record<string, string>> {
  switch (prompt.kind) {
    case 'passphrase':
      return { path: prompt.keyPath };
    case 'password':
      return { host: prompt.host, user: prompt.user };
    case 'hostKey':
      return { host: prompt.host };
    case 'keyboardInteractive':
    case 'command':
      return {};
  }
}
