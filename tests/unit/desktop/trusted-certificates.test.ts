import { beforeEach, describe, expect, it } from 'vitest';
import {
  noTrustedCertificates,
  TrustedCertificates,
  type TrustedCertificatesData,
} from '../../../electron/desktop/trusted-certificates';
import type { MachineId } from '../../../shared/model/machine';
import { uuid } from '../../support/samples';

const [gpu, cpu] = [uuid<MachineId>(1), uuid<MachineId>(2)];
let onDisk: TrustedCertificatesData;
let writes: number;
let certificates: TrustedCertificates;

beforeEach(() => {
  onDisk = noTrustedCertificates;
  writes = 0;
  certificates = new TrustedCertificates({
    value: () => onDisk,
    replace: (data) => {
      onDisk = data;
      writes += 1;
    },
  });
  certificates.trust(gpu, 'localhost:9443', 'sha256/a');
  certificates.trust(cpu, 'localhost:9443', 'sha256/b');
});

describe('certificates that the user trusts', () => {
  it('are forgotten with machines that are not there any more, and only with them', () => {
    certificates.forgetAllBut(new Set([gpu]));
    expect(certificates.fingerprintOf(gpu, 'localhost:9443')).toBe('sha256/a');
    expect(certificates.fingerprintOf(cpu, 'localhost:9443')).toBeNull();
  });

  it('are not written again when none is to be forgotten', () => {
    certificates.forgetAllBut(new Set([gpu, cpu]));
    expect(writes).toBe(2);
  });
});
