import { describe, expect, test } from 'vitest';
import { ImageChoice } from '../../../shared/model/notebook-image';

const choice = {
  kind: 'image',
  engine: 'auto',
  image: 'jupyter',
  volumes: [],
  usesGpus: false,
  options: [],
};
const problemOf = (part: object): string | undefined =>
  ImageChoice.safeParse({ ...choice, ...part }).error?.issues[0]?.message;

describe('an image', () => {
  test.each([
    'jupyter',
    'quay.io/jupyter/scipy-notebook:2025-03-14',
    'localhost:5000/lab/jupyter',
    'registry.example.com:443/team/a__b-c.d:v1.0_x',
    `ubuntu@sha256:${'0'.repeat(64)}`,
  ])('may be called %s', (image) => {
    expect(problemOf({ image })).toBeUndefined();
  });

  test.each(['Jupyter Lab', '--privileged', 'a/', '/a', 'a:', 'a;b', 'http://quay.io/a', 'a$(id)'])(
    'can’t be called %s',
    (image) => {
      expect(problemOf({ image })).toBe('image-malformed');
    },
  );
});

describe('a volume', () => {
  test.each(['~:/home/ana', '~/data:/data', '/mnt/a b,"c":/d:ro', 'cache:/root/.cache'])('%s', (volume) => {
    expect(problemOf({ volumes: [volume] })).toBeUndefined();
  });

  test.each(['/data', 'data/x:/data', '/a:b', '/a:/b:rw,z', ':/a', '../x:/y'])('is not %s', (volume) => {
    expect(problemOf({ volumes: [volume] })).toBe('volume-malformed');
  });
});

describe('an option', () => {
  test.each(['--privileged', '--shm-size=2g', '--env=A=b c', '--entrypoint=/bin/sh'])('%s', (option) => {
    expect(problemOf({ options: [option] })).toBeUndefined();
  });

  test.each(['-v', '--env A=b', 'image', '--', '--a=\nb'])('is not %j', (option) => {
    expect(problemOf({ options: [option] })).toBe('image-option-malformed');
  });

  test.each(['--name=mine', '--user=0', '--rm'])('%s is Nuvem’s own', (option) => {
    expect(problemOf({ options: [option] })).toBe('image-option-reserved');
  });
});
