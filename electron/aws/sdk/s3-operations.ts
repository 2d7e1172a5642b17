import {
  AbortMultipartUploadCommand,
  type AbortMultipartUploadCommandInput,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  DeleteObjectsCommand,
  type DeleteObjectsCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  ListBucketsCommand,
  type ListBucketsCommandInput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListPartsCommand,
  type ListPartsCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import type { AwsClients, CallOptions } from './clients';

/** How the calls of S3 are made: each by a client of its bucket's region. */
export const s3Operations = {
  's3.listBuckets': async ({ s3 }: AwsClients, input: ListBucketsCommandInput, options: CallOptions) =>
    (await s3(null)).send(new ListBucketsCommand(input), options),
  's3.listObjects': async ({ s3 }: AwsClients, input: ListObjectsV2CommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new ListObjectsV2Command(input), options),
  's3.getObject': async ({ s3 }: AwsClients, input: GetObjectCommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new GetObjectCommand(input), options),
  's3.putObject': async ({ s3 }: AwsClients, input: PutObjectCommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new PutObjectCommand(input), options),
  's3.createMultipartUpload': async (
    { s3 }: AwsClients,
    input: CreateMultipartUploadCommandInput,
    options: CallOptions,
  ) => (await s3(input.Bucket)).send(new CreateMultipartUploadCommand(input), options),
  's3.uploadPart': async ({ s3 }: AwsClients, input: UploadPartCommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new UploadPartCommand(input), options),
  's3.completeMultipartUpload': async (
    { s3 }: AwsClients,
    input: CompleteMultipartUploadCommandInput,
    options: CallOptions,
  ) => (await s3(input.Bucket)).send(new CompleteMultipartUploadCommand(input), options),
  's3.listParts': async ({ s3 }: AwsClients, input: ListPartsCommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new ListPartsCommand(input), options),
  's3.abortMultipartUpload': async (
    { s3 }: AwsClients,
    input: AbortMultipartUploadCommandInput,
    options: CallOptions,
  ) => (await s3(input.Bucket)).send(new AbortMultipartUploadCommand(input), options),
  's3.deleteObjects': async ({ s3 }: AwsClients, input: DeleteObjectsCommandInput, options: CallOptions) =>
    (await s3(input.Bucket)).send(new DeleteObjectsCommand(input), options),
};
