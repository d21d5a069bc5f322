import { expect, test } from 'vitest';

import { readHandshakeLine } from './handshake-line.js';

test.each([
  ['1|1|unix|/tmp/x|netrpc|', { path: '/tmp/x' }, true, '1|1|NET|ADDR|netrpc|'],
  ['1|1|unix|/tmp/x', { path: '/tmp/x' }, true, '1|1|NET|ADDR'],
  ['1|1|unix|/tmp/x\r', { path: '/tmp/x' }, true, '1|1|NET|ADDR\r'],
  ['1|1|unix|@abstract|netrpc', { path: '\0abstract' }, true, '1|1|NET|ADDR|netrpc'],
  ['1|1|tcp|127.0.0.1:80|netrpc', { host: '127.0.0.1', port: 80 }, true, '1|1|NET|ADDR|netrpc'],
  ['1|1|tcp|[::1]:80|netrpc', { host: '::1', port: 80 }, true, '1|1|NET|ADDR|netrpc'],
  ['1|1|tcp|:80|netrpc', { host: '127.0.0.1', port: 80 }, true, '1|1|NET|ADDR|netrpc'],
  ['1|1|unix|/tmp/x|grpc||true', { path: '/tmp/x' }, false, '1|1|NET|ADDR|grpc||true'],
  [`1|1|unix|/x|netrpc|${'M'.repeat(51)}`, { path: '/x' }, false, `1|1|NET|ADDR|netrpc|${'M'.repeat(51)}`],
  ['nine|-3|unix|/tmp/x|telnet|a|b|c', { path: '/tmp/x' }, false, 'nine|-3|NET|ADDR|telnet|a|b|c'],
])('%j leads to the plugin, and says another address', (line, where, isYamux, passed) => {
  const read = readHandshakeLine(line);
  expect(read).toMatchObject({ where, isYamux });
  expect(read?.at('NET', 'ADDR')).toBe(passed);
});

test.each([
  '',
  'hello',
  '1|1|unix',
  '1|1|unix|',
  '1|1|udp|x:1',
  '1|1|tcp|nope',
  '1|1|tcp|x:0',
  '1|1|tcp|x:65536',
])('%j is passed on as it is', (line) => {
  expect(readHandshakeLine(line)).toBeUndefined();
});
