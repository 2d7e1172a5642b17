import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Moto, startMoto } from '../../support/lab/moto';

/** Moto reads account, region and service from the credential scope and checks no signature. */
const headers = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};

let moto: Moto;

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

test('a bucket that was created is listed', async () => {
  const before = await fetch(`${moto.endpoint}/`, { headers });
  expect(await before.text()).not.toContain('<Name>notebooks</Name>');

  const created = await fetch(`${moto.endpoint}/notebooks`, { method: 'PUT', headers });
  expect(created.status).toBe(200);

  const after = await fetch(`${moto.endpoint}/`, { headers });
  expect(await after.text()).toContain('<Name>notebooks</Name>');
});

test('two servers run side by side and know nothing of each other', async () => {
  await fetch(`${moto.endpoint}/only-here`, { method: 'PUT', headers });
  const other = await startMoto();
  try {
    expect(other.endpoint).not.toBe(moto.endpoint);
    const list = await fetch(`${other.endpoint}/`, { headers });
    expect(await list.text()).not.toContain('only-here');
  } finally {
    await other.stop();
  }
});

test('a stopped server answers no more', async () => {
  const other = await startMoto();
  await other.stop();
  await expect(fetch(other.endpoint)).rejects.toThrow();
});
