/** An ELF header of 64 bytes for a 64-bit little-endian program without any segment. */
export function elfHeader(fields: {
  machine: number;
  type?: number;
  bits?: 32 | 64;
  bigEndian?: boolean;
}): Buffer {
  const { machine, type = 2, bits = 64, bigEndian = false } = fields;
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, bits === 64 ? 2 : 1, bigEndian ? 2 : 1, 1]);
  const put = (value: number, at: number): unknown =>
    bigEndian ? header.writeUInt16BE(value, at) : header.writeUInt16LE(value, at);
  put(type, 16);
  put(machine, 18);
  return header;
}

/** The same with one program header, PT_INTERP, and the loader's path behind it. */
export function elfWithLoader(machine: number, loader: string): Buffer {
  const header = elfHeader({ machine, type: 3 });
  header.writeBigUInt64LE(64n, 32); // e_phoff
  header.writeUInt16LE(56, 54); // e_phentsize
  header.writeUInt16LE(1, 56); // e_phnum
  const segment = Buffer.alloc(56);
  segment.writeUInt32LE(3, 0);
  segment.writeBigUInt64LE(120n, 8);
  segment.writeBigUInt64LE(BigInt(loader.length + 1), 32);
  return Buffer.concat([header, segment, Buffer.from(`${loader}\0`)]);
}

/** A DOS header that points to a PE signature. */
export function peHeader(): Buffer {
  const header = Buffer.alloc(0x80);
  header.write('MZ', 0);
  header.writeUInt32LE(0x40, 0x3c);
  header.write('PE\0\0', 0x40);
  return header;
}

/** A Mach-O header, MH_MAGIC_64 in little-endian order, for AArch64. */
export function machOHeader(): Buffer {
  return Buffer.from('cffaedfe0c000001', 'hex');
}
