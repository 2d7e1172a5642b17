import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import type { RecoverableStore } from '../system/recoverable-store';

const TrustedCertificate = z.strictObject({
  machineId: MachineId,
  /** `localhost:9443` */
  host: z.string(),
  /** `sha256/…`, base64. */
  fingerprint: z.string(),
});

/** Certificates that nobody vouches for and the user trusts all the same. */
export const TrustedCertificatesData = z.strictObject({
  certificates: z.array(TrustedCertificate).readonly(),
});
export type TrustedCertificatesData = Readonly<z.infer<typeof TrustedCertificatesData>>;

export const trustedCertificatesVersion = 1;
export const noTrustedCertificates: TrustedCertificatesData = { certificates: [] };

/** Remembers, for each server of each machine, the one certificate that the user has let pass. */
export class TrustedCertificates {
  constructor(private readonly store: Pick<RecoverableStore<TrustedCertificatesData>, 'value' | 'replace'>) {}

  /** The trusted fingerprint of a server, e.g. `localhost:9443`, of a machine; null: none. */
  fingerprintOf(machineId: MachineId, host: string): string | null {
    const known = this.store.value().certificates.find(isOf(machineId, host));
    return known?.fingerprint ?? null;
  }

  /** Takes the place of the one trusted there before. @throws store-disk-full, store-write-failed */
  trust(machineId: MachineId, host: string, fingerprint: string): void {
    const others = this.store.value().certificates.filter((known) => !isOf(machineId, host)(known));
    this.store.replace({ certificates: [...others, { machineId, host, fingerprint }] });
  }

  /** Forgets all of a machine. @throws store-disk-full, store-write-failed */
  forget(machineId: MachineId): void {
    const { certificates } = this.store.value();
    const left = certificates.filter((known) => known.machineId !== machineId);
    if (left.length < certificates.length) this.store.replace({ certificates: left });
  }

  /**
   * Forgets those of machines that are not among these: unsaved ones of an earlier run.
   * @throws store-disk-full, store-write-failed
   */
  forgetAllBut(machineIds: ReadonlySet<MachineId>): void {
    const { certificates } = this.store.value();
    const left = certificates.filter(({ machineId }) => machineIds.has(machineId));
    if (left.length < certificates.length) this.store.replace({ certificates: left });
  }
}

const isOf =
  (machineId: MachineId, host: string) =>
  (known: z.infer<typeof TrustedCertificate>): boolean =>
    known.machineId === machineId && known.host === host;
