import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type {
  ConvertArgs,
  FileInfo,
  MergePropsArgs,
  MergePropsReply,
  MirrorTreeReply,
  Node,
  TransformPointArgs,
} from './types.js';

export function mergeProps({ Old, Updated }: MergePropsArgs): MergePropsReply {
  const changed = [...Updated].filter(([key, value]) => Old.get(key) !== value).map(([key]) => key);
  return { Props: new Map([...Old, ...Updated]), Changed: changed.sort() };
}

const TO_CELSIUS = new Map<string, (degrees: number) => number>([
  ['celsius', (degrees) => degrees],
  ['fahrenheit', (degrees) => (degrees - 32) / 1.8],
  ['kelvin', (degrees) => degrees - 273.15],
]);

const FROM_CELSIUS = new Map<string, (degrees: number) => number>([
  ['celsius', (degrees) => degrees],
  ['fahrenheit', (degrees) => degrees * 1.8 + 32],
  ['kelvin', (degrees) => degrees + 273.15],
]);

export function convert({ Value, From, To }: ConvertArgs): number {
  const toCelsius = TO_CELSIUS.get(From);
  const fromCelsius = FROM_CELSIUS.get(To);
  if (!toCelsius || !fromCelsius)
    throw new Error(`cannot convert ${JSON.stringify(From)} to ${JSON.stringify(To)}`);
  return From === To ? Value : fromCelsius(toCelsius(Value));
}

export function transformPoint({ Matrix, Point }: TransformPointArgs): number[] {
  return Matrix.map((row) => row.reduce((sum, factor, column) => sum + factor * (Point[column] ?? 0), 0));
}

export function digest(file: Uint8Array): FileInfo {
  return {
    Size: file.length,
    Head: file.subarray(0, 16),
    CRC32: crc32(file),
    SHA256: [...createHash('sha256').update(file).digest()],
  };
}

export function mirrorTree({ Name, Weight, Children }: Node): MirrorTreeReply {
  const mirrored = Children.toReversed().map((child) => mirrorTree(child));
  return {
    Root: { Name, Weight, Children: mirrored.map(({ Root }) => Root) },
    Nodes: mirrored.reduce((sum, { Nodes }) => sum + Nodes, 1),
    Levels: Math.max(0, ...mirrored.map(({ Levels }) => Levels)) + 1,
  };
}
