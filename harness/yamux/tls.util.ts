import { once } from 'node:events';
import { connect, createSecureContext, TLSSocket } from 'node:tls';

import { onTestFinished } from 'vitest';

import { createCertificate } from '../handshake/certificate.js';
import { socketPair } from './transport.util.js';

/** TLS over a unix socket with a certificate as AutoMTLS has them, client end first. */
export async function tlsPair(): Promise<[TLSSocket, TLSSocket]> {
  const [near, far] = await socketPair();
  const { certificate: cert, privateKey: key } = await createCertificate();
  const server = new TLSSocket(far, { isServer: true, secureContext: createSecureContext({ cert, key }) });
  const client = connect({ socket: near, ca: cert, servername: 'localhost' });
  onTestFinished(() => {
    client.destroy();
    server.destroy();
  });
  await once(client, 'secureConnect');
  return [client, server];
}
