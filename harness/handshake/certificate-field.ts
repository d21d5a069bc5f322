import { X509Certificate } from 'node:crypto';

/** Field 6 of the handshake line: a certificate's DER as standard base64 without padding (server.go, `Serve`). */
export function formatCertificateField(certificate: string | Uint8Array): string {
  return new X509Certificate(certificate).raw.toString('base64').replace(/=+$/, '');
}

/** The DER of a certificate in field 6, or the reason why it cannot be read (client.go, `loadServerCert`). */
export function parseCertificateField(text: string): Buffer | string {
  // Go's decoder passes over a carriage return; one character alone in the last group is no whole byte.
  const base64 = text.replaceAll('\r', '');
  if (!/^[A-Za-z0-9+/]*$/.test(base64))
    return 'it has characters that unpadded standard base64 does not have';
  if (base64.length % 4 === 1)
    return 'it is cut off: no base64 has a single character in its last group of four';
  const der = Buffer.from(base64, 'base64');
  try {
    // The DER alone must fill the field: Go refuses trailing data.
    return new X509Certificate(der).raw.equals(der) ? der : 'there is more in it than one certificate';
  } catch (error) {
    return `it is not a DER certificate (${(error as Error).message})`;
  }
}
