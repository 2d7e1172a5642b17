import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { addressOf } from '../../../shared/model/ec2';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import type { FoundInstance, InstanceSession, Instances } from '../../connection/instance-reach';
import type { MakeOneTimeKey } from '../../keys/one-time-key';
import type { SigningKey } from '../../keys/signing-key';
import { type PrintedHostKey, printedHostKeys } from '../../trust/printed-host-keys';
import type { AwsSession } from '../aws-session';
import { readInstances } from './read-instance';

/** The variable that the plugin reads the session from, with its token. */
const inEnvironment = 'AWS_SSM_START_SESSION_RESPONSE';

/** Asks EC2 about the instances that machines are. */
export class InstanceFinder implements Instances {
  constructor(
    private readonly session: (accountId: AwsAccountId) => Promise<AwsSession>,
    private readonly makeOneTimeKey: MakeOneTimeKey,
    private readonly findPlugin: () => Promise<string>,
  ) {}

  async find(
    { accountId, instanceId, address }: InstanceBinding,
    signal: AbortSignal,
  ): Promise<FoundInstance> {
    const session = await this.session(accountId);
    const answer = await session.call('ec2.describeInstances', { InstanceIds: [instanceId] }, signal);
    const [found] = readInstances(answer);
    if (found === undefined) throw new AppError('instance-not-found', { instance: instanceId });
    const { name, state, launchedAtMs } = found;
    return { name, state, launchedAtMs, address: addressOf(found, address) };
  }

  async start({ accountId, instanceId }: InstanceBinding, signal: AbortSignal): Promise<void> {
    const session = await this.session(accountId);
    await session.call('ec2.startInstances', { InstanceIds: [instanceId] }, signal);
  }

  async printedKeys(
    { accountId, instanceId }: InstanceBinding,
    signal: AbortSignal,
  ): Promise<readonly PrintedHostKey[]> {
    const session = await this.session(accountId);
    const { Output = '' } = await session.call('ec2.getConsoleOutput', { InstanceId: instanceId }, signal);
    return printedHostKeys(Buffer.from(Output, 'base64').toString('latin1'));
  }

  async pushKey(
    { accountId, instanceId }: InstanceBinding,
    user: string,
    signal: AbortSignal,
  ): Promise<SigningKey> {
    const session = await this.session(accountId);
    const { key, authorizedKey } = await this.makeOneTimeKey();
    await session.call(
      'ec2InstanceConnect.sendSshPublicKey',
      { InstanceId: instanceId, InstanceOSUser: user, SSHPublicKey: authorizedKey },
      signal,
    );
    return key;
  }

  async openSession(
    { accountId, instanceId }: InstanceBinding,
    port: number,
    signal: AbortSignal,
  ): Promise<InstanceSession> {
    // A session that nothing can carry would only lie about.
    const file = await this.findPlugin();
    const session = await this.session(accountId);
    const request = {
      Target: instanceId,
      DocumentName: 'AWS-StartSSHSession',
      Parameters: { portNumber: [String(port)] },
    };
    const { SessionId = '', TokenValue, StreamUrl } = await session.call('ssm.startSession', request, signal);
    const { region, profile } = session;
    const asked = JSON.stringify(request);
    return {
      over: {
        kind: 'session',
        file,
        // As the AWS CLI calls it (awscli/customizations/sessionmanager.py).
        args: [inEnvironment, region, 'StartSession', profile, asked, session.endpointOf('ssm')],
        environment: { [inEnvironment]: JSON.stringify({ SessionId, TokenValue, StreamUrl }) },
      },
      end: async () => {
        await session.call('ssm.terminateSession', { SessionId });
      },
    };
  }
}
