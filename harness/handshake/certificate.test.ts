import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { hasGo } from '../test/go.util.js';
import { useLineOracle } from '../test/line-oracle.util.js';
import { formatCertificateField, parseCertificateField } from './certificate-field.js';
import { createCertificate } from './index.js';

/** See oracle/certificate.go. */
interface Facts {
  readonly error?: string;
  readonly curve: string;
  readonly ca: boolean;
  readonly names: readonly string[];
  readonly subject: string;
  readonly keyUsage: number;
  readonly extUsage: readonly number[];
  readonly validNow: boolean;
  readonly validHours: number;
}

/** crypto/x509: DigitalSignature | KeyEncipherment | KeyAgreement | CertSign, as mtls.go has them. */
const KEY_USAGE = 1 | 4 | 16 | 32;
/** crypto/x509: ClientAuth, ServerAuth. */
const EXT_USAGE = [2, 1];

describe.skipIf(!hasGo)('to Go', () => {
  const ask = useLineOracle<Facts>(new URL('oracle', import.meta.url));

  test('a certificate is as one of mtls.go, and serves both sides of a TLS session', async () => {
    const { certificate, privateKey } = await createCertificate();
    expect(await ask({ certificate, key: privateKey })).toEqual({
      curve: 'P-521',
      ca: true,
      names: ['localhost'],
      subject: 'CN=localhost,O=iglu-conformance',
      keyUsage: KEY_USAGE,
      extUsage: EXT_USAGE,
      validNow: true,
      validHours: 262_980,
    });
  });

  test('every serial number and every signature is one that Go reads', async () => {
    // A number that begins with a set bit needs a zero before it, and Go refuses a negative one.
    for (let n = 0; n < 20; n++) {
      const { certificate, privateKey } = await createCertificate();
      expect((await ask({ certificate, key: privateKey })).error).toBeUndefined();
    }
  });
});

test('no two certificates have a key or a serial number in common', async () => {
  const [a, b] = await Promise.all([createCertificate(), createCertificate()]);
  expect(a.privateKey).not.toBe(b.privateKey);
  expect(new X509Certificate(a.certificate).serialNumber).not.toBe(
    new X509Certificate(b.certificate).serialNumber,
  );
});

test('a certificate goes through field 6 and back', async () => {
  const { certificate } = await createCertificate();
  const field = formatCertificateField(certificate);
  expect(field).toMatch(/^[A-Za-z0-9+/]{100,}$/);
  expect(parseCertificateField(field)).toEqual(new X509Certificate(certificate).raw);
});
