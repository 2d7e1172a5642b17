import type { Moto } from './moto';

/** Keys that moto knows, for when it looks at permissions. */
export interface LabUser {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Makes a user who may do `actions` and nothing else. */
export async function makeIamUser(moto: Moto, name: string, actions: readonly string[]): Promise<LabUser> {
  await askIam(moto, { Action: 'CreateUser', UserName: name });
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  if (actions.length > 0)
    await askIam(moto, {
      Action: 'PutUserPolicy',
      UserName: name,
      PolicyName: 'lab',
      PolicyDocument: JSON.stringify(policy),
    });
  const made = await askIam(moto, { Action: 'CreateAccessKey', UserName: name });
  const textIn = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`).exec(made)?.[1] ?? '';
  return { accessKeyId: textIn('AccessKeyId'), secretAccessKey: textIn('SecretAccessKey') };
}

/** Meanwhile moto checks signatures and permissions, as AWS does. */
export async function withAuthorization(moto: Moto, use: () => Promise<void>): Promise<void> {
  await setUncheckedCalls(moto, '0');
  try {
    await use();
  } finally {
    await setUncheckedCalls(moto, 'inf');
  }
}

async function setUncheckedCalls(moto: Moto, count: string): Promise<void> {
  const answer = await fetch(`${moto.endpoint}/moto-api/reset-auth`, { method: 'POST', body: count });
  if (!answer.ok) throw new Error(`moto: ${answer.status}`);
}

async function askIam(moto: Moto, parameters: Record<string, string>): Promise<string> {
  const answer = await fetch(moto.endpoint, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ ...parameters, Version: '2010-05-08' }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}
