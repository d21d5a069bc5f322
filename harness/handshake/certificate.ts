import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as X509 from '@peculiar/x509';

/** A certificate and its private key, both as PEM. */
export interface CertificatePair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** go-plugin's certificates are valid for this long: 262,980 hours, about 30 years (mtls.go). */
const VALID_MS = 262_980 * 3_600_000;

/** …and from a little before now, so that clocks may differ (mtls.go). */
const BACKDATED_MS = 30_000;

/**
 * A self-signed certificate as each side of AutoMTLS makes for itself: ECDSA P-521, CA, CN and SAN `localhost`, both
 * extended key usages (mtls.go, `generateCert`).
 */
export async function createCertificate(): Promise<CertificatePair> {
  const x509 = loadX509();
  const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=localhost, O=iglu-conformance',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date(now - BACKDATED_MS),
      notAfter: new Date(now + VALID_MS),
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(
          x509.KeyUsageFlags.digitalSignature |
            x509.KeyUsageFlags.keyEncipherment |
            x509.KeyUsageFlags.keyAgreement |
            x509.KeyUsageFlags.keyCertSign,
          true,
        ),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.clientAuth,
          x509.ExtendedKeyUsage.serverAuth,
        ]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: certificate.toString('pem'),
    privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

/**
 * Loaded only when it is needed, since it is the heaviest part of the harness; and by require, since import() of this
 * CommonJS package now and then gives a namespace whose exports are still undefined (seen on Node 20.20).
 */
function loadX509(): typeof X509 {
  const require = createRequire(import.meta.url);
  require('reflect-metadata');
  return require('@peculiar/x509') as typeof X509;
}
