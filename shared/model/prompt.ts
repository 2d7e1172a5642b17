import { z } from 'zod';

/** A question to the user that a connection waits for. `promptId` ties the answer to the question. */
export const PromptId = z.uuid().brand<'PromptId'>();
export type PromptId = z.infer<typeof PromptId>;

/** Name of the jump host or proxy that asks; absent: the machine itself. */
const hop = z.string().optional();

export const HostKeyPrompt = z.strictObject({
  kind: z.literal('hostKey'),
  promptId: PromptId,
  hop,
  host: z.string(),
  port: z.number().int(),
  /** SSH name of the key type, e.g. `ssh-ed25519`. */
  keyType: z.string(),
  /** As OpenSSH prints it: `SHA256:` and unpadded base64. */
  fingerprint: z.string(),
  /** OpenSSH's "drunken bishop" picture, lines separated by `\n`. */
  randomart: z.string(),
});
export type HostKeyPrompt = Readonly<z.infer<typeof HostKeyPrompt>>;

const PassphrasePrompt = z.strictObject({
  kind: z.literal('passphrase'),
  promptId: PromptId,
  hop,
  keyPath: z.string(),
  /** The previous answer was wrong. */
  wasWrong: z.boolean(),
  /** False: no usable vault, so "remember" lasts for this run only. */
  canRemember: z.boolean(),
});

const PasswordPrompt = z.strictObject({
  kind: z.literal('password'),
  promptId: PromptId,
  hop,
  user: z.string(),
  host: z.string(),
  wasWrong: z.boolean(),
  canRemember: z.boolean(),
});

/** The password has expired: the server wants another one. */
const NewPasswordPrompt = z.strictObject({
  kind: z.literal('newPassword'),
  promptId: PromptId,
  hop,
  user: z.string(),
  host: z.string(),
  /** What the server says about it. */
  text: z.string(),
});

const QuestionsPrompt = z.strictObject({
  kind: z.literal('keyboardInteractive'),
  promptId: PromptId,
  hop,
  title: z.string(),
  instructions: z.string(),
  questions: z.array(z.strictObject({ text: z.string(), isEchoed: z.boolean() })).readonly(),
});

export const SecretPrompt = z.discriminatedUnion('kind', [
  PassphrasePrompt,
  PasswordPrompt,
  NewPasswordPrompt,
  QuestionsPrompt,
]);
export type SecretPrompt = Readonly<z.infer<typeof SecretPrompt>>;

/** Asks whether a proxy command that nobody has confirmed may run. */
export const CommandPrompt = z.strictObject({
  kind: z.literal('command'),
  promptId: PromptId,
  hop,
  /** Exactly what the shell is given. */
  command: z.string(),
});
export type CommandPrompt = Readonly<z.infer<typeof CommandPrompt>>;

/** Asks whether a stopped instance, which then costs money, may be started. */
export const StartInstancePrompt = z.strictObject({
  kind: z.literal('startInstance'),
  promptId: PromptId,
  hop,
  /** Its id at EC2. */
  instance: z.string(),
  /** As AWS has it; empty: it has none. */
  name: z.string(),
});
export type StartInstancePrompt = Readonly<z.infer<typeof StartInstancePrompt>>;

/** What a running attempt asks. */
export const AttemptPrompt = z.discriminatedUnion('kind', [
  ...SecretPrompt.options,
  CommandPrompt,
  StartInstancePrompt,
]);
export type AttemptPrompt = Readonly<z.infer<typeof AttemptPrompt>>;

/** What may be asked of the user by who only looks: nothing that changes anything. */
export const LookPrompt = z.discriminatedUnion('kind', [
  HostKeyPrompt,
  PassphrasePrompt,
  PasswordPrompt,
  QuestionsPrompt,
  CommandPrompt,
]);
export type LookPrompt = Readonly<z.infer<typeof LookPrompt>>;

export const PromptAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hostKey'), promptId: PromptId, isAccepted: z.boolean() }),
  z.strictObject({
    kind: z.literal('secret'),
    promptId: PromptId,
    secret: z.string().max(4096),
    isRemembered: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('keyboardInteractive'),
    promptId: PromptId,
    answers: z.array(z.string().max(4096)).readonly(),
  }),
  z.strictObject({ kind: z.literal('command'), promptId: PromptId, isConfirmed: z.literal(true) }),
  z.strictObject({ kind: z.literal('startInstance'), promptId: PromptId, isConfirmed: z.literal(true) }),
  z.strictObject({ kind: z.literal('cancel'), promptId: PromptId }),
]);
export type PromptAnswer = Readonly<z.infer<typeof PromptAnswer>>;
