import { z } from 'zod';
import { AwsAccountId } from './aws-account';

/** As EC2 gives it: of the old kind with 8 hexadecimal digits, else with 17. */
export const Ec2InstanceId = z
  .string()
  .trim()
  .regex(/^i-[0-9a-f]{8,17}$/, 'instance-id');

/** By which of its addresses an instance is reached. */
export const instanceAddressKinds = ['public', 'private'] as const;

/** When a connection goes through Session Manager. */
export const sessionManagerUses = ['never', 'fallback', 'always'] as const;

/** The instance of EC2 that a machine is: where it is now is asked of AWS each time. */
export const InstanceBinding = z.strictObject({
  /** One of the accounts that Nuvem knows. */
  accountId: AwsAccountId,
  instanceId: Ec2InstanceId,
  address: z.enum(instanceAddressKinds),
  /** What connecting does about an instance that is stopped. A connection that was lost never starts one. */
  ifStopped: z.enum(['ask', 'start', 'fail']),
  /** Whether Session Manager of AWS carries the connection: when there is no other way, or in place of any other. */
  sessionManager: z.enum(sessionManagerUses),
  /** Sign in by a key that EC2 Instance Connect brings to the instance for this once, in place of the identity. */
  pushesKey: z.boolean(),
});
export type InstanceBinding = Readonly<z.infer<typeof InstanceBinding>>;

/**
 * The name and port under which a server's host keys are known: those of an instance by its id, wherever it is, as
 * with OpenSSH's HostKeyAlias (ssh_config(5)).
 */
export const hostKeyNameOf = (
  { host, port }: { readonly host: string; readonly port: number },
  instance: InstanceBinding | null,
): { readonly host: string; readonly port: number } =>
  instance === null ? { host, port } : { host: instance.instanceId, port: 22 };
