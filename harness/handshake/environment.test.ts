import { expect, test } from 'vitest';

import { handshakeEnvironment } from './index.js';

test('what every host sets', () => {
  expect(handshakeEnvironment({ cookie: { key: 'IGLU', value: 'x' }, versions: [3, 1] })).toEqual({
    IGLU: 'x',
    PLUGIN_MIN_PORT: '10000',
    PLUGIN_MAX_PORT: '25000',
    PLUGIN_PROTOCOL_VERSIONS: '3,1',
  });
});

test('what a host sets that asks for more', () => {
  expect(
    handshakeEnvironment({
      cookie: { key: 'IGLU', value: 'x' },
      versions: [1],
      clientCertificate: '-----BEGIN CERTIFICATE-----\n…',
      multiplex: true,
    }),
  ).toMatchObject({
    PLUGIN_CLIENT_CERT: '-----BEGIN CERTIFICATE-----\n…',
    PLUGIN_MULTIPLEX_GRPC: 'true',
  });
});

test('without a cookie and versions, as by hand', () => {
  expect(Object.keys(handshakeEnvironment({ cookie: null, versions: null, multiplex: false }))).toEqual([
    'PLUGIN_MIN_PORT',
    'PLUGIN_MAX_PORT',
  ]);
});
