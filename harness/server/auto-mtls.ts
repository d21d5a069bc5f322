import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { createCertificate, formatCertificateField } from '../handshake/index.js';

/** A plugin's half of AutoMTLS. */
export interface ServerTls {
  /** Field 6 of the handshake line: the certificate's DER as base64 without padding. */
  readonly field: string;
  /** Holds the TLS handshake on an accepted connection, and hands it on once the other side has proven who it is. */
  accept(socket: Socket, onSecure: (secure: TLSSocket) => void): void;
}

/** Who gets through: the host alone, whoever shows a certificate of any making, or anybody. Only the first is safe. */
export type Admitted = 'host' | 'certified' | 'anybody';

/**
 * Makes a certificate in answer to the host's (go-plugin server.go, `Serve`).
 *
 * @throws Error when the host's certificate cannot be read
 */
export async function autoMtls(hostCertificate: string, admitted: Admitted = 'host'): Promise<ServerTls> {
  checkCertificate(hostCertificate);
  const { certificate, privateKey } = await createCertificate();
  const options: TlsOptions = {
    cert: certificate,
    key: privateKey,
    ca: [hostCertificate],
    minVersion: 'TLSv1.2',
    requestCert: admitted !== 'anybody',
    rejectUnauthorized: admitted === 'host',
  };
  return {
    field: formatCertificateField(certificate),
    // A TLSSocket alone would not look at whose certificate it was shown: a server does.
    accept: (socket, onSecure) => {
      createServer(options)
        .on('tlsClientError', () => socket.destroy())
        .on('secureConnection', (secure) => {
          const shown = secure.getPeerX509Certificate() !== undefined;
          if (admitted === 'certified' && !shown) secure.destroy();
          else onSecure(secure);
        })
        .emit('connection', socket);
    },
  };
}

/** An authority that cannot be read is passed over by TLS, and nobody would get in. */
function checkCertificate(hostCertificate: string): void {
  try {
    void new X509Certificate(hostCertificate);
  } catch (cause) {
    throw new Error(`PLUGIN_CLIENT_CERT is no certificate: ${(cause as Error).message}`, { cause });
  }
}
