/** A length-prefixed string, of which SSH's keys and messages are made (RFC 4251, section 5). */
export function wireString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive integer as an `mpint`: without needless zeros, yet never with its highest bit set. */
export function wireInteger(bigEndian: Uint8Array): Buffer {
  const start = bigEndian.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.alloc(0) : Buffer.from(bigEndian.subarray(start));
  return wireString((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
}

/** The first `count` length-prefixed strings of `data` and what follows them; null when there are fewer. */
export function readWireStrings(
  data: Buffer,
  count: number,
): { readonly fields: readonly Buffer[]; readonly rest: Buffer } | null {
  const fields: Buffer[] = [];
  let offset = 0;
  while (fields.length < count) {
    if (offset + 4 > data.length) return null;
    const end = offset + 4 + data.readUInt32BE(offset);
    if (end > data.length) return null;
    fields.push(data.subarray(offset + 4, end));
    offset = end;
  }
  return { fields, rest: data.subarray(offset) };
}
