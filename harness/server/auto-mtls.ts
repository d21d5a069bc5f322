import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket, type SecureContextOptions } from 'node:tls';
import { createCertificate } from '../handshake/index.js';

/** A plugin's half of AutoMTLS. */
export interface ServerTls {
  /** Field 6 of the handshake line: the certificate's DER as base64 without padding. */
  readonly field: string;
  /** Wraps an accepted connection: only the host's own certificate gets through. */
  wrap(socket: Socket): TLSSocket;
}

/** Makes a certificate in answer to the host's (go-plugin server.go, `Serve`). */
export async function autoMtls(hostCertificate: string, requireClient: boolean = true): Promise<ServerTls> {
  const { certificate, privateKey } = await createCertificate();
  const options: SecureContextOptions = { cert: certificate, key: privateKey, ca: [hostCertificate], minVersion: 'TLSv1.2' };
  return {
    field: new X509Certificate(certificate).raw.toString('base64').replace(/=+$/, ''),
    wrap: (socket) => {
      const secure = new TLSSocket(socket, {
        ...options,
        isServer: true,
        requestCert: requireClient,
        rejectUnauthorized: requireClient,
      });
      secure.on('error', () => {
        socket.destroy();
      });
      return secure;
    },
  };
}
